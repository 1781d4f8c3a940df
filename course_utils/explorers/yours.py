"""A function or class of the student's own, shown beside ours.

It may not be written yet, be wrong, raise, or not come to an end: then it has no place in the
figure, the reason stands in a row of its own, and everything else works.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from course_utils.checks import NotRight, attempt, expect_shape

_LIMIT = 1.0  # seconds; a reader waits for every move

Accept: TypeAlias = Callable[..., Any]
"""``accept(result, *inputs)`` returns what is drawn, or raises ``ValueError`` with the reason."""


class Own:
    """What ``compute`` gets as ``yours``: called as the student's function; None if it has nothing.

    Parameters
    ----------
    function
        The student's; None if the cell gave none.
    accept
        Judges what it returns.
    use
        How it is called where that is not ``function(*inputs)``: ``use(function, *inputs)``.
    """

    def __init__(
        self, function: Any, accept: Accept, use: Callable[..., Any] | None = None
    ) -> None:
        self.function = function
        self._accept = accept
        self._use = use
        self._stopped = ""  # why it is not called again
        self._said = threading.local()  # slow explorers compute in a thread of their own

    def __call__(self, *inputs: Any) -> Any:
        """Return what the function gives for copies of `inputs`, if it is right; else None."""
        value, note = self._attempt(inputs)
        self._said.note = self.note or note
        return value

    @property
    def note(self) -> str:
        """Why the function has given nothing since the last :meth:`listen`; empty if it has."""
        return getattr(self._said, "note", "")

    def listen(self) -> None:
        """Forget what was to be said."""
        self._said.note = ""

    def _attempt(self, inputs: tuple[Any, ...]) -> tuple[Any, str]:
        if self.function is None or self._stopped:
            return None, self._stopped
        tried = attempt(self.function, *inputs, limit=_LIMIT, use=self._use)
        if not tried:
            note = f"Yours: {tried.note}."
            if tried.late:
                self._stopped = f"{note} It is not called again until you run the cell again."
            return None, self._stopped or note
        try:
            return self._accept(tried.value, *inputs), ""
        except ValueError as error:
            return None, f"Yours: {error}."


def same_shape(result: Any, x: np.ndarray) -> np.ndarray:
    """Accept an array of finite numbers in the shape of the input; return it as float64."""
    try:
        z = expect_shape("your function's result", result, x.shape).astype(np.float64)
    except NotRight as difference:
        raise ValueError(difference.what) from None
    if not np.isfinite(z).all():
        raise ValueError("your function gives nan or inf for these values")
    return z
