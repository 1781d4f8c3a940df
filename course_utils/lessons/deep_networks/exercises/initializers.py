"""Exercises 04.4 and 04.5: Xavier's and He's weights, by the requirements of `course verify`."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from course_utils.checks import Exercise
from course_utils.lessons.deep_networks.exercises.layer import LECTURE
from course_utils.verify.properties import initializers

Sigma = Callable[[Sequence[int], int, int], float]
_ROOT = "the variance is given to the generator where it takes σ: the root is missing"
_TWO = "the 2 under the root is left out"
_EXCHANGED = "fan_in and fan_out are exchanged"
_ONE = "σ is 1: the fans are not used"
_LIMIT = initializers.LIMIT


class Xavier:
    """Weights that keep the variance, forward and backward, of about linear layers."""

    def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
        sigma = np.sqrt(2 / (fan_in + fan_out))
        return np.random.normal(0, sigma, weights_shape)


class He:
    """Weights that keep the mean square of the signal through ReLU layers."""

    def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
        return np.random.normal(0, np.sqrt(2 / fan_in), weights_shape)


def _drawn_with(sigma: Sigma) -> type:
    """Return an initializer whose weights are normal with this standard deviation."""

    class Drawn:
        def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
            return np.random.normal(0, sigma(weights_shape, fan_in, fan_out), weights_shape)

    return Drawn


def _same_again(right: type) -> type:
    """Return an initializer that gives the same weights in every call."""

    class SameAgain:
        def initialize(self, weights_shape: Sequence[int], fan_in: int, fan_out: int) -> np.ndarray:
            np.random.seed(0)
            return right().initialize(weights_shape, fan_in, fan_out)

    return SameAgain


def _wrong(right: type) -> Iterator[tuple[object, str]]:
    """Yield faulty versions of Xavier or He, each with the sentence that names the fault."""
    yield _same_again(right), "the random generator is seeded anew in every call"
    yield _drawn_with(lambda *_: 1.0), _ONE
    yield _drawn_with(lambda s, i, o: np.sqrt(6 / (i + o if right is Xavier else i))), _LIMIT
    yield _drawn_with(lambda s, i, o: np.sqrt(2 / o)), _EXCHANGED
    if right is Xavier:
        yield _drawn_with(lambda s, i, o: 2 / (i + o)), _ROOT
        yield _drawn_with(lambda s, i, o: np.sqrt(1 / (i + o))), _TWO
        yield _drawn_with(lambda s, i, o: 2 / np.sqrt(i + o)), initializers.OUTSIDE
        yield (
            _drawn_with(lambda s, i, o: np.sqrt(1 / i)),
            "σ is √(1 / fan_in): fan_out is left out",
        )
        yield _drawn_with(lambda s, i, o: np.sqrt(2 / i)), "σ is that of He: fan_out is left out"
        yield (
            _drawn_with(lambda s, i, o: np.sqrt(2 / (s[0] + s[1]))),
            "the fans are taken from the shape instead of the arguments",
        )
    else:
        yield _drawn_with(lambda s, i, o: 2 / i), _ROOT
        yield _drawn_with(lambda s, i, o: np.sqrt(1 / i)), _TWO
        yield _drawn_with(lambda s, i, o: np.sqrt(2) / i), initializers.ONLY_TWO
        yield _drawn_with(lambda s, i, o: np.sqrt(2 / (i + o))), "σ is that of Xavier"
        yield (
            _drawn_with(lambda s, i, o: np.sqrt(2 / s[0])),
            "fan_in is taken from the shape instead of the argument",
        )


check_Xavier = Exercise(
    item="04.4",
    lecture=LECTURE,
    name="Xavier",
    title="Xavier's weights",
    reference=Xavier,
    properties={
        "normal, mean 0, σ² = 2 / (fan_in + fan_out)": initializers.xavier,
        "weights of the shape asked for": initializers.shape,
        "fresh numbers in every call": initializers.fresh,
    },
    wrong=partial(_wrong, Xavier),
    hints=(
        "Which variance suits both directions, forward and backward?",
        "`np.random.normal(0, sigma, shape)` takes the standard deviation, the root of the"
        " variance 2 / (fan_in + fan_out).",
        """
        class Xavier:
            def initialize(self, weights_shape, fan_in, fan_out):
                sigma = np.sqrt(2 / ...)
                return np.random.normal(0, ..., ...)
        """,
    ),
)

check_He = Exercise(
    item="04.5",
    lecture=LECTURE,
    name="He",
    title="He's weights",
    reference=He,
    properties={
        "normal, mean 0, σ² = 2 / fan_in": initializers.he,
        "weights of the shape asked for": initializers.shape,
        "fresh numbers in every call": initializers.fresh,
    },
    wrong=partial(_wrong, He),
    hints=(
        "A ReLU drops half of the mean square of what it gets.",
        "So the variance has to be twice 1 / fan_in. `np.random.normal` takes its root.",
        """
        class He:
            def initialize(self, weights_shape, fan_in, fan_out):
                sigma = np.sqrt(... / ...)
                return np.random.normal(0, sigma, ...)
        """,
    ),
)
