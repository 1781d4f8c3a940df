"""The explorers of lecture 12."""

from course_utils.lessons.gans.explorers.densities import densities
from course_utils.lessons.gans.explorers.watch import watch
from course_utils.lessons.gans.landscapes.explorer import choose_landscape

EXPLORERS = {"densities": densities, "watch": watch, "choose_landscape": choose_landscape}
"""The lecture's explorers by name."""
