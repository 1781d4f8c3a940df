"""The checked exercises of lecture 02."""

from course_utils.lessons.perceptron.exercises.classifying import check_classify
from course_utils.lessons.perceptron.exercises.fitting import check_fit
from course_utils.lessons.perceptron.exercises.gates import check_gates, check_xor_layers
from course_utils.lessons.perceptron.exercises.patients import check_patients
from course_utils.lessons.perceptron.exercises.updating import check_update

__all__ = [
    "check_classify",
    "check_fit",
    "check_gates",
    "check_patients",
    "check_update",
    "check_xor_layers",
]
