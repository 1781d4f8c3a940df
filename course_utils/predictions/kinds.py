"""What can be predicted: a number, one of some options, a curve.

Distances are measured on the scale on which the guess was made: in decades if it is logarithmic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from course_utils.predictions import axis
from course_utils.predictions.prediction import Comparison, Prediction, closeness


@dataclass(frozen=True)
class Number(Prediction):
    """A number between `low` and `high`, in `unit`; `log` if the scale spans decades.

    It is revealed by one value or by one for each seed. A guess is right within 5 % of the scale
    from the range of these values, near within 20 %.
    """

    low: float = field(kw_only=True)
    high: float = field(kw_only=True)
    unit: str = field(default="", kw_only=True)
    log: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        axis.check(self.name, (self.low, self.high), self.log)

    def spec(self) -> Mapping[str, Any]:
        """Return the ends of the scale, its ticks, and the unit."""
        return {
            "kind": "number",
            "question": self.question,
            "unit": self.unit,
            "axis": axis.spec(self.low, self.high, self.log),
        }

    def read(self, typed: str) -> float | None:
        """Return the number, which may lie outside of the scale; None if it is none."""
        try:
            number = float(typed)
        except ValueError:
            return None
        usable = math.isfinite(number) and (number > 0 or not self.log)
        return number if usable else None

    def checked(self, measured: ArrayLike) -> np.ndarray:
        """Return the values, one for each seed, as float64."""
        try:
            values = np.atleast_1d(np.asarray(measured, dtype=np.float64))
        except (TypeError, ValueError, OverflowError):
            values = np.array([])  # what is no number is refused below, as none is
        if values.ndim != 1 or not values.size or not np.all(np.isfinite(values)):
            raise ValueError(
                f"{self.name!r} is revealed by one finite number, or one for each seed."
            )
        _check_above_zero(self.name, "", values, self.log)
        return values

    def say(self, measured: np.ndarray) -> str:
        """Return the mean and, where they differ, the range over seeds."""
        ends = [axis.number(float(value)) for value in (measured.min(), measured.max())]
        if ends[0] == ends[1]:
            return f"{ends[0]}{self._with_unit}"
        mean = axis.number(float(measured.mean()))
        return f"{ends[0]} to {ends[1]}{self._with_unit}, on average {mean}"

    def told(self, guess: float) -> str:
        """Return the number with its unit."""
        return f"{axis.number(guess)}{self._with_unit}"

    @property
    def _with_unit(self) -> str:
        return f" {self.unit}" if self.unit else ""

    def compare(self, guess: float, measured: np.ndarray) -> Comparison:
        """Return how far the guess lies from the range of the measured values."""
        low, high = float(measured.min()), float(measured.max())
        nearest = min(max(guess, low), high)
        place = axis.place(self.low, self.high, self.log)
        return Comparison(
            closeness(abs(place(guess) - place(nearest))),
            self.told(guess),
            self.say(measured),
            self._difference(guess, nearest),
        )

    def _difference(self, guess: float, nearest: float) -> str:
        if guess == nearest:
            return "within what was measured"
        way = "too high" if guess > nearest else "too low"
        if self.log:
            factor = max(guess, nearest) / min(guess, nearest)
            return f"{way} by a factor of {axis.number(factor)}"
        return f"{way} by {axis.number(abs(guess - nearest))}{self._with_unit}"


@dataclass(frozen=True)
class Choice(Prediction):
    """One of some options, each a few words of plain text."""

    options: tuple[str, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "options", tuple(self.options))
        if len(self.options) < 2 or len(set(self.options)) < len(self.options):
            raise ValueError(f"The prediction {self.name!r} needs two or more different options.")

    def spec(self) -> Mapping[str, Any]:
        """Return the options."""
        return {"kind": "choice", "question": self.question, "options": list(self.options)}

    def read(self, typed: str) -> str | None:
        """Return the option; None if it is none."""
        return typed if typed in self.options else None

    def checked(self, measured: str) -> str:
        """Return the option that turned out to be true."""
        if not isinstance(measured, str) or measured not in self.options:
            raise ValueError(
                f"{self.name!r} is revealed by one of {', '.join(map(repr, self.options))},"
                f" and not by {measured!r}."
            )
        return measured

    def say(self, measured: str) -> str:
        """Return the option."""
        return measured

    def told(self, guess: str) -> str:
        """Return the option."""
        return guess

    def compare(self, guess: str, measured: str) -> Comparison:
        """Return whether the right option was chosen."""
        same = guess == measured
        return Comparison("right" if same else "far", guess, measured, "")


Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Curve(Prediction):
    """A curve, sketched on the axes of the figure that is to come.

    It is revealed by ``(x, y)`` with `y` of shape (len(x),), or (seeds, len(x)). The sketch is
    right if it lies, on average over `x`, within 5 % of the axis' height from the range of the
    measured curves, near within 20 %.

    Attributes
    ----------
    x, y
        Lowest and highest value of each axis.
    xlabel, ylabel
        What they show, with unit.
    xlog, ylog
        Whether they are logarithmic.
    """

    x: Point = field(kw_only=True)
    y: Point = field(kw_only=True)
    xlabel: str = field(kw_only=True)
    ylabel: str = field(kw_only=True)
    xlog: bool = field(default=False, kw_only=True)
    ylog: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        axis.check(self.name, self.x, self.xlog)
        axis.check(self.name, self.y, self.ylog)

    def spec(self) -> Mapping[str, Any]:
        """Return both axes with their labels."""
        return {
            "kind": "curve",
            "question": self.question,
            "x": {**axis.spec(*self.x, self.xlog), "label": self.xlabel},
            "y": {**axis.spec(*self.y, self.ylog), "label": self.ylabel},
        }

    def read(self, typed: str) -> np.ndarray | None:
        """Return the sketch as shares of the height, evenly spaced over the width; None if none."""
        try:
            heights = np.array(json.loads(typed), dtype=np.float64)
        except (ValueError, TypeError, RecursionError):
            return None
        usable = heights.ndim == 1 and heights.size > 1 and bool(np.all(np.isfinite(heights)))
        return heights if usable else None

    def checked(self, measured: tuple[ArrayLike, ArrayLike]) -> tuple[np.ndarray, np.ndarray]:
        """Return x of shape (points,), increasing, and y of shape (seeds, points)."""
        try:
            x, y = (np.asarray(part, dtype=np.float64) for part in measured)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{self.name!r} is revealed by a pair (x, y) of arrays.") from None
        y = np.atleast_2d(y)
        if x.ndim != 1 or x.size < 2 or y.ndim != 2 or y.shape[1] != x.size:
            raise ValueError(
                f"{self.name!r} is revealed by x of shape (points,) and y of shape (points,) or"
                f" (seeds, points), and not by shapes {x.shape} and {y.shape}."
            )
        if not np.all(np.diff(x) > 0) or not all(np.isfinite(part).all() for part in (x, y)):
            raise ValueError(f"{self.name!r}: x must increase, and x and y be finite.")
        _check_above_zero(self.name, "x of ", x, self.xlog)
        _check_above_zero(self.name, "y of ", y, self.ylog)
        if not np.any((self.x[0] <= x) & (x <= self.x[1])):
            raise ValueError(
                f"{self.name!r} is predicted for x from {self.x[0]:g} to {self.x[1]:g}; nothing"
                " was measured there."
            )
        return x, y

    def say(self, measured: tuple[np.ndarray, np.ndarray]) -> str:
        """Return the means at both ends and where the highest one lies."""
        x, y = measured
        mean = y.mean(axis=0)
        top = int(mean.argmax())
        words = [f"{axis.number(float(mean[i]))} at {axis.number(float(x[i]))}" for i in (0, -1)]
        highest = f"{axis.number(float(mean[top]))} at {axis.number(float(x[top]))}"
        peak = "" if top in (0, len(x) - 1) else f", with at most {highest} on the way"
        return f"from {words[0]} to {words[1]}{peak}"

    def told(self, guess: np.ndarray) -> str:
        """Return the sketch's heights at both ends and where it is highest."""
        across, up = axis.value(*self.x, self.xlog), axis.value(*self.y, self.ylog)
        return self.say((across(np.linspace(0, 1, len(guess))), up(guess)[None]))

    def shares(self, measured: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Return a checked measurement as shares of the axes' width and height, cut off there."""
        across, up = axis.place(*self.x, self.xlog), axis.place(*self.y, self.ylog)
        x, y = measured
        return across(x), np.clip(up(y), 0, 1)

    def compare(self, guess: np.ndarray, measured: tuple[np.ndarray, np.ndarray]) -> Comparison:
        """Return the mean distance of the sketch from the range of the measured curves."""
        x, y = self.shares(measured)
        inside = (x >= 0) & (x <= 1)
        sketch = np.interp(x[inside], np.linspace(0, 1, len(guess)), guess)
        low, high = y.min(axis=0)[inside], y.max(axis=0)[inside]
        apart = np.maximum(np.maximum(low - sketch, sketch - high), 0)
        # Each stretch of the axis counts as much as it is wide, however the points are spaced.
        width = np.gradient(x[inside]) if inside.sum() > 1 else np.ones(inside.sum())
        distance = float(np.average(apart, weights=width))
        return Comparison(
            closeness(distance),
            self.told(guess),
            self.say(measured),
            f"on average {100 * distance:.0f} % of the height away",
        )


def _check_above_zero(name: str, part: str, values: np.ndarray, log: bool) -> None:
    """Raise ``ValueError`` if a logarithmic scale has no place for one of `values`."""
    if log and values.min() <= 0:
        raise ValueError(f"{part}{name!r} is predicted on a logarithmic scale, so above 0.")
