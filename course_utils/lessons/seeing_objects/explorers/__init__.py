"""The explorers of lecture 08."""

from course_utils.lessons.seeing_objects.explorers.alarm import capacity_alarm
from course_utils.lessons.seeing_objects.explorers.boxes import kept_and_dropped
from course_utils.lessons.seeing_objects.explorers.filling import room_fills_up

EXPLORERS = {
    "room_fills_up": room_fills_up,
    "kept_and_dropped": kept_and_dropped,
    "capacity_alarm": capacity_alarm,
}
"""The lecture's explorers by name."""
