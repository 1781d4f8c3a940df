"""What answers of exercises 01.1 to 01.3 do to scales that are small, or those of a constant."""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from course_utils.checks import Fault, NotRight
from course_utils.checks.agreement import Draw
from course_utils.checks.exercise import Property

Statistics = tuple[np.ndarray, np.ndarray]
Scale = Callable[[np.ndarray], np.ndarray]

ENLARGED = (
    "a small scale is made larger, by a limit or by something that is added to it; only a constant"
    " feature gets another one, 1: its largest value is its smallest"
)
_LITTLE = (*(float(f"1e-{power}") for power in range(1, 17)), float(np.finfo(float).eps))
_CHANGES: tuple[Callable[[np.ndarray, float], np.ndarray], ...] = (
    np.maximum,
    lambda scale, little: scale + little,
    lambda scale, little: np.sqrt(scale**2 + little),
)


def varying(x: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return `scale` (features,), and 1 for the constant features of `x` (samples, features)."""
    return np.where(x.max(0) == x.min(0), 1.0, scale)


def told_by_a_limit(scale: Scale) -> Iterator[Fault]:
    """Yield the faults of those who tell a constant feature by its scale, with rounding in it."""
    yield Fault(
        "rounding makes the scale of a constant feature such as 0.3 about 6e-17 instead of 0; tell"
        " it by its values: the largest is the smallest",
        lambda x: np.where(scale(x) == 0, 1, scale(x)),
        of=("scale",),
    )
    for least in (1e-16, 1e-15, 1e-14, 1e-13, 1e-12):
        yield Fault(
            "a limit does not tell a constant feature: of a large one, such as 1e6 / 3, rounding"
            " makes the scale larger than that; tell it by its values: the largest is the smallest",
            lambda x, least=least: np.where(scale(x) < least, 1, scale(x)),
            of=("scale",),
        )


def enlarged(scale: Scale) -> Iterator[Fault]:
    """Yield the faults of those who do something to all scales so that none is 0."""
    for least in (1e-10, 1e-8, 1e-3, 1e-2, 0.1, 1.0):
        yield Fault(
            ENLARGED,
            lambda x, least=least: np.where(scale(x) < least, 1, scale(x)),
            of=("scale",),
        )
    for change, little in product(_CHANGES, (1e-10, 1e-8, 1e-5, 1e-3, 0.1)):
        yield Fault(
            ENLARGED,
            lambda x, change=change, little=little: varying(x, change(scale(x), little)),
            of=("scale",),
        )


def as_it_is(scale: Scale, table: Draw) -> Property:
    """Return the property that scales are right to a millionth of themselves, on fresh tables.

    Rounds compare with a millionth of the largest, beside which a small one may be anything.
    """

    def holds(answer: Callable[[np.ndarray], Statistics]) -> None:
        tables = [table(np.random.default_rng(seed))[0] for seed in range(3)]
        got = np.concatenate([np.asarray(answer(x.copy())[1], float) for x in tables])
        right = np.concatenate([scale(x) for x in tables])
        wrong = np.flatnonzero(~_nearly(got, right))
        if wrong.size:
            first = wrong[0]
            what = f"the scale of a feature is {got[first]:.6g}, expected {right[first]:.6g}"
            raise NotRight(what, _why(got, right))

    return holds


def _why(got: np.ndarray, right: np.ndarray) -> str:
    """Return what was done to the right scales to get others, or ""."""
    made = (change(right, little) for change, little in product(_CHANGES, _LITTLE))
    return ENLARGED if any(np.all(_nearly(got, one)) for one in made) else ""


def _nearly(got: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.isclose(got, right, rtol=1e-6, atol=0)
