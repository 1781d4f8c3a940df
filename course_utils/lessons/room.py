"""What the course must know of a lecture's room: its title, and how each exam item is covered."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType

from course_utils.checks import Exercise


@dataclass(frozen=True)
class Coverage:
    """Where a lecture deals with one exam item.

    Attributes
    ----------
    section
        The heading under which it is taught and its key derived.
    explorer
        The explorer's name, in which it is tried.
    exercise
        The exercise's item number, in which it is practised; empty if a question does that.
    """

    section: str
    explorer: str
    exercise: str = ""


@dataclass(frozen=True)
class Room:
    """A lecture's title and its exam items."""

    title: str
    items: Mapping[str, Coverage] = field(default_factory=dict)


def room_names() -> list[str]:
    """Return the names of all rooms, sorted."""
    package = importlib.import_module("course_utils.lessons")
    return sorted(m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg)


def room(name: str) -> Room:
    """Return the room of the given name."""
    return importlib.import_module(f"course_utils.lessons.{name}").ROOM


def module(name: str, part: str) -> ModuleType | None:
    """Return one module of a room, such as its ``questions``; None if the room has none."""
    full = f"course_utils.lessons.{name}.{part}"
    if importlib.util.find_spec(full) is None:
        return None
    return importlib.import_module(full)


def exercises(name: str) -> list[Exercise]:
    """Return a room's exercises, in the order of their numbers."""
    part = module(name, "exercises")
    found = [] if part is None else [v for v in vars(part).values() if isinstance(v, Exercise)]
    return sorted(found, key=lambda exercise: exercise.item)
