"""The rooms that the generic tests are about: all, or with `pytest --room NAME` only that one.

`course try` names one: to import all others would take longer than to test it.
"""

from typing import Any

from course_utils.authoring import Lecture, find_lectures
from course_utils.exam import bank
from course_utils.exam.bank import Item
from course_utils.lessons.room import module, room_names

_only: str | None = None
_FORMS, _FEW = 1000, 100


def choose(name: str | None) -> None:
    """From now on, only this room is there; None: all are."""
    global _only
    _only = name


def forms() -> int:
    """Return how many forms of a question are drawn: fewer while an author waits."""
    return _FORMS if _only is None else _FEW


def names() -> list[str]:
    """Return the names of the rooms, sorted."""
    return [name for name in room_names() if _only in (None, name)]


def lectures() -> dict[str, Lecture]:
    """Return their lectures by the room's name, in the order of their numbers."""
    return {one.room: one for one in find_lectures() if _only in (None, one.room)}


def items() -> dict[str, Item[Any, Any]]:
    """Return their questions by id."""
    return bank.load([found for name in names() if (found := module(name, "questions"))])
