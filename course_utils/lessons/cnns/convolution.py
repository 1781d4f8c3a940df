"""What lecture 07 computes of convolutions: two ways to run one, sizes, and one output's terms."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


def convolve(x: np.ndarray, weights: np.ndarray, bias: np.ndarray, stride: int) -> np.ndarray:
    """Return y (kernels, rows, columns) of x (channels, …), with weights (kernels, channels, m, n).

    A cross-correlation without padding, with one bias for each kernel.
    """
    kernels, _, m, n = weights.shape
    rows = (x.shape[1] - m) // stride + 1
    columns = (x.shape[2] - n) // stride + 1
    y = np.zeros((kernels, rows, columns))
    for k in range(kernels):
        for i in range(rows):
            for j in range(columns):
                window = x[:, i * stride : i * stride + m, j * stride : j * stride + n]
                y[k, i, j] = np.sum(window * weights[k]) + bias[k]
    return y


def unfold(x: np.ndarray, m: int, n: int, stride: int) -> np.ndarray:
    """Return the m × n windows of x (channels, rows, columns) as columns (channels·m·n, places)."""
    channels = len(x)
    windows = np.lib.stride_tricks.sliding_window_view(x, (m, n), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]  # (channels, rows, columns, m, n)
    return windows.transpose(0, 3, 4, 1, 2).reshape(channels * m * n, -1)


def output_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Return how many places a kernel has along an axis of `size`, with `padding` on both sides."""
    extent = dilation * (kernel - 1) + 1
    return (size + 2 * padding - extent) // stride + 1


def count_parameters(inputs: int, outputs: int, rows: int, columns: int) -> int:
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
