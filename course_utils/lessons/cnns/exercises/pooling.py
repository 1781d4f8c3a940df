"""Exercise 07.6: maximum pooling, forward."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.cnns.exercises.common import LECTURE


def max_pool(x: np.ndarray, kernel: int, stride: int) -> np.ndarray:
    rows = (x.shape[0] - kernel) // stride + 1
    columns = (x.shape[1] - kernel) // stride + 1
    y = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            y[i, j] = x[top : top + kernel, left : left + kernel].max()
    return y


def table(
    kernel: int, stride: int, rest: int = 0
) -> Callable[[np.random.Generator], tuple[np.ndarray, int, int]]:
    """Return how a matrix is drawn; many windows are far below 0: no maximum starts at 0 or −1."""

    def draw(rng: np.random.Generator) -> tuple[np.ndarray, int, int]:
        rows, columns = (int(kernel + n * stride + rest) for n in rng.integers(2, 4, 2))
        return 1000 * rng.normal(-0.7, 1, (rows, columns + stride)), kernel, stride

    return draw


def _mean(x: np.ndarray, k: int, s: int) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k))
    return windows[::s, ::s].mean(axis=(2, 3))


def _incomplete(x: np.ndarray, k: int, s: int) -> np.ndarray:
    more = [(0, -(size - k) % s) for size in x.shape]
    return max_pool(np.pad(x, more, constant_values=-np.inf), k, s)


def _unmoved(x: np.ndarray, k: int, s: int) -> np.ndarray:
    rows, columns = max_pool(x, k, s).shape
    return max_pool(x, k, 1)[:rows, :columns]


def _beginning(count: Callable[[int, int, int], int]) -> Callable[..., np.ndarray]:
    """Return pooling with `count(size, kernel, stride)` windows along an axis, full or not."""

    def wrong(x: np.ndarray, k: int, s: int) -> np.ndarray:
        rows, columns = (count(size, k, s) for size in x.shape)
        return np.array(
            [
                [x[i * s : i * s + k, j * s : j * s + k].max() for j in range(columns)]
                for i in range(rows)
            ]
        )

    return wrong


def _in_windows(
    of: Callable[[np.ndarray], np.ndarray],
) -> Callable[[np.ndarray, int, int], np.ndarray]:
    """Return a way to take something else of each window than its maximum."""

    def taken(x: np.ndarray, k: int, s: int) -> np.ndarray:
        tops, lefts = (range(0, size - k + 1, s) for size in x.shape)
        return np.array([[of(x[i : i + k, j : j + k]) for j in lefts] for i in tops])

    return taken


check_max_pool = Exercise(
    item="07.6",
    lecture=LECTURE,
    name="max_pool",
    title="Max pooling, forward",
    reference=max_pool,
    results=("y",),
    rounds={
        "windows of 2 × 2 side by side": table(2, 2),
        "windows of 3 × 3 that overlap": table(3, 2),
        "windows at every place, as far as they fit": table(3, 1),
        "what does not fill a window is ignored": table(2, 3, rest=1),
    },
    faults=(
        Fault("the maximum starts at 0, so that negative values are lost; start with the window's"
              " own values", lambda x, k, s: np.maximum(max_pool(x, k, s), 0)),
        Fault("the maximum starts at −1, so that values below it are lost; start with the window's"
              " own values", lambda x, k, s: np.maximum(max_pool(x, k, s), -1)),
        Fault("it is the mean of the window: average pooling", _mean),
        Fault("it is the smallest value of the window", lambda x, k, s: -max_pool(-x, k, s)),
        Fault("it is the largest magnitude; −5 is smaller than 1",
              lambda x, k, s: max_pool(np.abs(x), k, s)),
        Fault("it is the value of the largest magnitude; −5 is smaller than 1",
              lambda x, k, s: np.where(max_pool(x, k, s) > max_pool(-x, k, s), max_pool(x, k, s),
                                       -max_pool(-x, k, s))),
        Fault("an incomplete window at the edge counts; leave it out", _incomplete),
        Fault("windows at the edge that are not full are counted; there are"
              " (size − kernel) // stride + 1", _beginning(lambda size, k, s: size // s)),
        Fault("windows begin up to the edge, where they are not full; the last one begins at"
              " size − kernel", _beginning(lambda size, k, s: -(-size // s))),
        Fault("the window is as large as the stride; it has kernel · kernel entries",
              lambda x, k, s: _beginning(lambda size, *_: (size - k) // s + 1)(x, s, s)),
        Fault("the window moves by 1 whatever the stride; it begins at i · stride, j · stride",
              _unmoved),
        Fault("the outputs stand in one row; keep rows and columns",
              lambda x, k, s: max_pool(x, k, s).ravel()),
        Fault("it is the sum of the window", lambda x, k, s: _mean(x, k, s) * k**2),
        Fault("it is the largest value of the whole input; take that of each window",
              lambda x, k, s: np.full_like(max_pool(x, k, s), x.max())),
        Fault("kernel and stride are exchanged", lambda x, k, s: max_pool(x, s, k)),
        Fault("the windows do not overlap: they begin at every kernel-th place, not at every"
              " stride-th", lambda x, k, s: max_pool(x, k, k)),
        Fault("the windows begin at every place: the stride is ignored",
              lambda x, k, s: max_pool(x, k, 1)),
        Fault("the last window is missing along both axes: there are (size − kernel) // stride + 1",
              lambda x, k, s: max_pool(x, k, s)[:-1, :-1]),
        Fault("it is the place of the maximum in the window; return its value",
              lambda x, k, s: np.lib.stride_tricks.sliding_window_view(x, (k, k))[::s, ::s]
              .reshape(*max_pool(x, k, s).shape, -1).argmax(-1)),
        Fault("the window is one row and one column too small: a slice leaves out its end",
              _in_windows(lambda window: window[:-1, :-1].max())),
        Fault("it is the upper left value of the window; take the largest",
              lambda x, k, s: x[: x.shape[0] - k + 1 : s, : x.shape[1] - k + 1 : s].copy()),
        Fault("the maximum is taken along one axis of the window; take it of the whole window",
              _in_windows(lambda window: window.max(axis=0))),
    ),
    hints=(
        "Which rows and columns of x does output (i, j) see?",
        "Two loops over the outputs; the window begins at i · stride and j · stride. Take `.max()`"
        " of the slice, and let no variable start at 0 or −1.",
        """
        def max_pool(x, kernel, stride):
            rows = (x.shape[0] - kernel) // stride + 1
            columns = ...
            y = np.empty((rows, columns))
            for i in range(rows):
                for j in range(columns):
                    y[i, j] = x[i * stride : ..., ...].max()
            return y
        """,
    ),
)  # fmt: skip
