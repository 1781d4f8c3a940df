"""What normalizing does to the values of a feature."""

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.data import ENZYMES, load_wine_split
from course_utils.lessons.normalization.measurements.common import (
    ROUNDING,
    SEEDS,
    generator,
    normal,
    wine,
)
from course_utils.lessons.normalization.model import MeanMax, MinMax, Standard


class Standardized(NamedTuple):
    """The standardized wine table."""

    features: int
    at_zero_and_one: int  # features with mean 0 and variance 1
    outside: float  # share of values beyond −1 and 1
    largest: float


@cache
def standardized() -> Standardized:
    """Standardize the wine table by its own statistics."""
    z = normal(Standard, wine().x_train)
    exact = (np.abs(z.mean(axis=0)) < ROUNDING) & (np.abs(z.var(axis=0) - 1) < ROUNDING)
    return Standardized(z.shape[1], int(exact.sum()), float(np.mean(np.abs(z) > 1)), float(z.max()))


class Shape(NamedTuple):
    """Skewness of exponentially distributed values, and where an outlier ends."""

    before: float
    after: float
    far: float  # standard deviations of a value of 100 among 999 standard normal ones


@cache
def shape() -> Shape:
    """Standardize 100 000 exponentially distributed values, and a feature with an outlier."""
    rng = generator()
    x = rng.exponential(1, (100_000, 1))
    with_outlier = np.append(rng.normal(0, 1, 999), 100.0)[:, None]
    return Shape(
        _skewness(x),
        _skewness(normal(Standard, x)),
        float(np.abs(normal(Standard, with_outlier)).max()),
    )


def _skewness(x: np.ndarray) -> float:
    """Return the mean cubed deviation in units of the standard deviation (0 if symmetric)."""
    return float(np.mean(((x - x.mean()) / x.std()) ** 3))


class MinMaxed(NamedTuple):
    """Wine features scaled to the range of the training data."""

    features: int
    from_0_to_1: int  # features whose training values run from exactly 0 to exactly 1
    mean_one_half: int  # features whose scaled training values have mean 0.5
    lowest_mean: float
    highest_mean: float
    splits: int
    negative: int  # test values below 0, over all splits
    above: int  # and above 1


@cache
def min_max() -> MinMaxed:
    """Scale the training and test part of the wine table by the training part's extremes."""
    z = normal(MinMax, wine().x_train)
    negative = above = 0
    for seed in SEEDS:
        split = load_wine_split(seed)
        test = MinMax().fit(split.x_train).transform(split.x_test)
        negative += int(np.sum(test < 0))
        above += int(np.sum(test > 1))
    ends = (z.min(axis=0) == 0) & (z.max(axis=0) == 1)
    means = z.mean(axis=0)
    return MinMaxed(
        z.shape[1],
        int(ends.sum()),
        int(np.sum(np.abs(means - 0.5) < ROUNDING)),
        float(means.min()),
        float(means.max()),
        len(SEEDS),
        negative,
        above,
    )


class Maximum(NamedTuple):
    """Enzymes and wine features with mean 0 and largest value 1."""

    features: int
    as_meant: int  # how many have them
    apart: float  # how much the enzymes differ if they are divided before the mean is subtracted
    first: float  # the largest value of either enzyme then
    second: float


@cache
def maximum() -> Maximum:
    """Subtract the mean and divide by the largest value, and for the enzymes the other way."""
    tables = [normal(MeanMax, x) for x in (ENZYMES.x, wine().x_train)]
    top = np.concatenate([z.max(axis=0) for z in tables])
    mean = np.concatenate([z.mean(axis=0) for z in tables])
    as_meant = (np.abs(top - 1) < ROUNDING) & (np.abs(mean) < ROUNDING)
    divided = ENZYMES.x / ENZYMES.x.max(axis=0)
    other = divided - divided.mean(axis=0)
    first, second = other.max(axis=0)
    apart = np.abs(other - tables[0]).max()
    return Maximum(len(top), int(as_meant.sum()), float(apart), float(first), float(second))


class Squeezed(NamedTuple):
    """The part of the min-max range that 100 values fill."""

    before: float
    after: float  # once an outlier has joined them


@cache
def squeezed() -> Squeezed:
    """Let a value of 50 join a hundred values from 0 to 1."""
    x = np.linspace(0, 1, 100)[:, None]
    together = np.append(x, [[50.0]], axis=0)
    return Squeezed(
        float(np.ptp(normal(MinMax, x))), float(np.ptp(normal(MinMax, together)[: len(x)]))
    )


class Constant(NamedTuple):
    """Features with the same value in ten samples."""

    features: int
    told_by_zero: int  # how many have a computed deviation of exactly 0
    undefined: float  # share of results of the formula for the values 3 that are 0/0
    variance: float  # of those under the lecture's normalizer
    deviation: float  # largest computed one


@cache
def constant() -> Constant:
    """Standardize features of constants from 0.1 to 9.9."""
    x = np.tile(np.arange(1, 100) / 10, (10, 1))
    threes = np.full((10, 1), 3.0)
    with np.errstate(invalid="ignore"):
        by_formula = (threes - threes.mean()) / threes.std()
    return Constant(
        x.shape[1],
        int(np.sum(x.std(axis=0) == 0)),
        float(np.isnan(by_formula).mean()),
        float(normal(Standard, threes).var()),
        float(x.std(axis=0).max()),
    )


class Undone(NamedTuple):
    """Wine values standardized and brought back."""

    values: int
    back: int  # how many come back, apart from rounding


@cache
def undone() -> Undone:
    """Multiply by the standard deviation and add the mean."""
    x = wine().x_train
    fitted = Standard().fit(x)
    again = fitted.transform(x) * fitted.scale_ + fitted.offset_
    return Undone(x.size, int(np.sum(np.abs(again / x - 1) < ROUNDING)))


class Units(NamedTuple):
    """The largest difference between standardized values of one feature in two units."""

    celsius_fahrenheit: float
    consumption: float  # miles per gallon and litres per 100 km


@cache
def units() -> Units:
    """Give a thousand temperatures, and a thousand cars' consumption, in two units each."""
    rng = generator()
    celsius = rng.normal(20, 8, (1000, 1))
    litres = rng.uniform(4, 14, (1000, 1))  # per 100 km; a US gallon has 3.785 l, a mile 1.609 km

    def apart(first: np.ndarray, second: np.ndarray) -> float:
        return float(np.abs(normal(Standard, first) - normal(Standard, second)).max())

    # More miles are fewer litres: the sign is turned, so that this alone makes no difference.
    return Units(apart(celsius, 1.8 * celsius + 32), apart(litres, -235.2 / litres))


class Correlation(NamedTuple):
    """Correlations of the wine features, of which none is constant."""

    strongest_raw: float
    strongest_standardized: float
    moved: float  # the largest change of any


@cache
def correlation() -> Correlation:
    """Compare the correlations of all pairs of wine features before and after standardizing."""
    x = wine().x_train
    raw, scaled = (np.triu(np.corrcoef(z.T), 1) for z in (x, normal(Standard, x)))
    return Correlation(
        float(np.abs(raw).max()), float(np.abs(scaled).max()), float(np.abs(raw - scaled).max())
    )
