"""The engine behind every slider figure."""

from course_utils.explorers.controls import Choice, Slider, Switch
from course_utils.explorers.explorer import Explorer, Timing

__all__ = ["Choice", "Explorer", "Slider", "Switch", "Timing"]
