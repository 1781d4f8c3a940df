"""The explorers of lecture 03."""

from course_utils.lessons.activations.explorers.final_layer import final_layer
from course_utils.lessons.activations.explorers.saturation import saturation
from course_utils.lessons.activations.explorers.your_activation import your_activation

EXPLORERS = {
    "your_activation": your_activation,
    "saturation": saturation,
    "final_layer": final_layer,
}
"""The lecture's explorers by name."""
