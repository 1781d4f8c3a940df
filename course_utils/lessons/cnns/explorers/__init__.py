"""The explorers of lecture 07."""

from course_utils.lessons.cnns.explorers.drawn_digit import draw_a_digit
from course_utils.lessons.cnns.explorers.pooling import pooling
from course_utils.lessons.cnns.explorers.window import window

EXPLORERS = {"draw_a_digit": draw_a_digit, "window": window, "pooling": pooling}
"""The lecture's explorers by name."""
