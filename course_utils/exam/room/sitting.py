"""One student's sitting: the attempt at hand, kept with every change, and its marks. No widget."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from course_utils.exam.bank import Item, Report
from course_utils.exam.papers.paper import compose
from course_utils.exam.room import attempt as attempts
from course_utils.exam.room import practice
from course_utils.exam.room.attempt import Attempt, Blank, Mode, RefusedError
from course_utils.exam.room.history import History
from course_utils.exam.room.report import ExamReport, Marker
from course_utils.exam.room.store import Store


class MovedOnError(RefusedError):
    """Another window has begun or handed in an attempt, which is the one at hand from now on."""


class Sitting:
    """The attempt at hand, if there is one, and all that is kept of it and of earlier ones.

    Every action takes place and is kept, or raises `RefusedError` with a message for the student
    and changes nothing.

    Parameters
    ----------
    items
        The bank's items by id.
    clock
        Returns seconds since 1970; for tests.
    folder
        Where the answers are kept; the notebook's folder if None.

    Attributes
    ----------
    attempt
        None if none is begun.
    report
        Its marks, once it was handed in.
    """

    def __init__(
        self,
        items: Mapping[str, Item],
        clock: Callable[[], float] = time.time,
        folder: Path | None = None,
    ) -> None:
        self.items = items
        self.now = clock
        self.history = History()
        self.attempt: Attempt | None = None
        self.report: ExamReport | None = None
        self._store = Store(items, folder)
        self._marker = Marker()

    @property
    def notice(self) -> str:
        """What the student has to know about where, and whether, things are kept."""
        return " ".join(filter(None, (self._store.notice, self.history.notice)))

    @property
    def reports(self) -> tuple[str, ...]:
        """Names of the attempts that were handed in and can be read again, oldest first."""
        return self._store.handed_in()

    @property
    def pile(self) -> practice.Pile:
        """What there is to practise."""
        return self._pile(practice.cards(self.history.results()))

    def resume(self) -> None:
        """Go on with the attempt that is open, as after a restart of the kernel."""
        self.take(self._store.open())

    def read_again(self, name: str) -> bool:
        """Take up an attempt that was handed in; tell whether it could be read."""
        attempt = self._store.load(name)
        if attempt is not None:
            self.take(attempt)
        return attempt is not None

    def take(self, attempt: Attempt | None) -> None:
        """Take up an attempt: an open one, one that was handed in, which is marked, or none."""
        self.attempt, self.report = attempt, None
        if attempt is not None and attempt.submitted is not None:
            self._mark(attempt)
            self._store.leave(attempt)

    def leave(self) -> None:
        """Put the attempt away; it is not marked, and its answers stay in the file."""
        self._store.leave(self._at_hand)
        self.take(None)

    def begin(self, mode: Mode, seed: int | None, report: Report) -> None:
        """Prepare the questions, which may take a while, and then begin.

        Parameters
        ----------
        mode
            What is to be asked.
        seed
            Of a variant; None for the exam's own form.
        report
            Called with the number of the question that is being prepared, and how many there are.
        """
        if mode == "practice":
            held = practice.cards(self.history.results())
            asked = practice.questions(self.items, self._pile(held).chosen, held, report)
        else:
            asked = compose(self.items, seed, report=report).questions if self.items else ()
        attempt = attempts.begin(mode, asked, self.now())  # now that all questions are there
        begun = self._store.open()
        if begun is not None:  # only one can be open: the other would never be found again
            self.take(begun)
            raise MovedOnError("This attempt was begun in another window; hand it in, or leave it.")
        self._store.begin(attempt)
        self.take(attempt)

    def act(self, action: Callable[[Attempt, float], Attempt]) -> None:
        """Carry out and keep an action on the attempt."""
        before = self._at_hand
        kept = None if before.submitted else self._store.handed_in_elsewhere(before)
        if kept is not None:
            self.take(kept)
            raise MovedOnError(
                "This attempt was handed in before, in another window. What was done here since"
                " then does not count."
            )
        self.attempt = action(before, self.now())
        self._store.change(before, self.attempt)

    def type(self, blank: Blank, typed: str) -> None:
        """Put `typed` into a field; after handing in that is a tick on a rubric, marked anew."""
        self.act(lambda attempt, now: attempt.type(now, blank, typed))
        attempt = self._at_hand
        if attempt.submitted is not None:
            self.report = self._marker.report(attempt)
            self.history.record(self.report)

    def submit(self) -> None:
        """Hand in, once, and mark; what was typed last counts, also in another window."""
        kept = self._store.load(self._at_hand.name)
        if kept is not None and kept.submitted is None:
            self.attempt = replace(self._at_hand, typed=kept.typed)
        self.act(lambda attempt, now: attempt.submit(now))
        self.take(self.attempt)

    def _pile(self, held: Mapping[str, practice.Card]) -> practice.Pile:
        return practice.pile(self.items, held, self.now())

    @property
    def _at_hand(self) -> Attempt:
        assert self.attempt is not None  # there are buttons for it only with an attempt
        return self.attempt

    def _mark(self, attempt: Attempt) -> None:
        """Mark what was handed in; the first time, remember the points."""
        self.report = self._marker.report(attempt)
        if attempt.name not in {sat.attempt for sat in self.history.attempts()}:
            self.history.record(self.report)
