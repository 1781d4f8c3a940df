"""What rooms are painted with: ellipses, lines and polygons, at any resolution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

ROWS, COLUMNS = 36, 48
"""Of the image that a network sees; all places are in its pixels, y downward."""
WALL = 11.0
"""Where the wall ends and the floor begins."""


def height_at(y: float) -> float:
    """Return how tall a person is whose feet are at `y`: the nearer, the taller."""
    return 10 + 5 * (y - WALL) / (ROWS - WALL)


@dataclass(frozen=True)
class Part:
    """One shape of one colour.

    Attributes
    ----------
    colour
        Red, green and blue, from 0 to 1.
    points
        Pairs (x, y): two corners of the box around an ellipse, or what a line joins, or the
        corners of a polygon.
    form
        The width of a line with round ends, or which other shape it is.
    """

    colour: tuple[float, float, float]
    points: tuple[tuple[float, float], ...]
    form: float | Literal["ellipse", "polygon"]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        x, y = zip(*self.points, strict=True)
        half = self.form / 2 if isinstance(self.form, float) else 0
        return min(x) - half, min(y) - half, max(x) + half, max(y) + half


class Painting:
    """A canvas, and beside it one that says whose each pixel is; 0 is nobody's."""

    def __init__(self, fine: int) -> None:
        size = (COLUMNS * fine, ROWS * fine)
        self._fine = fine
        self._canvases = Image.new("RGB", size), Image.new("L", size)
        self._brushes = [ImageDraw.Draw(canvas) for canvas in self._canvases]

    def add(self, part: Part, owner: int = 0) -> None:
        """Paint a part over what is there already."""
        red, green, blue = (round(255 * min(value, 1)) for value in part.colour)
        colour, whose = self._brushes
        self._paint(colour, part, (red, green, blue))
        self._paint(whose, part, owner)

    def _paint(
        self, brush: ImageDraw.ImageDraw, part: Part, ink: int | tuple[int, int, int]
    ) -> None:
        points = [(self._fine * x, self._fine * y) for x, y in part.points]
        if part.form == "ellipse":
            brush.ellipse(points, fill=ink)
        elif part.form == "polygon":
            brush.polygon(points, fill=ink)
        else:
            width = float(part.form) * self._fine
            brush.line(points, fill=ink, width=max(1, round(width)))
            for x, y in points:
                half = width / 2
                brush.ellipse((x - half, y - half, x + half, y + half), fill=ink)

    def finished(self) -> tuple[np.ndarray, np.ndarray]:
        """Return colours (rows, columns, 3) from 0 to 1, and owners (rows, columns)."""
        colours, owners = map(np.array, self._canvases)
        return colours / 255, owners


def smaller(painted: np.ndarray, fine: int) -> np.ndarray:
    """Return the mean of each fine × fine block: (rows, columns, …) as a network sees it."""
    rows = painted.reshape(ROWS, fine, -1).sum(axis=1)  # one axis after the other: twice as quick
    return rows.reshape(ROWS, COLUMNS, fine, *painted.shape[2:]).sum(axis=2) / fine**2
