"""What lecture 07 computes of convolutions: sizes, parameters, receptive fields, and terms."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


def output_size(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Return how many places a kernel has along an axis of `size`, with `padding` on both sides."""
    extent = dilation * (kernel - 1) + 1
    return (size + 2 * padding - extent) // stride + 1


def parameters(inputs: int, outputs: int, rows: int, columns: int) -> int:
    """Return how many weights and biases a convolution from `inputs` to `outputs` channels has."""
    return (rows * columns * inputs + 1) * outputs


def receptive_field(layers: Iterable[tuple[int, int]]) -> int:
    """Return how many inputs along an axis one output sees, for layers of (kernel, stride)."""
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field


class Sums(NamedTuple):
    """A cross-correlation of one channel with one kernel, taken apart.

    With r × c outputs and a kernel of m × n.
    """

    values: np.ndarray
    """(r, c, m, n): the inputs behind each output; padding is 0."""
    rows: np.ndarray
    """(r, m): in which rows of the input they are, −1 for the first row of padding above it."""
    columns: np.ndarray
    """(c, n): in which columns."""

    def outputs(self, kernel: np.ndarray) -> np.ndarray:
        """Return all outputs (r, c)."""
        return np.einsum("rcmn,mn->rc", self.values, kernel)


def sums(
    x: np.ndarray, kernel: np.ndarray, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Sums:
    """Return the inputs (rows, columns) behind each output, and where they are."""

    def places(size: int, width: int) -> np.ndarray:
        count = output_size(size, width, stride, padding, dilation)
        return np.add.outer(stride * np.arange(count), dilation * np.arange(width)) - padding

    rows, columns = map(places, x.shape, kernel.shape)
    padded = np.pad(x, padding)
    grid = padded[(rows + padding)[:, None, :, None], (columns + padding)[None, :, None, :]]
    return Sums(grid, rows, columns)
