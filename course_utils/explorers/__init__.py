"""The engine behind every slider figure."""

from course_utils.explorers.controls import Choice, Play, Slider, Switch
from course_utils.explorers.explorer import Explorer, Timing

__all__ = ["Choice", "Explorer", "Play", "Slider", "Switch", "Timing"]
