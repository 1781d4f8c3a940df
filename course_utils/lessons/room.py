"""What the course must know of its lectures' rooms: the plan, titles, how items are covered."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import quote

from course_utils.checks import Exercise
from course_utils.exam import bank
from course_utils.exam.bank import Item
from course_utils.runtime import REPOSITORY


class Planned(NamedTuple):
    """A lecture of the curriculum, written or not: its number, two digits, and its title."""

    number: str
    title: str

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


_TITLES = (
    "Start here",
    "Normalization",
    "Perceptron",
    "Activations",
    "Deep networks",
    "Generalization",
    "Batch norm",
    "CNNs",
    "Seeing objects",
    "RNN backprop",
    "RL exploration",
    "Autoencoders",
    "GANs",
    "PyTorch on a device",
    "Mock exam",
)


def _curriculum() -> dict[str, Planned]:
    """Return what is planned, and whatever is written besides, by number and title."""
    found = {
        title.lower().replace(" ", "_"): Planned(f"{number:02d}", title)
        for number, title in enumerate(_TITLES)
    }
    for path in sorted((REPOSITORY / "solutions").glob("[0-9][0-9]-*.md")):
        name = path.stem[3:].replace("-", "_")
        if name not in found:
            title = re.search(
                rf"^# {path.stem[:2]} (.+)$", path.read_text("utf-8-sig"), re.MULTILINE
            )
            found[name] = Planned(path.stem[:2], title[1] if title else name)
    return found


CURRICULUM = _curriculum()
"""Every lecture of the course by the name of its room, in order."""


@dataclass(frozen=True)
class Coverage:
    """Where a lecture deals with one exam item.

    Attributes
    ----------
    section
        The heading under which it is taught and its key derived.
    explorer
        The title of the explorer in which it is tried.
    exercise
        The exercise's item number, in which it is practised; empty if a question does that.
    """

    section: str
    explorer: str
    exercise: str = ""


@dataclass(frozen=True)
class Room:
    """What the course must know of a lecture.

    Attributes
    ----------
    title
        Its title.
    star
        The title of the explorer to show a friend.
    terms
        What it defines, each written ``*so*`` where it does: the glossary quotes that sentence.
    items
        How it covers its exam items.
    """

    title: str
    star: str = ""
    terms: tuple[str, ...] = ()
    items: Mapping[str, Coverage] = field(default_factory=dict)


def written() -> dict[str, str]:
    """Return, by room, the stem of every lecture that is written, such as ``01-normalization``."""
    stems = {name: f"{one.number}-{name.replace('_', '-')}" for name, one in CURRICULUM.items()}
    return {
        name: stem
        for name, stem in stems.items()
        if (REPOSITORY / "solutions" / f"{stem}.md").exists()
    }


def link(stem: str, section: str = "") -> str:
    """Return the link from one lecture's notebook to another, or to a section of it.

    JupyterLab makes a heading's anchor of its words, with hyphens for spaces.
    """
    anchor = f"#{quote(section.replace(' ', '-'))}" if section else ""
    return f"{stem}.ipynb{anchor}"


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


def modules(part: str) -> list[ModuleType]:
    """Return that module of every room that has one, such as all ``questions``, by room name."""
    return [found for name in room_names() if (found := module(name, part))]


def all_items() -> dict[str, Item[Any, Any]]:
    """Return every exam item of every room by its id, in the exam's order."""
    return bank.load(modules("questions"))


def exercises(name: str) -> list[Exercise]:
    """Return a room's exercises, in the order of their numbers."""
    part = module(name, "exercises")
    found = [] if part is None else [v for v in vars(part).values() if isinstance(v, Exercise)]
    return sorted(found, key=lambda exercise: exercise.item)
