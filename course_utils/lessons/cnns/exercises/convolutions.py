"""Exercises 07.1 and 07.2: a convolution by loops, and its windows as columns."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.cnns.convolution import convolve, unfold
from course_utils.lessons.cnns.exercises.common import LECTURE

Inputs = tuple[np.ndarray, np.ndarray, np.ndarray, int]


def _image(
    channels: int, kernels: int, kernel: tuple[int, int], stride: int
) -> Callable[[np.random.Generator], Inputs]:
    """Return how an image of fresh size, with weights and biases, is drawn."""

    def draw(rng: np.random.Generator) -> Inputs:
        rows, columns = (int(n) for n in rng.integers(6, 9, 2))
        return (
            rng.normal(size=(channels, rows, columns + 3)),
            rng.normal(size=(kernels, channels, *kernel)),
            rng.uniform(1, 2, kernels),
            stride,
        )

    return draw


def _per_channel(bias: np.ndarray) -> np.ndarray:
    return bias[:, None, None]


def _full(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int) -> np.ndarray:
    """Return the outputs with zeros put around the image, so that it keeps its size."""
    around = [(0, 0), *(((m - 1) // 2, m // 2) for m in w.shape[2:])]
    return convolve(np.pad(x, around), w, b, stride)


def _one_less(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int) -> np.ndarray:
    return convolve(x, w, b, stride)[:, :-1, :-1]


def _unmoved(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int) -> np.ndarray:
    """Return as many outputs as there should be, from windows that move by 1."""
    right = convolve(x, w, b, stride)
    return convolve(x, w, b, 1)[:, : right.shape[1], : right.shape[2]]


check_convolve = Exercise(
    item="07.1",
    lecture=LECTURE,
    name="convolve",
    title="A convolution by loops",
    reference=convolve,
    results=("y",),
    rounds={
        "one channel and one kernel": _image(1, 1, (3, 3), 1),
        "three channels and four kernels, each with its bias": _image(3, 4, (3, 3), 1),
        "a stride of 2 and kernels that are no squares": _image(2, 3, (2, 3), 2),
    },
    faults=(
        Fault(
            "the kernel is flipped: that is a convolution in the mathematical sense; here it is"
            " laid on as it is",
            lambda x, w, b, s: convolve(x, w[:, :, ::-1, ::-1], b, s),
        ),
        Fault("the bias is left out", lambda x, w, b, s: convolve(x, w, 0 * b, s)),
        Fault(
            "the bias is added once for each weight; add it once to each output",
            lambda x, w, b, s: convolve(x, w, b * w[0].size, s),
        ),
        Fault(
            "the bias is added once for each input channel; add it after the sum over channels",
            lambda x, w, b, s: convolve(x, w, b * len(x), s),
        ),
        Fault(
            "only the first input channel is used; sum over all of them",
            lambda x, w, b, s: convolve(x[:1], w[:, :1], b, s),
        ),
        Fault(
            "the channels are averaged; sum them",
            lambda x, w, b, s: convolve(x, w / len(x), b, s),
        ),
        Fault(
            "all outputs come from the first kernel; each channel has a kernel of its own",
            lambda x, w, b, s: convolve(x, w[:1].repeat(len(w), 0), b, s),
        ),
        Fault(
            "zeros are put around the image; take only windows that lie inside it",
            _full,
        ),
        Fault(
            "the last row and the last column are missing: there are (size − kernel) // stride + 1",
            _one_less,
        ),
        Fault(
            "the window moves by 1 whatever the stride; it begins at i · stride, j · stride",
            _unmoved,
        ),
        Fault("the stride is ignored", lambda x, w, b, s: convolve(x, w, b, 1)),
        Fault(
            "it is the largest product of each window; take the sum",
            lambda x, w, b, s: np.stack(
                [
                    np.max([_products(x, kernel, s)], axis=(0, 1, 4, 5)) + bias
                    for kernel, bias in zip(w, b, strict=True)
                ]
            ),
        ),
    ),
    hints=(
        "Which part of x lies under the kernel when output (i, j) is computed?",
        "Three loops, over kernels, rows and columns of the output. The window is a slice of all"
        " channels; multiply it by the kernel entry by entry, sum everything, add that kernel's"
        " bias.",
        """
        def convolve(x, weights, bias, stride):
            kernels, channels, m, n = weights.shape
            rows = (x.shape[1] - m) // stride + 1
            columns = ...
            y = np.zeros((kernels, rows, columns))
            for k in range(kernels):
                for i in range(rows):
                    for j in range(columns):
                        window = x[:, i * stride : ..., j * stride : ...]
                        y[k, i, j] = np.sum(...) + ...
            return y
        """,
    ),
)


def _products(x: np.ndarray, kernel: np.ndarray, stride: int) -> np.ndarray:
    """Return the products (channels, rows, columns, m, n) of every window with one kernel."""
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[1:], axis=(1, 2))
    return windows[:, ::stride, ::stride] * kernel[:, None, None]


def _picture(
    channels: int, m: int, n: int, stride: int
) -> Callable[[np.random.Generator], tuple[np.ndarray, int, int, int]]:
    def draw(rng: np.random.Generator) -> tuple[np.ndarray, int, int, int]:
        rows, columns = (int(size) for size in rng.integers(6, 9, 2))
        return rng.normal(size=(channels, rows, columns + 3)), m, n, stride

    return draw


def _ordered(*axes: int) -> Callable[[np.ndarray, int, int, int], np.ndarray]:
    """Return unfolding with (channel, u, v, row, column) in another order."""

    def wrong(x: np.ndarray, m: int, n: int, stride: int) -> np.ndarray:
        rows, columns = (
            (size - k) // stride + 1 for size, k in zip(x.shape[1:], (m, n), strict=True)
        )
        cube = unfold(x, m, n, stride).reshape(len(x), m, n, rows, columns)
        return cube.transpose(axes).reshape(len(x) * m * n, -1)

    return wrong


check_unfold = Exercise(
    item="07.2",
    lecture=LECTURE,
    name="unfold",
    title="Windows as columns (im2col)",
    reference=unfold,
    results=("columns",),
    rounds={
        "one channel, windows of 2 × 3": _picture(1, 2, 3, 1),
        "two channels, windows of 3 × 3": _picture(2, 3, 3, 1),
        "a stride of 2": _picture(2, 3, 2, 2),
    },
    faults=(
        Fault(
            "windows stand in rows; each should be a column: transpose",
            lambda x, m, n, s: unfold(x, m, n, s).T,
        ),
        Fault(
            "the windows are taken column by column; go along the rows of the output first",
            _ordered(0, 1, 2, 4, 3),
        ),
        Fault(
            "a window's entries are taken column by column; go along its rows first",
            _ordered(0, 2, 1, 3, 4),
        ),
        Fault(
            "the channel changes fastest; all entries of the first channel come first",
            _ordered(1, 2, 0, 3, 4),
        ),
        Fault("the stride is ignored", lambda x, m, n, _: unfold(x, m, n, 1)),
        Fault(
            "the windows do not overlap: they begin at every m-th row and n-th column instead of"
            " every stride-th",
            lambda x, m, n, _: np.ascontiguousarray(
                np.lib.stride_tricks.sliding_window_view(x, (m, n), axis=(1, 2))[:, ::m, ::n]
                .transpose(0, 3, 4, 1, 2)
                .reshape(len(x) * m * n, -1)
            ),
        ),
        Fault("only the first channel is unfolded", lambda x, m, n, s: unfold(x[:1], m, n, s)),
        Fault(
            "the last window is missing: there are (size − kernel) // stride + 1 along an axis",
            lambda x, m, n, s: unfold(x, m, n, s)[:, :-1],
        ),
        Fault("every window is reversed", lambda x, m, n, s: unfold(x, m, n, s)[::-1]),
    ),
    hints=(
        "Cut out one window and flatten it. Which column should it become?",
        "Loop over the places (i, j) of the output, rows first, cut the window out of all channels"
        " and append its `ravel()`. The list of them is the transpose of what is asked for.",
        """
        def unfold(x, m, n, stride):
            rows = (x.shape[1] - m) // stride + 1
            columns = ...
            windows = []
            for i in range(rows):
                for j in range(columns):
                    windows.append(x[:, ..., ...].ravel())
            return np.array(windows)...
        """,
    ),
)
