"""Properties that a right answer has, and the words for an answer that lacks one.

Each helper returns nothing when the property holds and raises `NotRight` when it does not. A
difference is looked up among `causes`: what typical faults would have given on the same input. The
one that matches is named as the likely cause.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np


class NotRight(Exception):  # noqa: N818 - it reads as what it is: a verdict on the way up
    """An answer lacks a property.

    Parameters
    ----------
    what
        Which quantity is not right and how it shows, one sentence without a full stop.
    cause
        The likely cause, one sentence without a full stop; empty if unknown.
    """

    def __init__(self, what: str, cause: str = ""):
        super().__init__(what)
        self.what = what
        self.cause = cause


def expect(holds: object, what: str, cause: str = "") -> None:
    """Raise `NotRight` unless `holds`."""
    if not holds:
        raise NotRight(what, cause)


def expect_shape(quantity: str, got: object, shape: tuple[int, ...]) -> np.ndarray:
    """Return `got` as an array if it has the given shape.

    Raises
    ------
    NotRight
        If it is no array of numbers or its shape differs.
    """
    if got is None:
        raise NotRight(f"{quantity} is None", "the function has no `return`")
    try:
        array = np.asarray(got)
        array = array if array.dtype.kind in "biuf" else array.astype(np.float64)
    except (TypeError, ValueError):
        raise NotRight(f"{quantity} is not an array of numbers but {_brief(got)}") from None
    if array.shape != shape:
        raise NotRight(f"{quantity} has shape {array.shape}, expected {shape}", _axis(array, shape))
    return array


def expect_dtype(quantity: str, got: np.ndarray, dtype: type) -> None:
    """Raise `NotRight` unless `got` has the given dtype."""
    if got.dtype != np.dtype(dtype):
        raise NotRight(f"{quantity} has dtype {got.dtype}, expected {np.dtype(dtype)}")


def expect_values(
    quantity: str,
    got: object,
    expected: np.ndarray | float,
    causes: Mapping[str, object] | None = None,
    tolerance: float = 1e-6,
    names: Sequence[Sequence[str]] | None = None,
) -> None:
    """Raise `NotRight` unless `got` has the shape and, nearly, the values of `expected`.

    Parameters
    ----------
    quantity
        The quantity's name, as the lecture calls it.
    got, expected
        What the answer gave, and what is right.
    causes
        Likely cause → what it would have given; values that cannot be computed may be left out.
    tolerance
        Largest difference that passes, relative to the largest expected magnitude or 1.
    names
        For each axis, what the lecture calls its entries; without them a place is told as indices.
    """
    expected = np.asarray(expected)
    try:
        array = expect_shape(quantity, got, expected.shape)
    except NotRight as shape:
        named = _matching(got, causes, tolerance)
        raise NotRight(shape.what, named or shape.cause) from None
    if _close(array, expected, tolerance):
        return
    wrong = np.argwhere(~_near(array, expected, tolerance))[0]
    index = tuple(int(i) for i in wrong)
    what = f"{quantity}{_place(index, names)} is {array[index]:.6g}, expected {expected[index]:.6g}"
    cause = _matching(array, causes, tolerance)
    if not cause and not np.all(np.isfinite(array)):
        cause = "something was divided by zero, or overflowed"
    raise NotRight(what, cause)


@contextmanager
def inputs_unchanged(**inputs: np.ndarray) -> Iterator[None]:
    """Raise `NotRight` at the end of the ``with`` block if one of the named arrays was changed."""
    before = {name: array.copy() for name, array in inputs.items()}
    yield
    for name, array in inputs.items():
        if not np.array_equal(array, before[name], equal_nan=array.dtype.kind == "f"):
            raise NotRight(
                f"the input `{name}` was changed",
                f"an in-place operation such as `{name} -= …`; work on a new array instead",
            )


def expect_gradient(
    quantity: str,
    got: object,
    function: Callable[[np.ndarray], float],
    at: np.ndarray,
    causes: Mapping[str, object] | None = None,
    tolerance: float = 1e-4,
) -> None:
    """Raise `NotRight` unless `got` is the gradient of the scalar `function` at `at`.

    The gradient is taken by central differences in float64, with a step of 1e-5 times the
    magnitude of each coordinate, or 1e-5 if that is larger.
    """
    at = np.asarray(at, dtype=np.float64)
    expected = np.empty_like(at)
    for index in np.ndindex(at.shape):
        step = 1e-5 * max(1.0, abs(float(at[index])))
        ahead, behind = at.copy(), at.copy()
        ahead[index] += step
        behind[index] -= step
        expected[index] = (function(ahead) - function(behind)) / (2 * step)
    causes = {"the sign is the wrong way round": -expected, **(causes or {})}
    expect_values(quantity, got, expected, causes, tolerance)


def _place(index: tuple[int, ...], names: Sequence[Sequence[str]] | None) -> str:
    if names is None:
        return f"{list(index)}" if index else ""
    return f" ({', '.join(entries[i] for entries, i in zip(names, index, strict=True))})"


def _near(got: np.ndarray, expected: np.ndarray, tolerance: float) -> np.ndarray:
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    return np.isclose(got, expected, rtol=0.0, atol=tolerance * scale, equal_nan=True)


def _close(got: np.ndarray, expected: np.ndarray, tolerance: float) -> bool:
    return bool(np.all(_near(got, expected, tolerance)))


def _matching(got: object, causes: Mapping[str, object] | None, tolerance: float) -> str:
    try:
        array = np.asarray(got, dtype=np.float64)
    except (TypeError, ValueError):
        return ""
    for cause, value in (causes or {}).items():
        candidate = np.asarray(value, dtype=np.float64)
        if candidate.shape == array.shape and _close(array, candidate, tolerance):
            return cause
    return ""


def _axis(array: np.ndarray, shape: tuple[int, ...]) -> str:
    if array.ndim == len(shape) and array.shape == shape[::-1]:
        return "it is transposed"
    if array.size == 1 and shape:
        return "all axes were reduced: name the axis, as in `axis=0`"
    return ""


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "…"
