"""What the editors of all kinds have in common: fields that are kept, and lines for remarks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import ipywidgets as widgets

from course_utils.exam import screen
from course_utils.exam.model import Answer, Editor, Mark

TICK = "x"
"""What is kept for a ticked checkbox; "" stands for an empty one."""


class FieldEditor(Editor):
    """An editor that has a widget for each field of the answer.

    A kind lays out `box` itself. On the way it names every widget that takes a part of the answer
    by `register`, and every line that remarks on a field by `remark_line`; `tick_row` does both for
    a checkbox. `_whole` is the line for what concerns the part as a whole, the field "". A field
    may have a widget, a line, or both.

    A field's text, which is kept and marked, is the widget's value as it stands; for a checkbox it
    is `TICK` or "".

    Parameters
    ----------
    change
        Called with a field and its text when the student changed it, not by `restore`.
    """

    def __init__(self, change: Callable[[str, str], None]) -> None:
        self._change = change
        self._quiet = False
        self._fields: dict[str, widgets.Widget] = {}
        self._whole = screen.remark_line()
        self._remarks: dict[str, widgets.HTMLMath] = {"": self._whole}

    def register(self, field: str, widget: widgets.Widget) -> widgets.Widget:
        """Return `widget`, which holds `field` from now on."""

        def observe(event: Mapping[str, Any]) -> None:
            if not self._quiet:
                self.typed(field, _text(event["new"]))

        widget.observe(observe, "value")
        self._fields[field] = widget
        return widget

    def remark_line(self, field: str) -> widgets.HTMLMath:
        """Return a new line, in which `field` is remarked on from now on."""
        self._remarks[field] = screen.remark_line()
        return self._remarks[field]

    def tick_row(self, name: str, field: str, description: str = "") -> widgets.Box:
        """Return a checkbox for `field`, described in HTML, with its remark below it.

        The box has the class ``course-question-NAME``.
        """
        tick = widgets.Checkbox(description=description, description_allow_html=True, indent=False)
        return screen.column(name, self.register(field, tick), self.remark_line(field))

    def typed(self, field: str, text: str) -> None:
        """Report that the student made `text` of `field`; a kind may do more before or after."""
        self._change(field, text)

    def answer(self) -> Answer:
        """Return the text of every field."""
        return {field: _text(widget.value) for field, widget in self._fields.items()}

    def restore(self, answer: Answer) -> None:
        """Put `answer` into the fields and report nothing; what it lacks is emptied."""
        self._quiet = True
        try:
            for field, widget in self._fields.items():
                text = answer.get(field, "")
                widget.value = bool(text) if isinstance(widget, widgets.Checkbox) else text
        finally:
            self._quiet = False

    def show(self, mark: Mark) -> None:
        """Show each remark in its field's line; one on the whole that judges nothing is text."""
        self._empty(but=mark.remarks)
        for field, remark in mark.remarks.items():
            if not field and remark.outcome == "working":
                screen.put_text(self._whole, remark.says)
            elif field in self._remarks:
                screen.put_remark(self._remarks[field], remark)

    def complain(self, problems: Mapping[str, str]) -> None:
        """Show each problem in its field's line, or in that of the whole if it has none."""
        self._empty(but=problems)
        for field, problem in problems.items():
            screen.put_problem(self._remarks.get(field, self._whole), problem)

    def clear(self) -> None:
        """Empty every line."""
        self._empty(but=())

    def freeze(self, but_ticks: bool) -> None:
        """Take every field and button out of use; or all but ticks, and what compares them."""
        kept = (widgets.Checkbox, widgets.Button) if but_ticks else ()
        pending: list[widgets.Widget] = [self.box]
        while pending:
            widget = pending.pop()
            if widget.has_trait("disabled") and not isinstance(widget, kept):
                widget.disabled = True
            pending += getattr(widget, "children", ())

    def _empty(self, but: Collection[str]) -> None:
        """Empty the lines of other fields; one that is filled again at once must not vanish."""
        for field, line in self._remarks.items():
            if field not in but:
                screen.put_nothing(line)


def _text(value: str | bool | None) -> str:
    """Return a widget's value as it is kept; a list in which nothing is chosen may hold None."""
    if isinstance(value, bool):
        return TICK if value else ""
    return value or ""
