"""The checked exercises of lecture 04."""

from course_utils.lessons.deep_networks.exercises.collapse import check_collapse
from course_utils.lessons.deep_networks.exercises.gradient_check import check_numerical_gradient
from course_utils.lessons.deep_networks.exercises.initializers import check_He, check_Xavier
from course_utils.lessons.deep_networks.exercises.layer import check_FullyConnected
from course_utils.lessons.deep_networks.exercises.residual import check_residual_backward

__all__ = [
    "check_FullyConnected",
    "check_He",
    "check_Xavier",
    "check_collapse",
    "check_numerical_gradient",
    "check_residual_backward",
]
