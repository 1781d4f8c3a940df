"""A world's map: what the values say of its cells, and where the policy goes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.quiver import Quiver

from course_utils.lessons.rl_exploration.worlds import World

_LENGTH = 0.42  # cells


def lay_out(axes: Axes, world: World) -> None:
    """Let `axes` show the cells of `world`, row 0 uppermost."""
    rows, columns = world.shape
    axes.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), aspect="equal")
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)


def arrows(axes: Axes, world: World) -> Quiver:
    """Add an arrow for each state and action to `axes`; :func:`point` shows some of them."""
    rows, columns = np.divmod(np.repeat(np.arange(len(world.P)), len(world.moves)), world.shape[1])
    nothing = np.ma.array(np.zeros(len(rows)), mask=True)
    return axes.quiver(
        columns, rows, nothing, nothing,
        angles="xy", scale_units="xy", scale=1, pivot="tail", color="white", ec="black", lw=0.6,
        units="xy", width=0.08, headwidth=3.2, headlength=3.0, headaxislength=2.8, zorder=3,
    )  # fmt: skip


def point(shown: Quiver, world: World, table: np.ndarray) -> None:
    """Let the arrows of a map show every best action of every state that has values.

    `table` holds values (states, actions), nan for states in which nobody ever is. Where several
    actions are equally good, each has its arrow: the policy takes one of them by chance.
    """
    shown.set_UVC(*directions(world, table))


def directions(world: World, table: np.ndarray) -> tuple[np.ma.MaskedArray, np.ma.MaskedArray]:
    """Return how far right and down the arrow of each state and action goes; masked if none.

    Down is positive, as the rows count.
    """
    known = ~np.isnan(table).any(axis=1, keepdims=True)
    best = known & (table == np.nanmax(np.where(known, table, 0), axis=1, keepdims=True))
    down, right = _LENGTH * np.array(world.moves, dtype=float).T
    return (
        np.ma.array(np.broadcast_to(right, best.shape), mask=~best).ravel(),
        np.ma.array(np.broadcast_to(down, best.shape), mask=~best).ravel(),
    )
