"""The explorers of lecture 01."""

from course_utils.lessons.normalization.explorers.column import column
from course_utils.lessons.normalization.explorers.descent import descent
from course_utils.lessons.normalization.explorers.statistics import statistics

EXPLORERS = {"descent": descent, "column": column, "statistics": statistics}
"""The lecture's explorers by name."""
