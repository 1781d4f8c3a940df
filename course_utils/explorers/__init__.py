"""The engine behind every slider figure."""

from course_utils.explorers.controls import Choice, Grid, Play, Point, Points, Slider, Switch
from course_utils.explorers.explorer import Explorer, Timing

__all__ = [
    "Choice",
    "Explorer",
    "Grid",
    "Play",
    "Point",
    "Points",
    "Slider",
    "Switch",
    "Timing",
]
