"""The door of the room: what to sit, and what was reached before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import ipywidgets as widgets

from course_utils.exam.room import pages
from course_utils.exam.room.history import Sat
from course_utils.exam.room.practice import Pile

_SHOWN = 6  # earlier attempts that are listed


class StartPage:
    """Three ways to begin, the plot over earlier attempts, and their reports.

    Parameters
    ----------
    begin_exam, begin_variant, begin_practice
        Called when one is chosen; the second with a seed.
    open_report
        Called with the name of an earlier attempt.
    """

    def __init__(
        self,
        begin_exam: Callable[[], None],
        begin_variant: Callable[[int], None],
        begin_practice: Callable[[], None],
        open_report: Callable[[str], None],
    ) -> None:
        self._open_report = open_report
        self._intro = widgets.HTML()
        self._seed = widgets.BoundedIntText(value=1, min=1, max=9999, description="Number")
        self._practise = button("Practise", begin_practice)
        self._pile = widgets.HTML()
        self._earlier = widgets.VBox().add_class("course-room-earlier")
        choices = (
            _choice(
                "The exam",
                widgets.HTML("The questions with the exam's own numbers, in 90 minutes."),
                button("Begin the exam", begin_exam, "primary"),
            ),
            _choice(
                "A fresh variant",
                widgets.HTML("The same exam with other numbers: one for each variant number."),
                widgets.HBox(
                    [self._seed, button("Begin", lambda: begin_variant(self._seed.value))]
                ),
            ),
            _choice("Practice", self._pile, self._practise),
        )
        self.box = widgets.VBox(
            [self._intro, widgets.HBox(choices).add_class("course-room-choices"), self._earlier]
        ).add_class("course-room-start")

    def show(
        self, so_far: str, pile: Pile, attempts: Sequence[Sat], reports: Sequence[str], plot: str
    ) -> None:
        """Show the state of things.

        Parameters
        ----------
        so_far
            How much of the exam there is, as a sentence.
        pile
            What can be practised.
        attempts
            Earlier attempts, oldest first.
        reports
            Names of those whose answers are still in the file.
        plot
            HTML of the plot over the attempts.
        """
        self._intro.value = (
            "<p>Choose, and the clock starts. Every keystroke is kept: after a restart, run this"
            " cell again and go on. The clock does not wait. You hand in once; then you see your"
            f" points, every key, and the way back to the lecture.</p><p>{escape(so_far)}</p>"
        )
        self._pile.value = pages.practice_text(pile) + " The clock can be paused."
        self._practise.disabled = not pile.chosen
        self._seed.value = 1 + sum(sat.mode == "variant" for sat in attempts)
        rows: list[widgets.Widget] = [widgets.HTML(plot)] if plot else []
        for sat in reversed(attempts[-_SHOWN:]):
            line = widgets.HTML(pages.earlier(sat)).add_class("course-room-line")
            again = button("Report", self._opener(sat.attempt), label=pages.day(sat.at))
            again.layout.visibility = None if sat.attempt in reports else "hidden"
            rows.append(widgets.HBox([line, again]).add_class("course-room-row"))
        self._earlier.children = rows

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self._open_report(name)


def button(
    text: str, action: Callable[[], None], style: str = "", label: str = ""
) -> widgets.Button:
    """Return a button; `label` is what its tooltip adds."""
    made = widgets.Button(description=text, button_style=style, tooltip=label)
    made.on_click(lambda _: action())
    return made


def _choice(title: str, *children: widgets.Widget) -> widgets.VBox:
    heading = widgets.HTML(f"<h4>{title}</h4>")
    return widgets.VBox([heading, *children]).add_class("course-room-choice")
