"""What lecture 02 computes: the perceptron, how it learns, whether a line separates, gates."""

from course_utils.lessons.perceptron.model.gates import (
    FUNCTIONS,
    INPUTS,
    layer,
    named,
    truth,
    two_layers,
)
from course_utils.lessons.perceptron.model.learning import Learning, learn
from course_utils.lessons.perceptron.model.perceptron import ACTIVATIONS, Perceptron
from course_utils.lessons.perceptron.model.separation import (
    Certificate,
    Separation,
    augmented,
    certificate,
    radius,
    separation,
)

__all__ = [
    "ACTIVATIONS",
    "FUNCTIONS",
    "INPUTS",
    "Certificate",
    "Learning",
    "Perceptron",
    "Separation",
    "augmented",
    "certificate",
    "layer",
    "learn",
    "named",
    "radius",
    "separation",
    "truth",
    "two_layers",
]
