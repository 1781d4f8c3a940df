"""A paper: the questions that one student gets, drawn from the bank by one seed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from course_utils.exam import blueprint
from course_utils.exam.bank import Item
from course_utils.exam.model import Question

SECTIONS: Mapping[str, str] = {
    "1": "Mark all that apply",
    "2": "Short questions",
    "3": "A perceptron",
    "4": "A recurrent cell",
    "5": "Generating images",
    "6": "Writing a layer",
    "7": "Finding faults",
}
"""Titles of the exam's sections, by what stands before the dot in an item's id."""

_MINUTES_PER_POINT = 90 / 60  # the exam's pace; what is a bonus comes on top


@dataclass(frozen=True)
class Section:
    """The questions of one section that a paper holds, in the exam's order."""

    number: str
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """What the section is about."""
        return SECTIONS[self.number]

    @property
    def points(self) -> float:
        """What its questions that count are worth."""
        return sum(q.points for q in self.questions if not blueprint.ITEMS[q.id].bonus)

    @property
    def bonus(self) -> float:
        """What its bonus questions are worth."""
        return sum(q.points for q in self.questions if blueprint.ITEMS[q.id].bonus)


@dataclass(frozen=True)
class Paper:
    """Questions for one student.

    Attributes
    ----------
    seed
        Of every variant on it; None for the exam's own form.
    questions
        At least one, in the exam's order.
    """

    seed: int | None
    questions: tuple[Question, ...]

    @property
    def number(self) -> str:
        """What is printed on every page, so that paper and key can be matched."""
        return "the exam's own form" if self.seed is None else f"paper {self.seed}"

    @property
    def name(self) -> str:
        """The paper's file name without its ending."""
        return "paper-exam" if self.seed is None else f"paper-{self.seed:04d}"

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that have a question here."""
        by_number: dict[str, list[Question]] = {}
        for question in self.questions:
            by_number.setdefault(question.id.split(".")[0], []).append(question)
        return tuple(Section(number, tuple(held)) for number, held in by_number.items())

    @property
    def points(self) -> float:
        """What the paper is worth without its bonus questions."""
        return sum(section.points for section in self.sections)

    @property
    def bonus(self) -> float:
        """What its bonus questions are worth."""
        return sum(section.bonus for section in self.sections)

    @property
    def minutes(self) -> int:
        """What the paper allows at the exam's pace, rounded up to five minutes."""
        return 5 * math.ceil((self.points or self.bonus) * _MINUTES_PER_POINT / 5)

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the exam's items that have no question here."""
        held = {question.id for question in self.questions}
        return tuple(id_ for id_ in blueprint.ITEMS if id_ not in held)


def compose(items: Mapping[str, Item], seed: int | None) -> Paper:
    """Return the paper of `seed` with one question for each of `items`; None: the exam's own form.

    Raises
    ------
    ValueError
        If there is no item.
    """
    if not items:
        raise ValueError("There is no question to print: no lecture of this course has any yet.")
    order = [id_ for id_ in blueprint.ITEMS if id_ in items]
    return Paper(seed, tuple(items[id_].question(seed) for id_ in order))
