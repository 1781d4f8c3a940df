"""Statistics of a column by name: what is subtracted or divided by where another was asked for.

A question that carries a student's own working on tells by them another method from a slip. A slip
may lead to any number. So only statistics belong here that are taken for one another, and not all
that can be thought of, such as half of the range: one slip in ten would then be called a method.
"""

from collections.abc import Callable, Mapping

import numpy as np

Statistic = Callable[[np.ndarray], float]

SUBTRAHENDS: Mapping[str, Statistic] = {
    "the smallest value": np.min,
    "the largest value": np.max,
    "the mean": np.mean,
    "the median": np.median,
}
DIVISORS: Mapping[str, Statistic] = {
    "largest minus smallest value": np.ptp,
    "the largest value, before anything was subtracted": np.max,
    "the variance": np.var,
    "the standard deviation": np.std,
    "the standard deviation with n − 1": lambda x: float(np.std(x, ddof=1)),
    "the root of the sum of squared differences": lambda x: float(np.std(x) * np.sqrt(len(x))),
    "the mean": np.mean,
}
_RIGHT = 0.005  # half of the second decimal, as for an entry of a table
_ROUNDED = 0.05  # what is no whole number may have been rounded to one decimal


def another(
    statistics: Mapping[str, Statistic], typed: float, right: float, column: np.ndarray
) -> str:
    """Return which of `statistics` of a `column` (samples,) was typed instead of the right value.

    Several that are the same number are joined by 'or'. It is "" if the right value was typed, or
    none of them.
    """
    if abs(typed - right) <= _RIGHT:
        return ""
    of = {name: float(statistic(column)) for name, statistic in statistics.items()}
    return " or ".join(
        name
        for name, value in of.items()
        if abs(typed - value) <= (_RIGHT if value.is_integer() else _ROUNDED)
    )


def no_slip(
    working: tuple[float, float],
    right: tuple[float, float],
    column: np.ndarray,
    divisors: Mapping[str, Statistic],
    method: str,
) -> str:
    """Return why working is no slip that could be carried on, or "".

    Parameters
    ----------
    working, right
        What was subtracted from a `column` (samples,) and what it was divided by, and the key's.
    divisors
        What the divisor is taken for, by name.
    method
        What is said of another one, after 'you subtracted the mean'.
    """
    subtracted, divided = working
    offset, scale = right
    if divided == 1 and scale != 1:
        return _LEFT_OUT
    if found := another(SUBTRAHENDS, subtracted, offset, column):
        nothing = ", or nothing" if subtracted == 0 else ""
        return f"You subtracted {found}{nothing}: {method}"
    if subtracted == 0 and offset != 0:
        return _LEFT_OUT
    if found := another(divisors, divided, scale, column):
        return f"You divided by {found}: {method}"
    if not column.min() <= subtracted <= column.max() or not 0 < divided <= np.ptp(column):
        return "Nothing follows from your working: it lies outside of what the column allows."
    return ""


_LEFT_OUT = "Nothing follows from working that leaves a step out."
