"""Numbers in cells, as two of the lecture's explorers show them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_utils.explorers import in_words


def cells(axes: Axes, rows: float, columns: float, title: str, *, around: float = 0) -> None:
    """Let `axes` show rows × columns cells, row 0 uppermost, with room `around` them."""
    axes.set(
        title=title,
        xlim=(-0.5 - around, columns - 0.5 + around),
        ylim=(rows - 0.5 + around, -0.5 - around),
        xticks=[],
        yticks=[],
        aspect="equal",
    )
    axes.grid(visible=False)
    axes.spines[:].set_visible(around == 0)


def numbers(axes: Axes, rows: int, columns: int, **style: Any) -> Callable[[np.ndarray], None]:
    """Make a text in each cell and return ``update(values)``; cells beyond `values` are empty."""
    texts = [
        [axes.text(j, i, "", ha="center", va="center", **style) for j in range(columns)]
        for i in range(rows)
    ]

    def update(values: np.ndarray) -> None:
        for i, row in enumerate(texts):
            for j, text in enumerate(row):
                inside = i < values.shape[0] and j < values.shape[1]
                text.set_text(said(values[i, j]) if inside else "")

    return update


def box(axes: Axes, x: float, y: float, size: float, **style: Any) -> Rectangle:
    """Add a square with its upper left corner at (x, y) to `axes` and return it."""
    square = Rectangle((x, y), size, size, **style)
    axes.add_patch(square)
    return square


def said(value: float) -> str:
    """Return a number as it stands in a cell: whole if it is, else with two digits."""
    return in_words(int(value) if value == int(value) else round(float(value), 2))


def factor(value: float) -> str:
    """Return a number as it stands in a product."""
    return f"({said(value)})" if value < 0 else said(value)
