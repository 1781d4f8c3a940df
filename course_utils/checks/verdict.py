"""What a check says, as text and as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from html import escape
from typing import Any


class Outcome(Enum):
    """The outcomes of a check: symbol and words, never colour alone."""

    NOT_STARTED = ("○", "Not started")
    UNFINISHED = ("◐", "Not finished")
    RAISED = ("⚠", "Your code raised an error")
    NOT_RIGHT = ("✗", "Not right yet")
    PASSED = ("✓", "Passed")


TYPED = "More help"
"""Label of a line that says what to type where there are no buttons."""

_COLORS = {
    Outcome.NOT_STARTED: "#8C8C8C",
    Outcome.UNFINISHED: "#8C8C8C",
    Outcome.RAISED: "#D55E00",
    Outcome.NOT_RIGHT: "#D55E00",
    Outcome.PASSED: "#009E73",
}


@dataclass(frozen=True)
class Help:
    """What the buttons under a verdict can show.

    Attributes
    ----------
    steps
        How many hints there are.
    hint
        Returns a hint, from 1.
    solution
        Returns a solution.
    tried
        Whether the student has tried.
    """

    steps: int
    hint: Callable[[int], Note]
    solution: Callable[[], Note]
    tried: Callable[[], bool]


@dataclass(frozen=True)
class Note:
    """A titled piece of text or code that a notebook shows: a verdict, a hint, a solution."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()
    code: str = ""
    color: str = "#0072B2"

    def __repr__(self) -> str:
        lines = [self.title]
        lines += [f"  {label}: {text}" if label else f"  {text}" for label, text in self.lines]
        if self.code:
            lines += [f"    {line}".rstrip() for line in self.code.splitlines()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.html()

    def html(self, live: bool = False) -> str:
        """Return the note as HTML; `live` is for where there are buttons to press."""
        body = "".join(
            f"<div style='margin-top:3px'>{f'<b>{escape(label)}:</b> ' if label else ''}"
            f"{_marked(text)}</div>"
            for label, text in self.lines
            if not (live and label == TYPED)
        )
        code = (
            f"<pre style='margin:6px 0 0;white-space:pre-wrap'>{escape(self.code)}</pre>"
            if self.code
            else ""
        )
        return (
            f"<div role='status' style='border-left:4px solid {self.color};padding:6px 12px;"
            f"margin:4px 0;line-height:1.45'><b>{escape(self.title)}</b>{body}{code}</div>"
        )


@dataclass(frozen=True, repr=False)
class Verdict(Note):
    """The outcome of one check; true if it was passed. Shown with buttons for help."""

    outcome: Outcome = Outcome.NOT_STARTED
    cause: str = ""
    aid: Help | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return self.outcome is Outcome.PASSED

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return text and HTML, and the same with buttons for where a kernel runs."""
        from course_utils.checks.buttons import Buttons

        texts = {"text/plain": repr(self), "text/html": self._repr_html_()}
        if self.aid is None:
            return texts, {}
        live = Buttons(self.html(live=True), self.outcome is Outcome.PASSED, self.aid)
        data, metadata = live._repr_mimebundle_(**kwargs)
        return {**data, **texts}, metadata

    @classmethod
    def of(
        cls,
        outcome: Outcome,
        title: str,
        lines: list[tuple[str, str]],
        cause: str = "",
        printed: str = "",
        aid: Help | None = None,
    ) -> Verdict:
        """Return the verdict on the exercise of the given title."""
        symbol, words = outcome.value
        shown = [(label, text) for label, text in lines if text]
        if printed:
            shown.append(("Your code printed", ""))
        return cls(
            title=f"{symbol} {words} — {title}",
            lines=tuple(shown),
            code=printed,
            color=_COLORS[outcome],
            outcome=outcome,
            cause=cause,
            aid=aid,
        )


def _marked(text: str) -> str:
    """Return `text` as HTML with its `code` spans marked up."""
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:  # an unpaired backtick is just a character
        return escape(text)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))
