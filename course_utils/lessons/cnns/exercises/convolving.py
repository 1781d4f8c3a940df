"""Exercise 07.1: a convolution by loops."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.cnns.convolution import convolve
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


def _between_zeros(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int) -> np.ndarray:
    """Return the outputs where their windows begin, in an array that is too large for them."""
    y = np.zeros_like(convolve(x, w, b, 1))
    y[:, ::stride, ::stride] = convolve(x, w, b, stride)
    return y


def _products(x: np.ndarray, kernel: np.ndarray, stride: int) -> np.ndarray:
    """Return the products (channels, rows, columns, m, n) of every window with one kernel."""
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[1:], axis=(1, 2))
    return windows[:, ::stride, ::stride] * kernel[:, None, None]


def _by(
    output: Callable[[np.ndarray, np.ndarray, int], float],
) -> Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray]:
    """Return a convolution whose outputs are `output(window, weights, kernel)`, plus the bias."""

    def wrong(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int) -> np.ndarray:
        y = np.empty_like(convolve(x, w, b, stride))
        m, n = w.shape[2:]
        for k, i, j in np.ndindex(y.shape):
            top, left = i * stride, j * stride
            y[k, i, j] = output(x[:, top : top + m, left : left + n], w, k) + b[k]
        return y

    return wrong


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
        Fault(
            "the rows of the kernel are in reverse order; it is laid on as it is",
            lambda x, w, b, s: convolve(x, w[:, :, ::-1], b, s),
        ),
        Fault(
            "the columns of the kernel are in reverse order; it is laid on as it is",
            lambda x, w, b, s: convolve(x, w[:, :, :, ::-1], b, s),
        ),
        Fault(
            "the channels of the kernel are in reverse order: channel c of the kernel lies on"
            " channel c of the image",
            lambda x, w, b, s: convolve(x, w[:, ::-1], b, s),
        ),
        Fault(
            "channels and rows of the kernel are in reverse order: its first axis is that of the"
            " channels; it is laid on as it is",
            lambda x, w, b, s: convolve(x, w[:, ::-1, ::-1], b, s),
        ),
        Fault(
            "the kernel is flipped along all three axes, as by `np.flip` or `signal.convolve`; it"
            " is laid on as it is",
            lambda x, w, b, s: convolve(x, w[:, ::-1, ::-1, ::-1], b, s),
        ),
        Fault(
            "the kernel is transposed: u runs over its rows, v over its columns",
            lambda x, w, b, s: convolve(x, w.transpose(0, 1, 3, 2), b, s),
        ),
        Fault(
            "`@` is a matrix product of window and kernel; multiply entry by entry, with `*`",
            _by(lambda window, w, k: float((window @ w[k]).sum())),
        ),
        Fault(
            "window and kernel are summed first and then multiplied; multiply entry by entry first",
            _by(lambda window, w, k: float(window.sum() * w[k].sum())),
        ),
        Fault(
            "all kernels are laid on every window; output channel k takes weights[k] alone",
            _by(lambda window, w, k: float((window * w).sum())),
        ),
        Fault(
            "the products are averaged; sum them",
            _by(lambda window, w, k: float((window * w[k]).mean())),
        ),
        Fault(
            "there is no axis for the kernels: the output of each has a channel of its own, and y"
            " is (kernels, rows, columns)",
            lambda x, w, b, s: convolve(x, w, b, s)[-1],
        ),
        Fault(
            "the outputs of the kernels are added up; each has a channel of its own",
            lambda x, w, b, s: convolve(x, w, b, s).sum(axis=0),
        ),
        Fault(
            "the channels stand last; y is (kernels, rows, columns)",
            lambda x, w, b, s: convolve(x, w, b, s).transpose(1, 2, 0),
        ),
        Fault(
            "rows and columns of the output are exchanged",
            lambda x, w, b, s: convolve(x, w, b, s).transpose(0, 2, 1),
        ),
        Fault(
            "all channels get the first bias; channel k has bias[k]",
            lambda x, w, b, s: convolve(x, w, b[:1].repeat(len(b)), s),
        ),
        Fault(
            "every channel gets the sum of all biases; channel k has bias[k]",
            lambda x, w, b, s: convolve(x, w, np.full(len(b), b.sum()), s),
        ),
        Fault("the bias is subtracted; add it", lambda x, w, b, s: convolve(x, w, -b, s)),
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
            "each input channel overwrites the one before; add with `+=`",
            lambda x, w, b, s: convolve(x[-1:], w[:, -1:], b, s),
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
        Fault(
            "the stride counts along the columns of the image only; it is the same in both"
            " directions",
            lambda x, w, b, s: convolve(x, w, b, 1)[:, ::s],
        ),
        Fault(
            "the stride counts along the rows of the image only; it is the same in both directions",
            lambda x, w, b, s: convolve(x, w, b, 1)[:, :, ::s],
        ),
        Fault(
            "the outputs stand at every stride-th place, with zeros between them; output (i, j)"
            " stands in row i, column j",
            _between_zeros,
        ),
        Fault(
            "the rows of the output are counted with the kernel's columns; rows go with m, columns"
            " with n",
            lambda x, w, b, s: convolve(x, w, b, s)[:, : (x.shape[1] - w.shape[3]) // s + 1],
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
