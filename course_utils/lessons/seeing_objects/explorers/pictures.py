"""Rooms and boxes as the lecture's figures show them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.image import AxesImage

from course_utils import style
from course_utils.explorers import raster
from course_utils.lessons.seeing_objects.shapes import COLUMNS, ROWS

_REGIONS = (style.DATA, style.PREDICTION, style.RIGHT, style.GRADIENT, style.WRONG, style.REFERENCE)
_NOBODY = "#E8E8E8"
_CORNERS = ((0, 1), (2, 1), (2, 3), (0, 3), (0, 1))


def photograph(axes: Axes, title: str) -> AxesImage:
    """Let `axes` show pictures of rooms, and return the image to put them into."""
    axes.set(title=title, xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    blank = np.ones((ROWS, COLUMNS, 3))
    return raster(axes, blank, extent=(0, COLUMNS, ROWS, 0))


def frames(axes: Axes, **look: Any) -> LineCollection:
    """Add frames to `axes` and return them; ``frames.set_segments(outlines(boxes))`` draws some."""
    lines = LineCollection([], **look)
    axes.add_collection(lines)
    return lines


def outlines(boxes: np.ndarray) -> list[np.ndarray]:
    """Return the corners of boxes (n, 4), each a closed line (5, 2)."""
    return [box[np.array(_CORNERS)] for box in boxes]


def coloured(regions: np.ndarray) -> np.ndarray:
    """Return numbered regions (rows, columns) as a picture (rows, columns, 3); 0 is light grey."""
    palette = [_NOBODY, *(_REGIONS[i % len(_REGIONS)] for i in range(int(regions.max())))]
    shades = [[int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)] for code in palette]
    return np.array(shades)[regions]
