"""The explorers of lecture 09."""

from course_utils.lessons.rnn_backprop.explorers.beside import beside
from course_utils.lessons.rnn_backprop.explorers.over_time import over_time
from course_utils.lessons.rnn_backprop.explorers.unrolled import unrolled

EXPLORERS = {"unrolled": unrolled, "over_time": over_time, "beside": beside}
"""The lecture's explorers by name."""
