"""What questions look like in JupyterLab: small widgets with the classes of ``question.css``."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

from course_utils.exam import markup
from course_utils.exam.model import Outcome, Remark

_SYMBOLS = {"right": "✓", "wrong": "✗", "followed": "✓", "empty": "–", "working": ""}


class Frame(anywidget.AnyWidget):
    """An invisible child that brings the style sheet and makes its question operable by keyboard.

    It names the question for screen readers, lets its status line be read out, and keeps
    JupyterLab's shortcuts away from its buttons and checkboxes, where ``b`` would insert a cell.
    """

    _esm = Path(__file__).with_name("question.js")
    _css = Path(__file__).with_name("question.css")
    label = traitlets.Unicode().tag(sync=True)


def column(name: str, *children: widgets.Widget) -> widgets.VBox:
    """Return `children` below each other in a box of class ``course-question-NAME``."""
    return _named(widgets.VBox(list(children)), name)


def row(name: str, *children: widgets.Widget) -> widgets.HBox:
    """Return `children` beside each other in a box of class ``course-question-NAME``."""
    return _named(widgets.HBox(list(children)), name)


def grid(children: Sequence[widgets.Widget], columns: int) -> widgets.GridBox:
    """Return `children` row by row in a grid whose first column holds the row headings."""
    template = f"minmax(min-content, max-content) repeat({columns - 1}, minmax(min-content, 1fr))"
    layout = widgets.Layout(grid_template_columns=template)
    return _named(widgets.GridBox(list(children), layout=layout), "grid")


def html(name: str, markdown: str = "") -> widgets.HTMLMath:
    """Return Markdown with LaTeX, typeset."""
    return _named(widgets.HTMLMath(markup.block(markdown)), name)


def text_cell(markdown: str, name: str) -> widgets.HTMLMath:
    """Return a cell of a table that cannot be changed."""
    return _named(widgets.HTMLMath(markup.inline(markdown)), name)


def remark_line() -> widgets.HTMLMath:
    """Return an empty, hidden line for a remark or a complaint."""
    line = _named(widgets.HTMLMath(), "remark")
    put_nothing(line)
    return line


def put_remark(line: widgets.HTMLMath, remark: Remark) -> None:
    """Show the outcome by a symbol and what is said about it."""
    symbol = _SYMBOLS[remark.outcome]
    _put(line, f"{_symbol(symbol, remark.outcome)}<span>{markup.inline(remark.says)}</span>")


def put_problem(line: widgets.HTMLMath, problem: str) -> None:
    """Show plain text that says why something cannot be marked; nothing if it is empty."""
    if problem:
        _put(line, f"{_symbol('⚠', 'problem')}<span>{escape(problem)}</span>")
    else:
        put_nothing(line)


def put_text(line: widgets.HTMLMath, markdown: str) -> None:
    """Show Markdown; nothing if it is empty."""
    if markdown:
        _put(line, f"<div>{markup.block(markdown)}</div>")
    else:
        put_nothing(line)


def put_nothing(line: widgets.HTMLMath) -> None:
    """Empty the line and take its space away."""
    line.value = ""
    line.layout.display = "none"


def outcome_line(outcome: Outcome, markdown: str) -> str:
    """Return a line of `put_text` that begins with the outcome's symbol."""
    return f"{_SYMBOLS[outcome]} {markdown}"


def _put(line: widgets.HTMLMath, content: str) -> None:
    line.value = f'<div class="course-question-says">{content}</div>'
    line.layout.display = None


def _symbol(symbol: str, outcome: str) -> str:
    return f'<span class="course-question-symbol" data-outcome="{outcome}">{symbol}</span>'


def _named(widget: widgets.Widget, name: str) -> widgets.Widget:
    widget.add_class(f"course-question-{name}")
    return widget
