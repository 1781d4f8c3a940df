"""What all controls have in common whose values are numbers with a unit, in a fixed order."""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.explorers.controls.base import Control
from course_utils.explorers.words import Number, in_words

DIGITS = 10  # significant digits of a stop: 0.3, not 0.30000000000000004


def check_bounds(who: str, low: Number, high: Number) -> None:
    """Raise ``ValueError`` if the bounds are not finite or not in order."""
    if not all(math.isfinite(number) for number in (low, high)):
        raise ValueError(f"{who}: both bounds must be finite numbers.")
    if not low < high:
        raise ValueError(f"{who}: the lower bound {low} is not below {high}.")


def lattice(who: str, low: Number, high: Number, step: Number) -> tuple[Number, ...]:
    """Return the numbers from `low` to at most `high` that are `step` apart; whole if all are.

    Raises
    ------
    ValueError
        If the bounds are not finite or not in order, or the step does not fit between them.
    """
    check_bounds(who, low, high)
    if not 0 < step <= high - low:
        raise ValueError(f"{who}: step {step} does not fit between the bounds.")
    raw = [low + step * place for place in range(math.floor((high - low) / step + 1e-9) + 1)]
    if isinstance(low, int) and isinstance(high, int) and step % 1 == 0:
        return tuple(round(number) for number in raw)
    return tuple(float(f"{number:.{DIGITS}g}") for number in raw)


def ascending(who: str, numbers: Iterable[Number]) -> tuple[Number, ...]:
    """Return `numbers` as a tuple; raise ``ValueError`` unless each is above the one before."""
    found = tuple(numbers)
    if len(found) < 2 or any(not a < b for a, b in itertools.pairwise(found)):
        raise ValueError(f"{who} needs at least two numbers, each above the one before.")
    return found


@dataclass(frozen=True)
class Stops(Control):
    """A control with a few numbers to stop at; see its subclasses."""

    value: Number = field(kw_only=True)
    unit: str = field(kw_only=True)
    stops: tuple[Number, ...] = field(init=False, repr=False)

    def exact(self, value: Any) -> Number:
        """Return the stop that equals `value`; raise ``ValueError`` if there is none."""
        stop = self.nearest(value)
        if not math.isclose(stop, value, rel_tol=1e-9, abs_tol=1e-12):
            place = self.stops.index(stop)
            around = [in_words(n) for n in self.stops[max(place - 1, 0) : place + 2]]
            raise ValueError(f"{self.who} has no stop at {value}; near it are {', '.join(around)}.")
        return stop

    def nearest(self, value: Any) -> Number:
        """Return the stop nearest to `value`; raise ``ValueError`` if it is out of bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float | np.number):
            raise ValueError(f"{self.who} takes a number, not {value!r}.")
        low, high = self.stops[0], self.stops[-1]
        slack = 1e-9 * abs(high - low)
        if not low - slack <= value <= high + slack:
            raise ValueError(
                f"{self.who} goes from {self.say(low)} to {self.say(high)}; {value} is outside."
            )
        return min(self.stops, key=lambda stop: abs(stop - value))

    @property
    def samples(self) -> tuple[Number, ...]:
        """All stops."""
        return self.stops

    def say(self, value: Any) -> str:
        """Return `value` with its unit."""
        return in_words(value, self.unit)

    def code(self, value: Any) -> str:
        """Return `value` as Python code, a whole number without its point."""
        return repr(int(value)) if value == int(value) else repr(value)

    @property
    def range_in_words(self) -> str:
        """The bounds with their unit, and how many stops there are."""
        low, high = self.say(self.stops[0]), self.say(self.stops[-1])
        return f"{low} to {high} ({len(self.stops)} stops{self._spacing})"

    @property
    def _spacing(self) -> str:
        return ""
