"""The bank as a list: every item, of the exam or for practice, whether it has a question yet."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from course_utils.exam import blueprint
from course_utils.exam.bank import Item


@dataclass(frozen=True)
class Line:
    """One item.

    Attributes
    ----------
    id, points, bonus, kind, topic, lecture
        As in the blueprint.
    title
        The question's title; empty if the item has no question yet.
    guess
        The points that somebody earns on average who knows nothing and answers at random, in the
        exam's own form; None if the item has no question yet.
    """

    id: str
    points: float
    bonus: bool
    kind: str
    topic: str
    lecture: str
    title: str
    guess: float | None


def lines(items: Mapping[str, Item]) -> list[Line]:
    """Return a line for each item of the exam, in its order, and for what else is in the bank."""
    found = []
    for entry in {**blueprint.ITEMS, **{i: item.entry for i, item in items.items()}}.values():
        title, guess, kind = "", None, entry.kind
        if entry.id in items:
            question = items[entry.id].canonical()
            title = question.title
            kind = question.parts[0].kind
            guess = round(sum(part.expected_guess() for part in question.parts), 4)
        found.append(Line(**asdict(entry) | {"kind": kind}, title=title, guess=guess))
    return found


def missing(items: Mapping[str, Item]) -> list[str]:
    """Return the ids of the exam's items that have no question yet."""
    return [id_ for id_ in blueprint.ITEMS if id_ not in items]


def as_json(items: Mapping[str, Item]) -> dict[str, object]:
    """Return the list for programs: lines, points in all and with a question, what is missing."""
    every = lines(items)
    return {
        "items": [asdict(line) for line in every],
        "points": sum(line.points for line in every if line.id in blueprint.ITEMS),
        "points_with_question": sum(
            line.points for line in every if line.title and line.id in blueprint.ITEMS
        ),
        "missing": missing(items),
    }
