"""Exercise 07.7: maximum pooling, backward."""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks import Exercise, Fault, NotRight, expect_shape
from course_utils.lessons.cnns.exercises.common import LECTURE
from course_utils.lessons.cnns.exercises.pooling import max_pool, table
from course_utils.lessons.cnns.model import MaxPooling, Place, route

Backward = Callable[[np.ndarray, np.ndarray, int, int], np.ndarray]


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


def _placed(
    place: Callable[[int, int, int, int, int, int], tuple[int, int]],
) -> Backward:
    """Return pooling whose error goes to `place(i, j, row, column, kernel, stride)`."""

    def wrong(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
        gradient = np.zeros(x.shape)
        for i, j in np.ndindex(e.shape):
            row, column = divmod(int(x[i * s : i * s + k, j * s : j * s + k].argmax()), k)
            gradient[place(i, j, row, column, k, s)] += e[i, j]
        return gradient

    return wrong


def _whole_windows(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for i, j in np.ndindex(e.shape):
        window = x[i * s : i * s + k, j * s : j * s + k]
        gradient[i * s : i * s + k, j * s : j * s + k] = e[i, j] * (window == window.max())
    return gradient


def _first_corner(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    corners = {window: places[0] for window, places in MaxPooling(k, s).windows(x).items()}
    return route(x, e, corners)


def _by_ones(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:  # noqa: ARG001
    gradient = np.zeros(x.shape)
    for i, j in np.ndindex(e.shape):
        row, column = divmod(int(x[i : i + k, j : j + k].argmax()), k)
        gradient[i + row, j + column] += e[i, j]
    return gradient


def _by_strides(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for i, j in np.ndindex(e.shape):
        row, column = divmod(int(x[i * s : i * s + k, j * s : j * s + k].argmax()), s)
        gradient[i * s + row, j * s + column] += e[i, j]
    return gradient


def _from_zero(lost: Callable[[Place, Place], Place | None]) -> Backward:
    """Return pooling in which `lost(corner, before)` wins a window whose values are all negative.

    `before` won the window before, the first entry of x before the first; None is nowhere.
    """

    def wrong(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
        gradient, before = np.zeros(x.shape), (0, 0)
        for i, j in np.ndindex(e.shape):
            top, left = i * s, j * s
            window = x[top : top + k, left : left + k]
            row, column = divmod(int(window.argmax()), k)
            winner = (top + row, left + column) if window.max() > 0 else lost((top, left), before)
            if winner is not None:
                gradient[winner] += e[i, j]
                before = winner
        return gradient

    return wrong


def _spread(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for window, places in MaxPooling(k, s).windows(x).items():
        for place in places:
            gradient[place] += e[window] / len(places)
    return gradient


def _won(x: np.ndarray, k: int, s: int) -> np.ndarray:
    """Return 1 where an input wins a window, else 0."""
    return (max_pool_backward(x, np.ones(max_pool(x, k, s).shape), k, s) > 0) * 1.0


_OWN_START = (
    "the search starts at a number of its own, such as 0 or −1, so that a window of smaller values"
    " has no winner; start with the window's own values"
)
_EVERYONE = "every tied input gets the whole error; exactly one may: remember one place"
_SHARED = "the tied inputs share the error; here exactly one of them gets it whole"
_ANYWHERE = "equal numbers outside of the window get its error too; compare within the window only"
_FIRST_ANYWHERE = (
    "the maximum is looked for in all of x, where an equal number outside of the window may come"
    " first; look within the window only"
)

_APART = (
    "row and column are looked for apart from each other, and meet at an entry that is no maximum;"
    " `window.argmax()` finds both at once"
)


def _among_ties(share: Callable[[int], float]) -> Backward:
    """Return a backward pass in which all tied inputs get that share of the error."""

    def wrong(x: np.ndarray, errors: np.ndarray, kernel: int, stride: int) -> np.ndarray:
        gradient = np.zeros(x.shape)
        for window, tied in MaxPooling(kernel, stride).candidates(x).items():
            for place in tied:
                gradient[place] += share(len(tied)) * errors[window]
        return gradient

    return wrong


def _anywhere(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    maxima = max_pool(x, k, s)
    return np.sum([e[at] * (x == maxima[at]) for at in np.ndindex(e.shape)], axis=0)


def _first_anywhere(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    maxima = max_pool(x, k, s)
    places = {at: tuple(np.argwhere(x == maxima[at])[0]) for at in np.ndindex(e.shape)}
    return route(x, e, places)


def _apart(x: np.ndarray, e: np.ndarray, k: int, s: int) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for i, j in np.ndindex(e.shape):
        window = x[i * s : i * s + k, j * s : j * s + k]
        row, column = window.max(axis=1).argmax(), window.max(axis=0).argmax()
        gradient[i * s + row, j * s + column] += e[i, j]
    return gradient


_everyone, _shared = _among_ties(lambda _: 1.0), _among_ties(lambda count: 1 / count)
_TIED = np.array([[1.0, 7, 0, 4, 2], [3, 5, 2, 8, 1], [0, 7, 6, 3, 5], [4, 2, 1, 6, 6.5],
                  [5, 3, 0, 2, 6.5]])  # fmt: skip
_CROSSWISE = np.array([[0.0, 7, 6, 2], [7, 0, 2, 6]])
_TIES = (
    (_TIED, np.array([[1.0, 3.0], [4.0, -2.0]]), 3, 2),
    (_CROSSWISE, np.array([[2.0, -3.0]]), 2, 2),
)
"""Inputs, errors, kernel and stride; tied inputs stand below one another, or crosswise."""


def _one_of_a_tie(answer: Backward) -> None:
    """Accept every choice of one winner for each window, by the model of exam item 2.7."""
    causes = {says: wrong for wrong, says in _wrong_ties()}
    for x, errors, kernel, stride in _TIES:
        given = x.copy(), errors.copy(), kernel, stride
        got = expect_shape("gradient", answer(*given), x.shape)
        right = [route(x, errors, one) for one in MaxPooling(kernel, stride).winners(x)]
        if any(np.allclose(got, one) for one in right):
            continue
        cause = next(
            (
                s
                for s, wrong in causes.items()
                if np.allclose(got, wrong(x, errors, kernel, stride))
            ),
            "",
        )
        raise NotRight(
            "with ties, the gradient is that of no choice of one winner for each window", cause
        )


def _wrong_ties() -> Iterator[tuple[Backward, str]]:
    yield _everyone, _EVERYONE
    yield _shared, _SHARED
    yield _anywhere, _ANYWHERE
    yield _first_anywhere, _FIRST_ANYWHERE
    yield _apart, _APART


check_max_pool_backward = Exercise(
    item="07.7",
    lecture=LECTURE,
    name="max_pool_backward",
    title="Max pooling, backward",
    reference=max_pool_backward,
    results=("gradient",),
    rounds={
        "windows side by side": _with_errors(table(2, 2)),
        "inputs outside of all windows get 0": _with_errors(table(2, 3, rest=1)),
        "windows that overlap: an input collects the errors of all windows it wins": _with_errors(
            table(3, 1)
        ),
    },
    properties={"of tied inputs exactly one gets the error, whichever": _one_of_a_tie},
    wrong=_wrong_ties,
    faults=(
        Fault("overlapping windows overwrite each other's error; add with `+=`", _overwritten),
        Fault("each window overwrites what stands in it, zeros included; add with `+=`",
              _whole_windows),
        Fault("the place in the window is taken for the place in x: add i · stride and j · stride",
              _placed(lambda i, j, row, column, k, s: (row, column))),
        Fault("the window begins at i · stride, j · stride, not at i, j",
              _placed(lambda i, j, row, column, k, s: (i + row, j + column))),
        Fault("row and column of the winner are exchanged: `argmax` counts along the rows",
              _placed(lambda i, j, row, column, k, s: (i * s + column, j * s + row))),
        Fault("the place of the maximum is divided by the stride; `argmax` counts along rows of the"
              " window, so divide by the kernel", _by_strides),
        Fault(_OWN_START, _from_zero(lambda corner, before: corner)),
        Fault(_OWN_START, _from_zero(lambda corner, before: (0, 0))),
        Fault(_OWN_START, _from_zero(lambda corner, before: None)),
        Fault(_OWN_START, _from_zero(lambda corner, before: before)),
        Fault("the error is divided by the size of the window; the winner gets all of it",
              lambda x, e, k, s: max_pool_backward(x, e, k, s) / k**2),
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
        Fault("the window moves by 1 whatever the stride; it begins at i · stride, j · stride",
              _by_ones),
    ),
    hints=(
        "If an input that is not its window's maximum grows a little, what happens to the output?",
        "Find each window's winner again, with `argmax` of the window; it counts along the window's"
        " rows, so row and column are `divmod(place, kernel)`. Add the window's error there.",
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
