"""Short text: an answer in words, which its writer holds against a rubric.

No program judges the text. Once something is written, it stands, and two sample answers appear: the
student marks both against the rubric and is told, criterion by criterion, where the marking was
right and which words decide. Only then do they mark their own text. The points are those of their
own ticks and are reported as self-marked.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import ClassVar

from course_utils.exam.fields import TICK
from course_utils.exam.kinds.short_text_fields import SHOWN, TEXT, ShortTextFields
from course_utils.exam.markup import escaped
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text

_WORDS = re.compile(r"</?\d+>")


@dataclass(frozen=True)
class Criterion:
    """One point of a rubric: what the text must say, what that earns, and the evidence for it.

    `says` and `why` are one line of Markdown each; `why` has a number that was computed, or a
    sentence that follows from one.
    """

    says: str
    points: float
    why: str


@dataclass(frozen=True)
class Sample:
    """An answer that somebody might give, with its marks.

    Attributes
    ----------
    text
        One paragraph of Markdown. The words that earn the first criterion's points stand between
        ``<1>`` and ``</1>``, and so on; what stands in no such marks earns nothing.
    lacks
        For each criterion that is not met, by its number: why not, in a sentence.
    """

    text: str
    lacks: Mapping[int, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The text as a reader sees it."""
        return _WORDS.sub("", self.text)

    def words(self, number: int) -> str:
        """Return the words that meet a criterion; empty if none do."""
        found = re.search(rf"<{number}>(.*?)</{number}>", self.text, re.DOTALL)
        return _WORDS.sub("", found[1]).strip() if found else ""

    def remark(self, number: int, ticked: bool) -> Remark:
        """Return what is to be said of a tick, or of none, at a criterion."""
        met = self.words(number)
        why = f"It says so: “{met}”" if met else self.lacks[number]
        return Remark("right" if ticked == bool(met) else "wrong", why)


@dataclass(frozen=True)
class ShortText(Part):
    """A text in the student's own words.

    Attributes
    ----------
    rubric
        At most 26 criteria. The field of each is a letter from a on; that of a tick at a sample has
        the sample's number before it, and that number alone is ticked once it was compared.
    full, partial
        An answer that meets all of them, and one that meets some.
    lines
        How much room there is on paper and, at first, on the screen.
    """

    kind = "text"
    self_marked: ClassVar[bool] = True
    """For reports: the points are the student's own judgement."""
    tells_at_once: ClassVar[bool] = True

    rubric: tuple[Criterion, ...]
    full: Sample
    partial: Sample
    lines: int = 4

    def __post_init__(self) -> None:
        if not 2 <= len(self.rubric) <= len(ascii_lowercase):
            raise ValueError("a short text needs a rubric of 2 to 26 criteria")
        numbers = set(range(1, len(self.rubric) + 1))
        for name, sample in (("full", self.full), ("partial", self.partial)):
            met = {number for number in numbers if sample.words(number)}
            if set(sample.lacks) != numbers - met:
                raise ValueError(
                    f"the {name} answer says why of criteria {sorted(sample.lacks)}, and the words"
                    f" for criteria {sorted(met)} are marked: each is one or the other"
                )
        if self.full.lacks or not 0 < len(self.partial.lacks) < len(numbers):
            raise ValueError("the full answer meets every criterion, the partial one only some")

    @property
    def points(self) -> float:
        """What all criteria earn together."""
        return round(sum(criterion.points for criterion in self.rubric), 9)

    @property
    def fields(self) -> dict[str, Criterion]:
        """The criteria by the field of their tick."""
        return dict(zip(ascii_lowercase, self.rubric, strict=False))

    @property
    def samples(self) -> dict[str, Sample]:
        """The two samples by number, in an order that does not tell which is the full one."""
        pair = (self.full, self.partial)
        turned = zlib.crc32(self.full.text.encode()) % 2
        return dict(zip("12", pair[::-1] if turned else pair, strict=True))

    def text(self) -> str:
        """Return ruled lines to write on."""
        return "\n\n".join(["---"] * self.lines)

    def answer_text(self, answer: Answer) -> str:
        """Return what was written; what was ticked on a rubric is a judgement."""
        lines = [escaped(line.strip()) for line in answer.get(TEXT, "").strip().splitlines()]
        return "\n>\n".join(f"> {line}" for line in lines if line)

    def key(self) -> Answer:
        """Return the full answer with every criterion ticked, after both samples."""
        ticks = dict.fromkeys([*self.fields, *self.samples], TICK)
        return {TEXT: self.full.shown, SHOWN: self.full.shown, **ticks}

    def key_text(self) -> str:
        """Return the rubric with its points and evidence, and both samples with their marks."""
        criteria = [f"- {with_points(criterion)} {criterion.why}" for criterion in self.rubric]
        lacking = [
            f"- not *{self.rubric[number - 1].says.rstrip('.')}*: {why}"
            for number, why in self.partial.lacks.items()
        ]
        return "\n".join(
            [
                *("What earns the points:", "", *criteria, ""),
                *(f"A full answer: {self.full.shown}", ""),
                f"An answer that earns {self.earned(self.partial):g} of"
                f" {points_text(self.points)}: {self.partial.shown}",
                *("", *lacking),
            ]
        )

    def earned(self, sample: Sample) -> float:
        """Return the points of a sample."""
        met = (c.points for number, c in enumerate(self.rubric, 1) if sample.words(number))
        return round(sum(met), 9)

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence on what comes next: writing, marking the samples; then nothing."""
        if not answer.get(TEXT, "").strip():
            return {TEXT: "Nothing is written yet: write your answer; two sample answers appear."}
        if self._ticked(answer):
            return {}
        if not answer.get(SHOWN):
            return {SHOWN: "Your text stands. Mark two sample answers first, then your own."}
        waiting = [number for number in self.samples if not answer.get(number)]
        if waiting:
            return {SHOWN: f"First mark sample answer {waiting[0]}, and compare."}
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
        says = "Self-marked: the points are your own ticks, and no program has read the text."
        compared = [number for number in self.samples if answer.get(number)]
        if compared:
            right = sum(self.agreed(number, answer) for number in compared)
            says += (
                f" You marked the sample answers as we do in {right} of"
                f" {len(compared) * len(self.rubric)} criteria."
            )
        shown = answer.get(SHOWN, "")
        if shown and shown != answer[TEXT]:
            says += " The text was changed after the rubric had been shown."
        remarks[""] = Remark("working", says)
        earned = sum(self.fields[field].points for field in ticked)
        return Mark(round(earned, 9), self.points, remarks)

    def compared(self, number: str, answer: Answer) -> Mapping[str, Remark]:
        """Return a remark on each tick at a sample, and on each criterion that has none."""
        sample = self.samples[number]
        return {
            number + letter: sample.remark(i, answer.get(number + letter) == TICK)
            for i, letter in enumerate(self.fields, 1)
        }

    def agreed(self, number: str, answer: Answer) -> int:
        """Return at how many criteria a sample is marked as it should be."""
        return sum(r.outcome == "right" for r in self.compared(number, answer).values())

    def waits(self, answer: Answer) -> bool:
        """Tell whether there is a text, and no tick of its writer's."""
        return bool(answer.get(TEXT, "").strip()) and not self._ticked(answer)

    def expected_guess(self) -> float:
        """Return 0: whoever knows nothing has nothing to tick."""
        return 0.0

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return a text area, and step by step the samples and the rubric below it."""
        rubric = {field: with_points(criterion) for field, criterion in self.fields.items()}
        samples = {number: sample.shown for number, sample in self.samples.items()}
        return ShortTextFields(rubric, samples, self.compared, self.lines, change)

    def _ticked(self, answer: Answer) -> list[str]:
        return [field for field in self.fields if answer.get(field) == TICK]


def with_points(criterion: Criterion) -> str:
    """Return what a criterion asks for, with what it earns."""
    return f"{criterion.says} *({points_text(criterion.points)})*"
