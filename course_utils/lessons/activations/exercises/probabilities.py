"""Exercises 03.2 and 03.3: the sigmoid with its slope, and softmax, for inputs of any size."""

import warnings
from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks import Exercise, Fault, NotRight, expect_values
from course_utils.lessons.activations.exercises.common import LECTURE

_RESULTS = ("the value", "the slope")
_FAR = np.array([-700.0, -300.0, -40.0, -20.0, 20.0, 40.0, 300.0, 700.0])
_EXTREME = np.array([[-1e4, -1e3, 0.0], [1.0, 1e3, 1e4]])
_OVERFLOWS = (
    "the exponential of a large number overflows, in a branch of `np.where` that is not taken or in"
    " `np.cosh`, too; take the exponential of −|x|, which is never above 1"
)
_LOST = (
    "1 − σ(x) is exactly 0 there in floating-point numbers; 1 − σ(x) = σ(−x), which is not rounded"
    " away"
)

_SQUARED = (
    "e^700 can be computed, but its square is too large for a float64; with s = e^−|x|, which is at"
    " most 1, the slope is s/(1 + s)²"
)
_CANCELLED = (
    "two numbers are subtracted that floating-point numbers cannot tell apart, as 1 and tanh of a"
    " large number; s/(1 + s) with s = e^−|x| subtracts nothing"
)


def sigmoid(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    small = np.exp(-np.abs(x))
    value = np.where(x >= 0, 1.0, small) / (1 + small)
    return value, small / (1 + small) ** 2


def _naive(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def _keeps_its_digits(answer: Callable) -> None:
    """Raise `NotRight` unless value and slope are right relative to their own size."""
    for name, got, right in zip(_RESULTS, answer(_FAR), sigmoid(_FAR), strict=True):
        got = np.asarray(got, dtype=np.float64)
        close = np.isclose(got, right, rtol=1e-6, atol=0)
        if close.all():
            continue
        at = int(np.argmin(close))
        raise NotRight(
            f"{name} at x = {_FAR[at]:g} is {got[at]:.6g}, expected {right[at]:.6g}",
            _why_lost(name, got),
        )


def _why_lost(name: str, got: np.ndarray) -> str:
    """Return why values or slopes at `_FAR` are no longer right to every digit."""
    zero = {float(x) for x, one in zip(_FAR, got, strict=True) if one == 0}
    if name == "the slope":
        if 40 in zero:
            return _LOST
        if zero <= {-700, 700} and zero:
            return _SQUARED
    elif -40 in zero:
        return _CANCELLED
    elif got[0] > 0 and (limit := np.log(got[0])) > -699:  # far below 0, ln σ(x) is x
        return f"x is cut off at −{-limit:.0f}, beyond which the sigmoid still changes"
    return "digits are lost far from 0"


def _says_nothing(answer: Callable) -> None:
    """Raise `NotRight` if a number overflows on the way, or the limits are not reached."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value, slope = answer(_EXTREME.copy())
    told = [str(one.message) for one in caught if issubclass(one.category, RuntimeWarning)]
    for name, got, right in zip(_RESULTS, (value, slope), sigmoid(_EXTREME), strict=True):
        if not np.isfinite(np.asarray(got, dtype=np.float64)).all():
            raise NotRight(f"{name} is nan or inf for inputs from −10 000 to 10 000", _OVERFLOWS)
        expect_values(name, got, right)
    if told:
        raise NotRight(f"NumPy warns for inputs from −10 000 to 10 000: {told[0]}", _OVERFLOWS)


def _unstable() -> Iterator[tuple[Callable, str]]:
    """Yield answers that are right near 0 only."""

    def loses_the_slope(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        value = sigmoid(x)[0]
        return value, value * (1 - value)

    def overflows(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return _naive(x), sigmoid(x)[1]

    def by_cosh(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return sigmoid(x)[0], 1 / (4 * np.cosh(x / 2) ** 2)

    def is_nan(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.exp(x) / (1 + np.exp(x)), sigmoid(x)[1]

    def squares(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return sigmoid(x)[0], np.exp(-x) / (1 + np.exp(-x)) ** 2

    def cancels(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return (1 + np.tanh(x / 2)) / 2, sigmoid(x)[1]

    def cuts_off(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return _naive(np.clip(x, -500, 500)), sigmoid(x)[1]

    yield loses_the_slope, _LOST
    yield squares, _SQUARED
    yield cancels, _CANCELLED
    yield cuts_off, "x is cut off at −500, beyond which the sigmoid still changes"
    yield overflows, _OVERFLOWS
    yield is_nan, _OVERFLOWS
    yield by_cosh, _OVERFLOWS


check_sigmoid = Exercise(
    item="03.2",
    lecture=LECTURE,
    name="sigmoid",
    title="The sigmoid and its slope",
    reference=sigmoid,
    results=_RESULTS,
    rounds={
        "value and slope at fresh inputs": lambda rng: (
            rng.normal(0, 2, (int(rng.integers(2, 5)), int(rng.integers(3, 6)))),
        ),
    },
    properties={
        "every digit is kept far from 0, on both sides": _keeps_its_digits,
        "nothing overflows at ±10 000": _says_nothing,
    },
    faults=(
        Fault("this is σ(−x): the exponent has the wrong sign, or e^−x stands in the numerator",
              lambda x: _naive(-x), of=("the value",)),
        Fault("this is tanh; the sigmoid lies between 0 and 1", np.tanh, of=("the value",)),
        Fault("this is σ(|x|): for x < 0 the numerator is s, with s = e^−|x|",
              lambda x: _naive(np.abs(x)), of=("the value",)),
        Fault("this is σ(−|x|): for x ≥ 0 the numerator is 1",
              lambda x: _naive(-np.abs(x)), of=("the value",)),
        Fault("this is σ(2x): σ(x) is (1 + tanh(x/2))/2", lambda x: _naive(2 * x),
              of=("the value",)),
        Fault("the 1 in the denominator is missing", lambda x: 1 / np.exp(-x), of=("the value",)),
        Fault("x·(1 − x) is taken of the input; the formula a·(1 − a) is for the output a",
              lambda x: x * (1 - x), of=("the slope",)),
        Fault("the slope is taken at the output σ(x); it belongs to the input x",
              lambda x: sigmoid(_naive(x))[1], of=("the slope",)),
        Fault("this is 1 − a², the slope of tanh", lambda x: 1 - _naive(x) ** 2, of=("the slope",)),
        Fault("this is 1 − a; the factor a is missing", lambda x: 1 - _naive(x), of=("the slope",)),
        Fault("this is a²; it is a·(1 − a)", lambda x: _naive(x) ** 2, of=("the slope",)),
        Fault("the denominator is (1 + s)², with a square",
              lambda x: _naive(-np.abs(x)), of=("the slope",)),
        Fault("the square belongs to the whole denominator: (1 + s)², and not 1 + s²",
              lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-2 * np.abs(x))), of=("the slope",)),
        Fault("this is a·(1 + a); it is a·(1 − a)",
              lambda x: _naive(x) * (1 + _naive(x)), of=("the slope",)),
    ),
    wrong=_unstable,
    hints=(
        "Of which numbers may the exponential be taken, so that it never overflows?",
        "With s = e^−|x|, which lies in (0, 1]: σ(x) is 1/(1 + s) for x ≥ 0 and s/(1 + s) for"
        " x < 0, and the slope is s/(1 + s)² on both sides.",
        """
        def sigmoid(x):
            s = np.exp(-np.abs(x))
            value = np.where(x >= 0, ..., ...) / (1 + s)
            slope = ... / (1 + s) ** 2
            return value, slope
        """,
    ),
)  # fmt: skip


def softmax(z: np.ndarray) -> np.ndarray:
    shifted = np.exp(z - z.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def _batch(rng: np.random.Generator) -> tuple[np.ndarray]:
    return (rng.normal(0, 2, (int(rng.integers(3, 6)), int(rng.integers(6, 9)))),)


def _large(rng: np.random.Generator) -> tuple[np.ndarray]:
    """Return large logits: a row far below the others, and one with a logit far above its mean."""
    z = rng.normal(0, 2, (4, 5)) + np.array([[2000.0], [1000.0], [0.0], [-3000.0]])
    z[2, -1] += 4000
    return (z,)


def _of_logits(z: np.ndarray) -> np.ndarray:
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def _shifted_by_mean(z: np.ndarray) -> np.ndarray:
    return _of_logits(z - z.mean(axis=1, keepdims=True))


def _shifted_by_columns(z: np.ndarray) -> np.ndarray:
    return _of_logits(z - z.max(axis=0))


def _one_shift(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)


def _sums_of_columns(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=0)


check_softmax = Exercise(
    item="03.3",
    lecture=LECTURE,
    name="softmax",
    title="Softmax that does not overflow",
    reference=softmax,
    rounds={
        "the shares of fresh logits, a row for each sample": _batch,
        "a batch of one": lambda rng: (rng.normal(0, 2, (1, 5)),),
        "a single output is always 1": lambda rng: (rng.normal(0, 2, (4, 1)),),
        "logits of a few thousand, of either sign": _large,
    },
    faults=(
        Fault("each entry is divided by a sum over the batch, and not over its own row: `axis=1`",
              _sums_of_columns),
        Fault("0/0 is replaced by 0: the shares of a sample then do not add up to 1; subtract each"
              " row's own largest logit",
              lambda z: np.nan_to_num(_one_shift(z))),
        Fault("the shares are taken over the batch; each sample's own add up to 1: `axis=1`",
              lambda z: softmax(z.T).T),
        Fault("the shares are taken over the whole table; each sample's own add up to 1",
              lambda z: softmax(z.reshape(1, -1)).reshape(z.shape)),
        Fault("the division by the sum is missing", lambda z: np.exp(z - z.max(1, keepdims=True))),
        Fault("these are the logarithms of the shares", lambda z: np.log(softmax(z))),
        Fault("this is a sigmoid of each logit; the sum of a row is not 1", _naive),
        Fault("the exponential is missing: the logits themselves are divided by their sum",
              lambda z: z / z.sum(1, keepdims=True)),
        Fault("the row's largest logit is subtracted in the numerator only",
              lambda z: np.exp(z - z.max(1, keepdims=True)) / np.exp(z).sum(1, keepdims=True)),
        Fault("the logits are divided by the row's largest; subtract it",
              lambda z: softmax(z / z.max(1, keepdims=True))),
        Fault("large logits come out as if they were equal, as where they are cut off at a limit;"
              " subtract the row's largest instead", lambda z: _of_logits(np.clip(z, -500, 500))),
        Fault("the sign of the logits is the wrong way round", lambda z: softmax(-z)),
        Fault("softmax is applied twice", lambda z: softmax(softmax(z))),
        Fault("e to the power of the logits themselves is summed before the logarithm is taken: the"
              " sum is inf, or 0; subtract the row's largest first",
              lambda z: np.exp(z - np.log(np.exp(z).sum(1, keepdims=True)))),
        Fault("e to the power of a large logit is inf, and inf/inf is nan; subtract the row's"
              " largest logit first", _of_logits),
        Fault("what is subtracted, such as the row's mean or its smallest logit, leaves logits that"
              " still overflow; subtract the row's largest", _shifted_by_mean),
        Fault("the largest of each column is subtracted, which shifts the logits of one sample by"
              " different numbers; subtract each row's own: `axis=1`", _shifted_by_columns),
        Fault("a row far below what is subtracted, such as the largest logit of the whole table,"
              " becomes 0/0; subtract each row's own largest", _one_shift),
    ),
    hints=(
        "What changes if the same number is subtracted from all logits of a sample?",
        "Nothing: the factor e^−c cancels. So subtract each row's largest logit; then the largest"
        " exponential is 1. Keep the axis, as with `keepdims=True`, so that shapes fit.",
        """
        def softmax(z):
            e = np.exp(z - z.max(axis=..., keepdims=True))
            return e / e.sum(axis=..., keepdims=...)
        """,
    ),
)  # fmt: skip
