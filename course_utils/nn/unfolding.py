"""Unfolding a batch into columns (im2col), so that convolution becomes a matrix product.

The column of an output position holds the C·m·n inputs that the kernel meets there; side by side
the columns of a sample are a matrix (C·m·n, positions), every row of which is one kernel offset's
view of one channel. The matrix is m·n times as large as the sample. So only a few samples are
unfolded at a time, as many as stay in the processor's cache, and on the way back they are unfolded
again instead of being kept. With positions last, unfolding copies long runs of numbers
(`Windows.runs`), not single ones.

Source: K. Chellapilla, S. Puri and P. Simard, High Performance Convolutional Neural Networks for
Document Processing, 2006.
"""

import math
from collections.abc import Iterator

import numpy as np

from course_utils.nn.windows import Windows

COLUMN_BYTES = 3 * 2**20
"""How much of the batch is unfolded at a time. More leaves the processor's cache, less spends its
time in Python: measured, 2 to 4 MiB are best."""


def unfold(
    padded: np.ndarray, windows: Windows, output: tuple[int, ...]
) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield slices of the batch with their columns, (samples, C·m·n, positions).

    The columns' memory is used again for the next slice. Where the stride is 1, positions are those
    of `Windows.runs`, some of which `Windows.pick` leaves out.

    Parameters
    ----------
    padded : numpy.ndarray, (batch, C, y[, x])
        Zeros included.
    windows : Windows
    output : tuple of int
        The numbers of positions per axis.
    """
    run_shape = windows.run_shape(padded, output)
    column_shape = (padded.shape[1], math.prod(windows.kernel), *run_shape)
    size = max(1, COLUMN_BYTES // (math.prod(column_shape) * padded.itemsize))
    buffer = np.empty((min(size, len(padded)), *column_shape), padded.dtype)
    for start in range(0, len(padded), size):
        part = slice(start, start + size)
        columns = buffer[: len(padded[part])]
        for number, run in enumerate(windows.runs(padded[part], output)):
            columns[:, :, number] = run
        yield part, columns.reshape(len(columns), -1, math.prod(run_shape))


def fold(
    columns: np.ndarray, padded: np.ndarray, windows: Windows, output: tuple[int, ...]
) -> None:
    """Transpose of unfolding: add every column's entry to the place that it was read from.

    Parameters
    ----------
    columns : numpy.ndarray, (samples, C·m·n, positions)
    padded : numpy.ndarray, (samples, C, y[, x])
        Collects the entries.
    windows, output
        As in `unfold`.
    """
    run_shape = windows.run_shape(padded, output)
    columns = columns.reshape(*padded.shape[:2], -1, *run_shape)
    for number, run in enumerate(windows.runs(padded, output)):
        run += columns[:, :, number]
