"""The figure of the unrolled cell: a column of nodes for each step, and the edges between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Annotation

from course_utils import style
from course_utils.explorers import Grid
from course_utils.lessons.rnn_backprop.unrolled import Unrolled
from course_utils.typography import number, power_of_ten

MOST = 5
"""Steps that the figure has room for."""

_LEVEL = {"x": 0.0, "o": 1.0, "h": 2.45, "yhat": 3.6, "L": 4.6}
_NAMES = {"x": "x", "o": "o", "h": "h", "yhat": r"\hat y", "L": "L"}
_WIDTH, _HEIGHT = 0.62, 0.6  # of a node

INPUTS = Grid(
    "x",
    (1, MOST),
    levels=(-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2),
    numbers=True,
    value=((1, 0.5, 0.5, 0, 0),),
    on="inputs",
    label="inputs x",
    help="The input of each step; those beyond the length do not count.",
)
LABELS = Grid(
    "y",
    (1, MOST),
    levels=(0, 1),
    numbers=True,
    value=((1, 0, 1, 1, 0),),
    on="labels",
    label="labels y",
    help="What each output should be.",
)


@dataclass(frozen=True)
class Shown:
    """A run of the cell, and how far the error has come back."""

    run: Unrolled
    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]
    w: float
    reached: int  # gradients are known for the steps after this many
    squashed: bool

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self.run.mixed)

    @property
    def broken(self) -> list[int]:
        """The steps, from 1 on, whose loss does not exist."""
        return [t + 1 for t, loss in enumerate(self.run.loss) if np.isnan(loss)]

    @property
    def gradient(self) -> float:
        """The part of ∂L/∂w that has been collected; nan if it does not exist."""
        return float(self.run.by_weight[self.reached :].sum())


def draw(figure: Figure) -> Callable[[Shown], None]:
    """Make the artists, and return what lets them show a run."""
    axes = figure.add_axes((0.005, 0.185, 0.99, 0.755), label="cells")
    axes.set(xlim=(-0.4, MOST + 0.4), ylim=(-0.35, 4.95))
    axes.axis("off")
    axes.set_title("Upper number: the value. Purple: the derivative of L by it", x=0.015)
    columns = [_Column(axes, t) for t in range(1, MOST + 1)]
    start = _Node(axes, 0, _LEVEL["h"], "h_0")
    for low, words in ((0.095, "inputs x"), (0.015, "labels y")):
        figure.text(0.085, low + 0.0375, words, ha="right", va="center")
    show_inputs = INPUTS.artists(figure.add_axes((0.095, 0.095, 0.2333, 0.075), label="inputs"))
    show_labels = LABELS.artists(figure.add_axes((0.095, 0.015, 0.2333, 0.075), label="labels"))
    total = figure.text(0.36, 0.132, "", va="center", fontsize=11)
    whole = figure.text(0.36, 0.052, "", va="center", fontsize=11)

    def update(data: Shown) -> None:
        show_inputs(data.x)
        show_labels(data.y)
        for t, column in enumerate(columns):
            column.show(data, t)
        start.show(data.run.state[0], data.run.by_mixed[0] if data.reached == 0 else None)
        total.set_text(_total_in_words(data))
        whole.set_text(_sum_in_words(data))

    return update


class _Node:
    """A quantity: its name, its value, and below it the derivative by it."""

    def __init__(self, axes: Axes, x: float, y: float, name: str) -> None:
        self.box = axes.add_patch(
            FancyBboxPatch(
                (x - _WIDTH / 2, y - _HEIGHT / 2), _WIDTH, _HEIGHT,
                boxstyle="round,pad=0,rounding_size=0.08",
                fc=axes.get_facecolor(), ec=style.NEUTRAL, lw=1.2, zorder=2,
            )
        )  # fmt: skip
        line: dict[str, Any] = {"va": "center", "zorder": 3}
        self.name = axes.text(x - 0.27, y, f"${name}$", ha="left", fontsize=11, **line)
        right = x + _WIDTH / 2 - 0.04
        self.value = axes.text(right, y + 0.14, "", ha="right", fontsize=10, **line)
        self.slope = axes.text(
            right, y - 0.15, "", ha="right", fontsize=10, color=style.GRADIENT, **line
        )

    @property
    def artists(self) -> tuple[Artist, ...]:
        """All that it is drawn with."""
        return self.box, self.name, self.value, self.slope

    def show(self, value: float, slope: float | None, newest: bool = False) -> None:
        """Write value and derivative: None is not known yet, nan does not exist."""
        self.value.set_text(short(value))
        edge = style.GRADIENT if newest else style.NEUTRAL
        self.box.set_edgecolor(style.WRONG if np.isnan(value) else edge)
        self.slope.set_text("" if slope is None else short(slope))


class _Column:
    """The nodes of one step, and the edges into it."""

    def __init__(self, axes: Axes, t: int) -> None:
        self.nodes = {key: _Node(axes, t, y, f"{_NAMES[key]}_{t}") for key, y in _LEVEL.items()}
        levels = list(_LEVEL.values())
        o, h, half = _LEVEL["o"], _LEVEL["h"], _HEIGHT / 2
        self.edges = [
            _edge(axes, (t, low + half), (t, high - half)) for low, high in pairwise(levels)
        ]
        side = _WIDTH / 2
        self.edges.append(_edge(axes, (t - 1 + side, h - 0.2), (t - side, o + 0.2)))
        middle = (o + h) / 2
        ground: dict[str, Any] = {"fc": axes.get_facecolor(), "ec": "none", "pad": 1}
        text: dict[str, Any] = {"va": "center", "fontsize": 9.5, "zorder": 3}
        purple: dict[str, Any] = {"color": style.GRADIENT, "bbox": ground, **text}
        self.times = axes.text(t - 0.03, middle, "× w", ha="right", **text)
        self.share = axes.text(
            t + 0.03, middle, "", ha="left", weight="bold", color=style.GRADIENT, **text
        )
        self.own = axes.text(t, (h + _LEVEL["yhat"]) / 2, "", ha="center", **purple)
        self.carried = axes.text(t - 0.5, middle + 0.05, "", ha="center", **purple)

    def show(self, data: Shown, t: int) -> None:
        """Show step t, counted from 0; nothing if the sequence ends before."""
        here = t < data.steps
        inside = [artist for node in self.nodes.values() for artist in node.artists]
        for artist in (*inside, *self.edges, self.times, self.share, self.own, self.carried):
            artist.set_visible(here)
        if not here:
            return
        run, known = data.run, t >= data.reached
        shown = {
            "x": (data.x[0][t], run.by_mixed[t]),
            "o": (run.mixed[t], run.by_mixed[t]),
            "h": (run.state[t + 1], run.by_state[t]),
            "yhat": (run.output[t], run.by_output[t]),
            "L": (run.loss[t], 1.0 + 0 * run.loss[t]),  # nan if there is none
        }
        for key, (value, derivative) in shown.items():
            self.nodes[key].show(value, derivative if known else None, newest=t == data.reached)
        for text, value in (
            (self.share, run.by_weight[t]),
            (self.own, run.own[t]),
            (self.carried, run.by_mixed[t]),
        ):
            text.set_text(short(value))
            text.set_visible(known)


def _edge(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> Annotation:
    arrow: dict[str, Any] = {
        "arrowstyle": "-|>",
        "color": style.NEUTRAL,
        "lw": 1.2,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    return axes.annotate("", end, start, arrowprops=arrow, zorder=1, annotation_clip=False)


def short(value: float) -> str:
    """Return a number that fits into a node; – if it does not exist."""
    if np.isnan(value):
        return "–"
    if abs(value) >= 10_000:
        return power_of_ten(value).replace(" ", "")
    return number(value, ".2f" if abs(value) < 100 else ".0f")


def _added(values: np.ndarray) -> str:
    """Return what follows the name of a sum: its terms, and what they come to."""
    if np.isnan(values).any():
        return "does not exist"
    first, *others = (short(value) for value in values)
    terms = [f"− {text[1:]}" if text.startswith("−") else f"+ {text}" for text in others]
    return " ".join(["=", first, *terms, *(["=", short(values.sum())] if others else [])])


def _total_in_words(data: Shown) -> str:
    """Return how the newest total derivative is made of its two parts."""
    if data.reached == data.steps:
        return "Step backward, with Play or its buttons."
    t = data.reached + 1
    parts, values = rf"\partial L_{t}/\partial h_{t}", [data.run.own[t - 1]]
    if t < data.steps:
        parts += rf" + \partial L/\partial o_{t + 1}"
        values.append(data.run.later[t - 1])
    return rf"$\partial L/\partial h_{t} = {parts}$ {_added(np.array(values))}"


def _sum_in_words(data: Shown) -> str:
    """Return ∂L/∂w as the sum of the steps' shares, as far as they are known."""
    if data.reached == data.steps:
        return ""
    whole = r"$\partial L/\partial w$" if data.reached == 0 else r"$\partial L/\partial w$ so far"
    shares = data.run.by_weight[data.reached :]
    return f"{whole} {_added(shares)}"
