"""The explorers of lecture 13."""

from course_utils.lessons.pytorch_on_a_device.explorers.line_by_line import line_by_line
from course_utils.lessons.pytorch_on_a_device.explorers.stack import stack

EXPLORERS = {"line_by_line": line_by_line, "stack": stack}
"""The lecture's explorers by name."""
