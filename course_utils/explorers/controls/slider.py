"""A number that is moved in steps.

A slider is an ipywidgets ``SelectionSlider`` over its stops: the number shown is exactly the number
used, with its unit, whether the stops are linear, logarithmic or whole numbers.
"""

import math
from dataclasses import dataclass, field
from typing import Any

import ipywidgets
import numpy as np

from course_utils.explorers.controls.base import Control
from course_utils.explorers.words import Number, in_words

_DIGITS = 10  # significant digits of a stop: 0.3, not 0.30000000000000004
_LOG_DIGITS = 3  # the same between the bounds of a logarithmic slider
_MOST_STOPS = 1001  # more cannot be told apart with a mouse


@dataclass(frozen=True)
class Slider(Control):
    """A number between two bounds, moved in steps.

    Parameters
    ----------
    name
        The parameter of ``compute`` that it sets.
    low, high
        The bounds; if both are int and no other steps are asked for, every whole number between
        them is a stop.
    value
        The stop it starts at.
    step
        Distance between two stops (linear sliders only).
    steps
        Number of stops, both bounds included; instead of `step`. Logarithmic sliders have ten per
        factor of ten unless told otherwise; their stops are rounded to three digits.
    log
        Whether the stops are the same factor apart rather than the same distance.
    whole
        Round the stops to whole numbers, for counts on a logarithmic slider.
    unit
        Unit of the readout; ``""`` only for what has none by nature.
    label
        What the number is, in a few words.
    help
        One sentence: what moving it does. Shown in the explorer's legend.

    Raises
    ------
    ValueError
        If a bound, a step, the label or the help is missing or makes no sense.
    """

    low: Number
    high: Number
    value: Number = field(kw_only=True)
    unit: str = field(kw_only=True)
    step: Number | None = field(default=None, kw_only=True)
    steps: int | None = field(default=None, kw_only=True)
    log: bool = field(default=False, kw_only=True)
    whole: bool = field(default=False, kw_only=True)
    stops: tuple[Number, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(math.isfinite(number) for number in (self.low, self.high)):
            raise ValueError(f"Slider {self.name!r}: both bounds must be finite numbers.")
        if not self.low < self.high:
            raise ValueError(
                f"Slider {self.name!r}: the lower bound {self.low} is not below {self.high}."
            )
        object.__setattr__(self, "stops", self._all_stops())
        object.__setattr__(self, "value", self.exact(self.value))

    def _all_stops(self) -> tuple[Number, ...]:
        who = f"Slider {self.name!r}"
        if self.step is not None and (self.steps is not None or self.log):
            raise ValueError(f"{who}: give `step` alone, or `steps` (with or without `log`).")
        if self.log and self.low <= 0:
            raise ValueError(f"{who}: a logarithmic slider needs bounds above 0.")
        step = self.step
        if step is None and self.steps is None and not self.log and self._has_whole_bounds():
            step = 1
        if step is not None:
            if not 0 < step <= self.high - self.low:
                raise ValueError(f"{who}: step {step} does not fit between the bounds.")
            count = math.floor((self.high - self.low) / step + 1e-9) + 1
            raw = [self.low + step * place for place in range(count)]
        elif self.log:
            count = self.steps or round(10 * math.log10(self.high / self.low)) + 1
            raw = np.geomspace(self.low, self.high, count).tolist()
            raw[1:-1] = [float(f"{number:.{_LOG_DIGITS}g}") for number in raw[1:-1]]
        else:
            count = self.steps or 51
            raw = np.linspace(self.low, self.high, count).tolist()
        if not 2 <= count <= _MOST_STOPS:
            raise ValueError(f"{who}: {count} stops; there must be 2 to {_MOST_STOPS}.")
        whole = self.whole or (step is not None and self._has_whole_bounds() and step % 1 == 0)
        numbers = {round(n) if whole else float(f"{n:.{_DIGITS}g}") for n in raw}
        return tuple(sorted(numbers))

    def _has_whole_bounds(self) -> bool:
        return isinstance(self.low, int) and isinstance(self.high, int)

    def exact(self, value: Any) -> Number:
        """Return the stop that equals `value`; raise ``ValueError`` if there is none."""
        stop = self.nearest(value)
        if not math.isclose(stop, value, rel_tol=1e-9, abs_tol=1e-12):
            place = self.stops.index(stop)
            around = [in_words(n) for n in self.stops[max(place - 1, 0) : place + 2]]
            raise ValueError(
                f"Slider {self.name!r} has no stop at {value}; near it are {', '.join(around)}."
            )
        return stop

    def nearest(self, value: Any) -> Number:
        """Return the stop nearest to `value`; raise ``ValueError`` if it is out of bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float | np.number):
            raise ValueError(f"Slider {self.name!r} takes a number, not {value!r}.")
        slack = 1e-9 * abs(self.high - self.low)
        if not self.stops[0] - slack <= value <= self.stops[-1] + slack:
            raise ValueError(
                f"Slider {self.name!r} goes from {in_words(self.stops[0], self.unit)}"
                f" to {in_words(self.stops[-1], self.unit)}; {value} is outside."
            )
        return min(self.stops, key=lambda stop: abs(stop - value))

    @property
    def samples(self) -> tuple[Number, ...]:
        """All stops."""
        return self.stops

    def say(self, value: Any) -> str:
        """Return `value` with its unit."""
        return in_words(value, self.unit)

    @property
    def range_in_words(self) -> str:
        """The bounds with their unit, and how many stops there are."""
        spacing = ", logarithmic" if self.log else ""
        return (
            f"{self.say(self.stops[0])} to {self.say(self.stops[-1])}"
            f" ({len(self.stops)} stops{spacing})"
        )

    def widget(self) -> ipywidgets.Widget:
        """Return a new widget whose ``value`` is the number."""
        return ipywidgets.SelectionSlider(
            options=[(self.say(stop), stop) for stop in self.stops],
            value=self.value,
            description=self.label,
            tooltip=self.help,
            continuous_update=True,
        )
