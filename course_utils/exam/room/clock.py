"""The room's clock and its overview of questions: drawn in the browser, decided in Python."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import anywidget
import traitlets

from course_utils.style import Theme

_HERE = Path(__file__).parent

Running = Literal["running", "standing", "over", "off"]


class Clock(anywidget.AnyWidget):
    """A title and the time that is left.

    The browser counts down by itself, so that nothing is sent every second. It asks for the time
    when it appears, at zero, and every ten seconds; an answer that does not come means that the
    kernel is gone, and it says so, because nothing that is typed from then on is kept.

    Parameters
    ----------
    remaining
        Returns whether the clock runs, and the seconds that are left.
    on_over, on_theme
        Called when the browser has come to zero, and when JupyterLab's theme has changed.
    """

    _esm = _HERE / "clock.js"
    _css = _HERE / "room.css"
    title = traitlets.Unicode().tag(sync=True)
    state = traitlets.Unicode("off").tag(sync=True)
    seconds = traitlets.Float().tag(sync=True)

    def __init__(
        self,
        remaining: Callable[[], tuple[Running, float]],
        on_over: Callable[[], None],
        on_theme: Callable[[], None],
    ) -> None:
        super().__init__()
        self._remaining = remaining
        self._on_over = on_over
        self._on_theme = on_theme
        self.theme: Theme = "light"
        self.on_msg(self._answer)

    def show(self) -> None:
        """Send the time that is left."""
        state, seconds = self._remaining()
        with self.hold_sync():
            self.state, self.seconds = state, round(seconds, 1)

    def _answer(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        theme = content.get("theme")
        if theme in ("light", "dark") and theme != self.theme:
            self.theme = "dark" if theme == "dark" else "light"
            self._on_theme()
        state, seconds = self._remaining()
        self.send({"state": state, "seconds": seconds})
        if state == "over":
            self._on_over()


class Overview(anywidget.AnyWidget):
    """All questions by section: which are empty, begun, flagged; later, what they earned.

    Sends where the student wants to go, by a click or by the keys of the whole room.
    """

    _esm = _HERE / "overview.js"
    cells = traitlets.List().tag(sync=True)
    """For each question: id, section (its title), state, flagged, points (empty before marking),
    and label (what is read out)."""
    current = traitlets.Unicode().tag(sync=True)
    turned = traitlets.Int().tag(sync=True)
    """How many pages were turned; each time, the room's top comes into view."""

    def __init__(self, do: Callable[[str, str], None]) -> None:
        super().__init__()
        self._do = do
        self.on_msg(self._hear)

    def _hear(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        self._do(str(content.get("do", "")), str(content.get("to", "")))
