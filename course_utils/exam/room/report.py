"""Mark an attempt: points by question, by section and by lecture, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from course_utils import runtime
from course_utils.exam.blueprint import EXAM
from course_utils.exam.model import Answer, Mark, Part, Question, Remark
from course_utils.exam.room.attempt import Attempt


@dataclass(frozen=True)
class Place:
    """Where an item is taught.

    Attributes
    ----------
    lecture
        What the lecture is called, for example 'Normalization'.
    href
        A link to the section that derives the key, relative to the exam room's notebook.
    section
        That section's heading.
    explorer
        Name of the explorer to try it in.
    """

    lecture: str
    href: str
    section: str = ""
    explorer: str = ""


@dataclass(frozen=True)
class Result:
    """A question's marks, one for each part."""

    question: Question
    marks: tuple[Mark, ...]

    @property
    def points(self) -> float:
        """What the answer earned, between 0 and `out_of`."""
        return round(min(max(sum(mark.points for mark in self.marks), 0.0), self.out_of), 9)

    @property
    def out_of(self) -> float:
        """What the question is worth."""
        return self.question.points

    @property
    def own(self) -> float:
        """How many of the points are the student's own judgement."""
        return round(sum(m.points for m, part in self._pairs if part.self_marked), 9)

    @property
    def own_out_of(self) -> float:
        """How many points the parts are worth that students mark themselves."""
        return round(sum(part.points for _, part in self._pairs if part.self_marked), 9)

    @property
    def _pairs(self) -> list[tuple[Mark, Part]]:
        return list(zip(self.marks, self.question.parts, strict=True))


@dataclass(frozen=True)
class Sum:
    """Points of some questions: a section's, a lecture's."""

    name: str
    points: float
    out_of: float


@dataclass(frozen=True)
class ExamReport:
    """A marked attempt."""

    attempt: Attempt
    results: tuple[Result, ...]

    @property
    def points(self) -> float:
        """All points together."""
        return _total(result.points for result in self.results)

    @property
    def out_of(self) -> float:
        """What all questions together are worth."""
        return _total(result.out_of for result in self.results)

    @property
    def full(self) -> float:
        """What full marks are: a bonus comes on top, unless nothing else was asked."""
        counting, bonus = EXAM.points(self.attempt.questions)
        return counting or bonus

    @property
    def own(self) -> float:
        """How many of the points are the student's own ticks."""
        return _total(result.own for result in self.results)

    @property
    def own_out_of(self) -> float:
        """How many points can be had by own ticks only."""
        return _total(result.own_out_of for result in self.results)

    def result(self, id_: str) -> Result:
        """Return the result of one question."""
        return next(result for result in self.results if result.question.id == id_)

    def state(self, id_: str) -> Literal["right", "part", "wrong", "empty", "yours"]:
        """Return what a question came to; 'yours': it waits for the student's own first tick."""
        result = self.result(id_)
        if result.points >= result.out_of:
            return "right"
        answers = zip(result.question.parts, self.attempt.answers(id_), strict=True)
        if any(part.waits(answer) for part, answer in answers):
            return "yours"
        if result.points:
            return "part"
        return "empty" if self.attempt.state(id_) == "empty" else "wrong"

    def by_section(self) -> tuple[Sum, ...]:
        """Return the points by section, in the exam's order."""
        return self._by(lambda question: EXAM.heading(question.id))

    def by_lecture(self) -> tuple[Sum, ...]:
        """Return the points by the lecture's room, weakest first."""
        sums = self._by(lambda question: question.lecture)
        return tuple(sorted(sums, key=lambda one: one.points / one.out_of))

    def _by(self, name: Callable[[Question], str]) -> tuple[Sum, ...]:
        groups: dict[str, list[Result]] = {}
        for result in self.results:
            groups.setdefault(name(result.question), []).append(result)
        return tuple(
            Sum(key, _total(r.points for r in held), _total(r.out_of for r in held))
            for key, held in groups.items()
        )


class Marker:
    """Marks attempts, and an answer that it has marked before not again (code takes seconds)."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int | None, tuple[tuple[tuple[str, str], ...], ...]], Result]
        self._known = {}

    def report(self, attempt: Attempt) -> ExamReport:
        """Return the marks of everything in `attempt`."""
        return ExamReport(attempt, tuple(self._result(attempt, q) for q in attempt.questions))

    def _result(self, attempt: Attempt, question: Question) -> Result:
        answers = attempt.answers(question.id)
        typed = tuple(tuple(sorted(answer.items())) for answer in answers)
        key = (question.id, question.seed, typed)
        if key not in self._known:
            marks = tuple(map(_mark, question.parts, answers))
            self._known[key] = Result(question, marks)
        return self._known[key]


def _mark(part: Part, answer: Answer) -> Mark:
    """Return the part's mark; what fails to be marked costs its own points and no report."""
    try:
        return part.mark(answer)
    except Exception as error:
        if runtime.forgets():
            raise
        says = f"This part could not be marked, which is a fault of the course: {error!r:.200}"
        return Mark(0.0, part.points, {"": Remark("empty", says)})


def _total(points: Iterable[float]) -> float:
    return round(sum(points), 9)
