"""The explorers of lecture 06."""

from course_utils.lessons.batch_norm.explorers.landscape import landscape
from course_utils.lessons.batch_norm.explorers.one_batch import one_batch

EXPLORERS = {"one_batch": one_batch, "landscape": landscape}
"""The lecture's explorers by name."""
