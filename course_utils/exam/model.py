"""What a question is: parts of some kind, an answer to them, and the mark it earns.

Every kind of part is one module of `course_utils.exam.kinds` and implements `Part`. An answer is
the same for all kinds, a mapping from field names to what was typed, so that it can be saved
keystroke by keystroke, merged and exported without knowing the kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from course_utils.exam.blueprint import Kind
from course_utils.exam.markup import on_one_line
from course_utils.typography import printable

if TYPE_CHECKING:
    import ipywidgets as widgets

Answer = Mapping[str, str]
"""What was typed, by field; a field that is missing or empty is blank."""

Outcome = Literal["right", "wrong", "followed", "empty", "working"]
"""How one field was answered. ``followed``: wrong, but right for the student's own earlier value;
``working``: read, but not marked."""


@dataclass(frozen=True)
class Remark:
    """What is said about one field: the outcome and a sentence in Markdown."""

    outcome: Outcome
    says: str


@dataclass(frozen=True)
class Mark:
    """Points for one part, out of how many, and a remark on every field that deserves one."""

    points: float
    out_of: float
    remarks: Mapping[str, Remark] = field(default_factory=dict)

    @property
    def wrong(self) -> int:
        """How many fields are wrong, or are empty and should not be."""
        judged = (remark.outcome for name, remark in self.remarks.items() if name)
        return sum(outcome in ("wrong", "empty") for outcome in judged)


class Part(ABC):
    """One part of a question, of one kind."""

    kind: ClassVar[Kind]
    """How the part is answered."""
    self_marked: ClassVar[bool] = False
    """Whether points are ticked against a rubric by the writer or a marker, never by us."""
    tells_at_once: ClassVar[bool] = False
    """Whether what is wrong is told with the points, and not only when it is asked for."""

    @property
    @abstractmethod
    def points(self) -> float:
        """What the part is worth."""

    @abstractmethod
    def text(self) -> str:
        """Return the part as Markdown without its key, with room for the answer."""

    def answer_text(self, answer: Answer) -> str:
        """Return what was typed as Markdown, without any judgement; empty if nothing was.

        A kind whose fields do not name themselves says it better.
        """
        typed = {field: text for field, text in answer.items() if text.strip()}
        return "\n".join(f"- {field}: {on_one_line(text)}" for field, text in typed.items())

    @abstractmethod
    def key(self) -> Answer:
        """Return an answer that earns every point."""

    @abstractmethod
    def key_text(self) -> str:
        """Return the key as Markdown for the student."""

    @abstractmethod
    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return why `answer` cannot be marked yet, a sentence by field; field "" is the whole."""

    @abstractmethod
    def mark(self, answer: Answer) -> Mark:
        """Return the points of `answer`, whatever it holds; never raises."""

    def waits(self, answer: Answer) -> bool:  # noqa: ARG002 - only texts do
        """Tell whether there is an answer that its writer is still to mark."""
        return False

    @abstractmethod
    def expected_guess(self) -> float:
        """Return the expected points of somebody who knows nothing and answers at random."""

    @abstractmethod
    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return widgets that take an answer and call ``change(field, typed)`` on every change."""


class Editor(ABC):
    """The widgets of one part."""

    box: widgets.Box

    @abstractmethod
    def answer(self) -> Answer:
        """Return what is typed now."""

    @abstractmethod
    def restore(self, answer: Answer) -> None:
        """Put `answer` into the fields without reporting it as a change."""

    @abstractmethod
    def show(self, mark: Mark) -> None:
        """Show the remarks beside their fields."""

    @abstractmethod
    def complain(self, problems: Mapping[str, str]) -> None:
        """Show beside their fields what keeps the answer from being marked."""

    @abstractmethod
    def clear(self) -> None:
        """Take remarks and complaints away, and leave what was typed."""

    @abstractmethod
    def freeze(self, but_ticks: bool) -> None:
        """Take the fields out of use; where students mark themselves, all but their ticks."""


@dataclass(frozen=True)
class Wording:
    """What an author writes of a question; see `Question`."""

    title: str
    prompt: str
    parts: tuple[Part, ...]
    derivation: str


@dataclass(frozen=True)
class Question:
    """A question that can be asked, printed and marked.

    Attributes
    ----------
    id
        The exam item, for example '1.1'.
    lecture
        The room's name, for example 'normalization'.
    title
        A few words.
    points
        Points of all parts together.
    prompt
        Markdown with LaTeX between dollar signs.
    parts
        At least one.
    derivation
        How the key comes about, in Markdown; shown with the key.
    seed
        The variant's seed; None for the canonical form, with the exam's numbers.
    topic
        What its item is about, in a few words.
    """

    id: str
    lecture: str
    title: str
    points: float
    prompt: str
    parts: tuple[Part, ...]
    derivation: str
    seed: int | None = None
    topic: str = ""

    def __post_init__(self) -> None:
        if self.title != printable(" ".join(self.title.splitlines())):
            raise ValueError(
                f"question {self.id}: its title {self.title!r} is to be one line of what is printed"
            )
        total = sum(part.points for part in self.parts)
        if not self.parts or abs(total - self.points) > 1e-9:
            raise ValueError(
                f"question {self.id}: its parts carry {total:g} points and not {self.points:g}"
            )

    def text(self) -> str:
        """Return the question as Markdown without its key, for print, export and GitHub."""
        variant = "" if self.seed is None else f", variant {self.seed}"
        heading = f"**Question {self.id}{variant} · {self.title}** ({points_text(self.points)})"
        return "\n\n".join([heading, self.prompt, *(part.text() for part in self.parts)])

    def worth(self, points: float) -> Question:
        """Return the same question for other points: everything in it earns its share of them."""
        return self if points == self.points else _scaled(self, points / self.points)

    def answered_text(self, answers: Sequence[Answer]) -> str:
        """Return the question as Markdown and what was typed in each part; no mark, no key."""
        given = [part.answer_text(a) for part, a in zip(self.parts, answers, strict=True)]
        typed = [text for text in given if text]
        return "\n\n".join([self.text(), *(["**Your answer**", *typed] if typed else [])])

    def mark(self, answers: tuple[Answer, ...]) -> float:
        """Return the points that `answers`, one for each part, earn together."""
        marks = (part.mark(given) for part, given in zip(self.parts, answers, strict=True))
        return round(sum(mark.points for mark in marks), 9)


def _scaled(value: Any, factor: float) -> Any:
    """Return `value` with every field called ``points`` in it multiplied."""
    if isinstance(value, tuple):
        return tuple(_scaled(each, factor) for each in value)
    if isinstance(value, Mapping):
        return {key: _scaled(each, factor) for key, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {f.name: getattr(value, f.name) for f in fields(value)}
    changed = {
        name: each * factor if name == "points" else _scaled(each, factor)
        for name, each in held.items()
    }
    return replace(value, **changed)


def points_text(points: float) -> str:
    """Return the number with its noun: ``1 point``, ``0.67 points``."""
    shown = f"{round(points, 2):g}"
    return f"{shown} point" if shown == "1" else f"{shown} points"
