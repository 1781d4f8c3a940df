"""Exercises 07.6 and 07.7: maximum pooling, forward and backward."""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks import Exercise, Fault, NotRight, expect_shape
from course_utils.lessons.cnns.exercises.common import LECTURE
from course_utils.lessons.cnns.model import MaxPooling, route

Backward = Callable[[np.ndarray, np.ndarray, int, int], np.ndarray]


def max_pool(x: np.ndarray, kernel: int, stride: int) -> np.ndarray:
    rows = (x.shape[0] - kernel) // stride + 1
    columns = (x.shape[1] - kernel) // stride + 1
    y = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            y[i, j] = x[top : top + kernel, left : left + kernel].max()
    return y


def _table(
    kernel: int, stride: int, rest: int = 0, mean: float = -2
) -> Callable[[np.random.Generator], tuple[np.ndarray, int, int]]:
    """Return how a matrix is drawn; mostly negative, it shows a maximum that starts at 0."""

    def draw(rng: np.random.Generator) -> tuple[np.ndarray, int, int]:
        rows, columns = (int(kernel + n * stride + rest) for n in rng.integers(2, 4, 2))
        return rng.normal(mean, 1, (rows, columns + stride)), kernel, stride

    return draw


def _mean(x: np.ndarray, k: int, s: int) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k))
    return windows[::s, ::s].mean(axis=(2, 3))


def _incomplete(x: np.ndarray, k: int, s: int) -> np.ndarray:
    more = [(0, -(size - k) % s) for size in x.shape]
    return max_pool(np.pad(x, more, constant_values=-np.inf), k, s)


check_max_pool = Exercise(
    item="07.6",
    lecture=LECTURE,
    name="max_pool",
    title="Max pooling, forward",
    reference=max_pool,
    results=("y",),
    rounds={
        "windows of 2 × 2 side by side": _table(2, 2),
        "windows of 3 × 3 that overlap": _table(3, 2),
        "what does not fill a window is ignored": _table(2, 3, rest=1),
    },
    faults=(
        Fault("the maximum starts at 0, so that negative values are lost; start with the window's"
              " own values", lambda x, k, s: np.maximum(max_pool(x, k, s), 0)),
        Fault("it is the mean of the window: average pooling", _mean),
        Fault("it is the smallest value of the window", lambda x, k, s: -max_pool(-x, k, s)),
        Fault("it is the largest magnitude; −5 is smaller than 1",
              lambda x, k, s: max_pool(np.abs(x), k, s)),
        Fault("an incomplete window at the edge counts; leave it out", _incomplete),
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
    ),
    hints=(
        "Which rows and columns of x does output (i, j) see?",
        "Two loops over the outputs; the window begins at i · stride and j · stride. Take `.max()`"
        " of the slice, and let no variable start at 0.",
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


def max_pool_backward(x: np.ndarray, errors: np.ndarray, kernel: int, stride: int) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for i in range(errors.shape[0]):
        for j in range(errors.shape[1]):
            top, left = i * stride, j * stride
            window = x[top : top + kernel, left : left + kernel]
            row, column = divmod(int(window.argmax()), kernel)
            gradient[top + row, left + column] += errors[i, j]
    return gradient


def _with_errors(
    draw: Callable[[np.random.Generator], tuple[np.ndarray, int, int]],
) -> Callable[[np.random.Generator], tuple[np.ndarray, np.ndarray, int, int]]:
    def drawn(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int, int]:
        x, kernel, stride = draw(rng)
        errors = rng.uniform(1, 3, max_pool(x, kernel, stride).shape)
        return x, errors * rng.choice((-1, 1), errors.shape), kernel, stride

    return drawn


def _overwritten(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for window, (winner, *_) in MaxPooling(k, s).candidates(x).items():
        gradient[winner] = e[window]
    return gradient


def _first_corner(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    corners = {window: places[0] for window, places in MaxPooling(k, s).windows(x).items()}
    return route(x, e, corners)


def _spread(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for window, places in MaxPooling(k, s).windows(x).items():
        for place in places:
            gradient[place] += e[window] / len(places)
    return gradient


def _won(x: np.ndarray, k: int, s: int) -> np.ndarray:
    """Return 1 where an input wins a window, else 0."""
    return (max_pool_backward(x, np.ones(max_pool(x, k, s).shape), k, s) > 0) * 1.0


_EVERYONE = "every tied input gets the whole error; exactly one may: remember one place"
_SHARED = "the tied inputs share the error; here exactly one of them gets it whole"


def _among_ties(share: Callable[[int], float]) -> Backward:
    """Return a backward pass in which all tied inputs get that share of the error."""

    def wrong(x: np.ndarray, errors: np.ndarray, kernel: int, stride: int) -> np.ndarray:
        gradient = np.zeros(x.shape)
        for window, tied in MaxPooling(kernel, stride).candidates(x).items():
            for place in tied:
                gradient[place] += share(len(tied)) * errors[window]
        return gradient

    return wrong


_everyone, _shared = _among_ties(lambda _: 1.0), _among_ties(lambda count: 1 / count)
_TIED = np.array([[1.0, 7, 0, 4, 2], [3, 5, 2, 8, 1], [0, 7, 6, 3, 5], [4, 2, 1, 6, 6.5],
                  [5, 3, 0, 2, 6.5]])  # fmt: skip
_ERRORS = np.array([[1.0, 3.0], [4.0, -2.0]])


def _one_of_a_tie(answer: Backward) -> None:
    """Accept every choice of one winner for each window, by the model of exam item 2.7."""
    layer = MaxPooling(3, 2)
    got = expect_shape("gradient", answer(_TIED.copy(), _ERRORS.copy(), 3, 2), _TIED.shape)
    right = [route(_TIED, _ERRORS, winners) for winners in layer.winners(_TIED)]
    if any(np.allclose(got, one) for one in right):
        return
    causes = {_EVERYONE: _everyone, _SHARED: _shared}
    cause = next(
        (says for says, f in causes.items() if np.allclose(got, f(_TIED, _ERRORS, 3, 2))), ""
    )
    raise NotRight(
        "with ties, the gradient is that of no choice of one winner for each window", cause
    )


def _wrong_ties() -> Iterator[tuple[Backward, str]]:
    yield _everyone, _EVERYONE
    yield _shared, _SHARED


check_max_pool_backward = Exercise(
    item="07.7",
    lecture=LECTURE,
    name="max_pool_backward",
    title="Max pooling, backward",
    reference=max_pool_backward,
    results=("gradient",),
    rounds={
        "windows side by side": _with_errors(_table(2, 2, mean=0)),
        "windows that overlap: an input collects the errors of all windows it wins": _with_errors(
            _table(3, 1, mean=0)
        ),
        "inputs outside of all windows get 0": _with_errors(_table(2, 3, 1, 0)),
    },
    properties={"of tied inputs exactly one gets the error, whichever": _one_of_a_tie},
    wrong=_wrong_ties,
    faults=(
        Fault("overlapping windows overwrite each other's error; add with `+=`", _overwritten),
        Fault("the error is spread over the window; that is average pooling", _spread),
        Fault("the error goes to the first place of the window, not to its maximum",
              _first_corner),
        Fault("the errors are left out: it is 1 where an input wins",
              lambda x, e, k, s: _won(x, k, s)),
        Fault("the maximum is multiplied in; its slope is 1",
              lambda x, e, k, s: max_pool_backward(x, e, k, s) * x),
        Fault("it keeps the maxima and not their errors", lambda x, e, k, s: x * _won(x, k, s)),
        Fault("the error goes to the smallest value of the window",
              lambda x, e, k, s: max_pool_backward(-x, e, k, s)),
        Fault("the error goes to the largest magnitude of the window; −5 is smaller than 1",
              lambda x, e, k, s: max_pool_backward(np.abs(x), e, k, s)),
    ),
    hints=(
        "If an input that is not its window's maximum grows a little, what happens to the output?",
        "Find each window's winner again, with `argmax` of the window; it counts along the rows, so"
        " row and column are `divmod(place, kernel)`. Add the window's error there.",
        """
        def max_pool_backward(x, errors, kernel, stride):
            gradient = np.zeros(x.shape)
            for i in range(errors.shape[0]):
                for j in range(errors.shape[1]):
                    window = x[i * stride : ..., j * stride : ...]
                    row, column = divmod(int(window.argmax()), ...)
                    gradient[..., ...] += ...
            return gradient
        """,
    ),
)  # fmt: skip
