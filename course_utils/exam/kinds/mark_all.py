"""Mark all that apply: statements to tick, marked so that ticking blindly earns nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from string import ascii_lowercase

from course_utils.exam import markup, screen
from course_utils.exam.fields import TICK, FieldEditor
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark

NONE = "none"
"""The field of 'None of the above'."""
NONE_TEXT = "None of the above."


@dataclass(frozen=True)
class Option:
    """A statement (one line of Markdown), whether it is right, and the evidence for that."""

    text: str
    correct: bool
    why: str


@dataclass(frozen=True)
class Ticks:
    """How many options there are of each sort, and how many of them are ticked."""

    right: int
    right_ticked: int
    wrong: int
    wrong_ticked: int


def all_or_nothing(ticks: Ticks) -> Fraction:
    """Return 1 for exactly the right ticks, else 0."""
    return Fraction(ticks.right_ticked == ticks.right and ticks.wrong_ticked == 0)


def balanced(ticks: Ticks) -> Fraction:
    """Return max(0, right ticks / right options − wrong ticks / wrong options).

    Ticking every option or none earns nothing. Where every option is right, or none, there is
    nothing to balance against, and it is all or nothing.
    """
    if ticks.right == 0 or ticks.wrong == 0:
        return all_or_nothing(ticks)
    gained = Fraction(ticks.right_ticked, ticks.right)
    return max(Fraction(0), gained - Fraction(ticks.wrong_ticked, ticks.wrong))


def per_option(ticks: Ticks) -> Fraction:
    """Return the share of options that are rightly ticked or rightly left; half for guessing."""
    left = ticks.wrong - ticks.wrong_ticked
    return Fraction(ticks.right_ticked + left, ticks.right + ticks.wrong)


@dataclass(frozen=True)
class MarkAll(Part):
    """Statements of which any number may be right.

    Attributes
    ----------
    options
        At most 26 statements, all different.
    points
        For the full key.
    none_of_the_above
        Whether 'None of the above' stands last. It excludes the other ticks, is right when no
        statement is, and earns everything then and nothing otherwise; for the marking rule, and in
        its counts, it is no option of its own, so that ticking every statement stays worthless.
    rule
        Turns ticks into a share of the points: `balanced`, `all_or_nothing` or `per_option`.
    """

    kind = "mark all"

    options: tuple[Option, ...]
    points: float = 1
    none_of_the_above: bool = True
    rule: Callable[[Ticks], Fraction] = balanced

    def __post_init__(self) -> None:
        texts = [option.text for option in self.options]
        if not 1 <= len(texts) <= len(ascii_lowercase) or len(set(texts)) < len(texts):
            raise ValueError("a mark-all part needs 1 to 26 statements, no two of them equal")
        if not self.none_of_the_above and not any(option.correct for option in self.options):
            raise ValueError("no statement is right, and there is no 'None of the above' to tick")

    @property
    def fields(self) -> dict[str, Option]:
        """The statements by field, which is a letter from a on."""
        return dict(zip(ascii_lowercase, self.options, strict=False))

    def text(self) -> str:
        """Return the statements with empty boxes."""
        lines = [f"- ☐ {option.text}" for option in self.options]
        return "\n".join([*lines, *([f"- ☐ {NONE_TEXT}"] if self.none_of_the_above else [])])

    def answer_text(self, answer: Answer) -> str:
        """Return the lines that are ticked."""
        ticked = [option.text for field, option in self.fields.items() if answer.get(field)]
        return "\n".join(f"- ☒ {t}" for t in [*ticked, *([NONE_TEXT] if answer.get(NONE) else [])])

    def key(self) -> Answer:
        """Return ticks at every right statement, or at 'None of the above'."""
        right = {field: TICK for field, option in self.fields.items() if option.correct}
        return right or {NONE: TICK}

    def key_text(self) -> str:
        """Return what was found of every statement, with its evidence."""
        lines = [
            f"- {'✓' if option.correct else '✗'} {option.text} *{_finding(option)}.* {option.why}"
            for option in self.options
        ]
        none_right = not any(option.correct for option in self.options)
        return "\n".join([*lines, *([f"- ✓ {NONE_TEXT}"] if none_right else [])]).replace(
            " \n", "\n"
        )

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence if nothing is ticked, or 'None of the above' beside something else."""
        ticked = self._ticked(answer)
        if not ticked and not answer.get(NONE):
            return {"": "Nothing is ticked yet: tick at least one line."}
        if ticked and answer.get(NONE):
            return {"": "'None of the above' excludes every other tick: take one of them away."}
        return {}

    def mark(self, answer: Answer) -> Mark:
        """Return the points by the part's rule, and the evidence on every statement."""
        ticked = self._ticked(answer)
        remarks = {field: _remark(option, field in ticked) for field, option in self.fields.items()}
        none_right = not any(option.correct for option in self.options)
        if self.none_of_the_above and (none_right or answer.get(NONE)):
            share = Fraction(none_right and bool(answer.get(NONE)) and not ticked)
        else:
            share = self.rule(self._count(ticked))
        if answer.get(NONE):
            says = "No statement is right." if none_right else "At least one statement is right."
            remarks[NONE] = Remark("right" if none_right else "wrong", says)
        elif none_right:
            remarks[NONE] = Remark("wrong", "Not ticked, and no statement is right.")
        return Mark(float(share * Fraction(self.points)), self.points, remarks)

    def expected_guess(self) -> float:
        """Return the mean points over every possible set of ticks, each as likely as the others."""
        answers: list[Answer] = [
            {field: TICK for field, tick in zip(self.fields, ticks, strict=True) if tick}
            for ticks in product([False, True], repeat=len(self.options))
        ]
        if self.none_of_the_above:
            answers.append({NONE: TICK})
        return sum(self.mark(answer).points for answer in answers) / len(answers)

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return a checkbox for each line."""
        return _Checkboxes(self, change)

    def _ticked(self, answer: Answer) -> set[str]:
        return {field for field in self.fields if answer.get(field)}

    def _count(self, ticked: set[str]) -> Ticks:
        right = {field for field, option in self.fields.items() if option.correct}
        wrong = set(self.fields) - right
        return Ticks(len(right), len(right & ticked), len(wrong), len(wrong & ticked))


def _finding(option: Option) -> str:
    return "True" if option.correct else "False"


def _remark(option: Option, ticked: bool) -> Remark:
    action = "ticked" if ticked else "not ticked"
    return Remark(
        "right" if ticked == option.correct else "wrong",
        f"{_finding(option)}, {action}. {option.why}",
    )


class _Checkboxes(FieldEditor):
    """One checkbox a line, its remark below it; 'None of the above' and the rest exclude it."""

    def __init__(self, part: MarkAll, change: Callable[[str, str], None]) -> None:
        super().__init__(change)
        texts = {field: option.text for field, option in part.fields.items()}
        if part.none_of_the_above:
            texts[NONE] = NONE_TEXT
        rows = [
            self.tick_row("option", field, markup.inline(text)) for field, text in texts.items()
        ]
        self.box = screen.column("options", *rows, self._whole)

    def typed(self, field: str, text: str) -> None:
        super().typed(field, text)
        if text:  # unticking these reports their own change
            for other in self._fields if field == NONE else [NONE]:
                if other != field and other in self._fields:
                    self._fields[other].value = False
