"""What a reader can move: each control is one class, with its values, words and widget."""

from course_utils.explorers.controls.base import Control
from course_utils.explorers.controls.choice import Choice
from course_utils.explorers.controls.grid import Grid
from course_utils.explorers.controls.hand import Hand
from course_utils.explorers.controls.play import Play
from course_utils.explorers.controls.point import Point
from course_utils.explorers.controls.points import Points
from course_utils.explorers.controls.slider import Slider
from course_utils.explorers.controls.stops import Stops
from course_utils.explorers.controls.switch import Switch

__all__ = [
    "Choice",
    "Control",
    "Grid",
    "Hand",
    "Play",
    "Point",
    "Points",
    "Slider",
    "Stops",
    "Switch",
]
