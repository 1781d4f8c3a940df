"""What may have become of the axes of a result that has a wrong shape."""

from __future__ import annotations

import numpy as np


def by_shape(array: np.ndarray, shape: tuple[int, ...]) -> str:
    """Return what may have become of the axes, as far as shapes alone say it."""
    if array.ndim == len(shape) and array.shape == shape[::-1]:
        return "the lengths of the axes are exchanged: it may be transposed"
    if array.ndim == 1 < len(shape) and array.size == np.prod(shape):
        return "it is flattened: give it its shape back, as with `.reshape`"
    if array.size == 1 and shape:
        return (
            "it is one number: perhaps all axes were reduced (name the axis, as in `axis=0`), or an"
            " index such as `[i]` is missing"
        )
    return ""


def by_values(array: np.ndarray, expected: np.ndarray, tolerance: float) -> str:
    """Return what has become of the axes if the values prove it."""
    if array.shape == expected.shape[::-1]:
        return "it is transposed" if np.all(near(array.T, expected, tolerance)) else ""
    if array.size == 1 < expected.size and np.any(array):  # 0 is the sum of too much
        for reduced in (np.sum(expected), np.mean(expected)):
            if np.all(near(array.ravel(), np.array([reduced]), tolerance)):
                return "all axes were reduced: name the axis, as in `axis=0`"
    return ""


def near(got: np.ndarray, expected: np.ndarray, tolerance: float) -> np.ndarray:
    """Return, entry by entry, whether two arrays of one shape agree."""
    finite = np.abs(expected)[np.isfinite(expected)]
    scale = max(1.0, float(np.max(finite, initial=0.0)))
    return np.isclose(got, expected, rtol=0.0, atol=tolerance * scale, equal_nan=True)
