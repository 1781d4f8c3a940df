"""The look and the keyboard behaviour that the written, drawn and programmed kinds share."""

from pathlib import Path

import anywidget

_HERE = Path(__file__).parent


class Look(anywidget.AnyWidget):
    """An invisible child of a part's box that brings ``look.css`` and ``look.js`` to it.

    The script gives a field for code line numbers, indentation and a way out by keyboard, and lets
    the arrow keys walk through the lines of a listing. Without it everything still works.
    """

    _esm = _HERE / "look.js"
    _css = _HERE / "look.css"


def code_span(text: str) -> str:
    """Return `text`, put on one line, as Markdown code whatever backticks it holds."""
    line = " ".join(text.split())
    if "`" not in line:
        return f"`{line}`" if line else ""
    fence = "`" * (1 + max(len(run) for run in _runs_of_backticks(line)))
    return f"{fence} {line} {fence}"


def code_block(text: str, language: str = "python") -> str:
    """Return `text` as a fenced Markdown block whatever backticks it holds."""
    fence = "`" * max(3, 1 + max((len(run) for run in _runs_of_backticks(text)), default=0))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _runs_of_backticks(text: str) -> list[str]:
    only = "".join(c if c == "`" else " " for c in text)
    return only.split()
