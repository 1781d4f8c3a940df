"""What an answer made of the inputs of a round, and how much that proves."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np

from course_utils.checks.fault import parts
from course_utils.checks.inputs import Inputs
from course_utils.checks.properties import near, numbers


class Round(NamedTuple):
    """What an answer made of one set of inputs, what is right for them, and NumPy's warnings."""

    inputs: Inputs
    result: Any
    right: tuple[Any, ...]
    warned: tuple[str, ...] = ()


def unlike(
    rounds: list[Round],
    place: int | None,
    number: int,
    tolerance: float,
    right_ones: bool = False,
) -> int:
    """Return how many unlike finite values there are that are not right.

    Parameters
    ----------
    rounds
        The rounds.
    place
        Which of the results is looked at; None for all of them together.
    number
        How many results there are to be.
    tolerance
        As in `expect_values`.
    right_ones
        Whether those that are right count, too.
    """
    found = [np.zeros(0)]
    for one in rounds:
        with suppress(Exception):  # no numbers
            if place is None:
                found += [numbers("", part).ravel() for part in several(one.result)]
                continue
            got = numbers("", parts(one.result, number)[place])
            right = np.asarray(one.right[place], float)
            if got.shape == right.shape and not right_ones:
                got = got[~near(got, right, tolerance)]
            found.append(got.ravel())
    values = np.concatenate(found).astype(float)
    return len(np.unique(np.round(values[np.isfinite(values)], 6)))


def right_and_wrong(
    one: Round, place: int | None, number: int, tolerance: float
) -> tuple[int, int]:
    """Return how many entries of the result at `place` are right, and how many are not."""
    with suppress(Exception):  # no numbers
        got = numbers("", parts(one.result, number)[place or 0])
        wanted = np.asarray(one.right[place or 0], float)
        if place is not None and got.shape == wanted.shape:
            right = int(np.sum(near(got, wanted, tolerance)))
            return right, got.size - right
    return 0, 0


def several(result: Any) -> tuple:
    """Return what a tuple, a list or an array of rows holds; nothing for anything else."""
    if isinstance(result, np.ndarray) and result.ndim == 0:
        return ()
    return tuple(result) if isinstance(result, tuple | list | np.ndarray) else ()


def alike(got: Any, wanted: Any, right: Any, tolerance: float) -> bool:
    """Tell whether `got` is `wanted`, more closely than either is right."""
    array, wanted, right = numbers("", got), np.asarray(wanted, float), np.asarray(right, float)
    if array.shape != wanted.shape:
        return False
    if wanted.shape == right.shape:
        gaps = np.abs(wanted - right)
        gaps = gaps[np.isfinite(gaps)]
        scale = max(1.0, float(np.max(np.abs(right), initial=0.0)))
        if gaps.size:
            tolerance = min(tolerance, float(gaps.max()) / scale / 100 + 1e-13)
    return bool(np.all(near(array, wanted, tolerance)))
