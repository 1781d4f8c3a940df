"""The engine behind every slider figure."""

from course_utils.explorers.controls import Choice, Grid, Play, Point, Points, Slider, Switch
from course_utils.explorers.explorable import Explorable
from course_utils.explorers.explorer import Explorer, Timing
from course_utils.explorers.ghost import ghost
from course_utils.explorers.raster import raster
from course_utils.explorers.words import in_words
from course_utils.explorers.yours import Own, same_shape

__all__ = [
    "Choice",
    "Explorable",
    "Explorer",
    "Grid",
    "Own",
    "Play",
    "Point",
    "Points",
    "Slider",
    "Switch",
    "Timing",
    "ghost",
    "in_words",
    "raster",
    "same_shape",
]
