"""The explorers of lecture 05."""

from course_utils.lessons.generalization.explorers.stopping import stopping
from course_utils.lessons.generalization.explorers.thirty import thirty

EXPLORERS = {"thirty": thirty, "stopping": stopping}
"""The lecture's explorers by name."""
