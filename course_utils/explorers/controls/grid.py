"""A small picture on the figure: painted, erased, or filled with numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from course_utils.explorers.controls.cells import draw_cells, ink
from course_utils.explorers.controls.hand import HandWidget, OnFigure, script
from course_utils.explorers.controls.stops import ascending
from course_utils.explorers.words import Number, in_words

Rows = tuple[tuple[Number, ...], ...]

_MOST_CELLS = 32 * 32
_BRUSHES = (1, 2, 3)
_SEED = 0


class GridWidget(HandWidget):
    """A canvas over the picture that takes pointer, touch and keys, and a row of tools."""

    _esm = script("brush", "grid")


@dataclass(frozen=True)
class Grid(OnFigure):
    """A small picture on axes of the figure; its value is a tuple of rows of levels.

    Row 0 is the uppermost; the cell in row r and column c lies around (c, r), as ``imshow`` has
    it. :meth:`artists` draws it.

    A digit to draw, with presets::

        DIGIT = Grid("digit", (16, 16), levels=(0, 0.25, 0.5, 0.75, 1), brush=2, on="drawing",
                     presets={"seven": SEVEN, "nothing like a digit": NOISE},
                     label="your digit", help="What the network sees.")

        def draw(figure):
            axes = figure.add_subplot(1, 2, 1, label="drawing", title="Draw here")
            show_digit = DIGIT.artists(axes)  # then, in update: show_digit(data.digit)

    What is rubbed out of a digit that the figure shows: levels without a colour let it through::

        HOLE = Grid("hole", (8, 8), colours=(None, style.WRONG), on="digit",
                    tools=("Rub out", "Bring back"),
                    label="what is erased", help="The network does not see these pixels.")

    The numbers that go into a pooling layer::

        Grid("inputs", (4, 4), levels=range(-9, 10), numbers=True, on="inputs",
             value=((1, 3, 0, 2), (4, 4, 1, 0), (0, 2, 5, 1), (7, 0, 2, 2)),
             label="inputs", help="The numbers in the windows.")

    Parameters
    ----------
    name, label, help
        As for every control.
    shape
        Rows and columns, up to 32 × 32 cells.
    levels
        The possible values of a cell, each higher than the one before; painting sets the highest.
    value
        Where it starts: rows of levels, or rows as words of digits such as ``"0110"``; all cells
        clear unless given.
    presets
        Further values by name, each on a button of its own.
    colours
        A Matplotlib colour map, or one colour for each level, None for one that lets the figure
        through.
    numbers
        Whether the cells show their number and are typed or stepped rather than painted.
    brush
        Width of the brush to begin with: 1, 2 or 3 cells.
    tools
        What the two tools are called: that which sets the highest level, and that which clears.
    on
        The label of the axes it lies on; the figure's first unless given.
    """

    shape: tuple[int, int]
    value: Any = field(default=None, kw_only=True)
    levels: Sequence[Number] = field(default=(0, 1), kw_only=True)
    presets: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    colours: str | Sequence[str | None] | None = field(default=None, kw_only=True)
    numbers: bool = field(default=False, kw_only=True)
    brush: int = field(default=1, kw_only=True)
    tools: tuple[str, str] = field(default=("Paint", "Erase"), kw_only=True)

    front = GridWidget

    def __post_init__(self) -> None:
        super().__post_init__()
        rows, columns = self.shape
        if not (rows > 0 and columns > 0 and 2 <= rows * columns <= _MOST_CELLS):
            raise ValueError(f"{self.who}: 2 to {_MOST_CELLS} cells can be painted.")
        levels = ascending(self.who, self.levels)
        object.__setattr__(self, "levels", levels)
        if self.brush not in _BRUSHES:
            raise ValueError(f"{self.who}: the brush is 1, 2 or 3 cells wide.")
        object.__setattr__(self, "colours", self._all_colours())
        start = self._all(self.clear) if self.value is None else self.exact(self.value)
        object.__setattr__(self, "value", start)
        presets = {name: self.exact(rows) for name, rows in self.presets.items()}
        object.__setattr__(self, "presets", presets)

    def _all_colours(self) -> tuple[str | None, ...]:
        colours, count = self.colours, len(self.levels)
        if colours is None:
            colours = (None,) * count if self.numbers else "gray"
        if isinstance(colours, str):
            return tuple(map(to_hex, mpl.colormaps[colours](np.linspace(0, 1, count))))
        if len(colours) != count:
            raise ValueError(f"{self.who}: {len(colours)} colours for {count} levels.")
        return tuple(colour and to_hex(colour) for colour in colours)

    @property
    def clear(self) -> Number:
        """The level of a cell that is cleared: 0 if there is one, the lowest otherwise."""
        return 0 if 0 in self.levels else self.levels[0]

    def _all(self, level: Number) -> Rows:
        rows, columns = self.shape
        return ((level,) * columns,) * rows

    @property
    def corners(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The outer edges of the cells: as in a picture, y grows downward."""
        rows, columns = self.shape
        return (-0.5, columns - 0.5), (-0.5, rows - 0.5)

    # --- values ------------------------------------------------------------------------------

    def exact(self, value: Any) -> Rows:
        """Return `value` as a tuple of rows; raise ``ValueError`` if it is no such picture."""
        return self._rows(value, exact=True)

    def nearest(self, value: Any) -> Rows:
        """Return `value` with each number as the nearest level, if it is between the levels."""
        return self._rows(value, exact=False)

    def _rows(self, value: Any, *, exact: bool) -> Rows:
        try:
            numbers = np.array([list(map(float, row)) for row in value])
        except (TypeError, ValueError):
            raise ValueError(f"{self.who} takes rows of numbers, not {value!r}.") from None
        if numbers.shape != self.shape:
            rows, columns = self.shape
            raise ValueError(f"{self.who} takes {rows} rows of {columns} cells, each a number.")
        levels = np.array(self.levels, dtype=float)
        distance = np.abs(numbers[..., None] - levels)
        apart = distance.min(axis=-1)
        outside = (numbers < levels[0] - 1e-9) | (numbers > levels[-1] + 1e-9)
        wrong = (apart > 1e-9) if exact else outside
        if wrong.any() or not np.isfinite(numbers).all():
            row, column = np.argwhere(wrong | ~np.isfinite(numbers))[0]
            raise ValueError(
                f"{self.who} has {numbers[row, column]:g} in row {row}, column {column};"
                f" a cell is {self._levels_in_words()}."
            )
        return self.from_browser(distance.argmin(axis=-1).ravel())

    @property
    def samples(self) -> tuple[Rows, ...]:
        """All at the lowest level, all at the highest, a chequerboard, at random; the presets."""
        rng = np.random.default_rng(_SEED)
        count = len(self.levels)
        cells = int(np.prod(self.shape))
        chequered = np.indices(self.shape).sum(axis=0).ravel() % 2 * (count - 1)
        drawn = [rng.integers(count, size=cells) for _ in range(3)]
        found = [self._all(self.levels[0]), self.value, *self.presets.values()]
        found += [self.from_browser(places) for places in (chequered, *drawn)]
        return tuple(dict.fromkeys([*found, self._all(self.levels[-1])]))

    def say(self, value: Any) -> str:
        """Return the preset's name, or how many cells are not clear; of numbers, all of them."""
        for name, preset in self.presets.items():
            if value == preset:
                return name
        if self.numbers and int(np.prod(self.shape)) <= 16:
            return "; ".join(" ".join(map(in_words, row)) for row in value)
        count = sum(level != self.clear for row in value for level in row)
        return f"{count} of {int(np.prod(self.shape))} cells {'not 0' if self.numbers else 'set'}"

    @property
    def range_in_words(self) -> str:
        """Size, levels and presets."""
        rows, columns = self.shape
        presets = f"; {' | '.join(self.presets)}" if self.presets else ""
        return f"{rows} × {columns} cells, each {self._levels_in_words()}{presets}"

    def _levels_in_words(self) -> str:
        if len(self.levels) <= 3:
            return " or ".join(map(in_words, self.levels))
        low, high = in_words(self.levels[0]), in_words(self.levels[-1])
        return f"{low} to {high} ({len(self.levels)} levels)"

    def code(self, value: Any) -> str:
        """Return the rows as words of digits where that is possible."""
        if all(level in range(10) for level in self.levels):
            return repr(tuple("".join(f"{level:g}" for level in row) for row in value))
        return repr(value)

    # --- the browser's side ------------------------------------------------------------------

    def to_browser(self, value: Any) -> list[int]:
        """Return the number of the level of each cell, row by row."""
        place = {level: number for number, level in enumerate(self.levels)}
        return [place[level] for row in value for level in row]

    def from_browser(self, content: Any) -> Rows:
        """Return the rows."""
        rows, columns = self.shape
        flat = [self.levels[place] for place in content]
        return tuple(tuple(flat[row * columns : (row + 1) * columns]) for row in range(rows))

    def face(self) -> dict[str, Any]:
        """Return shape, levels with colours and words, and presets."""
        assert isinstance(self.colours, tuple)
        return {
            "shape": self.shape,
            "levels": self.levels,
            "words": [in_words(level) for level in self.levels],
            "colours": self.colours,
            "inks": [colour and ink(colour) for colour in self.colours],
            "clear": self.levels.index(self.clear),
            "numbers": self.numbers,
            "brush": self.brush,
            "tools": self.tools,
            "presets": [[name, self.to_browser(rows)] for name, rows in self.presets.items()],
        }

    def artists(self, axes: Axes, zorder: float = 1) -> Callable[[Any], None]:
        """Make the picture on `axes`, which then show the whole grid, and return ``update(rows)``.

        Cells whose level has no colour let through what lies below.
        """
        assert isinstance(self.colours, tuple)
        words = [in_words(level) for level in self.levels] if self.numbers else []
        show = draw_cells(axes, self.shape, self.colours, words, zorder)
        return lambda value: show(self.to_browser(value))
