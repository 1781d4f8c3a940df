"""Exercise 04.2: a gradient by finite differences, with a step that is neither large nor small."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from course_utils.checks import Exercise, NotRight, inputs_unchanged
from course_utils.checks.causes import RETURN_IN_LOOP
from course_utils.checks.properties import expect_shape
from course_utils.lessons.deep_networks.exercises.layer import LECTURE

Scalar = Callable[[np.ndarray], float]
_BY_H = "it is divided by h; from x − h to x + h it is 2h"
_BY_2H = "it is divided by 2h, but the two points are only h apart"
_SIGN = "the sign is the wrong way round: it is f(x + h) − f(x − h)"
_TIMES_H = "the difference is multiplied by h: `/ 2 * h` needs brackets, `/ (2 * h)`"
_NOT_MOVED = "f is never asked at another place than x: move an entry by h, in a copy of x"
_TOGETHER = "several entries are moved at once; move one, and leave the others where they are"
_NOT_BACK = "an entry that was moved is not put back before the next one is moved"
_ONE_SIDED = (
    "the difference is taken to one side only, whose error is of the order h; take"
    " f(x + h) − f(x − h), whose error is of the order h²"
)
_MAGNITUDE = "the magnitude of the difference is taken; a slope may be negative"
_WHOLE = "the gradient is stored in an array of whole numbers"
_AT_ZERO = "f is asked near 0 instead of near x: add the shift to x"
_RELATIVE = "an entry is moved by h times its own value, but divided by 2h; move it by h"
_AT_0 = (
    "an entry is moved by a multiple of its own value, so that an entry of 0 does not move; move"
    " all entries by the same h"
)
_NEVER = "the last entry is never moved: mind where the loop ends"
_FLOAT32 = (
    "x is made float32 on the way, which rounds its entries and hides a step of 1e-5; stay with"
    " float64"
)
_ROUNDED = (
    "what is moved by + h, − 2h and + h comes back rounded; keep the entry's number and put that"
    " back, or move it in a copy"
)
_EXACT = 1e-8  # of the largest entry: central differences with a sensible step come closer


def numerical_gradient(f: Scalar, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = np.array(x, dtype=float), np.array(x, dtype=float)
        above[index] += h
        below[index] -= h
        gradient[index] = (f(above) - f(below)) / (2 * h)
    return gradient


class Probe:
    """A function with a known gradient that remembers where it was asked."""

    def __init__(self, seed: int, shape: tuple[int, ...]) -> None:
        rng = np.random.default_rng(seed)
        self.x = rng.normal(0, 1, shape)
        self.x.flat[-1] = 0.0  # the slope there is none the less
        self.asked: list[np.ndarray] = []
        signs = np.where(np.arange(self.x.size).reshape(shape) % 2, -1, 1)
        self._cubic, self._wave = signs * rng.uniform(1, 3, shape), rng.uniform(1, 2, shape)

    def __call__(self, x: np.ndarray) -> float:
        """Return Σ c·x³ + sin(w·x) + (Σ x)² and remember `x`."""
        x = np.array(x, dtype=np.float64)
        if x.shape != self.x.shape:
            raise NotRight(
                f"f is given an array of shape {x.shape}; its argument has shape {self.x.shape}",
                "f takes the whole array, of which one entry is moved",
            )
        self.asked.append(x)
        return float(np.sum(self._cubic * x**3 + np.sin(self._wave * x)) + np.sum(x) ** 2)

    @property
    def gradient(self) -> np.ndarray:
        """The exact gradient at `x`."""
        x = self.x
        return 3 * self._cubic * x**2 + self._wave * np.cos(self._wave * x) + 2 * np.sum(x)


def _agrees(answer: Callable[[Scalar, np.ndarray], object]) -> None:
    """Raise `NotRight` unless `answer` gives exact gradients, for arrays of any shape."""
    for seed, shape in enumerate(((4,), (2, 3), (3, 1, 2))):
        probe = Probe(seed, shape)
        given = probe.x.copy()
        with inputs_unchanged(x=given):
            got = expect_shape("the gradient", answer(probe, given), shape)
            if np.any(given != probe.x) and np.allclose(given, probe.x, rtol=0, atol=1e-12):
                raise NotRight("the input `x` is not quite what it was", _ROUNDED)
        right = probe.gradient
        wrong = np.argwhere(~(np.abs(got - right) <= _EXACT * np.abs(right).max()))
        if len(wrong):
            index = tuple(int(i) for i in wrong[0])
            what = f"the gradient{list(index)} is {got[index]:.9g}, expected {right[index]:.9g}"
            raise NotRight(what, _cause(probe, np.asarray(got, dtype=np.float64)))
        if _to_one_side(probe):  # the smallest errors of both kinds are near each other
            raise NotRight("f is asked on one side of x only", _ONE_SIDED)


def _to_one_side(probe: Probe) -> bool:
    """Tell whether each entry was moved once, all of them up or all of them down."""
    moves = [move for asked in probe.asked if np.any(move := asked - probe.x)]
    values = np.array([move[np.nonzero(move)][0] for move in moves])
    return len(moves) == probe.x.size and bool(np.all(values > 0) or np.all(values < 0))


def _cause(probe: Probe, got: np.ndarray) -> str:
    """Return the likely cause, from the values and from where the function was asked."""
    right, size = probe.gradient, np.abs(probe.gradient).max()
    for factor, says in ((2, _BY_H), (0.5, _BY_2H), (-1, _SIGN)):
        if np.allclose(got, factor * right, rtol=0, atol=1e-3 * size):
            return says
    if np.any(right < 0) and np.allclose(got, np.abs(right), rtol=0, atol=1e-3 * size):
        return _MAGNITUDE
    if np.array_equal(got, np.trunc(right)):
        return _WHOLE
    if probe.asked and max(np.count_nonzero(asked) for asked in probe.asked) <= 1 < probe.x.size:
        return _AT_ZERO
    if probe.asked and all(np.array_equal(one, one.astype(np.float32)) for one in probe.asked):
        return _FLOAT32
    moves = [asked - probe.x for asked in probe.asked]
    moves = [move for move in moves if np.any(move)]
    if not moves:
        return _NOT_MOVED
    counts = [np.count_nonzero(move) for move in moves]
    if min(counts) > 1:
        return _TOGETHER
    if max(counts) > 1:
        return _NOT_BACK
    values = np.array([move[np.nonzero(move)][0] for move in moves])
    h = float(np.median(np.abs(values)))
    if len(moves) == 2 < 2 * probe.x.size and np.count_nonzero(got) == 1:
        return RETURN_IN_LOOP
    if np.allclose(got, probe.x * right, rtol=0, atol=1e-3 * size):
        return _RELATIVE
    if not any(asked.flat[-1] for asked in probe.asked):  # the last entry, a 0, is never moved
        return _AT_0 if _by_size(probe, moves) else _NEVER
    if np.allclose(got, h**2 * right, rtol=1e-3, atol=0):
        return _TIMES_H
    if np.all(values > 0) or np.all(values < 0):
        return _ONE_SIDED
    return _of_step(h)


def _by_size(probe: Probe, moves: list[np.ndarray]) -> bool:
    """Tell whether every entry is moved by the same multiple of its own value."""
    shares = [np.abs(move / np.where(probe.x == 0, np.inf, probe.x)).max() for move in moves]
    return bool(np.allclose(shares, shares[0], rtol=1e-3, atol=0))


def _of_step(h: float) -> str:
    """Return what is wrong with the step; empty if nothing is."""
    if h < 1e-7:
        return (
            f"the step of {h:.0e} is too small: both values of f agree in nearly all their digits,"
            " and rounding is all that is left of the difference"
        )
    if h > 1.05e-4:
        return f"the step of {h:.0e} is too large: the function is not straight that far"
    return ""


def _wrong() -> Iterator[tuple[object, str]]:
    """Yield wrong answers, each with the sentence that must name its fault."""

    def one_sided(f: Scalar, x: np.ndarray, h: float = 1e-6) -> np.ndarray:
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            above = x.copy()
            above[index] += h
            gradient[index] = (f(above) - f(x)) / h
        return gradient

    def not_put_back(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient, moving = 1e-5, np.zeros(x.shape), x.copy()
        for index in np.ndindex(x.shape):
            moving[index] += h
            above = f(moving)
            moving[index] -= 2 * h
            gradient[index] = (above - f(moving)) / (2 * h)
        return gradient

    def moved_to_and_fro(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient = 1e-5, np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            x[index] += h
            above = f(x)
            x[index] -= 2 * h
            gradient[index] = (above - f(x)) / (2 * h)
            x[index] += h
        return gradient

    def all_at_once(f: Scalar, x: np.ndarray) -> np.ndarray:
        return np.full(x.shape, (f(x + 1e-5) - f(x - 1e-5)) / 2e-5)

    def a_row_at_once(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient = 1e-5, np.zeros(x.shape)
        for row in range(len(x)):
            above, below = x.copy(), x.copy()
            above[row] += h
            below[row] -= h
            gradient[row] = (f(above) - f(below)) / (2 * h)
        return gradient

    def one_array_twice(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient = 1e-5, np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            above = below = x
            above[index] += h
            below[index] -= h
            gradient[index] = (f(above) - f(below)) / (2 * h)
        return gradient

    def all_but_the_last(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient = 1e-5, np.zeros(x.shape)
        for i in range(x.size - 1):
            above, below = x.copy(), x.copy()
            above.flat[i] += h
            below.flat[i] -= h
            gradient.flat[i] = (f(above) - f(below)) / (2 * h)
        return gradient

    def never_moved(f: Scalar, x: np.ndarray) -> np.ndarray:
        return np.full(x.shape, (f(x) - f(x)) / 2e-5)

    def near_zero(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient = 1e-5, np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            shift = np.zeros(x.shape)
            shift[index] = h
            gradient[index] = (f(shift) - f(-shift)) / (2 * h)
        return gradient

    def by_its_own_value(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient = 1e-5, np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            above, below = x.copy(), x.copy()
            above[index] *= 1 + h
            below[index] *= 1 - h
            gradient[index] = (f(above) - f(below)) / (2 * h)
        return gradient

    def relative(f: Scalar, x: np.ndarray) -> np.ndarray:
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            h, above, below = 1e-5 * x[index], x.copy(), x.copy()
            above[index] += h
            below[index] -= h
            gradient[index] = (f(above) - f(below)) / (2 * h)
        return gradient

    def in_float32(f: Scalar, x: np.ndarray) -> np.ndarray:
        return numerical_gradient(lambda z: f(z.astype(np.float32)), x)

    def only_the_first(f: Scalar, x: np.ndarray) -> np.ndarray:
        h, gradient = 1e-5, np.zeros(x.shape)
        above, below = x.copy(), x.copy()
        above.flat[0] += h
        below.flat[0] -= h
        gradient.flat[0] = (f(above) - f(below)) / (2 * h)
        return gradient

    for h in (1e-12, 3e-9, 2e-4, 1e-2):
        yield partial(numerical_gradient, h=h), _of_step(h)
    yield lambda f, x: 2 * numerical_gradient(f, x), _BY_H
    yield lambda f, x: numerical_gradient(f, x) / 2, _BY_2H
    yield lambda f, x: -numerical_gradient(f, x), _SIGN
    yield lambda f, x: 1e-10 * numerical_gradient(f, x), _TIMES_H
    yield lambda f, x: np.abs(numerical_gradient(f, x)), _MAGNITUDE
    yield lambda f, x: numerical_gradient(f, x).astype(int), _WHOLE
    yield near_zero, _AT_ZERO
    yield by_its_own_value, _RELATIVE
    yield relative, _AT_0
    yield in_float32, _FLOAT32
    yield only_the_first, RETURN_IN_LOOP
    for h in (1e-6, 1e-7, 1e-8):
        yield partial(one_sided, h=h), _ONE_SIDED
    yield moved_to_and_fro, _ROUNDED
    yield not_put_back, _NOT_BACK
    yield all_at_once, _TOGETHER
    yield a_row_at_once, _TOGETHER
    yield one_array_twice, _NOT_MOVED
    yield never_moved, _NOT_MOVED
    yield all_but_the_last, _NEVER


check_numerical_gradient = Exercise(
    item="04.2",
    lecture=LECTURE,
    name="numerical_gradient",
    title="A gradient by finite differences",
    reference=numerical_gradient,
    properties={"exact to a hundred-millionth, for arrays of any shape": _agrees},
    wrong=_wrong,
    hints=(
        "How much does f change when one entry of x is moved a little, up and down?",
        "For each entry: move it by +h and by −h in a copy of x, and divide the difference of the"
        " two values by 2h. `np.ndindex(x.shape)` goes through all entries. A step of about 1e-5"
        " is right for float64.",
        """
        def numerical_gradient(f, x):
            h = ...
            gradient = np.zeros(x.shape)
            for index in np.ndindex(x.shape):
                above, below = x.copy(), x.copy()
                above[index] += h
                below[index] -= ...
                gradient[index] = (f(above) - ...) / ...
            return gradient
        """,
    ),
)
