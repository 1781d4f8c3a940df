"""Exercises 01.1 to 01.3: the statistics of each method."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, NotRight, expect_values, inputs_unchanged
from course_utils.lessons.normalization.exercises.common import LECTURE, fresh_table, two_results
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard

Fit = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def _candidates(x: np.ndarray, axis: int | None) -> dict[str, np.ndarray]:
    """Statistics that are easily taken for one another, by name."""
    mean, low, high = x.mean(axis), x.min(axis), x.max(axis)
    centred = x - x.mean(axis, keepdims=True)
    return {
        "the smallest value": low,
        "the mean": mean,
        "the median": np.median(x, axis),
        "largest minus smallest": high - low,
        "the largest value, before anything was subtracted": high,
        "the largest value minus the mean": high - mean,
        "the largest magnitude after centring; the smallest value counts there too": np.abs(
            centred
        ).max(axis),
        "the standard deviation, with the mean squared deviation divided by n": x.std(axis),
        "the standard deviation with n − 1 in the denominator; here it is n": x.std(axis, ddof=1),
        "the variance: its square root is missing": x.var(axis),
    }


def _causes(x: np.ndarray) -> dict[str, object]:
    per_feature = {f"it is {name}": value for name, value in _candidates(x, 0).items()}
    per_sample = {
        f"it is {name}, of each sample (`axis=1`); it should be one number per feature": value
        for name, value in _candidates(x, 1).items()
    }
    overall = {
        f"it is {name}, of the whole table; it should be one number per feature": value
        for name, value in _candidates(x, None).items()
    }
    return {**per_feature, **per_sample, **overall}


def _fit_properties(method: type[Normalizer]) -> dict[str, Callable[[Fit], None]]:
    def statistics(fit: Fit) -> None:
        for seed, shape in enumerate([(7, 3), (5, 5), (40, 2)]):
            x = fresh_table(*shape, seed)
            right = method().fit(x)
            with inputs_unchanged(x=x):
                offset, scale = two_results(fit, x)
            if _swapped(offset, scale, right):
                raise NotRight("offset and scale are exchanged", "return them in the other order")
            expect_values("offset", offset, right.offset_, _causes(x))
            expect_values("scale", scale, right.scale_, _causes(x))

    def constant(fit: Fit) -> None:
        x = fresh_table(6, 3, seed=9)
        x[:, 1] = 5.0
        right = method().fit(x)
        zero = np.where([False, True, False], 0.0, right.scale_)
        cause = (
            "a constant feature has scale 0, and dividing by it gives nan; put 1 there, as with"
            " `np.where(scale == 0, 1, scale)`"
        )
        expect_values("scale", two_results(fit, x)[1], right.scale_, {cause: zero})

    return {
        "offset and scale per feature, on three fresh tables": statistics,
        "a constant feature gets scale 1": constant,
    }


def _swapped(offset: object, scale: object, right: Normalizer) -> bool:
    try:
        pair = np.array([offset, scale], dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return pair.shape == (2, len(right.scale_)) and np.allclose(pair, [right.scale_, right.offset_])


def fit_min_max(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    low = x.min(axis=0)
    width = x.max(axis=0) - low
    return low, np.where(x.max(axis=0) == x.min(axis=0), 1.0, width)


check_fit_min_max = Exercise(
    item="01.1",
    lecture=LECTURE,
    name="fit_min_max",
    title="From 0 to 1",
    reference=fit_min_max,
    properties=_fit_properties(MinMax),
    hints=(
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


def fit_mean_max(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = x.mean(axis=0)
    top = x.max(axis=0) - mean
    return mean, np.where(x.max(axis=0) == x.min(axis=0), 1.0, top)


check_fit_mean_max = Exercise(
    item="01.2",
    lecture=LECTURE,
    name="fit_mean_max",
    title="Zero mean, maximum 1",
    reference=fit_mean_max,
    properties=_fit_properties(MeanMax),
    hints=(
        "First make the mean 0. What is the largest value now?",
        "Subtracting the mean moves the largest value too: the scale is the largest value minus"
        " the mean, not the largest value and not the largest magnitude.",
        """
        def fit_mean_max(x):
            mean = ...
            top = x.max(axis=0) - ...
            return mean, np.where(top == 0, 1.0, top)
        """,
    ),
)


def fit_standard(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = x.mean(axis=0)
    deviation = np.sqrt(np.mean((x - mean) ** 2, axis=0))
    return mean, np.where(x.max(axis=0) == x.min(axis=0), 1.0, deviation)


check_fit_standard = Exercise(
    item="01.3",
    lecture=LECTURE,
    name="fit_standard",
    title="Zero mean, unit variance",
    reference=fit_standard,
    properties=_fit_properties(Standard),
    hints=(
        "Unit variance: what must the deviations be divided by?",
        "Divide by the standard deviation, the root of the mean squared deviation from the mean."
        " Mean here is a sum over n, as in `np.std` and in scikit-learn.",
        """
        def fit_standard(x):
            mean = x.mean(axis=0)
            deviation = np.sqrt(np.mean(... ** 2, axis=0))
            return mean, np.where(deviation == 0, 1.0, deviation)
        """,
    ),
)
