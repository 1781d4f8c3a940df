"""An exam as data: its sections and items, points, time, and what its front page says.

The course's own exam stands in ``exam.toml`` beside this module; `read` takes any other file of the
same form, so that a lecturer sets an exam without writing code.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

Kind = Literal["mark all", "numbers", "formula", "text", "diagram", "code", "faulty lines"]


class BlueprintError(ValueError):
    """A file that does not describe an exam; the message says where, and what to write."""


@dataclass(frozen=True)
class Entry:
    """One item: of an exam, or of a lecture that has more questions than the exam.

    Attributes
    ----------
    id
        As printed, for example '3.1'.
    points
        What it is worth.
    lecture
        Name of the room in `course_utils.lessons` that teaches, shows and practises it.
    topic
        What it is about, in a few words.
    kind
        How it is answered; empty if that is for its question to say.
    bonus
        Whether its points come on top of the exam's.
    """

    id: str
    points: float
    lecture: str
    topic: str = ""
    kind: Kind | Literal[""] = ""
    bonus: bool = False


class Asked(Protocol):
    """Whatever has an item's id and points: an entry, or a question."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def points(self) -> float: ...  # noqa: D102


@dataclass(frozen=True)
class Section:
    """A section of an exam: its number, its title, and its items in their order."""

    number: str
    title: str
    items: tuple[Entry, ...]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@dataclass(frozen=True)
class Blueprint:
    """An exam.

    Attributes
    ----------
    course, title
        What is examined, and what such an examination is called.
    university, date
        For the front page; may be empty.
    minutes_per_point
        The exam's pace.
    rules
        What the front page tells before the exam begins, in plain sentences.
    sections
        At least one; no id occurs twice.
    """

    course: str
    title: str
    university: str
    date: str
    minutes_per_point: float
    rules: tuple[str, ...]
    sections: tuple[Section, ...]

    @cached_property
    def items(self) -> Mapping[str, Entry]:
        """Every item by its id, in the exam's order."""
        return {entry.id: entry for section in self.sections for entry in section.items}

    def section(self, id_: str) -> Section | None:
        """Return the section of an item; None if the exam does not ask it."""
        held = (s for s in self.sections if any(entry.id == id_ for entry in s.items))
        return next(held, None)

    def heading(self, id_: str) -> str:
        """Return the number and title of an item's section."""
        section = self.section(id_)
        return str(section) if section else "For practice"

    def is_bonus(self, id_: str) -> bool:
        """Tell whether an item's points come on top; those of a stranger do not."""
        return id_ in self.items and self.items[id_].bonus

    def points(self, asked: Iterable[Asked]) -> tuple[float, float]:
        """Return the points of `asked` that count, and those that come on top."""
        sums = {False: 0.0, True: 0.0}
        for one in asked:
            sums[self.is_bonus(one.id)] += one.points
        return sums[False], sums[True]

    def minutes(self, asked: Iterable[Asked]) -> int:
        """Return what `asked` takes, rounded up to five minutes; a bonus only if it is alone."""
        points, bonus = self.points(asked)
        return 5 * math.ceil((points or bonus) * self.minutes_per_point / 5)


def read(path: Path, known: Mapping[str, Entry]) -> Blueprint:
    """Return the exam that a file in TOML describes; ``exam.toml`` is an example of one.

    Parameters
    ----------
    known
        Items by id: what the file does not say of one of them is taken from here, except whether
        it is a bonus.

    Raises
    ------
    BlueprintError
        If the file describes no exam.
    OSError
        If it cannot be read.
    """
    try:
        # An editor on Windows may begin the file with a mark, which TOML does not know.
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BlueprintError(f"{path} is not TOML in UTF-8: {error}.") from None
    return _Reader(str(path), known).exam(told)


class _Reader:
    """Turns what a file says into an exam, and names the place where that fails."""

    def __init__(self, where: str, known: Mapping[str, Entry]) -> None:
        self._where = where
        self._known = known

    def exam(self, told: dict[str, Any]) -> Blueprint:
        names = [f.name for f in fields(Blueprint)]
        self._check(told, names, "the exam")
        sections = self._list(told, "sections", "the exam")
        exam = Blueprint(
            course=self._text(told, "course", "the exam"),
            title=self._text(told, "title", "the exam"),
            university=self._text(told, "university", "the exam", ""),
            date=self._text(told, "date", "the exam", ""),
            minutes_per_point=self._number(told, "minutes_per_point", "the exam"),
            rules=tuple(self._strings(told, "rules")),
            sections=tuple(self._section(section, i) for i, section in enumerate(sections, 1)),
        )
        ids = [entry.id for section in exam.sections for entry in section.items]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            raise self._error(f"item {twice[0]!r} occurs twice")
        return exam

    def _section(self, told: Any, place: int) -> Section:
        name = f"section {place}"
        self._check(told, [f.name for f in fields(Section)], name)
        items = self._list(told, "items", name)
        return Section(
            self._text(told, "number", name, str(place)),
            self._text(told, "title", name),
            tuple(self._entry(item, name) for item in items),
        )

    def _entry(self, told: Any, section: str) -> Entry:
        self._check(told, [f.name for f in fields(Entry)], f"an item of {section}")
        id_ = self._text(told, "id", f"an item of {section}")
        name = f"item {id_!r}"
        known = self._known.get(id_)
        if known is None and not {"points", "lecture"} <= told.keys():
            raise self._error(
                f"{name} is not in the question bank: `course exam bank` lists what is; a question"
                " that is still to be written needs its points and its lecture here"
            )
        told = (vars(known) if known else {"topic": "", "kind": ""}) | {"bonus": False} | told
        if told["kind"] not in ("", *get_args(Kind)):
            raise self._error(f"{name}: kind is one of {', '.join(get_args(Kind))}")
        if not isinstance(told["bonus"], bool):
            raise self._error(f"{name}: bonus is true or false")
        texts = {key: self._text(told, key, name, "") for key in ("lecture", "topic")}
        points = self._number(told, "points", name)
        return Entry(id_, points, **texts, kind=told["kind"], bonus=told["bonus"])

    def _check(self, told: Any, names: list[str], where: str) -> None:
        if not isinstance(told, dict):
            raise self._error(f"{where} is a table with {', '.join(names)}")
        for key in told:
            if key not in names:
                raise self._error(f"{where} has no {key!r}, only {', '.join(names)}")

    def _text(self, told: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
        value = told.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            raise self._error(f"{where}: {key} is a text in quotation marks")
        return value

    def _number(self, told: dict[str, Any], key: str, where: str) -> float:
        value = told.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1000:
            raise self._error(f"{where}: {key} is a number above 0")
        return value

    def _list(self, told: dict[str, Any], key: str, where: str) -> list[Any]:
        value = told.get(key)
        if not isinstance(value, list) or not value:
            raise self._error(f"{where} needs a list of {key}")
        return value

    def _strings(self, told: dict[str, Any], key: str) -> list[str]:
        value = told.get(key, [])
        if not isinstance(value, list) or not all(isinstance(it, str) for it in value):
            raise self._error(f"{key} is a list of texts")
        return value

    def _error(self, says: str) -> BlueprintError:
        return BlueprintError(f"{self._where}: {says}.")


EXAM = read(Path(__file__).with_name("exam.toml"), {})
"""The exam that the course prepares."""
ITEMS = EXAM.items
"""Its items by id, in its order."""
