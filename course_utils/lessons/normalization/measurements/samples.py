"""What normalizing does to single samples, and what training and test samples do to each other."""

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.lessons.normalization.measurements.common import (
    ROUNDING,
    generator,
    normal,
    wine,
)
from course_utils.lessons.normalization.model import Standard


class Axes(NamedTuple):
    """Standard deviations of the wine features after standardizing along either axis."""

    features: int
    at_one: int  # how many features have deviation 1 if statistics run over the samples
    least: float  # smallest and largest if they run over the features of each sample
    most: float


@cache
def by_axis() -> Axes:
    """Standardize the wine table over the samples, and over each sample's features."""
    x = wine().x_train
    over_samples = ((x - x.mean(axis=0)) / x.std(axis=0)).std(axis=0)
    z = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    own = z.std(axis=0)
    at_one = int(np.sum(np.abs(over_samples - 1) < ROUNDING))
    return Axes(x.shape[1], at_one, float(own.min()), float(own.max()))


class Doubled(NamedTuple):
    """Pairs of positive samples, one twice the other."""

    equal: int  # how many pairs become equal
    pairs: int


@cache
def by_own_largest() -> Doubled:
    """Divide samples, and their doubles, by their own largest value."""
    once = generator().uniform(1, 9, (1000, 4))
    left, right = (x / x.max(axis=1, keepdims=True) for x in (once, 2 * once))
    return Doubled(int(np.all(left == right, axis=1).sum()), len(once))


class Alone(NamedTuple):
    """Test wines, each standardized by a mean and deviation of its own, feature by feature."""

    samples: int
    different: int  # how many different samples are left


@cache
def one_alone() -> Alone:
    """Standardize every test wine as a batch of one; a deviation of 0 is replaced by 1."""
    x = wine().x_test
    z = [normal(Standard, sample[None])[0] for sample in x]
    return Alone(len(x), len(np.unique(z, axis=0)))


class Leak(NamedTuple):
    """How far normalized training data move with one test value, in standard deviations."""

    before_split: float  # statistics of all data
    after_split: float  # of the training data


@cache
def leak() -> Leak:
    """Make the largest proline value among the test wines ten times larger."""
    split = wine()
    x, changed = split.x_train, split.x_test.copy()
    changed[np.argmax(changed[:, 12]), 12] *= 10

    def moved(*fitted_on: np.ndarray) -> float:
        first, second = (Standard().fit(table).transform(x) for table in fitted_on)
        return float(np.abs(first - second).max())

    together = (np.concatenate([x, test]) for test in (split.x_test, changed))
    return Leak(moved(*together), moved(x, x))
