"""The exercises of lecture 07."""

from course_utils.lessons.cnns.exercises.convolving import check_convolve
from course_utils.lessons.cnns.exercises.pooling import check_max_pool
from course_utils.lessons.cnns.exercises.pooling_backward import check_max_pool_backward
from course_utils.lessons.cnns.exercises.sizes import (
    check_count_parameters,
    check_output_size,
    check_receptive_field,
)
from course_utils.lessons.cnns.exercises.unfolding import check_unfold

__all__ = [
    "check_convolve",
    "check_count_parameters",
    "check_max_pool",
    "check_max_pool_backward",
    "check_output_size",
    "check_receptive_field",
    "check_unfold",
]
