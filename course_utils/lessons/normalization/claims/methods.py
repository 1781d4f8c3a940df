# ruff: noqa: D103 - the statement that decorates an experiment is its documentation
"""What each method guarantees, and what it does not."""

from statistics import fmean

import numpy as np

from course_utils.data import ENZYMES, load_wine_split
from course_utils.exam.statements import Verdict
from course_utils.lessons.normalization import measurements as measure
from course_utils.lessons.normalization.claims.pool import POOL, percent
from course_utils.lessons.normalization.measurements import SEEDS, normal
from course_utils.lessons.normalization.model import Identity, MeanMax, MinMax, Standard


@POOL.claim("standard", "A common choice is to give every feature zero mean and unit variance.")
def standard_is_common() -> Verdict:
    z = normal(Standard, load_wine_split(0).x_train)
    off = max(np.abs(z.mean(axis=0)).max(), np.abs(z.var(axis=0) - 1).max())
    raw = fmean(measure.network_accuracies(Identity))
    scaled = fmean(measure.network_accuracies(Standard))
    return Verdict(
        bool(off < 1e-9 and scaled > raw),
        f"It does what it says on all {z.shape[1]} wine features (mean 0, variance 1) and is worth"
        f" choosing: a small network's accuracy rose from {percent(raw)} to {percent(scaled)}"
        f" (mean of {len(SEEDS)} seeds).",
    )


@POOL.claim("standard", "Standardizing a feature makes it normally distributed.")
def standard_makes_normal() -> Verdict:
    x = np.random.default_rng(0).exponential(1, (100_000, 1))
    before, after = measure.skewness(x), measure.skewness(normal(Standard, x))
    return Verdict(
        abs(after) < 0.1,
        f"Exponentially distributed values had skewness {before:.1f} before and {after:.1f} after;"
        " a normal distribution has 0. Standardizing shifts and stretches, and keeps the shape.",
    )


@POOL.claim("standard", "After standardization every value of a feature lies between −1 and 1.")
def standard_within_one() -> Verdict:
    z = normal(Standard, load_wine_split(0).x_train)
    outside = float(np.mean(np.abs(z) > 1))
    return Verdict(
        outside == 0,
        f"Of the standardized wine values, {percent(outside)} lie outside; the largest is"
        f" {z.max():.1f}.",
    )


@POOL.claim(
    "standard",
    "Standardizing a feature removes its outliers: no value is more than three standard deviations"
    " from the mean afterwards.",
)
def standard_removes_outliers() -> Verdict:
    x = np.append(np.random.default_rng(0).normal(0, 1, 999), 100.0)[:, None]
    z = normal(Standard, x)
    return Verdict(
        bool(np.abs(z).max() <= 3),
        f"A value of 100 among 999 standard normal ones ends up {z.max():.0f} standard deviations"
        " from the mean: it is as far from the others, in proportion, as before.",
    )


@POOL.claim(
    "min-max",
    "Min-max scaling maps the smallest training value of a feature to 0 and the largest to 1,"
    " unless the feature is constant.",
)
def min_max_ends() -> Verdict:
    z = normal(MinMax, load_wine_split(0).x_train)
    low, high = z.min(axis=0), z.max(axis=0)
    hits = int(np.sum((low == 0) & (high == 1)))
    return Verdict(
        hits == z.shape[1],
        f"{hits} of {z.shape[1]} wine features run from exactly 0 to exactly 1 afterwards.",
    )


@POOL.claim(
    "min-max",
    "If min-max scaling is fitted on the training data, all scaled test values lie between 0 and 1"
    " as well.",
)
def min_max_holds_for_test() -> Verdict:
    outside = 0
    for seed in SEEDS:
        split = load_wine_split(seed)
        z = MinMax().fit(split.x_train).transform(split.x_test)
        outside += int(np.sum((z < 0) | (z > 1)))
    return Verdict(
        outside == 0,
        f"In {len(SEEDS)} splits of the wine table, {outside} test values fell outside: beyond the"
        " smallest or largest training value.",
    )


@POOL.claim("min-max", "Min-max scaling gives every feature the mean 0.5.")
def min_max_centres() -> Verdict:
    means = normal(MinMax, load_wine_split(0).x_train).mean(axis=0)
    return Verdict(
        bool(np.allclose(means, 0.5)),
        f"The means of the scaled wine features lie between {means.min():.2f} and"
        f" {means.max():.2f}.",
    )


@POOL.claim(
    "maximum",
    "If the mean of a feature that is not constant is subtracted and the result divided by its"
    " largest value, the largest value is 1 and the mean 0.",
)
def mean_then_maximum() -> Verdict:
    tops, means = [], []
    for x in (ENZYMES.x, load_wine_split(0).x_train):
        z = normal(MeanMax, x)
        tops.append(z.max(axis=0))
        means.append(z.mean(axis=0))
    top, mean = np.concatenate(tops), np.concatenate(means)
    return Verdict(
        bool(np.allclose(top, 1) and np.allclose(mean, 0)),
        f"So it is for both enzymes and all 13 wine features: largest values"
        f" {top.min():.3g} to {top.max():.3g}, means below 1e-9.",
    )


@POOL.claim(
    "maximum",
    "It makes no difference whether one first subtracts a feature's mean and then divides by the"
    " largest value left, or first divides by the largest value and then subtracts the mean left.",
)
def order_is_free() -> Verdict:
    x = ENZYMES.x
    first = normal(MeanMax, x)
    scaled = x / x.max(axis=0)
    second = scaled - scaled.mean(axis=0)
    tops = " and ".join(f"{top:.2g}" for top in second.max(axis=0))
    return Verdict(
        bool(np.allclose(first, second)),
        f"For the two enzymes, the first order gives largest values 1 and 1, the second {tops}.",
    )
