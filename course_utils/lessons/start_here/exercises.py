"""A tiny exercise on which students try out how checks and hints work."""

import numpy as np

from course_utils.checks import Exercise, Fault


def mean_square(x: np.ndarray) -> float:
    return float(np.mean(x**2))


check_mean_square = Exercise(
    item="00.1",
    lecture="start_here",
    name="mean_square",
    title="A first exercise",
    reference=mean_square,
    rounds={
        "the mean of the squares, for three fresh arrays": lambda rng: (
            rng.normal(1.0, 2.0, int(rng.integers(5, 9))),
        )
    },
    faults=(
        Fault(
            "it is the square of the mean; square first, then take the mean",
            lambda x: np.mean(x) ** 2,
        ),
        Fault("it is the sum; divide by the number of values", lambda x: np.sum(x**2)),
        Fault("it is the mean of the values themselves", np.mean),
        Fault("the root was taken", lambda x: np.sqrt(np.mean(x**2))),
        Fault("it is the variance; nothing is to be subtracted", np.var),
        Fault("it is the mean of the magnitudes; square instead", lambda x: np.mean(np.abs(x))),
        Fault("the squares are all there, but not their mean", lambda x: x**2),
    ),
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
