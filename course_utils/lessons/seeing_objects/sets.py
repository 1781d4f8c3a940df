"""The rooms that lecture 08 counts in; none of them was trained on."""

from __future__ import annotations

from course_utils.lessons.seeing_objects.training import Rooms, draw_rooms

CROWDS = (1, 2, 4, 8, 16, 24)
CROWDINGS = (0.0, 0.5, 1.0)
LIGHTS = (0.25, 0.35, 0.5, 0.7, 1.0)
IN_THE_DARK = 6
"""How many people are in each room whose light is turned down."""
CAPACITY = 8
_COUNT, _ALARMS = 40, 150


def apart(people: int) -> Rooms:
    """Return 40 rooms in which so many people stand anywhere."""
    return draw_rooms(f"{people} apart", _COUNT, (people, people))


def huddled(people: int, crowding: float = 1) -> Rooms:
    """Return 40 rooms, with the same walls and furniture for any crowding, and other people."""
    return draw_rooms(f"{people} huddled", _COUNT, (people, people), (crowding, crowding))


def lit(light: float) -> Rooms:
    """Return 40 rooms with six people, the same for any light."""
    return draw_rooms("lit", _COUNT, (IN_THE_DARK, IN_THE_DARK), (0, 0.5), (light, light))


def near_capacity() -> Rooms:
    """Return 150 rooms with 4 to 12 people, for an alarm that rings from 9 on."""
    return draw_rooms("alarm", _ALARMS, (4, 12), (0, 0.6), (0.7, 1))
