"""What is certain of a result that is not right, when no fault explains it.

A fault is what a student may have done; here it is the other way round: what would have to be done
to the result. Each sentence is true by construction, of every input that was tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from course_utils.checks.inputs import Inputs
from course_utils.checks.properties import near, numbers


class Result(NamedTuple):
    """One result for one set of inputs: what was got, and what is right; both arrays."""

    inputs: Inputs
    got: np.ndarray
    right: np.ndarray


def description(inputs: Sequence[Inputs], got: Sequence, right: Sequence, tolerance: float) -> str:
    """Return what holds of a result on all of several inputs, without a full stop; else nothing.

    Parameters
    ----------
    inputs, got, right
        The inputs, what was got for each of them, and what is right.
    tolerance
        As in `expect_values`.
    """
    if len(got) < 3:  # too few to tell a rule from a coincidence
        return ""
    try:
        results = [
            Result(i, numbers("", g).astype(float), np.asarray(r, float))
            for i, g, r in zip(inputs, got, right, strict=True)
        ]
        found = (look(results, tolerance) for look in _LOOKS)
        return next(filter(None, found), "")
    except Exception:  # results of no use, such as text
        return ""


def _mended(results: list[Result], tolerance: float, mend: Callable[[np.ndarray], object]) -> bool:
    """Tell whether `mend` makes every result right."""
    for one in results:
        try:
            made = np.asarray(mend(one.got))
        except (ValueError, IndexError):  # such as an axis that this one does not have
            return False
        if made.shape != one.right.shape or not np.all(near(made, one.right, tolerance)):
            return False
    return True


def _unreduced(results: list[Result], tolerance: float) -> str:
    if not all(one.got.ndim > one.right.ndim and one.got.size for one in results):
        return ""
    most = max(one.got.ndim for one in results)
    for axis in (None, *range(most)):
        if _mended(results, tolerance, partial(np.mean, axis=axis)):
            return "the values are all there, but their mean is not taken"
        if _mended(results, tolerance, partial(np.sum, axis=axis)):
            return "the values are all there, but they are not added up"
    if _mended(results, tolerance, lambda z: z[-1]):
        return "what was found on the way is returned, too; only the last of it is asked for"
    return ""


def _shaped(results: list[Result], tolerance: float) -> str:
    first = results[0]
    if first.got.ndim > 2 and first.got.ndim == first.right.ndim:
        for order in itertools.permutations(range(first.got.ndim)):
            if order != tuple(range(first.got.ndim)) and _mended(
                results, tolerance, partial(np.transpose, axes=order)
            ):
                return f"the axes are in another order: `.transpose{order}` puts them right"
    if any(one.got.size != one.right.size or one.got.ndim < 2 for one in results):
        return ""
    if all(np.all(near(one.got.ravel(), one.right.ravel(), tolerance)) for one in results):
        return "the values are right, but not the shape"
    return ""


def _in_another_order(results: list[Result], tolerance: float) -> str:
    if any(one.got.shape != one.right.shape for one in results):
        return ""
    if max(len(np.unique(one.right)) for one in results) < 4:  # it would say little
        return ""
    alike = all(
        np.all(near(np.sort(one.got, axis=None), np.sort(one.right, axis=None), tolerance))
        for one in results
    )
    return "the right values are all there, but in another order" if alike else ""


def _as_it_came(results: list[Result], tolerance: float) -> str:
    for place in range(len(results[0].inputs)):
        for one in results:
            came = one.inputs[place]
            if np.shape(came) != one.got.shape or one.got.shape != one.right.shape:
                break
            wrong = ~near(one.got, one.right, tolerance)
            if not one.got.ndim or wrong.all() or not np.array_equal(one.got[wrong], came[wrong]):
                break
        else:
            return "where it is not right, it is still what came in"
    return ""


def _in_proportion(results: list[Result], tolerance: float) -> str:
    if any(one.got.shape != one.right.shape or not one.got.size for one in results):
        return ""
    got = np.concatenate([one.got.ravel() for one in results])
    right = np.concatenate([one.right.ravel() for one in results])
    if not np.all(np.isfinite(right)) or len(np.unique(right)) < 3:
        return ""
    if np.isfinite(got[0]) and np.all(got == got[0]):
        perhaps = ""
        if got[0] == 0 and results[0].got.ndim:
            perhaps = ": an array of zeros, perhaps, that was never filled"
            if np.all(np.abs(right) < 1):
                perhaps += ", or one of whole numbers, which cuts off what is below 1"
        return f"it is {got[0] + 0:.4g}, whatever goes in{perhaps}"
    factor = float(got @ right / (right @ right))
    scale = max(1.0, float(np.abs(right).max()))
    off = np.abs(got - right).max() / scale
    strict = min(tolerance, off / 100) * scale  # much closer to the rule than to the right values
    if np.all(np.abs(got - factor * right) <= strict) and abs(factor) > 1e-9:
        if abs(factor - 1) < 0.01:  # "1 times" would say that it is right
            return f"every value is off by the same share, about {100 * abs(factor - 1):.1g} %"
        words = {2.0: "twice", 0.5: "half"}.get(round(factor, 6), f"{factor:.4g} times")
        return f"it is always {words} what it should be: look for a factor"
    shift = float(np.mean(got - right))
    if np.all(np.abs(got - right - shift) <= strict):
        return f"it is always {abs(shift):.4g} too {'large' if shift > 0 else 'small'}"
    return ""


_LOOKS = (_unreduced, _shaped, _as_it_came, _in_another_order, _in_proportion)
