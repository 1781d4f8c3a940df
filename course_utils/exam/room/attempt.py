"""One attempt at an exam as a value: what was asked, what was typed, the clock, submitted or not.

Nothing here knows a widget, a file or the time of day. Every action takes the time as `now`
(seconds since 1970) and returns a new attempt, or raises `RefusedError` and changes nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from course_utils.exam.blueprint import EXAM
from course_utils.exam.model import Answer, Question

Mode = Literal["exam", "variant", "practice"]
"""The exam's own form, the same with fresh numbers, or what is due to be repeated."""

State = Literal["empty", "begun"]


class RefusedError(ValueError):
    """An action that the rules do not allow now; the message is for the student."""


class Blank(NamedTuple):
    """Where something can be typed: a field of a question's part, parts counted from 0."""

    question: str
    part: int
    field: str


@dataclass(frozen=True)
class Attempt:
    """An attempt, from its beginning to its submission.

    Attributes
    ----------
    mode
        What sort of attempt it is; only practice can be paused.
    questions
        At least one, in the exam's order, every id once.
    begun
        When it began. All times are seconds since 1970, so that a kernel that is restarted, or a
        night's sleep, does not stop the clock.
    deadline
        When answers are frozen; moved by a pause.
    paused
        Since when the clock stands; None if it runs.
    submitted
        When it was handed in; None before that.
    current
        Id of the question in front of the student.
    flags
        Ids of the questions that the student wants to come back to.
    typed
        What is in the fields; nothing is kept for an empty one. Never changed after submission.
    ticks
        What students who mark themselves put, after submission, into the fields they had left
        empty: the points of a rubric.
    """

    mode: Mode
    questions: tuple[Question, ...]
    begun: float
    deadline: float
    current: str
    paused: float | None = None
    submitted: float | None = None
    flags: frozenset[str] = frozenset()
    typed: Mapping[Blank, str] = field(default_factory=dict)
    ticks: Mapping[Blank, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What each question is called where the attempt is kept; found out once."""

    def __post_init__(self) -> None:
        if not self.places:
            object.__setattr__(self, "places", {q.id: place(q) for q in self.questions})

    # What can be asked about it

    @property
    def name(self) -> str:
        """What the attempt is called in files: it is the only one that began at that time."""
        return f"{self.mode} {self.begun:.6f}"

    @property
    def points(self) -> float:
        """What all questions are worth together."""
        return round(sum(question.points for question in self.questions), 9)

    def question(self, id_: str) -> Question:
        """Return the question of that id.

        Raises
        ------
        RefusedError
            If it is not asked here.
        """
        for question in self.questions:
            if question.id == id_:
                return question
        raise RefusedError(f"This attempt does not ask question {id_}.")

    def answers(self, id_: str) -> tuple[Answer, ...]:
        """Return what was typed, or ticked later, in each part of a question."""
        parts: list[dict[str, str]] = [{} for _ in self.question(id_).parts]
        for blank, typed in (*self.typed.items(), *self.ticks.items()):
            if blank.question == id_:
                parts[blank.part][blank.field] = typed
        return tuple(parts)

    def state(self, id_: str) -> State:
        """Tell whether anything but white space was typed into a question."""
        return "begun" if any(t.strip() for a in self.answers(id_) for t in a.values()) else "empty"

    @property
    def empty(self) -> tuple[str, ...]:
        """Ids of the questions without an answer, in the exam's order."""
        return tuple(q.id for q in self.questions if self.state(q.id) == "empty")

    def remaining(self, now: float) -> float:
        """Return the seconds that are left, at least 0."""
        return max(0.0, self.deadline - (now if self.paused is None else self.paused))

    def over(self, now: float) -> bool:
        """Tell whether the time is over."""
        return self.remaining(now) <= 0

    def closed(self, now: float) -> str:
        """Return why answers cannot be changed now; empty if they can."""
        if self.submitted is not None:
            return "This attempt was handed in: its answers stay as they are."
        if self.over(now):
            return "The time is over: your answers are frozen. Hand them in to have them marked."
        if self.paused is not None:
            return "The clock stands: go on first."
        return ""

    # What can be done with it

    def type(self, now: float, blank: Blank, typed: str) -> Attempt:
        """Put `typed` into a field.

        After submission that is only possible where students mark themselves, in a part that they
        answered, and there only in fields that were empty when it was handed in.

        Raises
        ------
        RefusedError
            If there is no such part, or the answers are frozen.
        """
        parts = self.question(blank.question).parts
        if not 0 <= blank.part < len(parts):
            raise RefusedError(f"Question {blank.question} has no part {blank.part + 1}.")
        if self.may_tick(blank.question, blank.part) and blank not in self.typed:
            return replace(self, ticks=_put(self.ticks, blank, typed))
        if reason := self.closed(now):
            raise RefusedError(reason)
        return replace(self, typed=_put(self.typed, blank, typed))

    def may_tick(self, id_: str, part: int) -> bool:
        """Tell whether the rubric of a part is open: handed in, answered, marked by its writer."""
        answered = any(
            blank[:2] == (id_, part) and typed.strip() for blank, typed in self.typed.items()
        )
        return (
            self.submitted is not None and answered and self.question(id_).parts[part].self_marked
        )

    def flag(self, id_: str) -> Attempt:
        """Set or take away the flag of a question."""
        if self.submitted is not None:
            raise RefusedError("This attempt was handed in.")
        return replace(self, flags=self.flags ^ {self.question(id_).id})

    def go(self, id_: str) -> Attempt:
        """Put another question in front of the student."""
        return replace(self, current=self.question(id_).id)

    def step(self, by: int) -> Attempt:
        """Go `by` questions on, or back; not beyond the ends."""
        ids = [question.id for question in self.questions]
        place = ids.index(self.current) + by
        return self.go(ids[min(max(place, 0), len(ids) - 1)])

    def pause(self, now: float) -> Attempt:
        """Stop the clock, in practice."""
        if self.mode != "practice":
            raise RefusedError("An exam has no pause: its clock runs.")
        if reason := self.closed(now):
            raise RefusedError(reason)
        return replace(self, paused=now)

    def resume(self, now: float) -> Attempt:
        """Let the clock run on."""
        if self.paused is None or self.submitted is not None:
            raise RefusedError("The clock is not standing.")
        return replace(self, paused=None, deadline=self.deadline + max(0.0, now - self.paused))

    def submit(self, now: float) -> Attempt:
        """Hand in, once; also when the time is over."""
        if self.submitted is not None:
            raise RefusedError("This attempt was handed in before.")
        return replace(self, submitted=now)


def begin(mode: Mode, questions: tuple[Question, ...], now: float) -> Attempt:
    """Return a new attempt at `questions`, with the time that they take at the exam's pace.

    Raises
    ------
    RefusedError
        If there is no question.
    """
    if not questions:
        raise RefusedError("There is nothing to ask: no lecture of this course has a question yet.")
    if mode == "practice":  # where a bonus is a question like any other
        minutes = EXAM.minutes_per_point * sum(question.points for question in questions)
    else:
        minutes = EXAM.minutes(questions)
    return Attempt(mode, questions, now, now + 60 * minutes, questions[0].id)


def _put(fields: Mapping[Blank, str], blank: Blank, typed: str) -> dict[Blank, str]:
    rest = {key: value for key, value in fields.items() if key != blank}
    return {**rest, blank: typed} if typed else rest


def place(question: Question) -> str:
    """Return what a question is called in files: reworded, it is another question."""
    return f"{question.id}@{zlib.crc32(question.text().encode()):08x}"
