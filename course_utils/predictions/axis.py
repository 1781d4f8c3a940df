"""Linear and logarithmic scales, their ticks, and numbers in words."""

import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from course_utils.typography import minus, power_of_ten

_SMALL, _LARGE = 1e-4, 1e5  # outside, numbers are written with powers of ten, also in the browser
_TICKS = 8


def check(name: str, ends: Sequence[object], log: bool) -> None:
    """Raise ``ValueError`` unless `ends` are two numbers, of which the first is lower."""
    numbers = [e for e in ends if isinstance(e, Real) and math.isfinite(e)]
    rising = len(numbers) == len(ends) == 2 and numbers[0] < numbers[1]
    if not rising or (log and numbers[0] <= 0):
        above = " above 0" if log else ""
        raise ValueError(
            f"The prediction {name!r} needs a scale from a lower to a higher number{above}, and"
            f" not {' to '.join(map(repr, ends))}."
        )


def place(low: float, high: float, log: bool) -> Callable[[Any], Any]:
    """Return the function from values to shares of the scale, 0 at `low` and 1 at `high`."""
    if not log:
        return lambda value: (np.asarray(value, dtype=np.float64) - low) / (high - low)
    decades = math.log10(high / low)
    return lambda value: np.log10(np.asarray(value, dtype=np.float64) / low) / decades


def value(low: float, high: float, log: bool) -> Callable[[Any], Any]:
    """Return the function from shares of the scale to values: what `place` undoes."""
    if not log:
        return lambda share: low + (high - low) * np.asarray(share, dtype=np.float64)
    return lambda share: low * (high / low) ** np.asarray(share, dtype=np.float64)


def spec(low: float, high: float, log: bool) -> Mapping[str, Any]:
    """Return a scale with at most nine ticks, each at a round number, for the browser."""
    at = place(low, high, log)
    ticks = [tick for tick in _round_numbers(low, high, log) if -1e-9 <= at(tick) <= 1 + 1e-9]
    marks = [{"at": round(float(at(tick)), 4), "label": number(tick)} for tick in ticks]
    return {"low": low, "high": high, "log": log, "ticks": marks}


def _round_numbers(low: float, high: float, log: bool) -> list[float]:
    if not log:
        return [
            float(value)
            for value in MaxNLocator(_TICKS - 2, steps=[1, 2, 5, 10]).tick_values(low, high)
        ]
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if last - first < 3:
        return [step * 10.0**power for power in range(first, last + 1) for step in (1, 2, 5)]
    every = -(-(last - first) // _TICKS)
    return [10.0**power for power in range(first, last + 1, every)]


def number(value: float) -> str:
    """Return `value` with two significant digits, thin spaces between thousands, true minus.

    A whole number below a hundred thousand is a count, and keeps all of its digits.
    """
    if not math.isfinite(value):  # a factor between two numbers may be beyond all of them
        return minus(f"{value:g}".replace("inf", "∞"))
    counted = float(value).is_integer() and abs(value) < _LARGE
    rounded = value if counted else float(f"{value:.2g}")
    if rounded == 0:
        return "0"
    if not _SMALL <= abs(rounded) < _LARGE:
        return power_of_ten(rounded)
    return minus(f"{rounded:,.10g}".replace(",", "\N{NARROW NO-BREAK SPACE}"))
