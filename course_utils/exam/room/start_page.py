"""The door of the room: what to sit, and what was reached before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as widgets

from course_utils.exam.room import pages
from course_utils.exam.room.attempt import Mode
from course_utils.exam.room.history import Sat
from course_utils.exam.room.practice import Pile
from course_utils.exam.room.shell import button

_SHOWN = 6  # earlier attempts that are listed
_WORKING = "Preparing …"


class StartPage:
    """Three ways to begin, the plot over earlier attempts, and their reports.

    Parameters
    ----------
    begin
        Called with what is chosen and, for a variant, its number.
    open_report
        Called with the name of an earlier attempt.
    """

    def __init__(
        self,
        begin: Callable[[Mode, int | None], None],
        open_report: Callable[[str], None],
    ) -> None:
        self._open_report = open_report
        self._intro = widgets.HTML()
        self._exam = widgets.HTML()
        self._seed = widgets.BoundedIntText(value=1, min=1, max=9999, description="Number")
        self._practise = button("Practise", lambda: begin("practice", None), working=_WORKING)
        variant = button("Begin", lambda: begin("variant", self._seed.value), working=_WORKING)
        self._pile = widgets.HTML()
        self._earlier = widgets.VBox().add_class("course-room-earlier")
        choices = (
            _choice(
                "The exam",
                self._exam,
                button("Begin the exam", lambda: begin("exam", None), "primary", working=_WORKING),
            ),
            _choice(
                "A fresh variant",
                widgets.HTML("The same exam with other numbers: one for each variant number."),
                widgets.HBox([self._seed, variant]),
            ),
            _choice("Practice", self._pile, self._practise),
        )
        self.box = widgets.VBox(
            [self._intro, widgets.HBox(choices).add_class("course-room-choices"), self._earlier]
        ).add_class("course-room-start")

    def show(
        self,
        so_far: str,
        minutes: int,
        pile: Pile,
        attempts: Sequence[Sat],
        reports: Sequence[str],
        today: str,
        plot: str,
    ) -> None:
        """Show the state of things.

        Parameters
        ----------
        so_far
            How much of the exam there is, as a sentence.
        minutes
            What the exam takes as far as there is one.
        pile
            What can be practised.
        attempts
            Earlier attempts, oldest first.
        reports
            Names of those whose answers are still in the file.
        today
            HTML of what the exam would give today; empty if nothing tells.
        plot
            HTML of the plot over the attempts; empty if there are too few.
        """
        self._intro.value = (
            "<p>Choose, and the clock starts. Every keystroke is kept: after a restart, run this"
            " cell again and go on. The clock does not wait. You hand in once; then you see your"
            f" points, every key, and the way back to the lecture.</p><p>{escape(so_far)}</p>"
        )
        self._exam.value = f"The questions with the exam's own numbers, in {minutes} minutes."
        self._pile.value = pages.practice_text(pile) + " The clock can be paused."
        self._practise.disabled = not pile.chosen
        self._seed.value = 1 + sum(sat.mode == "variant" for sat in attempts)
        rows: list[widgets.Widget] = [widgets.HTML(html) for html in (today, plot) if html]
        for sat in reversed(attempts[-_SHOWN:]):
            line = widgets.HTML(pages.earlier(sat)).add_class("course-room-line")
            again = button("Report", self._opener(sat.attempt), tooltip=pages.day(sat.at))
            again.layout.visibility = None if sat.attempt in reports else "hidden"
            rows.append(widgets.HBox([line, again]).add_class("course-room-row"))
        self._earlier.children = rows

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self._open_report(name)


def _choice(title: str, *children: widgets.Widget) -> widgets.VBox:
    heading = widgets.HTML(f"<h4>{title}</h4>")
    return widgets.VBox([heading, *children]).add_class("course-room-choice")
