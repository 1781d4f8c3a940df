"""What every layer asks of an array before it computes: floats, contiguous, the right shape."""

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np

Shape = Sequence[int | str]
"""An expected shape: a number is required, a name (``"batch"``) stands for any size."""


def as_float(tensor: object, owner: object, name: str) -> np.ndarray:
    """Return `tensor` as a C-contiguous float array, copied only if it has to be.

    float16, float32 and float64 keep their type; integers and booleans become float64.

    Parameters
    ----------
    tensor
        What the caller handed over.
    owner
        The layer, loss or optimizer that asks; it is named in the error.
    name
        The argument's name, for the error.

    Raises
    ------
    TypeError
        If it is no array of real numbers.
    """
    try:
        array = np.asarray(tensor, order="C")
    except ValueError:
        raise TypeError(
            f"{owner!r}: {name} should be an array of real numbers, "
            f"but it is {type(tensor).__name__} whose rows are not equally long."
        ) from None
    if array.dtype.kind == "f":
        return array
    if array.dtype.kind in "iub":
        return array.astype(np.float64)
    raise TypeError(
        f"{owner!r}: {name} should be an array of real numbers, "
        f"but it is {type(tensor).__name__} with elements of type {array.dtype}."
    )


def check_shape(array: np.ndarray, expected: Shape, owner: object, name: str) -> None:
    """Raise a ValueError that names the owner, the expected and the given shape."""
    fits = array.ndim == len(expected) and all(
        isinstance(wanted, str) or wanted == given
        for wanted, given in zip(expected, array.shape, strict=True)
    )
    if not fits:
        wanted_text = _shape_text(expected)
        given_text = _shape_text(array.shape)
        raise ValueError(
            f"{owner!r}: {name} should have the shape {wanted_text}, but it has {given_text}."
        )


def check_not_empty(array: np.ndarray, owner: object, name: str) -> None:
    """Raise a ValueError that names the owner if there is nothing to compute with."""
    if not array.size:
        shape = _shape_text(array.shape)
        raise ValueError(f"{owner!r}: {name} should not be empty, but it has the shape {shape}.")


def is_number(value: object) -> bool:
    """Tell whether `value` is one real number, Python's or NumPy's."""
    return isinstance(value, Real)


def size(value: Any, owner: str, name: str) -> int:
    """Return a number of features, channels or samples: a whole number from 1 on.

    Raises
    ------
    ValueError
        If it is none; 2.5 features are not two.
    """
    if is_number(value) and value >= 1 and value % 1 == 0:  # infinity % 1 is nan
        return int(value)
    raise ValueError(f"{owner}: {name} should be a whole number from 1 on, but it is {value!r}.")


def _shape_text(shape: Shape) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def random_generator(rng: np.random.Generator | int | None = None) -> np.random.Generator:
    """Return a generator of random numbers: the given one, one from a seed, or the shared one.

    The shared one draws from the same stream as ``np.random.rand`` and its like, so that
    ``np.random.seed(0)`` makes everything here repeatable, as the exercises expect.
    """
    if rng is None:
        return np.random.Generator(np.random.get_bit_generator())  # type: ignore[attr-defined]
    return np.random.default_rng(rng)


def one_hot(labels: object, classes: int, dtype: np.typing.DTypeLike = np.float64) -> np.ndarray:
    """Turn class numbers (batch,) into one-hot rows (batch, classes)."""
    numbers = np.asarray(labels)
    if numbers.ndim != 1 or numbers.dtype.kind not in "iu":
        raise ValueError(
            "one_hot expects whole numbers of the shape (batch,), "
            f"but got {numbers.dtype} of the shape {_shape_text(numbers.shape)}."
        )
    if numbers.size and not (numbers.min() >= 0 and numbers.max() < classes):
        raise ValueError(
            f"one_hot expects classes from 0 to {classes - 1}, "
            f"but got numbers from {numbers.min()} to {numbers.max()}."
        )
    rows = np.zeros((numbers.size, classes), dtype)
    rows[np.arange(numbers.size), numbers] = 1
    return rows
