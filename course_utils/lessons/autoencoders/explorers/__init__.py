"""The explorers of lecture 11."""

from course_utils.lessons.autoencoders.explorers.erase_and_repair import erase_and_repair
from course_utils.lessons.autoencoders.explorers.two_numbers import two_numbers

EXPLORERS = {"erase_and_repair": erase_and_repair, "two_numbers": two_numbers}
"""The lecture's explorers by name."""
