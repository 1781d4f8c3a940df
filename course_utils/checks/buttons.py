"""A verdict with two buttons under it: Hint, and Show a solution."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_utils.checks.verdict import Help


class Buttons(anywidget.AnyWidget):
    """A verdict as HTML, and below it what its buttons have shown so far.

    The first press of *Show a solution* only asks, if nothing was tried yet.
    """

    _esm = Path(__file__).with_name("buttons.js")
    verdict = traitlets.Unicode().tag(sync=True)
    shown = traitlets.List(traitlets.Unicode()).tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    solution = traitlets.Unicode("Show a solution").tag(sync=True)

    def __init__(self, verdict: str, passed: bool, aid: Help) -> None:
        self._help = aid
        self._step = aid.steps if passed else 0
        self._asked = False
        super().__init__(verdict=verdict, hint=self._next())
        self.on_msg(self._on_message)

    def press(self, button: str) -> None:
        """Do what a press of ``"hint"`` or ``"solution"`` does."""
        if button == "hint" and self._step < self._help.steps:
            self._step += 1
            self._show(self._help.hint(self._step).html(live=True))
            self.hint = self._next()
        elif button == "solution" and self.solution:
            if not self._asked and not self._help.tried():
                self._asked = True
                self.solution = "Nothing is tried yet. Show the solution all the same"
                return
            self._show(self._help.solution().html(live=True))
            self.solution = ""

    def _show(self, html: str) -> None:
        self.shown = [*self.shown, html]

    def _next(self) -> str:
        """Return the label of the first button; empty if there is nothing left to show."""
        if self._step == self._help.steps:
            return ""
        return "Hint" if self._step == 0 else f"Next hint, {self._step + 1} of {self._help.steps}"

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict):
            self.press(str(content.get("press", "")))
