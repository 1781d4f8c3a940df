"""A fully connected layer beside a convolution on the same images: item 2.4's two proposals."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from course_utils.nn import Conv, FullyConnected

_BATCH = 4


@dataclass(frozen=True)
class Proposals:
    """Images of rows × columns × channels, and two layers for them.

    One flattens the images and is fully connected; the other has valid kernels of
    kernel_rows × kernel_columns. Both have as many outputs, or output channels.
    """

    rows: int
    columns: int
    channels: int
    outputs: int
    kernel_rows: int
    kernel_columns: int

    @property
    def whole(self) -> bool:
        """Whether a kernel is as large as an image."""
        return (self.kernel_rows, self.kernel_columns) == (self.rows, self.columns)


class Compared(NamedTuple):
    """What running both layers shows."""

    dense_parameters: int
    convolution_parameters: int
    dense_outputs: int
    convolution_outputs: tuple[int, int, int]  # (channels, rows, columns)
    difference: float  # the largest, with the same weights; infinite if the shapes differ


def compare(proposals: Proposals, seed: int = 0) -> Compared:
    """Run both layers on random images; equal weights where there are equally many."""
    p, rng = proposals, np.random.default_rng(seed)
    images = rng.normal(size=(_BATCH, p.channels, p.rows, p.columns))
    kernel = (p.channels, p.kernel_rows, p.kernel_columns)
    convolution = Conv(1, kernel, p.outputs, padding="valid", rng=rng)
    dense = FullyConnected(images[0].size, p.outputs)
    if p.whole:
        flat = convolution.weights.reshape(p.outputs, -1)
        dense.weights = np.vstack([flat.T, convolution.bias])
    by_kernels = convolution.forward(images)
    by_dense = dense.forward(images.reshape(_BATCH, -1))
    difference = np.inf
    if by_kernels[0].size == p.outputs:
        difference = float(np.abs(by_kernels.reshape(_BATCH, -1) - by_dense).max())
    return Compared(
        dense.weights.size,
        convolution.weights.size + convolution.bias.size,
        by_dense.shape[1],
        by_kernels.shape[1:],
        difference,
    )
