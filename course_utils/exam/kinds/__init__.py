"""The kinds of question parts, a module each: how one is printed, marked and shown.

============================ ===================================================
`mark_all.MarkAll`           statements to tick
`numeric_table.NumericTable` numbers in a table, with follow-through
`sparse_grid.SparseGrid`     a grid of numbers that can be right in several ways
`formula.Formula`            formulas to type
`diagram.Diagram`            a drawing to label, or a formula to assemble
`faulty_lines.FaultyLines`   the faulty lines of a program
`short_text.ShortText`       an answer in words, marked by a rubric
`code.Code`                  code to write
============================ ===================================================

A new kind is a new module here with a `course_utils.exam.model.Part` and its editor, which starts
from `course_utils.exam.fields.FieldEditor`; nothing else in the package changes.
"""
