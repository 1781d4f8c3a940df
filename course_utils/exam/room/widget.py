"""The exam room: begin, answer against the clock, hand in once, read why."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import ipywidgets as widgets

from course_utils.exam.bank import Item
from course_utils.exam.blueprint import EXAM
from course_utils.exam.papers.paper import compose
from course_utils.exam.readiness import readiness
from course_utils.exam.room import attempt as attempts
from course_utils.exam.room import pages, plot, practice
from course_utils.exam.room.attempt import Attempt, Blank, Mode, RefusedError
from course_utils.exam.room.clock import Clock, Overview, Running
from course_utils.exam.room.history import History
from course_utils.exam.room.question_view import QuestionView
from course_utils.exam.room.report import ExamReport, Marker, Place
from course_utils.exam.room.shell import Shell
from course_utils.exam.room.start_page import StartPage
from course_utils.exam.room.store import Store
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
        self._items = items
        self._places = places
        self._now = clock
        self._store = Store(items, folder)
        self._history = History()
        self._marker = Marker()
        self._attempt: Attempt | None = None
        self._report: ExamReport | None = None
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
        self._take(self._store.open())

    def __repr__(self) -> str:
        return f"<exam room with {len(self._items)} questions>"

    @property
    def attempt(self) -> Attempt | None:
        """The attempt that is open; None at the start page."""
        return self._attempt

    @property
    def report(self) -> ExamReport | None:
        """The marks of the attempt, once it was handed in."""
        return self._report

    # Turning pages

    def _take(self, attempt: Attempt | None) -> None:
        """Go on with an attempt: an open one, one that was handed in, or none."""
        self._attempt, self._report, self._views, self._frozen = attempt, None, {}, False
        if attempt is None:
            self._turn_to("start")
        elif attempt.submitted is not None:
            self._mark()
            self._store.leave(attempt)
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
        attempt, report = self._attempt, self._report
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
            self._text.value = pages.handing_in(attempt, attempt.over(self._now()))
            leave = "leave" if self._page == "hand in" else "really leave"
            self._shell.lay(self._text, ["submit", "questions", leave])
        else:
            self._text.value = pages.result(report, self._places) + self._plot()
            self._shell.lay(self._text, ["questions", "start"])
        self._tell()

    def _keep_text(self) -> None:
        """Have the notebook keep the exam's contents and what is typed now."""
        typed = [] if self._attempt is None else pages.answered(self._attempt)
        self.keep("\n\n".join([pages.contents(self._items), *typed]))

    def _draw_start(self) -> None:
        held = practice.cards(self._history.results())
        self._start.show(
            pages.so_far(self._items),
            EXAM.minutes(item.entry for id_, item in self._items.items() if id_ in EXAM.items),
            practice.pile(self._items, held, self._now()),
            self._history.attempts(),
            self._store.handed_in(),
            pages.today(readiness(EXAM, self._history.first_tries())),
            self._plot(),
        )
        self._shell.lay(self._start.box, [])

    def _draw_question(self, attempt: Attempt) -> None:
        self._shell.button("previous").disabled = attempt.current == attempt.questions[0].id
        self._shell.button("next").disabled = attempt.current == attempt.questions[-1].id
        flagged = attempt.current in attempt.flags
        self._shell.button("flag").description = "⚑ Take the flag away" if flagged else "⚑ Flag"
        box = self._view(attempt, attempt.current).box
        if self._report is not None:
            self._shell.lay(box, ["previous", "next"], head=["result"])
        else:
            pause = ["pause"] if attempt.mode == "practice" else []
            self._shell.lay(box, ["previous", "next", "flag"], head=[*pause, "hand in"])

    def _view(self, attempt: Attempt, id_: str) -> QuestionView:
        if id_ not in self._views:
            view = QuestionView(attempt, attempt.question(id_), self._keeper(attempt.name, id_))
            if self._report is not None:
                view.show(self._report.result(id_), self._places.get(id_))
            if self._frozen:
                view.freeze(attempt)
            self._views[id_] = view
        return self._views[id_]

    def _draw_overview(self) -> None:
        attempt = self._attempt
        covered = attempt is None or self._page == "paused"
        with self._overview.hold_sync():
            self._overview.cells = (
                [] if attempt is None or covered else pages.cells(attempt, self._report)
            )
            self._overview.current = (
                attempt.current if attempt is not None and self._page == "question" else ""
            )

    def _plot(self) -> str:
        return plot.as_html(self._history.attempts(), self._clock.theme)

    def _tell(self) -> None:
        notices = (self._store.notice, self._history.notice)
        self._shell.tell(" ".join(filter(None, notices)))

    # What the clock asks and says

    def _remaining(self) -> tuple[Running, float]:
        attempt = self._attempt
        if attempt is None or attempt.submitted is not None:
            return "off", 0.0
        now = self._now()
        if attempt.over(now):
            return "over", 0.0
        return "running" if attempt.paused is None else "standing", attempt.remaining(now)

    def _on_over(self) -> None:
        """Freeze the answers if the time is over and they are not frozen yet."""
        attempt = self._attempt
        if attempt is None or self._frozen or not attempt.over(self._now()):
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
        if self._attempt is None or (self._page == "paused" and action != "go on"):
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
                self._turn_to("hand in" if self._report is None else "result")
            case "leave":
                self._turn_to("really leave")
            case "really leave":
                self._store.leave(self._attempt)
                self._take(None)
            case "start":
                self._take(None)
            case "submit" if self._report is None:  # a second click comes after the first is done
                self._on_submit(self._attempt)

    def _act(self, action: Callable[[Attempt, float], Attempt], page: Page | None = None) -> bool:
        """Carry out and keep an action on the attempt, then turn to `page`; say what is refused."""
        before = self._attempt
        assert before is not None  # the buttons are there only with an attempt
        if before.submitted is None and self._take_handed_in(before):
            return False
        try:
            after = action(before, self._now())
        except RefusedError as error:
            self._shell.say(str(error))
            return False
        self._attempt = after
        self._store.change(before, after)
        if page is not None:
            self._turn_to(page)
        return True

    def _take_handed_in(self, attempt: Attempt) -> bool:
        """Go to the report if another window has handed in the attempt; tell whether it has."""
        kept = self._store.handed_in_elsewhere(attempt)
        if kept is None:
            return False
        self._take(kept)
        self._shell.say(
            "This attempt was handed in before, in another window. What was done here since then"
            " does not count."
        )
        return True

    def _keeper(self, name: str, id_: str) -> Callable[[int, str, str], None]:
        """Return what keeps a change of a question's field, also one that arrives late."""

        def keep(part: int, field: str, typed: str) -> None:
            if self._attempt is None or self._attempt.name != name:
                return
            if self._act(lambda attempt, now: attempt.type(now, Blank(id_, part, field), typed)):
                self._after_typing(self._attempt, id_)
                return
            if id_ in self._views:
                self._views[id_].restore(self._attempt)
            self._on_over()

        return keep

    def _after_typing(self, attempt: Attempt, id_: str) -> None:
        if attempt.submitted is not None:  # a tick on a rubric
            report = self._mark()
            self._history.record(report)
            self._view(attempt, id_).show(report.result(id_), self._places.get(id_))
        self._draw_overview()
        self._keep_text()
        self._tell()

    def _on_begin(self, mode: Mode, seed: int | None) -> None:
        if self._attempt is not None:  # a second click comes after the first is done
            return
        report = self._say_what_is_prepared
        try:
            if mode == "practice":
                held = practice.cards(self._history.results())
                chosen = practice.pile(self._items, held, self._now()).chosen
                asked = practice.questions(self._items, chosen, held, report)
            else:
                asked = compose(self._items, seed, report=report).questions if self._items else ()
            attempt = attempts.begin(mode, asked, self._now())  # now that all questions are there
        except RefusedError as error:
            self._shell.say(str(error))
            return
        begun = self._store.open()
        if begun is not None:  # only one can be open: the other would never be found again
            self._take(begun)
            self._shell.say("This attempt was begun in another window; hand it in, or leave it.")
            return
        self._store.begin(attempt)
        self._take(attempt)

    def _say_what_is_prepared(self, number: int, count: int) -> None:
        self._shell.say(
            f"Preparing question {number} of {count}. What the keys say is measured on this"
            " computer, which takes a while the first time; the clock does not run yet."
        )

    def _on_open_report(self, name: str) -> None:
        attempt = self._store.load(name)
        if attempt is None:
            self._draw()
        else:
            self._take(attempt)

    def _on_submit(self, attempt: Attempt) -> None:
        kept = self._store.load(attempt.name)
        if kept is not None and kept.submitted is None:
            # What was typed last counts, also in another window.
            self._attempt = replace(attempt, typed=kept.typed)
        if self._act(lambda attempt, now: attempt.submit(now)):
            self._take(self._attempt)

    def _mark(self) -> ExamReport:
        """Mark what was handed in; the first time, remember the points."""
        attempt = self._attempt
        assert attempt is not None
        self._frozen = True
        self._report = self._marker.report(attempt)
        if attempt.name not in {sat.attempt for sat in self._history.attempts()}:
            self._history.record(self._report)
        return self._report
