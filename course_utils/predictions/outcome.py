"""What is shown after a measurement: the guess beside it, and the lecture's summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import Any

from course_utils import style
from course_utils.predictions.picture import picture
from course_utils.predictions.prediction import Closeness, Comparison, Prediction

_WORDS: dict[Closeness, tuple[str, str]] = {
    "right": ("✓", "right"),
    "near": ("≈", "near"),
    "far": ("✗", "not as you thought"),
}
_NONE = "no prediction was made"


@dataclass(frozen=True)
class Outcome:
    """One prediction and what became of it.

    Attributes
    ----------
    asked
        The prediction; None if its cell was not run, and then `missing` is its name.
    comparison
        The guess beside the measurement; None if there was no guess.
    measured, guess
        Both as values; None if they are not known in this kernel.
    """

    asked: Prediction | None
    comparison: Comparison | None
    measured: Any
    guess: Any = None
    missing: str = ""

    def lines(self) -> list[str]:
        """Return the outcome as text: the question, the guess, the measurement, how far apart."""
        if self.asked is None:
            return [f"The cell that asks for {self.missing!r} was not run: run it first."]
        if self.comparison is None:
            if self.measured is None:
                return [self.asked.question, f"  {_NONE}"]
            return [self.asked.question, f"  measured: {self._measured()}", f"  {_NONE}"]
        symbol, word = _WORDS[self.comparison.closeness]
        apart = f", {self.comparison.difference}" if self.comparison.difference else ""
        return [
            self.asked.question,
            f"  predicted: {self.comparison.guess}",
            f"  measured: {self._measured()}",
            f"  {symbol} {word}{apart}",
        ]

    def html(self) -> str:
        """Return the same with a picture of guess and measurement on one scale."""
        if self.asked is None or self.measured is None:
            return "".join(f"<div>{escape(line)}</div>" for line in self.lines())
        question, *rest = self.lines()
        words = "".join(f"<div>{escape(line.strip())}</div>" for line in rest)
        drawn = picture(self.asked, self.guess, self.measured)
        return f"<div style='font-weight:600;max-width:72ch'>{escape(question)}</div>{words}{drawn}"

    def _measured(self) -> str:
        if self.measured is not None and self.asked is not None:
            return self.asked.say(self.measured)
        return self.comparison.measured if self.comparison else ""


@dataclass(frozen=True)
class Outcomes:
    """Some outcomes, as a notebook shows them below each other."""

    outcomes: tuple[Outcome, ...]

    def __repr__(self) -> str:
        return "\n".join(line for outcome in self.outcomes for line in outcome.lines())

    def _repr_html_(self) -> str:
        rows = "".join(f"<div style='margin:2px 0 8px'>{o.html()}</div>" for o in self.outcomes)
        return _card(rows, style.PREDICTION)


@dataclass(frozen=True)
class Summary:
    """Where a lecture's predictions were right, near and far."""

    outcomes: tuple[Outcome, ...]

    def _title(self) -> str:
        made = [o.comparison.closeness for o in self.outcomes if o.comparison]
        if not made:
            return f"Your predictions: none of {len(self.outcomes)} was made"
        count = Counter(made)
        parts = [f"{count[word]} {word}" for word in ("right", "near", "far") if count[word]]
        left = len(self.outcomes) - len(made)
        return f"Your predictions: {', '.join(parts)}" + (f", {left} not made" if left else "")

    def __repr__(self) -> str:
        lines = [self._title()]
        for outcome in self.outcomes:
            assert outcome.asked is not None
            found = outcome.comparison
            said = f"{_WORDS[found.closeness][0]} {found.difference}" if found else "–"
            lines.append(f"  {outcome.asked.question}  {said}".rstrip())
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(_row(outcome) for outcome in self.outcomes)
        head = "".join(
            f"<th style='text-align:left'>{name}</th>"
            for name in ("", "Question", "Predicted", "Measured", "")
        )
        body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        table = f"<table style='margin:6px 0 0'>{body}</table>"
        return _card(f"<b>{escape(self._title())}</b>{table}", style.REFERENCE)


def _row(outcome: Outcome) -> str:
    assert outcome.asked is not None
    found = outcome.comparison
    cells = ("–", outcome.asked.question, "–", "", "")
    if found:
        symbol, word = _WORDS[found.closeness]
        apart = found.difference or word
        cells = (symbol, outcome.asked.question, found.guess, found.measured, apart)
    shown = "".join(f"<td style='text-align:left;max-width:36ch'>{escape(c)}</td>" for c in cells)
    return f"<tr>{shown}</tr>"


def _card(content: str, color: str) -> str:
    return (
        f"<div style='border-left:4px solid {color};padding:6px 12px;margin:4px 0;"
        f"line-height:1.45'>{content}</div>"
    )
