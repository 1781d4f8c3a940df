"""What a property says when it does not hold, and how a value is compared with the right one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.checks import NotRight, expect_values
from course_utils.checks.properties import numbers


class NotMet(NotRight):
    """A requirement is not met.

    Parameters
    ----------
    quantity
        Name of the quantity that is not right.
    what
        How it shows, with the first index of difference, one sentence without a full stop.
    cause
        The likely cause, one sentence without a full stop; empty if unknown.
    hint
        What to look at next, one sentence without a full stop; empty if there is none.
    vague
        Whether the cause only says how it shows, so that it may follow from another fault.
    """

    def __init__(
        self, quantity: str, what: str, cause: str = "", hint: str = "", vague: bool = False
    ):
        super().__init__(what, cause)
        self.quantity = quantity
        self.hint = hint
        self.vague = vague


@dataclass(frozen=True)
class Fault:
    """A typical fault: what it would give, and what to say when that is what was got.

    Attributes
    ----------
    cause
        The fault, one sentence without a full stop.
    value
        Gives what the fault would give on the same input; called without arguments, and only when
        it is needed. May instead return a bool that says whether this fault was made.
    hint
        What to do about it.
    vague
        Whether the cause only says how it shows.
    """

    cause: str
    value: Callable[..., Any]
    hint: str = ""
    vague: bool = False

    def explains(self, got: object, tolerance: float) -> bool:
        """Tell whether `got` is what this fault gives."""
        try:
            value = self.value()
            if isinstance(value, bool):
                return value
            expect_values("", got, np.asarray(value), tolerance=tolerance)
        except Exception:  # the fault cannot be tried on this input, so it is not the one
            return False
        return True


def reals(quantity: str, got: object) -> np.ndarray:
    """Return a copy of `got` in float64; raise `NotMet` if that would lose or invent something."""
    try:
        return numbers(quantity, got).astype(np.float64)
    except NotRight as refusal:
        raise NotMet(quantity, refusal.what, refusal.cause, vague=True) from None


def compare(
    quantity: str,
    got: object,
    expected: np.ndarray | float,
    faults: Sequence[Fault] = (),
    hint: str = "",
    tolerance: float = 1e-6,
) -> None:
    """Raise `NotMet` unless `got` has the shape and, nearly, the values of `expected`.

    The first of the `faults` that gives what was got is named as the likely cause. `tolerance` is
    relative to the largest expected magnitude, or to 1 if that is larger.
    """
    try:
        expect_values(quantity, got, expected, tolerance=tolerance)
    except NotRight as difference:
        for fault in faults:
            if fault.explains(got, tolerance):
                words = fault.cause, fault.hint or hint
                raise NotMet(quantity, difference.what, *words, fault.vague) from None
        raise NotMet(
            quantity, difference.what, _plainly(difference.cause, got), hint, True
        ) from None


def _plainly(cause: str, got: object) -> str:
    """Return the cause of a difference; where nan is got, what else may have made it."""
    if "divided by zero" in cause and np.any(np.isnan(np.asarray(got, dtype=np.float64))):
        return "0 was divided by 0, or a value that is None was written into an array"
    return cause


def choose(
    quantity: str,
    got: object,
    choices: dict[str, np.ndarray],
    faults: Sequence[Fault] = (),
    hint: str = "",
) -> str:
    """Return which of the right `choices` was made; raise `NotMet` if it is none of them."""
    for name, value in choices.items():
        if matches(got, value):
            return name
    compare(quantity, got, next(iter(choices.values())), faults, hint)
    raise AssertionError("unreachable: no choice matches, so the first does not either")


def matches(got: object, expected: np.ndarray | float, tolerance: float = 1e-6) -> bool:
    """Tell whether `got` has the shape and, nearly, the values of `expected`."""
    try:
        expect_values("", got, expected, tolerance=tolerance)
    except NotRight:
        return False
    return True


def require(
    holds: object, quantity: str, what: str, cause: str = "", hint: str = "", vague: bool = False
) -> None:
    """Raise `NotMet` unless `holds`."""
    if not holds:
        raise NotMet(quantity, what, cause, hint, vague)
