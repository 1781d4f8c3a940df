"""Properties that a right answer has, and the words for an answer that lacks one.

Each helper returns nothing when the property holds and raises `NotRight` when it does not.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from course_utils.checks.arrays import numbers as numbers
from course_utils.checks.inputs import copy_of, is_tensor, same
from course_utils.checks.not_right import NO_RETURN as NO_RETURN
from course_utils.checks.not_right import NotRight as NotRight
from course_utils.checks.shapes import by_shape, by_values
from course_utils.checks.shapes import near as near
from course_utils.nn import finite_differences


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
    array = numbers(quantity, got)
    if array.shape != shape:
        raise NotRight(
            f"{quantity} has shape {array.shape}, expected {shape}", by_shape(array, shape)
        )
    return array


def expect_dtype(quantity: str, got: np.ndarray, dtype: type) -> None:
    """Raise `NotRight` unless `got` has the given dtype."""
    if got.dtype != np.dtype(dtype):
        raise NotRight(f"{quantity} has dtype {got.dtype}, expected {np.dtype(dtype)}")


def expect_values(
    quantity: str,
    got: object,
    expected: np.ndarray | float,
    tolerance: float = 1e-6,
    names: Sequence[Sequence[str]] | None = None,
    secret: bool = False,
    from_end: bool = False,
) -> None:
    """Raise `NotRight` unless `got` has the shape and, nearly, the values of `expected`.

    Parameters
    ----------
    quantity
        The quantity's name, as the lecture calls it.
    got, expected
        What the answer gave, and what is right.
    tolerance
        Largest difference that passes, relative to the largest expected magnitude or 1.
    names
        For each axis, what the lecture calls its entries; without them a place is told as indices.
    secret
        Whether to keep the expected value to ourselves.
    from_end
        Whether the first wrong value is looked for from the end, as a loop that runs backward
        makes it.
    """
    expected = np.asarray(expected)
    array = numbers(quantity, got)
    try:
        expect_shape(quantity, array, expected.shape)
    except NotRight as difference:
        proven = by_values(array, expected, tolerance)
        raise NotRight(difference.what, proven or difference.cause) from None
    right = near(array, expected, tolerance)
    if np.all(right):
        return
    wrong = np.argwhere(~right)
    from_end = from_end and array.ndim > 0
    index = tuple(int(i) for i in wrong[-1 if from_end else 0])
    place = f"{quantity}{_place(index, names)}"
    cause = ""
    if _sizes_differ(expected) and np.all(near(np.abs(array), np.abs(expected), tolerance)):
        cause = "only signs are wrong, the sizes are right"
    if secret:
        where = _place(index, names)
        raise NotRight(
            f"{len(wrong)} of {array.size} values of {quantity} are not right; the first is"
            f" {array[index]:.6g}{'' if names else ' at '}{where}"
            if array.size > 1
            else f"{quantity} is not {array[index]:.6g}",
            cause,
        )
    found, wanted = _apart(array[index], expected[index])
    backward = ", the first from the end that is not right" if from_end else ""
    raise NotRight(f"{place} is {found}, expected {wanted}{backward}", cause)


@contextmanager
def inputs_unchanged(**inputs: object) -> Iterator[None]:
    """Raise `NotRight` at the end of the ``with`` block if one of the named inputs was changed."""
    before = {name: copy_of(value) for name, value in inputs.items()}
    yield
    for name, value in inputs.items():
        if not same(before[name], value):
            raise NotRight(f"the input `{name}` was changed", in_place(value))


IN_PLACE = "an in-place operation such as `x -= …` or `x[…] = …`; work on a new array instead"
_OTHERWISE = "an operation such as `.append`, `.pop` or `x[…] = …`; work on a copy of it instead"


def in_place(value: object) -> str:
    """Return how an input may have been changed."""
    if is_tensor(value):
        return IN_PLACE.replace("array", "tensor")
    return IN_PLACE if isinstance(value, np.ndarray) else _OTHERWISE


def expect_gradient(
    quantity: str,
    got: object,
    function: Callable[[np.ndarray], float],
    at: np.ndarray,
    tolerance: float = 1e-4,
) -> None:
    """Raise `NotRight` unless `got` is the gradient of the scalar `function` at `at`.

    The gradient is taken by central differences in float64.
    """
    at = np.array(at, dtype=np.float64)
    expect_values(quantity, got, finite_differences(lambda: function(at), at), tolerance)


def _sizes_differ(expected: np.ndarray) -> bool:
    """Tell whether right sizes say something; those of classes −1 and 1 do not."""
    sizes = np.unique(np.abs(expected))
    return len(sizes) > 1 or (expected.size == 1 and bool(np.all(sizes != 1)))


def _place(index: tuple[int, ...], names: Sequence[Sequence[str]] | None) -> str:
    if names is None or not index:
        return f"{list(index)}" if index else ""
    return f" ({', '.join(entries[i] for entries, i in zip(names, index, strict=True))})"


def _apart(one: float, other: float) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to tell them apart."""
    for digits in (6, 9, 12, 17):
        texts = f"{one:.{digits}g}", f"{other:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts
