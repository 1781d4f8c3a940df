"""Rows of digits, as the figures of lecture 11 show them."""

from collections.abc import Mapping

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils import style

_TILE = 0.58  # inches
_LEFT, _TOP = 1.75, 0.42
_GAP = 1  # pixels between pictures


def gallery(rows: Mapping[str, np.ndarray], title: str, hole: np.ndarray | None = None) -> Figure:
    """Return a figure with a row of digits for each label, arrays (count, 8, 8) from 0 to 1.

    Where a picture holds nan, nothing is known and it is coloured; `hole`, if given, is framed in
    every row.
    """
    pictures = np.stack(list(rows.values()))  # (rows, count, 8, 8)
    lines, count, side, _ = pictures.shape
    size = side + _GAP
    width, height = _LEFT + _TILE * count + 0.1, _TOP + _TILE * lines + 0.1
    figure = plt.figure(figsize=(width, height))
    axes = figure.add_axes(
        (_LEFT / width, 0.1 / height, _TILE * count / width, _TILE * lines / height)
    )
    grey = np.repeat(1 - pictures[..., None], 3, axis=-1)
    colours = np.where(np.isnan(grey), to_rgb(style.WRONG), grey)
    padded = np.pad(colours, ((0, 0), (0, 0), (0, _GAP), (0, _GAP), (0, 0)), constant_values=np.nan)
    tiled = padded.transpose(0, 2, 1, 3, 4).reshape(lines * size, count * size, 3)
    clear = np.isnan(tiled[..., :1])
    axes.imshow(np.concatenate([np.nan_to_num(tiled), ~clear], axis=-1), interpolation="nearest")
    for i, j in np.ndindex(lines, count):
        corner = j * size - 0.5, i * size - 0.5
        axes.add_patch(Rectangle(corner, side, side, fill=False, ec=style.NEUTRAL, lw=0.6))
        if hole is not None:
            down, right = (np.flatnonzero(hole[j].any(axis=axis)) for axis in (1, 0))
            inner = corner[0] + right[0], corner[1] + down[0]
            box = Rectangle(inner, len(right), len(down), fill=False, ec=style.WRONG, lw=1.4)
            axes.add_patch(box)
    axes.set(xticks=[], yticks=[i * size + side / 2 - 0.5 for i in range(lines)])
    axes.set_yticklabels(list(rows))
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_title(title)
    return figure
