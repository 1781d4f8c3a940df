"""The checked exercises of lecture 03."""

from course_utils.lessons.activations.exercises.leaky_relu import check_leaky_relu
from course_utils.lessons.activations.exercises.losses import check_bce_from_logits
from course_utils.lessons.activations.exercises.probabilities import check_sigmoid, check_softmax

__all__ = ["check_bce_from_logits", "check_leaky_relu", "check_sigmoid", "check_softmax"]
