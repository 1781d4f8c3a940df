"""Rows of digits, as the figures of lecture 11 show them."""

from collections.abc import Mapping

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from course_utils import style

_TILE = 0.58  # inches
_LEFT = 1.75


def gallery(rows: Mapping[str, np.ndarray], title: str, hole: np.ndarray | None = None) -> Figure:
    """Return a figure with a row of digits for each label, arrays (count, 8, 8) from 0 to 1.

    Where a picture holds nan, nothing is known and it is coloured; `hole`, if given, is framed in
    every row.
    """
    count = len(next(iter(rows.values())))
    width, height = _LEFT + _TILE * count + 0.1, _TILE * len(rows) + 0.5
    figure, axes = plt.subplots(len(rows), count, figsize=(width, height), squeeze=False)
    figure.subplots_adjust(
        left=_LEFT / width, right=1 - 0.1 / width, bottom=0.02, top=1 - 0.42 / height,
        wspace=0.08, hspace=0.08,
    )  # fmt: skip
    figure.suptitle(title, x=_LEFT / width, y=1 - 0.08 / height, ha="left", va="top", size=12)
    for line, (label, pictures) in zip(axes, rows.items(), strict=True):
        for i, (one, picture) in enumerate(zip(line, pictures, strict=True)):
            one.imshow(picture, cmap="gray_r", vmin=0, vmax=1)
            one.imshow(
                np.where(np.isnan(picture), 1.0, np.nan), cmap=ListedColormap([style.WRONG]),
                vmin=0, vmax=1, alpha=0.75,
            )  # fmt: skip
            if hole is not None:
                _frame(one, hole[i])
            one.set(xticks=[], yticks=[])
            one.grid(visible=False)
            one.spines[:].set(visible=True, color=style.NEUTRAL, lw=0.6)
        line[0].set_ylabel(label, rotation=0, ha="right", va="center", labelpad=6)
    return figure


def _frame(axes: plt.Axes, hole: np.ndarray) -> None:
    rows, columns = (np.flatnonzero(hole.any(axis=axis)) for axis in (1, 0))
    corner = columns[0] - 0.5, rows[0] - 0.5
    axes.add_patch(
        plt.Rectangle(corner, len(columns), len(rows), fill=False, ec=style.WRONG, lw=1.2)
    )
