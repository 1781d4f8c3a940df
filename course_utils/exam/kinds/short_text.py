"""Short text: an answer in words, which its writer holds against a rubric.

No program judges the text. The rubric appears once something is written, and the student (or
somebody else) ticks what the text says: the points are those of the ticks and are reported as
self-marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import ClassVar

import ipywidgets as widgets

from course_utils.exam import markup, screen
from course_utils.exam.fields import TICK, FieldEditor
from course_utils.exam.kinds.look import Look
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text

TEXT = "text"
"""The field of the written answer."""
SHOWN = "shown"
"""The field that holds the text as it was when the rubric was shown; missing before that."""


@dataclass(frozen=True)
class Criterion:
    """One point of a rubric: what the text must say, what that earns, and why it is so.

    `says` and `why` are one line of Markdown each.
    """

    says: str
    points: float
    why: str


@dataclass(frozen=True)
class ShortText(Part):
    """A text in the student's own words.

    Attributes
    ----------
    rubric
        At most 26 criteria. The field of each is a letter from a on.
    example
        An answer that meets all of them, in Markdown.
    lines
        How much room there is on paper and, at first, on the screen.
    """

    rubric: tuple[Criterion, ...]
    example: str
    lines: int = 4

    kind = "text"
    self_marked: ClassVar[bool] = True
    """For reports: the points are the student's own judgement."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.rubric) <= len(ascii_lowercase):
            raise ValueError("a short text needs a rubric of 1 to 26 criteria")

    @property
    def points(self) -> float:
        """What all criteria earn together."""
        return round(sum(criterion.points for criterion in self.rubric), 9)

    @property
    def fields(self) -> dict[str, Criterion]:
        """The criteria by the field of their tick."""
        return dict(zip(ascii_lowercase, self.rubric, strict=False))

    def text(self) -> str:
        """Return ruled lines to write on."""
        return "\n\n".join(["---"] * self.lines)

    def answer_text(self, answer: Answer) -> str:
        """Return the text; the rubric that its writer ticked belongs to the key."""
        return "\n".join(
            f"> {markup.on_one_line(line)}" for line in answer.get(TEXT, "").strip().splitlines()
        )

    def key(self) -> Answer:
        """Return the example with every criterion ticked."""
        ticks = dict.fromkeys(self.fields, TICK)
        return {TEXT: self.example, SHOWN: self.example, **ticks}

    def key_text(self) -> str:
        """Return the example and the rubric with its points."""
        lines = [f"- {_with_points(c)} {c.why}" for c in self.rubric]
        return "\n".join([f"For example: {self.example}", "", "What earns the points:", "", *lines])

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence while nothing is written, or the rubric has not been shown yet."""
        if not answer.get(TEXT, "").strip():
            return {TEXT: "Nothing is written yet: write your answer; the rubric appears then."}
        if not answer.get(SHOWN) and not self._ticked(answer):
            return {SHOWN: "Now be your own marker: tick what your text says, and check again."}
        return {}

    def mark(self, answer: Answer) -> Mark:
        """Return the points of the ticks; a text that is empty earns nothing."""
        if not answer.get(TEXT, "").strip():
            return Mark(0.0, self.points, {"": Remark("empty", "Nothing is written.")})
        ticked = self._ticked(answer)
        remarks = {
            field: Remark("right" if field in ticked else "empty", criterion.why)
            for field, criterion in self.fields.items()
        }
        shown = answer.get(SHOWN, "")
        changed = " The text was changed after the rubric had been shown."
        says = "Self-marked: the points are your own ticks, and no program has read the text."
        says += changed if shown and shown != answer[TEXT] else ""
        remarks[""] = Remark("working", says)
        earned = sum(self.fields[field].points for field in ticked)
        return Mark(round(earned, 9), self.points, remarks)

    def expected_guess(self) -> float:
        """Return 0: whoever knows nothing has nothing to tick."""
        return 0.0

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return a text area and, once the text has been checked, the rubric below it."""
        return _Sheet(self, change)

    def _ticked(self, answer: Answer) -> list[str]:
        return [field for field in self.fields if answer.get(field) == TICK]


def _with_points(criterion: Criterion) -> str:
    return f"{criterion.says} *({points_text(criterion.points)})*"


class _Sheet(FieldEditor):
    """A text area; the rubric stays in view once it has been shown."""

    def __init__(self, part: ShortText, change: Callable[[str, str], None]) -> None:
        super().__init__(change)
        self._part = part
        self._shown = ""
        self._text = widgets.Textarea(
            rows=part.lines,
            placeholder="Your answer, in one or two sentences",
            tooltip="Your answer",
        )
        self.register(TEXT, self._text)
        self._rows = [self.tick_row("option", field) for field in part.fields]
        self._rubric = screen.column("rubric")
        self.box = screen.column("written", self._text, self._whole, self._rubric, Look())

    def typed(self, field: str, text: str) -> None:
        if field != TEXT:
            super().typed(SHOWN, self._shown)
        super().typed(field, text)

    def answer(self) -> Answer:
        return {**super().answer(), SHOWN: self._shown}

    def restore(self, answer: Answer) -> None:
        ticks = dict.fromkeys(self._part._ticked(answer), TICK)
        super().restore({TEXT: answer.get(TEXT, ""), **ticks})
        if shown := answer.get(SHOWN, ""):
            self._reveal(shown)

    def show(self, mark: Mark) -> None:
        if self._text.value.strip():
            self._reveal(self._text.value)
        super().show(mark)

    def complain(self, problems: Mapping[str, str]) -> None:
        if SHOWN in problems:
            self._reveal(self._text.value)
        super().complain(problems)

    def _reveal(self, text: str) -> None:
        """Show the rubric, whose words no widget carries before that."""
        if self._shown:
            return
        self._shown = text
        for field, criterion in self._part.fields.items():
            self._fields[field].description = markup.inline(_with_points(criterion))
        self._rubric.children = (
            screen.html("rubric-title", "**What your text says**"),
            *self._rows,
        )
