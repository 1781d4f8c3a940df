"""What a check says, as text and as HTML."""

from dataclasses import dataclass
from enum import Enum
from html import escape


class Outcome(Enum):
    """The four outcomes of a check: symbol and words, never colour alone."""

    NOT_STARTED = ("○", "Not started")
    RAISED = ("⚠", "Your code raised an error")
    NOT_RIGHT = ("✗", "Not right yet")
    PASSED = ("✓", "Passed")


_COLORS = {
    Outcome.NOT_STARTED: "#8C8C8C",
    Outcome.RAISED: "#D55E00",
    Outcome.NOT_RIGHT: "#D55E00",
    Outcome.PASSED: "#009E73",
}


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
        body = "".join(
            f"<div style='margin-top:3px'>{f'<b>{escape(label)}:</b> ' if label else ''}"
            f"{_marked(text)}</div>"
            for label, text in self.lines
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
    """The outcome of one check; true if it was passed."""

    outcome: Outcome = Outcome.NOT_STARTED
    cause: str = ""

    def __bool__(self) -> bool:
        return self.outcome is Outcome.PASSED

    @classmethod
    def of(
        cls, outcome: Outcome, title: str, lines: list[tuple[str, str]], cause: str = ""
    ) -> "Verdict":
        """Return the verdict on the exercise of the given title."""
        symbol, words = outcome.value
        shown = tuple((label, text) for label, text in lines if text)
        return cls(
            title=f"{symbol} {words} — {title}",
            lines=shown,
            color=_COLORS[outcome],
            outcome=outcome,
            cause=cause,
        )


def _marked(text: str) -> str:
    """Return `text` as HTML with its `code` spans marked up."""
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:  # an unpaired backtick is just a character
        return escape(text)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))
