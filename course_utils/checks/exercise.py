"""An exercise: what a right answer is like, and how a student is led to it."""

import inspect
import textwrap
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils import progress
from course_utils.checks.blank import is_blank, still_to_do
from course_utils.checks.properties import NotRight
from course_utils.checks.verdict import Note, Outcome, Verdict
from course_utils.plain_words import explain

Property = Callable[[Any], None]


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
    properties
        What is verified → a function of the answer that raises `NotRight` if it does not hold. They
        are tried in order, so the simple ones go first.
    hints
        Nudge, hint and scaffold, from vague to nearly everything.
    """

    item: str
    lecture: str
    name: str
    title: str
    reference: object
    properties: Mapping[str, Property]
    hints: tuple[str, str, str]
    _shown: int = field(default=0, repr=False)

    def __call__(self, answer: object) -> Verdict:
        """Return the verdict on `answer` and, when it passes, remember that it did."""
        verdict = self._judge(answer)
        if verdict:
            progress.record("check", self.lecture, self.item)
        return verdict

    def hint(self) -> Note:
        """Return the next hint: first the nudge, then the hint, then the scaffold."""
        names = ("Nudge", "Hint", "Scaffold")
        step = min(self._shown, len(names) - 1)
        self._shown = step + 1
        title = f"{names[step]}, {step + 1} of {len(names)} — {self.title}"
        if step + 1 < len(names):
            return Note(
                title, (("", self.hints[step]), ("Next", f"`{self._call}.hint()` again says more."))
            )
        scaffold = textwrap.dedent(self.hints[step]).strip()
        return Note(title, (("Next", f"`{self._call}.solution()` shows a solution."),), scaffold)

    def solution(self) -> Note:
        """Return one right answer, with its code."""
        return Note(f"A solution — {self.title}", code=self._solution_code())

    @property
    def _call(self) -> str:
        return f"check_{self.name}"

    def _solution_code(self) -> str:
        if callable(self.reference):
            return textwrap.dedent(inspect.getsource(self.reference)).rstrip()
        return repr(self.reference)

    def _judge(self, answer: object) -> Verdict:
        if is_blank(answer):
            todo = f"{still_to_do(answer)} Replace the `...` and run the cell again.".lstrip()
            return Verdict.of(Outcome.NOT_STARTED, self.title, [("", todo)])
        for prop in self.properties.values():
            try:
                # Warnings are the student's to see in their own runs, not a reason to fail here.
                with warnings.catch_warnings(), np.errstate(all="ignore"):
                    warnings.simplefilter("ignore")
                    prop(answer)
            except NotRight as fault:
                return self._not_right(fault)
            except Exception as error:
                return self._raised(error)
        return Verdict.of(Outcome.PASSED, self.title, [("Verified", "; ".join(self.properties))])

    def _not_right(self, fault: NotRight) -> Verdict:
        lines = [
            ("What", f"{fault.what}."),
            ("Likely cause", f"{fault.cause}." if fault.cause else ""),
            ("Stuck?", f"`{self._call}.hint()` gives a nudge, then a hint, then a scaffold."),
        ]
        return Verdict.of(Outcome.NOT_RIGHT, self.title, lines, fault.cause)

    def _raised(self, error: Exception) -> Verdict:
        failure = explain(error)
        lines = [
            (f"Line {failure.number}" if failure.line else "", f"`{failure.line}`"),
            ("Error", failure.error),
            ("That means", f"{failure.meaning}." if failure.meaning else ""),
        ]
        shown = [(label, text) for label, text in lines if text != "``"]
        return Verdict.of(Outcome.RAISED, self.title, shown, failure.meaning)
