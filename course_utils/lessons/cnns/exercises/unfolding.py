"""Exercise 07.2: windows as columns."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.cnns.convolution import unfold
from course_utils.lessons.cnns.exercises.common import LECTURE


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


def _between(x: np.ndarray, m: int, n: int, down: int, right: int, ends: int = 1) -> np.ndarray:
    """Return windows that move by `down` and `right`; with `ends` 0 they end too early."""
    tops = range(0, x.shape[1] - m + ends, down)
    lefts = range(0, x.shape[2] - n + ends, right)
    return np.stack([x[:, i : i + m, j : j + n].ravel() for i in tops for j in lefts], axis=1)


def _begins_at_every_place(x: np.ndarray, m: int, n: int, stride: int) -> np.ndarray:
    rows, columns = ((size - k) // stride + 1 for size, k in zip(x.shape[1:], (m, n), strict=True))
    return unfold(x[:, : rows + m - 1, : columns + n - 1], m, n, 1)


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
            "the list of windows is reshaped, which cuts them anew; transpose it",
            lambda x, m, n, s: unfold(x, m, n, s).T.reshape(len(x) * m * n, -1),
        ),
        Fault(
            "the entries of a window have an axis for the channels and one for the rest; flatten"
            " the whole window",
            lambda x, m, n, s: unfold(x, m, n, s).reshape(len(x), m * n, -1),
        ),
        Fault(
            "the columns are strung together into one; put them side by side",
            lambda x, m, n, s: unfold(x, m, n, s).T.ravel(),
        ),
        Fault(
            "m and n are exchanged: a window has m rows and n columns",
            lambda x, m, n, s: unfold(x, n, m, s),
        ),
        Fault(
            "the last windows along both axes are missing: a `range` ends before its second number",
            lambda x, m, n, s: _between(x, m, n, s, s, ends=0),
        ),
        Fault(
            "the windows move by the stride downward only; it is the same to the right",
            lambda x, m, n, s: _between(x, m, n, s, 1),
        ),
        Fault(
            "the windows move by the stride to the right only; it is the same downward",
            lambda x, m, n, s: _between(x, m, n, 1, s),
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
        Fault(
            "the channels are added up; each keeps its own entries",
            lambda x, m, n, s: unfold(x.sum(axis=0, keepdims=True), m, n, s),
        ),
        Fault("only the first channel is unfolded", lambda x, m, n, s: unfold(x[:1], m, n, s)),
        Fault(
            "the last window is missing: there are (size − kernel) // stride + 1 along an axis",
            lambda x, m, n, s: unfold(x, m, n, s)[:, :-1],
        ),
        Fault("every window is reversed", lambda x, m, n, s: unfold(x, m, n, s)[::-1]),
        Fault(
            "the window moves by 1 whatever the stride; it begins at i · stride, j · stride",
            _begins_at_every_place,
        ),
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
