"""An array of numbers out of what an answer gave, or the words for what it is instead."""

from __future__ import annotations

import inspect
from fractions import Fraction
from numbers import Real

import numpy as np

from course_utils.checks.inputs import is_tensor
from course_utils.checks.not_right import NO_RETURN, NotRight

_RAGGED = "its rows differ in length (a comma in place of a decimal point makes two values of one)"


def numbers(quantity: str, got: object) -> np.ndarray:
    """Return `got` as an array of real numbers; nothing is cast that would lose something.

    Raises
    ------
    NotRight
        If it is no array of real numbers; the type is named.
    """
    if got is None:
        raise NotRight(f"{quantity} is None", NO_RETURN)
    expect_no_generator(quantity, got)
    if isinstance(got, np.ma.MaskedArray):
        raise NotRight(f"{quantity} is a masked array", "return an ordinary array, as of `.filled`")
    held = got if isinstance(got, list | tuple) else (got,)
    if any(is_tensor(one) and one.requires_grad for one in held):
        raise NotRight(
            f"{quantity} still belongs to a graph of PyTorch, it is not an array of numbers",
            "return its numbers alone, as of `.detach()`",
        )
    try:
        array = np.asarray(got)
    except Exception:  # a ragged list, arrays of unlike shapes
        raise NotRight(
            f"{quantity} is not an array of numbers but {_brief(got)}", _ragged(got)
        ) from None
    if array.dtype.kind == "c":
        raise NotRight(f"{quantity} is complex ({array.dtype}), expected real numbers")
    if array.dtype == object and all(isinstance(v, Real | Fraction) for v in array.flat):
        array = array.astype(np.float64)
    if array.dtype.kind not in "biuf":
        kind = f"text, {_brief(got)}" if array.dtype.kind in "US" else _brief(got)
        raise NotRight(f"{quantity} is not an array of numbers but {kind}")
    return array


def expect_no_generator(quantity: str, got: object) -> None:
    """Raise `NotRight` if `got` is what a function with a `yield` or `async` makes, no result."""
    if inspect.iscoroutine(got) or inspect.isasyncgen(got):
        if inspect.iscoroutine(got):
            got.close()  # else Python warns, sooner or later, that nobody waited for it
        raise NotRight(
            f"{quantity} is a coroutine", "begin the function with `def`, not `async def`"
        )
    if inspect.isgenerator(got):
        in_brackets = got.gi_code.co_name == "<genexpr>"
        raise NotRight(
            f"{quantity} is a generator",
            "round brackets around `… for …` make one: take square ones"
            if in_brackets
            else "a function with a `yield` makes one: write `return` instead",
        )


def _ragged(value: object) -> str:
    """Return why a list or tuple is no array, if its rows are lists of unlike lengths."""
    if not isinstance(value, list | tuple):
        return ""
    lists = [row for row in value if isinstance(row, list | tuple)]
    if len(lists) == len(value) and len({len(row) for row in lists}) > 1:
        return _RAGGED
    return next(filter(None, map(_ragged, lists)), "")


def _brief(value: object) -> str:
    """Return a value's text, cut off; for what has none but its address, the type's name."""
    if isinstance(value, list | tuple) and all(map(_is_array, value)):
        return f"a {type(value).__name__} of {len(value)} arrays"
    try:
        text = repr(value)
    except Exception:  # a class of the student's own may fail to make its text
        text = " at 0x"
    if " at 0x" in text:
        return f"an object of type {type(value).__name__}"
    return text if len(text) <= 40 else text[:37] + "…"


def _is_array(value: object) -> bool:
    return isinstance(value, np.ndarray) or is_tensor(value)
