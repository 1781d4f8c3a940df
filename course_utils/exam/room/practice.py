"""What to repeat, and when: the boxes of Leitner.

Sebastian Leitner (*So lernt man lernen*, 1972) keeps cards in five boxes. A card that was known
moves one box on, one that was not goes back to the first, and the further a box, the more rarely
it is taken out. He lets the size of the boxes set the pace; here each box has a waiting time, and
the time doubles from box to box, as programs usually do it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course_utils.exam.bank import Item, Report, reported
from course_utils.exam.model import Question

DAY = 24 * 3600.0
WAITS = (1 * DAY, 2 * DAY, 4 * DAY, 8 * DAY, 16 * DAY)
"""Seconds until a question of each box is due again; the last box keeps what it has."""
LONGEST = 8
"""How many questions one practice has at most: about a quarter of the exam."""


@dataclass(frozen=True)
class Result:
    """What somebody got for one item at one time (seconds since 1970)."""

    at: float
    item: str
    points: float
    out_of: float

    @property
    def known(self) -> bool:
        """Whether every point was reached."""
        return self.points >= self.out_of - 1e-9


@dataclass(frozen=True)
class Card:
    """An item in its box (0 to 4), since when, after how many results, and whether it was known."""

    box: int
    since: float
    results: int
    known: bool

    @property
    def due(self) -> float:
        """When the item is to be asked again: at once if it was not known."""
        return self.since + WAITS[self.box] if self.known else self.since


@dataclass(frozen=True)
class Pile:
    """What can be practised, by item id: the most urgent first in each of the three.

    Attributes
    ----------
    wrong
        Not fully right the last time.
    due
        Right the last time, and their waiting time is over.
    new
        Never tried.
    """

    wrong: tuple[str, ...]
    due: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        """What a practice asks: what was wrong or is due; something new only if nothing is."""
        return ((*self.wrong, *self.due) or self.new)[:LONGEST]


def cards(results: Iterable[Result]) -> dict[str, Card]:
    """Return every item's card after `results`, whatever their order."""
    held: dict[str, Card] = {}
    for result in sorted(results, key=lambda result: result.at):
        before = held.get(result.item)
        box = 0 if before is None or not result.known else _next_box(before, result.at)
        count = 1 if before is None else before.results + 1
        held[result.item] = Card(box, result.at, count, result.known)
    return held


def _next_box(card: Card, at: float) -> int:
    """Move on only what had been known, and was not repeated before its time."""
    if not card.known:
        return 0
    return min(card.box + 1, len(WAITS) - 1) if at >= card.due else card.box


def pile(items: Mapping[str, Item], held: Mapping[str, Card], now: float) -> Pile:
    """Return which of `items` can be practised at the time `now`."""
    tried = sorted((id_ for id_ in items if id_ in held), key=lambda id_: held[id_].due)
    return Pile(
        wrong=tuple(id_ for id_ in tried if not held[id_].known),
        due=tuple(id_ for id_ in tried if held[id_].known and held[id_].due <= now),
        new=tuple(id_ for id_ in items if id_ not in held),
    )


def questions(
    items: Mapping[str, Item],
    chosen: Iterable[str],
    held: Mapping[str, Card],
    report: Report = lambda _, __: None,
) -> tuple[Question, ...]:
    """Return a fresh variant of every chosen item, in the exam's order, another one each time.

    `report` is called before each of them is made.
    """
    chosen = set(chosen)
    wanted = [item for id_, item in items.items() if id_ in chosen]
    return tuple(item.variant(_seed(item.id, held)) for item in reported(wanted, report))


def _seed(id_: str, held: Mapping[str, Card]) -> int:
    """Return a seed that is the student's next and is not one of the small ones of the lectures."""
    count = held[id_].results if id_ in held else 0
    return random.Random(f"practice {id_} {count}").randrange(10**4, 10**5)
