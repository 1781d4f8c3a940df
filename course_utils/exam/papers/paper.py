"""A paper: the questions that one student gets, drawn from the bank by one seed."""

from collections.abc import Mapping
from dataclasses import dataclass

from course_utils.exam.bank import Item, Report, asked
from course_utils.exam.blueprint import EXAM, Blueprint, Section
from course_utils.exam.model import Question


@dataclass(frozen=True)
class Paper:
    """Questions for one student.

    Attributes
    ----------
    seed
        Of every variant on it; None for the exam's own form.
    questions
        At least one, in the exam's order.
    exam
        What the paper is one of.
    """

    seed: int | None
    questions: tuple[Question, ...]
    exam: Blueprint = EXAM

    @property
    def number(self) -> str:
        """What is printed on every page, so that paper and key can be matched."""
        return "the exam's own form" if self.seed is None else f"paper {self.seed}"

    @property
    def name(self) -> str:
        """The paper's file name without its ending."""
        return "paper-exam" if self.seed is None else f"paper-{self.seed:04d}"

    @property
    def sections(self) -> Mapping[Section, tuple[Question, ...]]:
        """The sections that have a question here, each with its questions."""
        held = {question.id: question for question in self.questions}
        found = {
            section: tuple(held[entry.id] for entry in section.items if entry.id in held)
            for section in self.exam.sections
        }
        return {section: questions for section, questions in found.items() if questions}

    @property
    def minutes(self) -> int:
        """What the paper allows, at the exam's pace."""
        return self.exam.minutes(self.questions)

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the exam's items that have no question here."""
        held = {question.id for question in self.questions}
        return tuple(id_ for id_ in self.exam.items if id_ not in held)


def compose(
    items: Mapping[str, Item],
    seed: int | None,
    exam: Blueprint = EXAM,
    report: Report = lambda _, __: None,
) -> Paper:
    """Return the paper of `seed` with a question for each item of `exam` that is in the bank.

    Parameters
    ----------
    items
        The bank's items by id.
    seed
        Of the variants; None for the exam's own form.
    report
        Called before each question is made.

    Raises
    ------
    ValueError
        If there is no such item.
    """
    questions = asked(items, exam, [seed], report)
    if not questions:
        raise ValueError("There is no question to print: of this exam's items none has one here.")
    return Paper(seed, questions, exam)
