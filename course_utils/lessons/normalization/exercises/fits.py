"""Exercises 01.1 to 01.3: the statistics of each method."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.normalization.exercises.common import LECTURE, fresh_table
from course_utils.lessons.normalization.exercises.scales import (
    Scale,
    Statistics,
    as_it_is,
    enlarged,
    told_by_a_limit,
    varying,
)
from course_utils.lessons.normalization.exercises.statistics import STATISTICS
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard

_BOTH = ("offset", "scale")


def _table(rng: np.random.Generator) -> tuple[np.ndarray]:
    return (fresh_table(rng, int(rng.integers(6, 40)), int(rng.integers(2, 6))),)


def _table_with_constants(rng: np.random.Generator) -> tuple[np.ndarray]:
    """Return a table with constant features, of which most have a mean that is not their value.

    The largest value minus the computed mean is 6e-17 for ten times 0.3, 7e-12 for 1e5 / 3 and
    -6e-11 for 1e6 / 3. So a limit below which scales count as 0 fails here if it is 1e-12, a usual
    guard against rounding, and in `_table_of_small_spread` if it is 1e-10.
    """
    constants = (np.full(10, value) for value in (5.0, 0.3, 1e5 / 3, 1e6 / 3))
    columns = [*fresh_table(rng, 10, 3).T, *constants]
    return (np.column_stack([columns[i] for i in rng.permutation(len(columns))]),)


def _table_of_small_spread(rng: np.random.Generator) -> tuple[np.ndarray]:
    """Return a table with a feature in so large a unit that its deviation is a hundred-billionth.

    Nearly constant is not constant: it is scaled like any other. Neither is a feature constant of
    which the first two values, or the first and the last, are the same.
    """
    (x,) = _table(rng)
    x[1, 0], x[-1, 1] = x[0, 0], x[0, 1]
    column = int(rng.integers(x.shape[1]))
    x[:, column] *= 1e-11 / x[:, column].std()
    return (x,)


_to_minus_one = Fault(
    "it brings x to the range −1 to 1; 0 to 1 is asked for",
    lambda x: ((x.min(0) + x.max(0)) / 2, varying(x, np.ptp(x, 0) / 2)),
)


def _exercise(
    item: str,
    title: str,
    reference: Callable[[np.ndarray], Statistics],
    method: type[Normalizer],
    scale: Scale,
    hints: tuple[str, str, str],
) -> Exercise:
    """Return the check of a function that computes the statistics of `method`.

    `scale` is that of the method where no feature is constant.
    """
    (x,) = _table(np.random.default_rng(0))
    right = dict(zip(_BOTH, reference(x), strict=True))

    def wrong_for(statistic: Callable[[np.ndarray], np.ndarray]) -> tuple[str, ...]:
        return tuple(n for n, value in right.items() if not np.allclose(statistic(x), value))

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
        properties={"its scale is used as it is": as_it_is(scale, _table_of_small_spread)},
        faults=(
            *([_to_minus_one] if method is MinMax else []),
            *(Fault(says, make, of=wrong_for(make)) for says, make in STATISTICS.items()),
            *([] if method is MinMax else told_by_a_limit(scale)),  # its differences are exact
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
            *enlarged(scale),
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
