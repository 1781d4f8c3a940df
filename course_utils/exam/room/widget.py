"""The exam room: begin, answer against the clock, hand in once, read why."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Literal

import ipywidgets as widgets

from course_utils.exam.bank import Item
from course_utils.exam.papers.paper import compose
from course_utils.exam.room import attempt as attempts
from course_utils.exam.room import pages, plot, practice
from course_utils.exam.room.attempt import Attempt, Blank, Mode, RefusedError
from course_utils.exam.room.clock import Clock, Overview, Running
from course_utils.exam.room.history import History
from course_utils.exam.room.question_view import QuestionView
from course_utils.exam.room.report import Marker, Place, Report
from course_utils.exam.room.start_page import StartPage, button
from course_utils.exam.room.store import Store

Page = Literal["start", "question", "paused", "hand in", "result"]


class ExamRoom(widgets.VBox):
    """The room; put it last in a cell.

    An attempt that was begun is there again after a restart of the kernel, with everything typed.
    Without a kernel the cell's output shows the exam's sections and points.

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
        self._report: Report | None = None
        self._views: dict[str, QuestionView] = {}
        self._frozen = False
        self._page: Page = "start"

        self._clock = Clock(self._remaining)
        self._clock.on_theme = self._on_theme
        self._clock.on_over = self._on_over
        self._overview = Overview(self._on_overview)
        self._pause = button("Pause", self._on_pause)
        self._hand_in = button("Hand in", self._on_hand_in)
        self._to_result = button("Result", lambda: self._turn_to("result"))
        self._head = widgets.HBox(
            [self._clock, self._pause, self._hand_in, self._to_result]
        ).add_class("course-room-head")

        self._start = StartPage(
            lambda: self._on_begin("exam", None),
            lambda seed: self._on_begin("variant", seed),
            lambda: self._on_begin("practice", None),
            self._on_open_report,
        )
        self._text = widgets.HTML().add_class("course-room-text")
        self._submit = button("Hand in for marking", self._on_submit, "primary")
        self._leave = button("Leave without marking", self._on_leave)
        self._go_on = button("Go on", self._on_go_on)
        self._back = button("Back to the questions", lambda: self._turn_to("question"))
        self._out = button("Back to the start", self._on_out)
        self._previous = button("← Previous", lambda: self._on_overview("previous", ""))
        self._previous.tooltip = "Alt+P"
        self._next = button("Next →", lambda: self._on_overview("next", ""))
        self._next.tooltip = "Alt+N"
        self._flag = button("⚑ Flag", lambda: self._on_overview("flag", ""))
        self._flag.tooltip = "Alt+F"
        self._middle = widgets.VBox().add_class("course-room-page")
        self._buttons = widgets.HBox().add_class("course-room-buttons")
        self._status = widgets.HTML().add_class("course-room-status")
        self._notice = widgets.HTML().add_class("course-room-notice")
        super().__init__(
            [self._head, self._overview, self._middle, self._buttons, self._status, self._notice]
        )
        self.add_class("course-room")
        self._take(self._store.open())

    def __repr__(self) -> str:
        return f"<exam room with {len(self._items)} questions>"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        text = pages.contents(self._items)
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        return {**bundle, "text/plain": text, "text/markdown": text}

    @property
    def attempt(self) -> Attempt | None:
        """The attempt that is open; None at the start page."""
        return self._attempt

    @property
    def report(self) -> Report | None:
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
        self._leave.description = _LEAVE
        self._say("")
        self._draw()
        self._overview.turned += 1

    def _draw(self) -> None:
        """Show the page that is turned to, as the attempt is now."""
        if self._attempt is None:
            self._draw_start()
            return
        self._on_over()
        attempt, page = self._attempt, self._page
        self._clock.title = pages.title(attempt)
        self._clock.show()
        self._draw_overview()
        _show(self._pause, attempt.mode == "practice" and page in ("question", "hand in"))
        _show(self._hand_in, page == "question" and self._report is None)
        _show(self._to_result, page == "question" and self._report is not None)
        if page == "question":
            self._draw_question(attempt)
        elif page == "paused":
            self._text.value = "<p>The clock stands, and the questions are covered.</p>"
            self._lay(self._text, buttons=[self._go_on])
        elif page == "hand in":
            self._text.value = pages.handing_in(attempt, attempt.over(self._now()))
            self._lay(self._text, buttons=[self._submit, self._back, self._leave])
        elif self._report is not None:
            self._text.value = pages.result(self._report, self._places) + self._plot()
            self._lay(self._text, buttons=[self._back, self._out])

    def _draw_start(self) -> None:
        now = self._now()
        pile = practice.pile(self._items, practice.cards(self._history.results()), now)
        self._clock.title = "Exam room"
        self._clock.show()
        self._overview.cells = []
        for one in (self._pause, self._hand_in, self._to_result):
            _show(one, False)
        self._start.show(
            pages.so_far(self._items),
            pile,
            self._history.attempts(),
            self._store.handed_in(),
            self._plot(),
        )
        self._lay(self._start.box, buttons=[])

    def _draw_question(self, attempt: Attempt) -> None:
        view = self._view(attempt, attempt.current)
        last = attempt.current == attempt.questions[-1].id
        self._previous.disabled = attempt.current == attempt.questions[0].id
        self._next.disabled = last
        self._flag.description = (
            "⚑ Take the flag away" if attempt.current in attempt.flags else "⚑ Flag"
        )
        flag = [] if attempt.submitted is not None else [self._flag]
        self._lay(view.box, buttons=[self._previous, self._next, *flag])

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
        if attempt is None or self._page == "paused":
            self._overview.cells = []
            return
        shown = attempt.current if self._page == "question" else ""
        with self._overview.hold_sync():
            self._overview.cells = pages.cells(attempt, self._report)
            self._overview.current = shown

    def _lay(self, child: widgets.Widget, buttons: list[widgets.Widget]) -> None:
        if self._middle.children != (child,):
            self._middle.children = (child,)
        if self._buttons.children != tuple(buttons):
            self._buttons.children = tuple(buttons)
        told = " ".join(filter(None, (self._store.notice, self._history.notice)))
        self._notice.value = f"⚠ {escape(told)}" if told else ""
        _show(self._notice, bool(told))

    def _plot(self) -> str:
        theme: Any = self._clock.theme
        return plot.as_html(self._history.attempts(), theme)

    def _say(self, text: str) -> None:
        self._status.value = escape(text)

    # What the clock knows and says

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

    def _act(self, action: Callable[[Attempt, float], Attempt]) -> bool:
        """Carry out and keep an action on the attempt; say why if it is refused."""
        before = self._attempt
        assert before is not None  # the buttons are there only with an attempt
        try:
            after = action(before, self._now())
        except RefusedError as error:
            self._say(str(error))
            return False
        self._attempt = after
        self._store.change(before, after)
        return True

    def _keeper(self, name: str, id_: str) -> Callable[[int, str, str], None]:
        """Return what keeps a change of a question's field, also one that arrives late."""

        def keep(part: int, field: str, typed: str) -> None:
            if self._attempt is None or self._attempt.name != name:
                return
            if self._act(lambda attempt, now: attempt.type(now, Blank(id_, part, field), typed)):
                self._after_typing(id_)
                return
            if id_ in self._views:
                self._views[id_].restore(self._attempt)
            self._on_over()

        return keep

    def _after_typing(self, id_: str) -> None:
        attempt = self._attempt
        assert attempt is not None
        if attempt.submitted is not None:  # a tick on a rubric
            report = self._mark()
            self._history.record(report)
            self._view(attempt, id_).show(report.result(id_), self._places.get(id_))
        self._draw_overview()

    def _on_begin(self, mode: Mode, seed: int | None) -> None:
        now = self._now()
        try:
            if mode == "practice":
                held = practice.cards(self._history.results())
                chosen = practice.pile(self._items, held, now).chosen
                asked = practice.questions(self._items, chosen, held)
            else:
                asked = compose(self._items, seed).questions if self._items else ()
            attempt = attempts.begin(mode, asked, now)
        except RefusedError as error:
            self._say(str(error))
            return
        self._store.begin(attempt)
        self._take(attempt)

    def _on_overview(self, do: str, to: str) -> None:
        if self._attempt is None or self._page == "paused":
            return
        if do == "flag":
            if self._page == "question" and self._act(
                lambda attempt, _: attempt.flag(attempt.current)
            ):
                self._draw()
            return
        steps = {"next": 1, "previous": -1}
        if do == "go":
            moved = self._act(lambda attempt, _: attempt.go(to))
        elif do in steps:
            moved = self._act(lambda attempt, _: attempt.step(steps[do]))
        else:
            return
        if moved:
            self._turn_to("question")

    def _on_pause(self) -> None:
        if self._act(lambda attempt, now: attempt.pause(now)):
            self._turn_to("paused")

    def _on_go_on(self) -> None:
        if self._act(lambda attempt, now: attempt.resume(now)):
            self._turn_to("question")

    def _on_hand_in(self) -> None:
        self._turn_to("hand in")

    def _on_submit(self) -> None:
        assert self._attempt is not None
        kept = self._store.load(self._attempt.name)
        if kept is not None and kept.submitted is not None:  # in another window
            self._take(kept)
            self._say("This attempt was handed in before, in another window.")
            return
        if kept is not None:  # what was typed in another window counts as well
            both = {**kept.typed, **self._attempt.typed}
            self._attempt = replace(self._attempt, typed=both)
        if self._act(lambda attempt, now: attempt.submit(now)):
            self._take(self._attempt)

    def _on_leave(self) -> None:
        assert self._attempt is not None
        if self._leave.description == _SURE:
            self._leave.description = _LEAVE
            self._store.leave(self._attempt)
            self._take(None)
        else:
            self._leave.description = _SURE

    def _on_out(self) -> None:
        self._take(None)

    def _on_open_report(self, name: str) -> None:
        attempt = self._store.load(name)
        if attempt is None:
            self._draw()
        else:
            self._take(attempt)

    def _mark(self) -> Report:
        """Mark what was handed in; the first time, remember the points."""
        attempt = self._attempt
        assert attempt is not None
        self._frozen = True
        self._report = self._marker.report(attempt)
        if attempt.name not in {sat.attempt for sat in self._history.attempts()}:
            self._history.record(self._report)
        return self._report


_LEAVE = "Leave without marking"
_SURE = "Really leave?"


def _show(widget: widgets.Widget, shown: bool) -> None:
    widget.layout.display = None if shown else "none"
