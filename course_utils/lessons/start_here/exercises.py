"""A tiny exercise on which students try out how checks and hints work."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, expect_values, inputs_unchanged


def mean_square(x: np.ndarray) -> float:
    return float(np.mean(x**2))


def _values(answer: Callable[[np.ndarray], float]) -> None:
    for seed in range(3):
        x = np.random.default_rng(seed).normal(1.0, 2.0, size=7)
        causes = {
            "it is the square of the mean; square first, then take the mean": np.mean(x) ** 2,
            "it is the sum; divide by the number of values": np.sum(x**2),
            "it is the mean of the values themselves": np.mean(x),
            "the root was taken": np.sqrt(np.mean(x**2)),
            "it is the variance; nothing is to be subtracted": np.var(x),
            "it is the mean of the magnitudes; square instead": np.mean(np.abs(x)),
            "the squares are all there, but not their mean": x**2,
            "the sign is the wrong way round": -np.mean(x**2),
        }
        with inputs_unchanged(x=x):
            result = answer(x)
        expect_values("the result", result, mean_square(x), causes)


check_mean_square = Exercise(
    item="00.1",
    lecture="start_here",
    name="mean_square",
    title="A first exercise",
    reference=mean_square,
    properties={"the mean of the squares, for three fresh arrays": _values},
    hints=(
        "Which comes first, the square or the mean?",
        "`x**2` squares every value; `np.mean` takes the mean of an array.",
        """
        def mean_square(x):
            squares = ...
            return np.mean(...)
        """,
    ),
)
