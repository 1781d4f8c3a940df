"""Verify anybody's solution of the exercises: which requirements are met, and why others are not.

`verify` runs the code of a folder in a process of its own; `verify_classes` judges classes that are
already imported and trusted. Single requirements are in `course_utils.verify.properties`, and
`course_utils.verify.render` shows a report on the terminal (a worker does without what it imports).
"""

from course_utils.verify.engine import verify_classes
from course_utils.verify.layout import FolderError
from course_utils.verify.outcome import NotMet
from course_utils.verify.parts import PARTS
from course_utils.verify.report import Entry, FrameworkReport, Status
from course_utils.verify.supervisor import verify

__all__ = [
    "PARTS",
    "Entry",
    "FolderError",
    "FrameworkReport",
    "NotMet",
    "Status",
    "verify",
    "verify_classes",
]
