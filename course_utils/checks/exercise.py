"""An exercise: what a right answer is like, and how a student is led to it."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_utils import progress
from course_utils.checks import settings
from course_utils.checks.agreement import Agreement, Draw
from course_utils.checks.blank import (
    Gap,
    NotWritten,
    gaps,
    is_blank,
    still_to_do,
    with_gaps_closed,
)
from course_utils.checks.fault import Fault
from course_utils.checks.guard import LIMIT, Ran, guarded
from course_utils.checks.properties import NO_RETURN, NotRight
from course_utils.checks.verdict import TYPED, Help, Note, Outcome, Verdict

Property = Callable[[Any], object]

_STEPS = ("Nudge", "Hint", "Scaffold")


@dataclass
class Exercise:
    """One checked exercise; call it with the student's answer.

    Parameters
    ----------
    item
        Its number in the course, such as ``"01.2"``.
    lecture
        The room's name, such as ``"normalization"``.
    name
        The exercise's name; a lecture imports it as ``check_<name>``.
    title
        What is to be done, a few words.
    reference
        A right answer. Its source (or `repr`, if it is a value) is what `solution` shows.
    hints
        Nudge, hint and scaffold, from vague to nearly everything.
    rounds
        What is verified → how the inputs of a round are drawn: ``draw(rng)`` returns them as a
        tuple. The answer has to agree with the reference on them. For a value: one that returns
        no inputs.
    results
        What is returned, by name.
    faults
        Typical faults, the likeliest first. Those that any answer may have are the engine's.
    properties
        What else is verified → a function of the answer that raises `NotRight` if it does not
        hold. Rounds and properties are tried in order, so the simple ones go first.
    tolerance, names, from_end
        As in `expect_values`.
    by_hand
        Whether the right values are kept to ourselves until the solution is asked for.
    decides
        Whether all of the result follows from a yes or no, as whether to learn from a sample. Then
        a fault is no cause if inputs of another kind contradict it, however many values it gives.
    limit
        Seconds that the student's code may take.
    wrong
        Returns wrong answers of the properties, each with the sentence that must name its fault.
    """

    item: str
    lecture: str
    name: str
    title: str
    reference: object
    hints: tuple[str, str, str]
    rounds: Mapping[str, Draw] = field(default_factory=dict)
    results: tuple[str, ...] = ("the result",)
    faults: tuple[Fault, ...] = ()
    properties: Mapping[str, Property] = field(default_factory=dict)
    tolerance: float = 1e-6
    names: Sequence[Sequence[str]] | None = None
    by_hand: bool = False
    from_end: bool = False
    decides: bool = False
    limit: float = LIMIT
    wrong: Callable[[], Iterable[tuple[object, str]]] = tuple
    tried: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        agreements = {
            about: Agreement(
                self.reference, draw, self.results, self.faults,
                self.tolerance, self.names, self.by_hand, self.from_end,
                tuple(other for other in self.rounds.values() if other is not draw),
                self.decides,
            )
            for about, draw in self.rounds.items()
        }  # fmt: skip
        self.properties = {**agreements, **self.properties}

    def __call__(self, answer: object) -> Verdict:
        """Return the verdict on `answer` and, when it passes, remember that it did."""
        verdict = self._judge(answer)
        self.tried = self.tried or verdict.outcome is not Outcome.NOT_STARTED
        if verdict:
            progress.record("check", self.lecture, self.item)
        return verdict

    def hint(self, step: int = 1) -> Note:
        """Return a hint: 1 is the nudge, 2 the hint, 3 the scaffold.

        Raises
        ------
        ValueError
            If there is no such step.
        """
        if step not in range(1, len(_STEPS) + 1):
            raise ValueError(
                f"There is no hint {step!r}: 1 is the nudge, 2 the hint, 3 the scaffold."
            )
        title = f"{_STEPS[step - 1]}, {step} of {len(_STEPS)} — {self.title}"
        text = self.hints[step - 1]
        if step < len(_STEPS):
            more = f"`{self._call}.hint({step + 1})` says more."
            return Note(title, (("", text), (TYPED, more)))
        after = f"`{self._call}.solution()` shows a solution."
        return Note(title, ((TYPED, after),), textwrap.dedent(text).strip())

    def solution(self) -> Note:
        """Return one right answer, with its code."""
        return Note(f"A solution — {self.title}", code=self._solution_code())

    def faulty(self) -> Iterator[tuple[object, str]]:
        """Yield wrong answers, each with the sentence that must name its fault."""
        yield from self.wrong()
        for fault in self.faults:
            if not callable(self.reference):
                right = self.reference
                yield (fault.make(right) if fault.changes else fault.make()), fault.says
                continue
            for version in fault.versions(self.reference, self.results):
                yield version, fault.says

    @property
    def _call(self) -> str:
        return f"check_{self.name}"

    @property
    def _help(self) -> Help:
        return Help(len(_STEPS), self.hint, self.solution, lambda: self.tried)

    def _solution_code(self) -> str:
        if callable(self.reference):
            return textwrap.dedent(inspect.getsource(self.reference)).rstrip()
        return repr(self.reference)

    # The verdict

    def _judge(self, answer: object) -> Verdict:
        if is_blank(answer):
            todo = f"{still_to_do(answer)} Replace the `...` and run the cell again.".lstrip()
            return self._verdict(Outcome.NOT_STARTED, [("", todo)])
        answer, waiting = with_gaps_closed(answer)
        held: list[str] = []
        ran = guarded(lambda: self._verify(answer, held), limit=self.limit)
        if ran.error is None and not ran.late and not waiting:
            return self._verdict(Outcome.PASSED, [("Verified", "; ".join(held))], ran)
        gap = gaps(answer) if not waiting else []
        todo = ", ".join([f"`{name}`" for name in waiting] or map(str, gap))
        if ran.error is None and not ran.late:
            return self._verdict(
                Outcome.UNFINISHED,
                [("Right so far", "; ".join(held)), ("Still to do", todo)],
                ran,
            )
        outcome, lines, cause = self._fault(ran)
        if todo and not waiting:
            return self._unfinished(gap, todo, lines, ran)
        return self._verdict(outcome, [*lines, ("Still to do", todo)], ran, cause)

    def _verify(self, answer: Any, held: list[str]) -> None:
        """Try all properties; pass over those that need a method that is still blank.

        Each begins with the settings that our own code needs, whatever came before it.
        """
        for about, holds in self.properties.items():
            settings.usual()
            try:
                holds(answer)
            except NotWritten:
                continue
            held.append(about)

    def _fault(self, ran: Ran) -> tuple[Outcome, list[tuple[str, str]], str]:
        """Return the outcome, what is said and the likely cause."""
        if ran.late:
            cause = "a loop that never ends, or far too much work"
            return (
                Outcome.RAISED,
                [("What", f"Your code was {ran.late}."), ("Likely cause", f"{cause}.")],
                cause,
            )
        if isinstance(ran.error, NotRight):
            cause = ran.error.cause
            if cause == NO_RETURN and ran.printed:
                cause = "it prints the result instead of returning it: write `return`"
            said = [("What", f"{ran.error.what}."), ("Likely cause", f"{cause}." if cause else "")]
            return Outcome.NOT_RIGHT, said, cause
        assert ran.failure is not None
        failure = ran.failure
        raised = [
            (f"Line {failure.number}", f"`{failure.line}`" if failure.line else ""),
            ("Error", failure.error),
            ("That means", f"{failure.meaning}." if failure.meaning else ""),
        ]
        return Outcome.RAISED, raised, failure.meaning

    def _unfinished(
        self, gap: list[Gap], todo: str, lines: list[tuple[str, str]], ran: Ran
    ) -> Verdict:
        """Return the verdict on code that is not right and still holds a ``...``."""
        if all(one.untouched for one in gap):
            return self._verdict(
                Outcome.NOT_STARTED, [("", f"Still to do: {todo}. Replace the `...` by your code.")]
            )
        so_far = [(label, text) for label, text in lines if "ellipsis" not in text.lower()]
        so_far = [] if len(so_far) < len(lines) else lines
        return self._verdict(Outcome.UNFINISHED, [("Still to do", todo), *so_far], ran)

    def _verdict(
        self,
        outcome: Outcome,
        lines: list[tuple[str, str]],
        ran: Ran | None = None,
        cause: str = "",
    ) -> Verdict:
        printed = ran.printed if ran is not None else ""
        if outcome in (Outcome.NOT_RIGHT, Outcome.RAISED, Outcome.UNFINISHED):
            lines = [*lines, (TYPED, f"`{self._call}.hint()` gives a nudge.")]
        return Verdict.of(outcome, self.title, lines, cause, printed, self._help)
