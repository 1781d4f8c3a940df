"""Sliding windows over the trailing axes of an array, shared by convolution and pooling.

A window of m × n entries that slides with stride s and dilation d meets, at its output position
p, the inputs s·p + d·a for every kernel offset a. Turned around: for one fixed offset a, the
inputs that all positions meet form a regular grid, which NumPy can slice::

    view_a = padded[..., d·a : d·a + s·(P − 1) + 1 : s]          P positions, (..., P)

So instead of looping over the positions (hundreds) we loop over the offsets (m·n, say 9 or 25).
Everything here works for one, two or more spatial axes.
"""

import itertools
import math
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

    def runs(self, padded: np.ndarray, output: tuple[int, ...]) -> Iterator[np.ndarray]:
        """Yield what `views` yields, as long runs (..., L) where the stride is 1.

        The rows of `padded` lie behind one another in memory, so position (i, j) is found at
        i·width + j behind the offset's first input, and all positions lie within one run of
        L = (rows − 1)·width + columns numbers. The run also holds a few windows that reach over
        the end of a row; they are computed along and left out by `pick`. For that waste, copying
        and adding runs is about twice as fast as going row by row.
        """
        if not self._has_runs():
            yield from self.views(padded, output)
            return
        steps = _steps(padded.shape[-len(output) :])
        flat = padded.reshape(*padded.shape[: -len(output)], -1)
        for offset in itertools.product(*map(range, self.kernel)):
            axes = zip(offset, self.dilation, steps, strict=True)
            start = sum(a * d * step for a, d, step in axes)
            yield flat[..., start : start + self.run_shape(padded, output)[0]]

    def run_shape(self, padded: np.ndarray, output: tuple[int, ...]) -> tuple[int, ...]:
        """Return the shape of each of `runs`: (L,), or `output` where the stride is not 1."""
        if not self._has_runs():
            return output
        steps = _steps(padded.shape[-len(output) :])
        return (1 + sum((p - 1) * step for p, step in zip(output, steps, strict=True)),)

    def pick(self, runs: np.ndarray, padded: np.ndarray, output: tuple[int, ...]) -> np.ndarray:
        """Return the view (..., *output) of contiguous `runs` (..., L) that holds the positions."""
        if not self._has_runs():
            return runs.reshape(*runs.shape[:-1], *output)
        steps = [step * runs.itemsize for step in _steps(padded.shape[-len(output) :])]
        return np.lib.stride_tricks.as_strided(
            runs, (*runs.shape[:-1], *output), (*runs.strides[:-1], *steps)
        )

    def _has_runs(self) -> bool:
        return all(s == 1 for s in self.stride)

    def _inside(self, shape: tuple[int, ...]) -> Index:
        sizes = zip(shape[-len(self.kernel) :], self.padding, strict=True)
        return (..., *(slice(before, before + n) for n, (before, _) in sizes))


def _steps(sizes: tuple[int, ...]) -> list[int]:
    """Return how far neighbours along each axis are apart in a contiguous array."""
    return [math.prod(sizes[axis + 1 :]) for axis in range(len(sizes))]


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
