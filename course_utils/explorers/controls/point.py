"""One place on the figure, dragged or moved by keys, and the lattice that it and others lie on."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from course_utils.explorers.controls.hand import HandWidget, OnFigure, script
from course_utils.explorers.controls.stops import check_bounds, lattice
from course_utils.explorers.words import Number, in_words

_STEPS = 100  # between the bounds at least, unless a step is given


class PointsWidget(HandWidget):
    """Handles over the picture, and a row of tools."""

    _esm = script("plane", "points")


@dataclass(frozen=True)
class OnPlane(OnFigure):
    """What a single point and several have in common: the lattice of places where they can be."""

    front = PointsWidget

    x: tuple[Number, Number] = field(kw_only=True)
    y: tuple[Number, Number] = field(kw_only=True)
    step: Number | tuple[Number, Number] | None = field(default=None, kw_only=True)
    units: tuple[str, str] = field(default=("", ""), kw_only=True)
    stops: tuple[tuple[Number, ...], tuple[Number, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        steps = self.step if isinstance(self.step, tuple) else (self.step, self.step)
        stops = []
        for way, (low, high), step in zip("xy", (self.x, self.y), steps, strict=True):
            check_bounds(f"{self.who}, {way}", low, high)
            apart = _fine_step(low, high) if step is None else step
            stops.append(lattice(f"{self.who}, {way}", low, high, apart))
        object.__setattr__(self, "stops", tuple(stops))

    @property
    def corners(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The first and last place along both axes."""
        x, y = self.stops
        return (x[0], x[-1]), (y[0], y[-1])

    def face(self) -> dict[str, Any]:
        """Return the words of all places along both axes, and what holds for a single point."""
        words = [
            [in_words(stop, unit) for stop in stops]
            for stops, unit in zip(self.stops, self.units, strict=True)
        ]
        single = {"single": True, "noun": self.label, "classes": [], "least": 1, "most": 1}
        return {"words": words, "cells": False, **single}

    def place_of(self, point: Any, who: str, *, exact: bool) -> list[int]:
        """Return the numbers of the stops at, or nearest to, a place (x, y)."""
        try:
            x, y = (float(number) for number in point)
        except (TypeError, ValueError):
            raise ValueError(f"{who} is a pair of numbers (x, y), not {point!r}.") from None
        place = []
        for way, stops, number in zip("xy", self.stops, (x, y), strict=True):
            step = stops[1] - stops[0]
            if not stops[0] - step / 2 <= number <= stops[-1] + step / 2:
                raise ValueError(
                    f"{who} has {way} = {number:g}, outside of {stops[0]:g} to {stops[-1]:g}."
                )
            index = min(max(round((number - stops[0]) / step), 0), len(stops) - 1)
            if exact and abs(stops[index] - number) > 1e-6 * step:
                raise ValueError(
                    f"{who} has {way} = {number:g}, which is no place it can be at; the nearest"
                    f" is {stops[index]:g}."
                )
            place.append(index)
        return place

    def at(self, place: Sequence[int]) -> tuple[Number, Number]:
        """Return the coordinates of a place that is given by the numbers of its stops."""
        x, y = (stops[index] for stops, index in zip(self.stops, place[:2], strict=True))
        return x, y

    def say_place(self, point: Sequence[Any]) -> str:
        """Return the coordinates in words."""
        return ", ".join(
            in_words(number, unit) for number, unit in zip(point[:2], self.units, strict=True)
        )

    def area_in_words(self) -> str:
        """Return the bounds along both axes in words."""
        ways = []
        for way, stops, unit in zip("xy", self.stops, self.units, strict=True):
            ways.append(f"{way} {in_words(stops[0], unit)} to {in_words(stops[-1], unit)}")
        return ", ".join(ways)


def _fine_step(low: Number, high: Number) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that makes steps enough."""
    most = (high - low) / _STEPS * (1 + 1e-9)
    power = 10.0 ** math.floor(math.log10(most))
    return max(power * factor for factor in (1, 2, 5) if power * factor <= most)


@dataclass(frozen=True)
class Point(OnPlane):
    """One place on axes of the figure that is dragged or moved by keys; its value is ``(x, y)``.

    A place in the two-dimensional code of an autoencoder::

        Point("code", value=(0, 0), x=(-3, 3), y=(-3, 3), on="codes",
              label="place in the code", help="The decoder draws the digit at this place.")

    The output cell that is looked into, by its column and row in an image of 5 × 5 cells::

        Point("cell", value=(2, 2), x=(0, 4), y=(0, 4), step=1, cells=True, on="output",
              label="output cell (column, row)", help="The sum behind this cell is shown.")

    Parameters
    ----------
    name, value, label, help
        As for every control.
    x, y
        The lowest and highest value along both axes.
    step
        Distance of two places, one number or one for each axis; whole numbers give whole
        coordinates. Unless given, a round number, a hundredth of the range or a little less.
    units
        Units of x and y.
    cells
        Whether its places are the cells of a picture, which are then framed.
    on
        The label of the axes it lies on; the figure's first unless given.
    """

    cells: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "value", self.exact(self.value))

    def exact(self, value: Any) -> tuple[Number, Number]:
        """Return `value` if the point can be there; raise ``ValueError`` otherwise."""
        return self.at(self.place_of(value, self.who, exact=True))

    def nearest(self, value: Any) -> tuple[Number, Number]:
        """Return the place nearest to `value`; raise ``ValueError`` if it is out of bounds."""
        return self.at(self.place_of(value, self.who, exact=False))

    @property
    def samples(self) -> tuple[Any, ...]:
        """The corners, the middle, and where it starts."""
        (left, right), (bottom, top) = self.corners
        middle = self.at([len(stops) // 2 for stops in self.stops])
        corners = itertools.product((left, right), (bottom, top))
        return tuple(dict.fromkeys([*corners, middle, self.value, (right, top)]))

    def say(self, value: Any) -> str:
        """Return the place with its units."""
        return self.say_place(value)

    @property
    def range_in_words(self) -> str:
        """The bounds along both axes."""
        return self.area_in_words()

    def to_browser(self, value: Any) -> list[list[int]]:
        """Return the place as the numbers of its two stops."""
        return [[*self.place_of(value, self.who, exact=False), 0]]

    def from_browser(self, content: Any) -> tuple[Number, Number]:
        """Return the place."""
        return self.at(content[0])

    def face(self) -> dict[str, Any]:
        """Return what handles need."""
        return super().face() | {"cells": self.cells}
