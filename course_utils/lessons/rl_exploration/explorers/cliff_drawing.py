"""The figure of the cliff: the map with an episode's way, and the rewards so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils import style
from course_utils.explorers import raster
from course_utils.lessons.rl_exploration import worlds
from course_utils.lessons.rl_exploration.explorers.cliff_episode import (
    EPISODES,
    FALL,
    MEAN,
    Episode,
    cliff_states,
    goal_state,
)
from course_utils.lessons.rl_exploration.explorers.map import arrows, lay_out, point
from course_utils.lessons.rl_exploration.learning import Step

_LOW = -100.0  # the lowest reward of an episode that the curve shows
_WORST = -30.0  # the value of the darkest cells
_EDGE = 0.62  # cells; a fall is drawn to just beyond the edge, not over the words there


def draw(figure: Figure) -> Callable[[Episode], None]:
    """Make the artists, and return what lets them show an episode."""
    world = worlds.cliff()
    field = figure.add_axes((0.015, 0.42, 0.865, 0.51))
    curve = figure.add_axes((0.11, 0.11, 0.64, 0.235))
    lay_out(field, world)
    field.set_title("Colour: value of the best action. Arrows: the greedy policy", x=0.005)
    field.title.set_horizontalalignment("left")
    image = raster(field, np.zeros(world.shape), cmap="cividis", vmin=_WORST, vmax=0)
    bar = figure.colorbar(image, cax=figure.add_axes((0.895, 0.45, 0.018, 0.45)))
    bar.set_label("reward still to come")
    bar.outline.set_visible(False)
    rows, columns = world.shape
    for state in range(rows * columns):
        row, column = divmod(state, columns)
        kind: dict[str, Any] = {"fill": False, "ec": "white", "lw": 0.8, "alpha": 0.5}
        if state in cliff_states():
            kind = {"fc": style.WRONG, "ec": "none"}
        elif state == goal_state():
            kind = {"fc": style.RIGHT, "ec": "none"}
        field.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, zorder=1.5, **kind))
    word: dict[str, Any] = {"ha": "center", "va": "center", "color": "white", "zorder": 4}
    field.text((columns - 1) / 2, rows - 0.75, "cliff: −100, back to the start", **word)
    field.text(columns - 1, rows - 0.75, "goal", **word)
    field.text(0, rows - 0.42, "start", ha="center", va="top", fontsize=9)
    (edge,) = field.plot([], [], color="black", lw=4.4, zorder=2.4)
    (way,) = field.plot([], [], color=style.PREDICTION, lw=2.4, zorder=2.5)
    shown = arrows(field, world)

    curve.set(
        xlabel="episode", ylabel="reward", xlim=(0, EPISODES), ylim=(_LOW - 3, 3),
        yticks=(-100, -50, 0), yticklabels=("≤ −100", "−50", "0"),
    )  # fmt: skip
    (each,) = curve.plot([], [], ".", color=style.DATA, ms=4, label="each episode")
    (mean,) = curve.plot([], [], color=style.REFERENCE, lw=2, label=f"mean of the last {MEAN}")
    (attainable,) = curve.plot(
        [0, EPISODES], [0, 0], color=style.RIGHT, lw=1.5, ls="--", label="best with this ε"
    )
    curve.legend(loc="upper left", bbox_to_anchor=(1.0, 1.06), borderaxespad=0.4)
    (here,) = curve.plot([], [], "o", color=style.PREDICTION, ms=8, mec="black", clip_on=False)

    def update(data: Episode) -> None:
        image.set_data(data.table.max(axis=1).reshape(world.shape))
        point(shown, world, data.table)
        for line in (edge, way):
            line.set_data(*way_of(data.steps))
        clipped = np.maximum(data.returns, _LOW)
        each.set_data(data.numbers, clipped)
        mean.set_data(data.numbers, np.maximum(_running(data.returns), _LOW))
        here.set_data(data.numbers[-1:], clipped[-1:])
        attainable.set_ydata([data.best] * 2)

    return update


def way_of(steps: list[Step]) -> tuple[np.ndarray, np.ndarray]:
    """Return the way of an episode, columns and rows; nan where it falls and starts anew."""
    world = worlds.cliff()
    places: list[tuple[float, float]] = []
    for state, action, reward in steps:
        row, column = divmod(state, world.shape[1])
        down, right = world.moves[action]
        places.append((column, row))
        if reward == FALL:
            places += [(column + _EDGE * right, row + _EDGE * down), (np.nan, np.nan)]
    if steps and world.P[steps[-1][0]][steps[-1][1]][0][3]:
        row, column = divmod(goal_state(), world.shape[1])
        places.append((column, row - 1 + _EDGE))
    x, y = np.array(places, dtype=float).T
    return x, y


def _running(returns: np.ndarray) -> np.ndarray:
    """Return at each episode the mean of the last ones up to it."""
    total = np.concatenate([[0.0], np.cumsum(returns)])
    ends = np.arange(1, len(total))
    starts = np.maximum(ends - MEAN, 0)
    return (total[ends] - total[starts]) / (ends - starts)
