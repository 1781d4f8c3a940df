"""The kinds of question parts, a module each: how one is printed, marked and shown.

A new kind is a new module here with a `course_utils.exam.model.Part` and its editor, which starts
from `course_utils.exam.fields.FieldEditor`; nothing else in the package changes.
"""
