"""Sliding windows over the trailing axes of an array, shared by convolution and pooling.

A window of m × n entries that slides with stride s and dilation d meets, at its output position
p, the inputs s·p + d·a for every kernel offset a. Turned around: for one fixed offset a, the
inputs that all positions meet form a regular grid, which NumPy can slice::

    view_a = padded[..., d·a : d·a + s·(P − 1) + 1 : s]          P positions, (..., P)

So instead of looping over the positions (hundreds) we loop over the offsets (m·n, say 9 or 25).
Everything here works for one, two or more spatial axes.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

Index = tuple[Any, ...]


@dataclass(frozen=True)
class Windows:
    """How a window slides.

    Attributes
    ----------
    kernel, stride, dilation : tuple of int
        One number per spatial axis.
    padding : tuple of (before, after)
        Zeros added per spatial axis.
    """

    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: tuple[tuple[int, int], ...]

    def output_size(self, size: tuple[int, ...]) -> tuple[int, ...]:
        """Return ⌊(size + padding − extent) / stride⌋ + 1 per axis, extent = d·(m − 1) + 1.

        Zero or less if the window does not fit.
        """
        axes = zip(size, self.padding, self.kernel, self.dilation, self.stride, strict=True)
        return tuple(
            (n + before + after - d * (m - 1) - 1) // s + 1 for n, (before, after), m, d, s in axes
        )

    def pad(self, x: np.ndarray) -> np.ndarray:
        """Return `x` with zeros around its spatial axes; `x` itself if there are none to add."""
        if not any(map(any, self.padding)):
            return x
        sizes = zip(x.shape[-len(self.kernel) :], self.padding, strict=True)
        padded = np.zeros(
            x.shape[: -len(self.kernel)] + tuple(n + sum(both) for n, both in sizes), x.dtype
        )
        padded[self._inside(x.shape)] = x
        return padded

    def unpad(self, padded: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """Undo `pad`: return the part of `padded` that held an array of the given shape."""
        return np.ascontiguousarray(padded[self._inside(shape)])

    def views(self, padded: np.ndarray, output: tuple[int, ...]) -> Iterator[np.ndarray]:
        """Yield for every kernel offset, row by row, the view of `padded` that it meets.

        Each is (..., *output), and not a copy: writing to it writes to `padded`.
        """
        for offset in itertools.product(*map(range, self.kernel)):
            axes = zip(offset, self.dilation, self.stride, output, strict=True)
            grid = (slice(d * a, d * a + s * (p - 1) + 1, s) for a, d, s, p in axes)
            index: Index = (..., *grid)
            yield padded[index]

    def _inside(self, shape: tuple[int, ...]) -> Index:
        sizes = zip(shape[-len(self.kernel) :], self.padding, strict=True)
        return (..., *(slice(before, before + n) for n, (before, _) in sizes))


def per_axis(value: object, axes: int, owner: str, name: str, least: int = 1) -> tuple[int, ...]:
    """Turn a number, or a sequence of one or `axes` numbers, into a tuple of `axes` numbers."""
    numbers = np.atleast_1d(np.asarray(value))
    if numbers.ndim == 1 and len(numbers) == 1:
        numbers = np.repeat(numbers, axes)
    if numbers.shape != (axes,) or numbers.dtype.kind not in "iu" or numbers.min() < least:
        raise ValueError(
            f"{owner}: {name} should be one whole number or {axes}, each at least {least}, "
            f"but it is {value!r}."
        )
    return tuple(int(number) for number in numbers)
