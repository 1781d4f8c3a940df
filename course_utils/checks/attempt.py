"""Use a student's function in a lecture or an explorer, whatever state it is in."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import FunctionType
from typing import Any

import numpy as np

from course_utils.checks.blank import gaps, is_blank
from course_utils.checks.guard import LIMIT, guarded
from course_utils.checks.inputs import copies
from course_utils.checks.properties import NotRight, expect_shape, expect_values


@dataclass(frozen=True)
class Attempt:
    """What came of a student's function; true if it gave a result.

    Attributes
    ----------
    value
        What it returned.
    note
        Why there is no result, a few words for a line or a row: ``not written yet``, or what it
        raised and in which line.
    written
        Whether there is anything to run.
    late
        Whether it was stopped because its time was over.
    """

    value: Any = None
    note: str = ""
    written: bool = True
    late: bool = False

    def __bool__(self) -> bool:
        return not self.note

    def of_shape(self, shape: tuple[int, ...]) -> Attempt:
        """Return the result as a float64 array, or a note if it has not this shape."""
        if not self:
            return self
        try:
            return Attempt(expect_shape("its result", self.value, shape).astype(np.float64))
        except NotRight as difference:
            return Attempt(note=difference.what)

    def agrees(self, expected: Any, tolerance: float = 1e-6) -> bool:
        """Tell whether there is a result and it has the shape and the values of `expected`.

        If a tuple is expected, there must be as many results, and each is compared.
        """
        if isinstance(expected, tuple):
            several = isinstance(self.value, tuple | list) or np.ndim(self.value) > 0
            parts = self.value if several else ()
            return len(parts) == len(expected) and all(
                Attempt(part).agrees(one, tolerance)
                for part, one in zip(parts, expected, strict=True)
            )
        try:
            expect_values("", self.value, expected, tolerance)
        except NotRight:
            return False
        return bool(self)


def attempt(
    function: Any, *inputs: Any, limit: float = LIMIT, use: Callable[..., Any] | None = None
) -> Attempt:
    """Call a student's function with copies of the inputs, and never raise.

    A class, or what else is not called with the inputs, comes with `use`: then
    ``use(function, *inputs)`` is called, and may raise `NotRight` to say what is wrong with it.

    A function that names others, as ``lambda x: transform(x, *fit(x))`` does, is not written yet
    as long as one of them is blank; if it fails while one still holds a ``...``, that is why.

    >>> attempt(lambda x: 1 / x, 4).value
    0.25
    >>> attempt(lambda x: ..., 4).note
    'not written yet'
    """
    blank = next((name for name, one in _named(function) if is_blank(one)), None)
    if is_blank(function):
        return Attempt(note="not written yet", written=False)
    if blank is not None:
        return Attempt(note=f"{blank} is not written yet", written=False)
    called = function if use is None else partial(use, function)
    ran = guarded(called, *copies(inputs), limit=limit)
    if isinstance(ran.error, NotRight):
        says = ": ".join(filter(None, (ran.error.what, ran.error.cause)))
        return Attempt(note=says.replace("`", ""))  # a note is no Markdown
    if not ran.says and not is_blank(ran.value):
        return Attempt(ran.value)
    beside = ((n, one) for n, one in _named(function) if one.__module__ == function.__module__)
    if gaps(function):
        note = ": ".join(filter(None, ("not finished yet", ran.says)))
    elif half := next((name for name, one in beside if gaps(one)), None):
        note = f"{half} is not finished yet"
    else:
        note = ran.says or ("it returns None" if ran.value is None else "not finished yet")
    return Attempt(note=note, late=bool(ran.late))


def _named(function: Any, depth: int = 2) -> Iterator[tuple[str, Any]]:
    """Yield the functions and classes that a function names, and those that they name."""
    if not isinstance(function, FunctionType) or depth == 0:
        return
    used = inspect.getclosurevars(function)
    for one in {**used.globals, **used.nonlocals}.values():
        if isinstance(one, FunctionType | type):
            yield one.__name__, one
            yield from _named(one, depth - 1)
