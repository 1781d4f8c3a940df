"""From a lecture's one source to the notebooks of students and lecturers."""

from course_utils.authoring.build import Built, build
from course_utils.authoring.check import check, orphans
from course_utils.authoring.dependence import own_cells
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lecture import Lecture, check_folder, find_lectures
from course_utils.authoring.rehearsal import Tried, rehearse
from course_utils.authoring.reword import reword
from course_utils.authoring.scaffold import new_lecture
from course_utils.runtime import REPOSITORY

__all__ = [
    "REPOSITORY",
    "AuthoringError",
    "Built",
    "Lecture",
    "Tried",
    "build",
    "check",
    "check_folder",
    "find_lectures",
    "new_lecture",
    "orphans",
    "own_cells",
    "rehearse",
    "reword",
]
