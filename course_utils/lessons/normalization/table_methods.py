"""The three methods as item 3.1 asks for them, and on which columns they come out round."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import gcd, isqrt

import numpy as np

from course_utils.exam.column_statistics import DIVISORS, Statistic
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard
from course_utils.typography import number

Column = tuple[int, ...]


@dataclass(frozen=True)
class Method:
    """A way to normalize, its wording, and the columns on which it comes out round.

    Attributes
    ----------
    name
        What working by it is called where another was asked for, after 'your working is that of'.
    fit
        The lecture's class.
    asks
        What is to be reached, after 'normalize each feature to'.
    samples
        How many samples a fresh table has.
    round_
        Tells whether a rising integer column gives integer statistics and short decimals.
    steps
        Tells in words how the statistics of a column come about.
    divisors
        What its divisor is taken for, by name.
    """

    name: str
    fit: type[Normalizer]
    asks: str
    samples: int
    round_: Callable[[Column], bool]
    steps: Callable[[np.ndarray, float, float], str]
    divisors: Mapping[str, Statistic] = field(hash=False)


def _short(numerators: Column, denominator: int) -> bool:
    """Tell whether all fractions have at most two decimals: halves, quarters, fifths."""
    return all(denominator // gcd(n, denominator) in (1, 2, 4, 5) for n in numerators)


def _mean_max_is_round(column: Column) -> bool:
    """Ask for an integer mean, and for a maximum that no negative value exceeds in size."""
    mean, rest = divmod(sum(column), len(column))
    centred = tuple(value - mean for value in column)
    return rest == 0 and -centred[0] <= centred[-1] and _short(centred, centred[-1])


def _min_max_is_round(column: Column) -> bool:
    return _short(tuple(value - column[0] for value in column), column[-1] - column[0])


def _standard_is_round(column: Column) -> bool:
    """Ask for an integer mean and an integer standard deviation."""
    mean, rest = divmod(sum(column), len(column))
    centred = tuple(value - mean for value in column)
    variance, left = divmod(sum(value**2 for value in centred), len(column))
    deviation = isqrt(variance)
    return rest == left == 0 and deviation**2 == variance and _short(centred, deviation)


def _mean_steps(x: np.ndarray, mean: float) -> str:
    """Tell how the mean and the differences from it come about."""
    return (
        f"the mean is ({' + '.join(map(number, x))}) / {len(x)} = {number(mean)}; the differences"
        f" from it are {', '.join(number(value - mean) for value in x)}"
    )


def _mean_max_steps(x: np.ndarray, offset: float, scale: float) -> str:
    return f"{_mean_steps(x, offset)}; the largest is {number(scale)}"


def _min_max_steps(x: np.ndarray, offset: float, scale: float) -> str:
    top = number(x.max())
    return (
        f"the smallest value is {number(offset)}, the largest {top}; the range is"
        f" {top} − {number(offset)} = {number(scale)}"
    )


def _standard_steps(x: np.ndarray, offset: float, scale: float) -> str:
    squares = " + ".join(number((value - offset) ** 2) for value in x)
    return (
        f"{_mean_steps(x, offset)}; the variance is ({squares}) / {len(x)} = {number(scale**2)},"
        f" the standard deviation {number(scale)}"
    )


MEAN_MAX = Method(
    "zero mean and maximum 1",
    MeanMax,
    "zero mean and a maximum of 1",
    4,
    _mean_max_is_round,
    _mean_max_steps,
    DIVISORS,
)
METHODS = (
    MEAN_MAX,
    Method(
        "min-max scaling",
        MinMax,
        "a minimum of 0 and a maximum of 1",
        4,
        _min_max_is_round,
        _min_max_steps,
        {**DIVISORS, "the largest value minus the mean": lambda x: float(x.max() - x.mean())},
    ),
    Method(
        "zero mean and unit variance",
        Standard,
        "zero mean and unit variance (the variance is the mean of the squared differences: divide"
        " by the number of samples)",
        5,
        _standard_is_round,
        _standard_steps,
        {**DIVISORS, "the mean absolute deviation": lambda x: float(np.abs(x - x.mean()).mean())},
    ),
)
