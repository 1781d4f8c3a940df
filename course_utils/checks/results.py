"""Taking apart what a function returns: one result, or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from numbers import Number
from typing import Any

import numpy as np

from course_utils.checks.arrays import expect_no_generator
from course_utils.checks.not_right import NO_RETURN, NotRight
from course_utils.checks.rounds import several

_NUMBERS = ("no", "one", "two", "three", "four", "five")

IsLike = Callable[[Any, Any], bool]


def taken_apart(
    result: Any,
    names: Sequence[str],
    right: tuple[Any, ...],
    is_like: IsLike,
    cause: Callable[[], str],
) -> tuple[Any, ...]:
    """Return the results one by one: a tuple, a list and an array of rows will do.

    Parameters
    ----------
    result
        What a function returned.
    names, right
        What it is to return: the results' names, and what is right.
    is_like
        Tells whether a value is nearly another.
    cause
        Returns the likely cause if it is another number of results; empty if none is certain.

    Raises
    ------
    NotRight
        If it is another number of results.
    """
    if result is None:
        raise NotRight("the function returns None", NO_RETURN)
    expect_no_generator("what the function returns", result)
    if len(names) == 1:
        _expect_one(result, names[0], right[0], is_like)
        return (result,)
    each, asked = several(result), " and ".join(names)
    if len(each) == len(names) and not _is_one(result, right):
        return each
    says = _count(len(each)) if each else _kind(result)
    if isinstance(result, np.ndarray):
        says = f"an array of shape {result.shape}"
    raise NotRight(
        f"the function returns {says}, expected {_count(len(names))}: {asked}",
        cause()
        or _number_of(result, names, right, is_like)
        or f"return {asked}, separated by a comma",
    )


def _expect_one(result: Any, name: str, right: Any, is_like: IsLike) -> None:
    """Raise `NotRight` for a tuple of several results; one of rows may stand for an array."""
    like = [is_like(one, right) for one in several(result)]
    if not isinstance(result, tuple) or (np.ndim(right) and not any(like)):
        return
    if len(result) == 1:
        raise NotRight(
            "the function returns a tuple of one value, expected the value itself",
            "a comma at the end, as in `return x,`, makes a tuple of it" if any(like) else "",
        )
    raise NotRight(
        f"the function returns {_count(len(result))}, expected one",
        f"one result too many: return {name} only" if any(like) else "",
    )


def _is_one(result: Any, right: tuple[Any, ...]) -> bool:
    """Tell whether an array with as many rows as there are results is one of the results."""
    if isinstance(result, tuple):
        return False
    with suppress(ValueError):  # a ragged list
        shape, wanted = np.shape(result), [np.shape(one) for one in right]
        return shape in wanted and wanted != [shape[1:]] * len(right)
    return False


def _number_of(result: Any, names: Sequence[str], right: tuple[Any, ...], is_like: IsLike) -> str:
    asked = " and ".join(names)
    if isinstance(result, tuple):
        return f"one result too many: return {asked} only" if len(result) > len(names) else ""
    if isinstance(result, np.ndarray) and is_like(result.T, right):
        return f"it is transposed: {asked} are its columns"
    alone = [name for name, one in zip(names, right, strict=True) if is_like(result, one)]
    if len(alone) == 1 and np.size(result) > 1:  # one number may be like another by chance
        return f"that is only {alone[0]}: return {asked}, separated by a comma"
    return ""


def _count(number: int) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} value{'s' if number != 1 else ''}"


def _kind(value: Any) -> str:
    return "one number" if isinstance(value, Number) else f"a {type(value).__name__}"
