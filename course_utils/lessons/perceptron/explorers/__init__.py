"""The explorers of lecture 02."""

from course_utils.lessons.perceptron.explorers.diagram import diagram
from course_utils.lessons.perceptron.explorers.diagram import named_parts as named_parts
from course_utils.lessons.perceptron.explorers.samples import samples

EXPLORERS = {"samples": samples, "diagram": diagram}
"""The lecture's explorers by name."""
