"""The exam room: begin, answer against the clock, hand in once, read why."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import ipywidgets as widgets

from course_utils.exam.bank import Item
from course_utils.exam.blueprint import EXAM
from course_utils.exam.readiness import readiness
from course_utils.exam.room import pages, plot
from course_utils.exam.room.attempt import Attempt, Blank, Mode, RefusedError
from course_utils.exam.room.clock import Clock, Overview, Running
from course_utils.exam.room.question_view import QuestionView
from course_utils.exam.room.report import ExamReport, Place
from course_utils.exam.room.shell import Shell
from course_utils.exam.room.sitting import MovedOnError, Sitting
from course_utils.exam.room.start_page import StartPage
from course_utils.lab import KeptBox

Page = Literal["start", "question", "paused", "hand in", "really leave", "result"]


class ExamRoom(KeptBox):
    """The room; put it last in a cell.

    An attempt that was begun is there again after a restart of the kernel, with everything typed.
    Without a kernel the cell's output shows the exam's sections and points, and of an attempt that
    is open the questions with what was typed.

    Parameters
    ----------
    items
        The bank's items by id.
    places
        Where each item is taught, by id; an item without a place has no way back.
    clock
        Returns seconds since 1970; for tests.
    folder
        Where the answers are kept; the notebook's folder if None.
    """

    def __init__(
        self,
        items: Mapping[str, Item],
        places: Mapping[str, Place],
        clock: Callable[[], float] = time.time,
        folder: Path | None = None,
    ) -> None:
        self._places = places
        self._sitting = Sitting(items, clock, folder)
        self._views: dict[str, QuestionView] = {}
        self._frozen = False
        self._page: Page = "start"
        self._clock = Clock(self._remaining, self._on_over, self._on_theme)
        self._overview = Overview(self._do)
        self._shell = Shell(self._clock, self._overview, self._do)
        self._start = StartPage(self._on_begin, self._on_open_report)
        self._text = widgets.HTML().add_class("course-room-text")
        super().__init__(self._shell.children)
        self.add_class("course-room")
        self._sitting.resume()
        self._enter()

    def __repr__(self) -> str:
        return f"<exam room with {len(self._sitting.items)} questions>"

    @property
    def attempt(self) -> Attempt | None:
        """The attempt that is open; None at the start page."""
        return self._sitting.attempt

    @property
    def report(self) -> ExamReport | None:
        """The marks of the attempt, once it was handed in."""
        return self._sitting.report

    # Turning pages

    def _enter(self) -> None:
        """Show the attempt that was taken up: an open one, one that was handed in, or none."""
        attempt, self._views, self._frozen = self.attempt, {}, self.report is not None
        if attempt is None:
            self._turn_to("start")
        elif self._frozen:
            self._turn_to("result")
        else:
            self._turn_to("question" if attempt.paused is None else "paused")

    def _turn_to(self, page: Page) -> None:
        self._page = page
        self._shell.say("")
        self._draw()
        self._overview.turned += 1

    def _draw(self) -> None:
        """Show the page that is turned to, as the attempt is now."""
        self._on_over()
        attempt, report = self.attempt, self.report
        self._clock.title = "Exam room" if attempt is None else pages.title(attempt)
        self._clock.show()
        self._draw_overview()
        self._keep_text()
        if attempt is None:
            self._draw_start()
        elif self._page == "question":
            self._draw_question(attempt)
        elif self._page == "paused":
            self._text.value = "<p>The clock stands, and the questions are covered.</p>"
            self._shell.lay(self._text, ["go on"])
        elif report is None:
            self._text.value = pages.handing_in(attempt, attempt.over(self._sitting.now()))
            leave = "leave" if self._page == "hand in" else "really leave"
            self._shell.lay(self._text, ["submit", "questions", leave])
        else:
            self._text.value = pages.result(report, self._places) + self._plot()
            self._shell.lay(self._text, ["questions", "start"])
        self._shell.tell(self._sitting.notice)

    def _keep_text(self) -> None:
        """Have the notebook keep the exam's contents and what is typed now."""
        typed = [] if self.attempt is None else pages.answered(self.attempt)
        self.keep("\n\n".join([pages.contents(self._sitting.items), *typed]))

    def _draw_start(self) -> None:
        items, history = self._sitting.items, self._sitting.history
        self._start.show(
            pages.so_far(items),
            EXAM.minutes(item.entry for id_, item in items.items() if id_ in EXAM.items),
            self._sitting.pile,
            history.attempts(),
            self._sitting.reports,
            pages.today(readiness(EXAM, history.first_tries())),
            self._plot(),
        )
        self._shell.lay(self._start.box, [])

    def _draw_question(self, attempt: Attempt) -> None:
        self._shell.button("previous").disabled = attempt.current == attempt.questions[0].id
        self._shell.button("next").disabled = attempt.current == attempt.questions[-1].id
        flagged = attempt.current in attempt.flags
        self._shell.button("flag").description = "⚑ Take the flag away" if flagged else "⚑ Flag"
        box = self._view(attempt, attempt.current).box
        if self.report is not None:
            self._shell.lay(box, ["previous", "next"], head=["result"])
        else:
            pause = ["pause"] if attempt.mode == "practice" else []
            self._shell.lay(box, ["previous", "next", "flag"], head=[*pause, "hand in"])

    def _view(self, attempt: Attempt, id_: str) -> QuestionView:
        if id_ not in self._views:
            view = QuestionView(attempt, attempt.question(id_), self._keeper(attempt.name, id_))
            if self.report is not None:
                view.show(self.report.result(id_), self._places.get(id_))
            if self._frozen:
                view.freeze(attempt)
            self._views[id_] = view
        return self._views[id_]

    def _draw_overview(self) -> None:
        attempt = self.attempt
        covered = attempt is None or self._page == "paused"
        with self._overview.hold_sync():
            self._overview.cells = (
                [] if attempt is None or covered else pages.cells(attempt, self.report)
            )
            self._overview.current = (
                attempt.current if attempt is not None and self._page == "question" else ""
            )

    def _plot(self) -> str:
        return plot.as_html(self._sitting.history.attempts(), self._clock.theme)

    # What the clock asks and says

    def _remaining(self) -> tuple[Running, float]:
        attempt = self.attempt
        if attempt is None or attempt.submitted is not None:
            return "off", 0.0
        now = self._sitting.now()
        if attempt.over(now):
            return "over", 0.0
        return "running" if attempt.paused is None else "standing", attempt.remaining(now)

    def _on_over(self) -> None:
        """Freeze the answers if the time is over and they are not frozen yet."""
        attempt = self.attempt
        if attempt is None or self._frozen or not attempt.over(self._sitting.now()):
            return
        self._frozen = True
        for view in self._views.values():
            view.freeze(attempt)
        self._turn_to("hand in")

    def _on_theme(self) -> None:
        if self._page in ("start", "result"):
            self._draw()

    # What the student does

    def _do(self, action: str, to: str = "") -> None:
        """Carry out the action of a button, of a key, or of the overview."""
        if self.attempt is None or (self._page == "paused" and action != "go on"):
            return
        match action:
            case "next" | "previous":
                by = 1 if action == "next" else -1
                self._act(lambda attempt, _: attempt.step(by), "question")
            case "go":
                self._act(lambda attempt, _: attempt.go(to), "question")
            case "flag":
                if self._page == "question":
                    self._act(lambda attempt, _: attempt.flag(attempt.current), "question")
            case "pause":
                self._act(lambda attempt, now: attempt.pause(now), "paused")
            case "go on":
                self._act(lambda attempt, now: attempt.resume(now), "question")
            case "questions":
                self._turn_to("question")
            case "hand in" | "result":
                self._turn_to("hand in" if self.report is None else "result")
            case "leave":
                self._turn_to("really leave")
            case "really leave":
                self._sitting.leave()
                self._enter()
            case "start":
                self._sitting.take(None)
                self._enter()
            case "submit" if self.report is None:  # a second click comes after the first is done
                if self._try(self._sitting.submit):
                    self._enter()

    def _try(self, action: Callable[[], None]) -> bool:
        """Carry out an action; if it is refused, say why."""
        try:
            action()
        except RefusedError as error:
            if isinstance(error, MovedOnError):
                self._enter()
            self._shell.say(str(error))
            return False
        return True

    def _act(self, action: Callable[[Attempt, float], Attempt], page: Page) -> None:
        """Carry out an action on the attempt, then turn to `page`."""
        if self._try(lambda: self._sitting.act(action)):
            self._turn_to(page)

    def _keeper(self, name: str, id_: str) -> Callable[[int, str, str], None]:
        """Return what keeps a change of a question's field, also one that arrives late."""

        def keep(part: int, field: str, typed: str) -> None:
            if self.attempt is None or self.attempt.name != name:
                return
            if self._try(lambda: self._sitting.type(Blank(id_, part, field), typed)):
                self._after_typing(self.attempt, id_)
                return
            if id_ in self._views:
                self._views[id_].restore(self.attempt)
            self._on_over()

        return keep

    def _after_typing(self, attempt: Attempt, id_: str) -> None:
        if self.report is not None:  # a tick on a rubric
            self._view(attempt, id_).show(self.report.result(id_), self._places.get(id_))
        self._draw_overview()
        self._keep_text()
        self._shell.tell(self._sitting.notice)

    def _on_begin(self, mode: Mode, seed: int | None) -> None:
        if self.attempt is None and self._try(  # a second click comes after the first is done
            lambda: self._sitting.begin(mode, seed, self._say_what_is_prepared)
        ):
            self._enter()

    def _say_what_is_prepared(self, number: int, count: int) -> None:
        self._shell.say(
            f"Preparing question {number} of {count}. What the keys say is measured on this"
            " computer, which takes a while the first time; the clock does not run yet."
        )

    def _on_open_report(self, name: str) -> None:
        if self._sitting.read_again(name):
            self._enter()
        else:
            self._draw()
