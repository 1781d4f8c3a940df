"""The checked exercises of lecture 02."""

from course_utils.lessons.perceptron.exercises.classifying import check_classify
from course_utils.lessons.perceptron.exercises.gates import check_gates, check_xor_layers
from course_utils.lessons.perceptron.exercises.learning import check_fit, check_update
from course_utils.lessons.perceptron.exercises.patients import check_patients

__all__ = [
    "check_classify",
    "check_fit",
    "check_gates",
    "check_patients",
    "check_update",
    "check_xor_layers",
]
