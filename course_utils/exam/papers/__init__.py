"""Printed matter: exam papers with keys, and the sheet of notes; needs the extra ``print``."""

from course_utils.exam.papers.paper import Paper, compose
from course_utils.exam.papers.printer import print_papers
from course_utils.exam.papers.tools import PrintError, PrintMissingError

__all__ = [
    "Paper",
    "PrintError",
    "PrintMissingError",
    "compose",
    "print_papers",
]
