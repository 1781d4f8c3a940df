"""Exercises 01.1 to 01.3: the statistics of each method."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.normalization.exercises.common import LECTURE, fresh_table
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard

Statistics = tuple[np.ndarray, np.ndarray]
_BOTH = ("offset", "scale")

# Statistics that are easily taken for one another.
_STATISTICS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "it is the smallest value": lambda x: x.min(0),
    "it is the mean": lambda x: x.mean(0),
    "it is the median": lambda x: np.median(x, 0),
    "it is largest minus smallest": lambda x: np.ptp(x, 0),
    "it is half of largest minus smallest": lambda x: np.ptp(x, 0) / 2,
    "it is largest plus smallest; subtract": lambda x: x.max(0) + x.min(0),
    "it is the first sample": lambda x: x[0],
    "it is the largest value, before anything was subtracted": lambda x: x.max(0),
    "it is the largest magnitude, before anything was subtracted": lambda x: np.abs(x).max(0),
    "it is the largest value minus the mean": lambda x: x.max(0) - x.mean(0),
    "it is the mean minus the smallest value": lambda x: x.mean(0) - x.min(0),
    "it is the largest magnitude after centring; the smallest value counts there too": (
        lambda x: np.abs(x - x.mean(0)).max(0)
    ),
    "it is the standard deviation, with the mean squared deviation divided by n": (
        lambda x: x.std(0)
    ),
    "it is the standard deviation with n − 1 in the denominator; here it is n": (
        lambda x: x.std(0, ddof=1)
    ),
    "it is the variance: its square root is missing": lambda x: x.var(0),
    "it is the variance with n − 1 in the denominator: divide by n, and take its square root": (
        lambda x: x.var(0, ddof=1)
    ),
    "it is the root of the standard deviation: one root too many": lambda x: np.sqrt(x.std(0)),
    "it is the mean absolute deviation; square the deviations instead": (
        lambda x: np.abs(x - x.mean(0)).mean(0)
    ),
    "it is the root of the mean square: the mean was not subtracted": (
        lambda x: np.sqrt((x**2).mean(0))
    ),
    "it is the sum divided by the number of features; divide by the number of samples": (
        lambda x: x.sum(0) / x.shape[1]
    ),
}


def _table(rng: np.random.Generator) -> tuple[np.ndarray]:
    return (fresh_table(rng, int(rng.integers(6, 40)), int(rng.integers(2, 6))),)


def _table_with_constants(rng: np.random.Generator) -> tuple[np.ndarray]:
    """Return a table with two constant features; of ten times 0.3 the computed mean is not 0.3."""
    columns = [*fresh_table(rng, 10, 3).T, np.full(10, 5.0), np.full(10, 0.3)]
    return (np.column_stack([columns[i] for i in rng.permutation(5)]),)


def _table_of_small_spread(rng: np.random.Generator) -> tuple[np.ndarray]:
    """Return a table with a feature in so large a unit that its deviation is a hundred-billionth.

    Nearly constant is not constant: it is scaled like any other. Neither is a feature constant of
    which the first two values, or the first and the last, are the same. So a limit of 1e-10 or
    more, below which scales count as 0, always fails; 1e-12, a usual guard against rounding, never.
    """
    (x,) = _table(rng)
    x[1, 0], x[-1, 1] = x[0, 0], x[0, 1]
    column = int(rng.integers(x.shape[1]))
    x[:, column] *= 1e-11 / x[:, column].std()
    return (x,)


def _exercise(
    item: str,
    title: str,
    reference: Callable[[np.ndarray], Statistics],
    method: type[Normalizer],
    scale: Callable[[np.ndarray], np.ndarray],
    hints: tuple[str, str, str],
) -> Exercise:
    """Return the check of a function that computes the statistics of `method`.

    `scale` is that of the method where no feature is constant.
    """
    (x,) = _table(np.random.default_rng(0))
    right = dict(zip(_BOTH, reference(x), strict=True))

    def wrong_for(statistic: Callable[[np.ndarray], np.ndarray]) -> tuple[str, ...]:
        return tuple(n for n, value in right.items() if not np.allclose(statistic(x), value))

    rounding = Fault(
        "rounding makes the scale of a constant feature such as 0.3 about 1e-17 instead of 0; tell"
        " it by its values: the largest is the smallest",
        lambda x: np.where(scale(x) == 0, 1, scale(x)),
        of=("scale",),
    )
    cancelled = Fault(
        "it is 0: differences from the mean cancel when they are averaged; square them first",
        np.zeros_like,
        of=("scale",),
        changes=True,
    )
    return Exercise(
        item=item,
        lecture=LECTURE,
        name=reference.__name__,
        title=title,
        reference=reference,
        results=_BOTH,
        rounds={
            "offset and scale per feature, on three fresh tables": _table,
            "a constant feature gets scale 1": _table_with_constants,
            "a feature of small spread is none of these": _table_of_small_spread,
        },
        faults=(
            *(Fault(says, make, of=wrong_for(make)) for says, make in _STATISTICS.items()),
            *([] if method is MinMax else [rounding]),  # its differences are exact
            Fault(
                "a constant feature has scale 0, or as little as was added to it; put 1 there, as"
                " with `np.where(…, 1, scale)`",
                scale,
                of=("scale",),
            ),
            Fault(
                "it is 0; take it from x as it comes, before anything is subtracted",
                np.zeros_like,
                of=("offset",),
                changes=True,
            ),
            *(
                Fault(
                    "a feature is taken for constant because a few of its values are equal; the"
                    " largest has to be the smallest",
                    lambda x, first=first, second=second: np.where(
                        x[first] == x[second], 1, scale(x)
                    ),
                    of=("scale",),
                )
                for first, second in ((0, 1), (0, -1))
            ),
            *([cancelled] if method is Standard else []),
            *(
                Fault(
                    "small scales count as 0; only a constant feature gets 1: its largest value is"
                    " its smallest",
                    lambda x, least=least: np.where(scale(x) < least, 1, scale(x)),
                    of=("scale",),
                )
                for least in (1e-8, 1e-3, 1e-2, 0.1)
            ),
            Fault(
                "it is 1 for every feature, also for those that are not constant",
                np.ones_like,
                of=("scale",),
                changes=True,
            ),
            Fault(
                "all features get the same scale, the largest; each has its own",
                lambda z: np.full_like(z, z.max()),
                of=("scale",),
                changes=True,
            ),
            Fault(
                "it is 1 divided by the scale; `transform` does the dividing",
                lambda z: 1 / z,
                of=("scale",),
                changes=True,
            ),
            Fault(
                "that is x with the offset subtracted; return the offset itself",
                lambda x: x - reference(x)[0],
                of=("offset",),
            ),
            Fault(
                "that is the normalized table; return the two statistics that `transform` needs,"
                " offset and scale",
                lambda x: method().fit(x).transform(x),
            ),
        ),
        hints=hints,
    )


def fit_min_max(x: np.ndarray) -> Statistics:
    low = x.min(axis=0)
    width = x.max(axis=0) - low
    return low, np.where(width == 0, 1.0, width)


check_fit_min_max = _exercise(
    "01.1",
    "From 0 to 1",
    fit_min_max,
    MinMax,
    lambda x: np.ptp(x, axis=0),
    (
        "Which two numbers of a feature must become 0 and 1?",
        "The offset becomes 0, so it is the smallest value; the scale is what then becomes 1. Take"
        " both along the samples, `axis=0`, and mind a feature that is constant.",
        """
        def fit_min_max(x):
            low = x.min(axis=...)
            width = ... - low
            return low, np.where(width == 0, ..., width)
        """,
    ),
)


def fit_mean_max(x: np.ndarray) -> Statistics:
    mean = x.mean(axis=0)
    top = x.max(axis=0) - mean
    return mean, np.where(x.max(axis=0) == x.min(axis=0), 1.0, top)


check_fit_mean_max = _exercise(
    "01.2",
    "Zero mean, maximum 1",
    fit_mean_max,
    MeanMax,
    lambda x: x.max(axis=0) - x.mean(axis=0),
    (
        "First make the mean 0. What is the largest value now?",
        "Subtracting the mean moves the largest value too: the scale is the largest value minus"
        " the mean, not the largest value and not the largest magnitude.",
        """
        def fit_mean_max(x):
            mean = ...
            top = x.max(axis=0) - ...
            return mean, np.where(x.max(axis=0) == ..., 1.0, top)
        """,
    ),
)


def fit_standard(x: np.ndarray) -> Statistics:
    mean = x.mean(axis=0)
    deviation = np.sqrt(np.mean((x - mean) ** 2, axis=0))
    return mean, np.where(x.max(axis=0) == x.min(axis=0), 1.0, deviation)


check_fit_standard = _exercise(
    "01.3",
    "Zero mean, unit variance",
    fit_standard,
    Standard,
    lambda x: x.std(axis=0),
    (
        "Unit variance: what must the deviations be divided by?",
        "Divide by the standard deviation, the root of the mean squared deviation from the mean."
        " Mean here is a sum over n, as in `np.std` and in scikit-learn.",
        """
        def fit_standard(x):
            mean = x.mean(axis=0)
            deviation = np.sqrt(np.mean(... ** 2, axis=0))
            return mean, np.where(x.max(axis=0) == ..., 1.0, deviation)
        """,
    ),
)
