"""The bank as a list: every item of the exam, whether it has a question yet, and where."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from course_utils.exam import blueprint
from course_utils.exam.bank import Item


@dataclass(frozen=True)
class Line:
    """One item of the exam.

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
    """Return a line for each item of the exam, in its order; `items` are those with a question."""
    found = []
    for entry in blueprint.ITEMS.values():
        title, guess = "", None
        if entry.id in items:
            question = items[entry.id].canonical()
            title = question.title
            guess = round(sum(part.expected_guess() for part in question.parts), 4)
        found.append(Line(**asdict(entry), title=title, guess=guess))
    return found


def missing(items: Mapping[str, Item]) -> list[str]:
    """Return the ids of the exam's items that have no question yet."""
    return [id_ for id_ in blueprint.ITEMS if id_ not in items]


def as_json(items: Mapping[str, Item]) -> dict[str, object]:
    """Return the list for programs: lines, points in all and with a question, what is missing."""
    every = lines(items)
    return {
        "items": [asdict(line) for line in every],
        "points": sum(line.points for line in every),
        "points_with_question": sum(line.points for line in every if line.title),
        "missing": missing(items),
    }
