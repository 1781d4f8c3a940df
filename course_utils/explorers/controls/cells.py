"""How a Grid is drawn: one artist for all cells, one for all numbers, so that moves are quick."""

from collections.abc import Callable, Sequence
from functools import cache

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

_NUMBER = 0.38  # size of the numbers, in cells; grid.js has the same
_EDGES = (0.5, 0.5, 0.5, 0.3)


def draw_cells(
    axes: Axes,
    shape: tuple[int, int],
    colours: Sequence[str | None],
    words: Sequence[str],
    zorder: float,
) -> Callable[[Sequence[int]], None]:
    """Make a picture of rows × columns cells on `axes` and return ``update(places)``.

    Parameters
    ----------
    axes
        Will show the whole picture, row 0 uppermost, without ticks.
    shape
        Rows and columns.
    colours
        A colour for each level; None lets through what lies below.
    words
        What is written into a cell of each level; none if nothing is.
    zorder
        As Matplotlib's.

    Returns
    -------
    Callable
        Takes the number of the level of each cell, row by row.
    """
    rows, columns = shape
    cells = axes.pcolormesh(
        np.arange(columns + 1) - 0.5,
        np.arange(rows + 1) - 0.5,
        np.zeros(shape),
        cmap=ListedColormap([to_rgba(colour or "none") for colour in colours]),
        vmin=0,
        vmax=len(colours) - 1,
        edgecolors=_EDGES,
        lw=0.5,
        zorder=zorder,
    )
    axes.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), xticks=[], yticks=[])
    axes.set_aspect("equal")
    axes.spines[:].set_visible(True)
    numbers = axes.add_collection(PathCollection([], lw=0, zorder=zorder + 0.1))
    inks = [ink(colour) if colour else mpl.rcParams["text.color"] for colour in colours]
    shown: list[int] = []

    @cache
    def number(cell: int, place: int) -> Path:
        row, column = divmod(cell, columns)
        return _outline(words[place]).transformed(Affine2D().translate(column, row))

    def update(places: Sequence[int]) -> None:
        if shown == list(places):
            return  # another control moved: nothing to draw again
        shown[:] = places
        cells.set_array(np.reshape(places, shape))
        cells.changed()  # Matplotlib does not notice by itself
        if words:
            numbers.set_paths([number(cell, place) for cell, place in enumerate(places)])
            numbers.set_facecolor([inks[place] for place in places])

    return update


def ink(colour: str) -> str:
    """Return what is readable on a cell of that colour."""
    brightness = np.dot(to_rgba(colour)[:3], (0.2126, 0.7152, 0.0722))
    return "black" if brightness > 0.5 else "white"


@cache
def _outline(word: str) -> Path:
    """Return the outline of a word in the middle of the cell at (0, 0); y grows downward."""
    path = TextPath((0, 0), word, size=_NUMBER)
    box, digit = path.get_extents(), TextPath((0, 0), "0", size=_NUMBER).get_extents()
    shift = (-(box.x0 + box.x1) / 2, -(digit.y0 + digit.y1) / 2)
    return path.transformed(Affine2D().translate(*shift).scale(1, -1))
