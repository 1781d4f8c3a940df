"""A number that is moved in steps.

A slider is an ipywidgets ``SelectionSlider`` over its stops: the number shown is exactly the number
used, with its unit, whether the stops are linear, logarithmic or whole numbers.
"""

import math
from dataclasses import dataclass, field

import ipywidgets
import numpy as np

from course_utils.explorers.controls.stops import DIGITS, Stops, check_bounds, lattice
from course_utils.explorers.words import Number

_LOG_DIGITS = 3  # the same between the bounds of a logarithmic slider
_MOST_STOPS = 1001  # more cannot be told apart with a mouse


@dataclass(frozen=True)
class Slider(Stops):
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
    step: Number | None = field(default=None, kw_only=True)
    steps: int | None = field(default=None, kw_only=True)
    log: bool = field(default=False, kw_only=True)
    whole: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        check_bounds(self.who, self.low, self.high)
        object.__setattr__(self, "stops", self._all_stops())
        object.__setattr__(self, "value", self.exact(self.value))

    def _all_stops(self) -> tuple[Number, ...]:
        if self.step is not None and (self.steps is not None or self.log):
            raise ValueError(f"{self.who}: give `step` alone, or `steps` (with or without `log`).")
        if self.log and self.low <= 0:
            raise ValueError(f"{self.who}: a logarithmic slider needs bounds above 0.")
        step = self.step
        whole_bounds = isinstance(self.low, int) and isinstance(self.high, int)
        if step is None and self.steps is None and not self.log and whole_bounds:
            step = 1
        if step is not None:
            raw = list(lattice(self.who, self.low, self.high, step))
        elif self.log:
            count = self.steps or round(10 * math.log10(self.high / self.low)) + 1
            raw = np.geomspace(self.low, self.high, count).tolist()
            raw[1:-1] = [float(f"{number:.{_LOG_DIGITS}g}") for number in raw[1:-1]]
        else:
            raw = np.linspace(self.low, self.high, self.steps or 51).tolist()
        if not 2 <= len(raw) <= _MOST_STOPS:
            raise ValueError(f"{self.who}: {len(raw)} stops; there must be 2 to {_MOST_STOPS}.")
        exact = raw if step is not None else [float(f"{n:.{DIGITS}g}") for n in raw]
        numbers = {round(n) for n in exact} if self.whole else set(exact)
        return tuple(sorted(numbers))

    @property
    def _spacing(self) -> str:
        return ", logarithmic" if self.log else ""

    def widget(self) -> ipywidgets.Widget:
        """Return a new widget whose ``value`` is the number."""
        return ipywidgets.SelectionSlider(
            options=[(self.say(stop), stop) for stop in self.stops],
            value=self.value,
            description=self.label,
            tooltip=self.help,
            continuous_update=True,
        )
