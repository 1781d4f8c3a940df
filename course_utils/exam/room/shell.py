"""What stands around the room's pages: title, clock, overview, buttons, and lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import ipywidgets as widgets

from course_utils.exam.room.clock import Clock, Overview

Do = Callable[[str], None]

_BUTTONS = {  # by action: text, style, tooltip, text while it works
    "pause": ("Pause",),
    "hand in": ("Hand in",),
    "result": ("Result",),
    "previous": ("← Previous", "", "Alt+P"),
    "next": ("Next →", "", "Alt+N"),
    "flag": ("⚑ Flag", "", "Alt+F"),
    "go on": ("Go on",),
    "submit": ("Hand in for marking", "primary", "", "Marking …"),
    "questions": ("Back to the questions",),
    "leave": ("Leave without marking",),
    "really leave": ("Really leave?",),
    "start": ("Back to the start",),
}


class Shell:
    """The widgets around a page.

    Parameters
    ----------
    clock, overview
        Above the page.
    do
        Called with the action of a button that was clicked.
    """

    def __init__(self, clock: Clock, overview: Overview, do: Do) -> None:
        self._clock = clock
        self._made = {
            action: button(text, _doer(do, action), *rest)
            for action, (text, *rest) in _BUTTONS.items()
        }
        self._head = widgets.HBox([clock]).add_class("course-room-head")
        self._page = widgets.VBox().add_class("course-room-page")
        self._below = widgets.HBox().add_class("course-room-buttons")
        self._status = widgets.HTML().add_class("course-room-status")
        self._notice = widgets.HTML().add_class("course-room-notice")
        self.children = (
            self._head,
            overview,
            self._page,
            self._below,
            self._status,
            self._notice,
        )

    def lay(self, page: widgets.Widget, below: Iterable[str], head: Iterable[str] = ()) -> None:
        """Show a page, with buttons for the actions `below` it and in the `head`."""
        _put(self._page, page)
        _put(self._below, *(self._made[action] for action in below))
        _put(self._head, self._clock, *(self._made[action] for action in head))

    def button(self, action: str) -> widgets.Button:
        """Return the button of an action."""
        return self._made[action]

    def say(self, text: str) -> None:
        """Show an answer to what the student did."""
        self._status.value = escape(text)

    def tell(self, notice: str) -> None:
        """Show what the student has to know all the time; nothing if it is empty."""
        self._notice.value = f"⚠ {escape(notice)}" if notice else ""
        self._notice.layout.display = None if notice else "none"


def button(
    text: str, action: Callable[[], None], style: str = "", tooltip: str = "", working: str = ""
) -> widgets.Button:
    """Return a button that calls `action`, and says `working` as long as that takes, if it does."""
    made = widgets.Button(description=text, button_style=style, tooltip=tooltip)

    def press(_: widgets.Button) -> None:
        if not working:
            action()
            return
        made.description, made.disabled = working, True  # which the browser shows at once
        try:
            action()
        finally:
            made.description, made.disabled = text, False

    made.on_click(press)
    return made


def _doer(do: Do, action: str) -> Callable[[], None]:
    return lambda: do(action)


def _put(box: widgets.Box, *children: widgets.Widget) -> None:
    if box.children != children:  # what stays is not drawn again, and keeps the focus
        box.children = children
