"""Questions for other programs: Moodle XML, QTI 2.1 and CSV, each with a note on what it carries.

None of the formats can do everything that the notebook does. `Export.notes` says of every part
whether it is carried whole, changed, or to be marked by hand; nothing is left out.
"""

from collections.abc import Callable, Mapping, Sequence

from course_utils.exam.blueprint import Blueprint
from course_utils.exam.exports.csv_export import csv_
from course_utils.exam.exports.moodle import moodle
from course_utils.exam.exports.qti import qti
from course_utils.exam.exports.report import Export, Note
from course_utils.exam.model import Question

FORMATS: Mapping[str, Callable[[Sequence[Question], Blueprint], Export]] = {
    "moodle": moodle,
    "qti": qti,
    "csv": csv_,
}
"""Exporters by the names of the command line; the exam gives title, time and what is a bonus."""

__all__ = ["FORMATS", "Export", "Note", "csv_", "moodle", "qti"]
