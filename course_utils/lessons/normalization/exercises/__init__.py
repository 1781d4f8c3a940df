"""The checked exercises of lecture 01."""

from course_utils.lessons.normalization.exercises.exam_table import check_enzyme_table
from course_utils.lessons.normalization.exercises.fits import (
    check_fit_mean_max,
    check_fit_min_max,
    check_fit_standard,
)
from course_utils.lessons.normalization.exercises.transforms import check_prepare, check_transform

__all__ = [
    "check_enzyme_table",
    "check_fit_mean_max",
    "check_fit_min_max",
    "check_fit_standard",
    "check_prepare",
    "check_transform",
]
