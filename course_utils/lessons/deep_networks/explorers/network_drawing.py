"""The picture of a 2-3-1 network: nodes, edges, and the numbers on them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from course_utils import style, typography
from course_utils.lessons.deep_networks.graph import Pass

_INPUTS = ((0.0, 1.0), (0.0, -1.0))
_HIDDEN = ((3.05, 1.7), (3.05, 0.0), (3.05, -1.7))
_OUTPUT, _LOSS = (5.0, 0.0), (6.1, 0.0)
_FORWARD, _BACKWARD = style.PREDICTION, style.GRADIENT


def number(value: float) -> str:
    """Return a number as it stands on the graph and in the equations: with three digits."""
    return typography.number(value, ".3f")


class Edge(NamedTuple):
    """An edge, its weight, and the weight's gradient below it."""

    line: Line2D
    weight: Text
    gradient: Text


class Node(NamedTuple):
    """A node, its value, and what stands above and below it."""

    circle: Line2D
    value: Text
    above: Text
    below: Text


class Drawing:
    """The artists of the network, made once."""

    def __init__(self, axes: Axes) -> None:
        figure = axes.get_figure(root=True)
        assert figure is not None
        axes.set_axis_off()
        axes.set(xlim=(-0.55, 6.65), ylim=(-2.85, 2.5))
        self._axes = axes
        ground = figure.get_facecolor()  # numbers stand on it, over the edges
        self._ground = {"facecolor": ground, "edgecolor": "none", "pad": 0.6}
        self._first = [[self._edge(x, h, 0.68) for x in _INPUTS] for h in _HIDDEN]
        self._second = [self._edge(h, _OUTPUT, 0.47) for h in _HIDDEN]
        self._last = axes.plot(*zip(_OUTPUT, _LOSS, strict=True), color=style.NEUTRAL, zorder=1)[0]
        self._inputs = [self._node(at) for at in _INPUTS]
        self._hidden = [self._node(at) for at in _HIDDEN]
        self._output, self._loss = self._node(_OUTPUT), self._node(_LOSS)
        self._weights = {  # where each of them is written
            **{
                f"W1[{i}, {j}]": edge.weight
                for i, row in enumerate(self._first)
                for j, edge in enumerate(row)
            },
            **{f"b1[{i}]": node.above for i, node in enumerate(self._hidden)},
            **{f"w2[{i}]": edge.weight for i, edge in enumerate(self._second)},
            "b2": self._output.above,
        }
        self._ink = self._output.above.get_color()
        legend: dict[str, Any] = {"fontsize": 9.5, "va": "bottom"}
        axes.text(-0.45, -2.8, "on an edge: weight · in a circle: value", **legend)
        words = "purple: gradient (a bias's is its unit's δ)"
        axes.text(3.35, -2.8, words, color=_BACKWARD, **legend)

    def show(self, now: Pass, phase: int, chosen: str) -> None:
        """Write the numbers that are known in this phase; mark what is active and what is chosen.

        `chosen` is the name of a weight, such as ``"W1[0, 1]"``.
        """
        gradient = now.gradient
        for i, row in enumerate(self._first):
            for j, edge in enumerate(row):
                slope = gradient.W1[i, j] if phase >= 6 else None
                self._write(edge, now.weights.W1[i, j], slope, phase == 1, phase == 6)
        for i, edge in enumerate(self._second):
            slope = gradient.w2[i] if phase >= 4 else None
            self._write(edge, now.weights.w2[i], slope, phase == 2, phase in (4, 5))
        _mark(self._last, phase == 3, phase == 4)
        for i, node in enumerate(self._inputs):
            node.value.set_text(number(now.x[i]))
            node.above.set_text(f"x{'₁₂'[i]}")
        for i, node in enumerate(self._hidden):
            node.value.set_text(number(now.h[i]) if phase >= 1 else "h")
            node.above.set_text(
                f"b {number(now.weights.b1[i])}" + (f"   z {number(now.z1[i])}" if phase else "")
            )
            node.below.set_text(f"δ {number(now.delta1[i])}" if phase >= 5 else "")
        self._output.value.set_text(number(now.yhat) if phase >= 2 else "ŷ")
        self._output.above.set_text(f"b {number(now.weights.b2)}")
        self._output.below.set_text(f"δ {number(now.delta2)}" if phase >= 4 else "")
        self._loss.value.set_text(number(now.loss) if phase >= 3 else "L")
        self._loss.above.set_text(f"y {number(now.y)}")
        for name, text in self._weights.items():
            marked = name == chosen
            text.set(color=_FORWARD if marked else self._ink, weight="bold" if marked else "normal")
        for node, active in (
            *((node, phase == 0) for node in self._inputs),
            *((node, phase in (1, 5)) for node in self._hidden),
            (self._output, phase in (2, 4)),
            (self._loss, phase == 3),
        ):
            colour = (_BACKWARD if phase >= 4 else _FORWARD) if active else style.NEUTRAL
            node.circle.set(markeredgecolor=colour, markeredgewidth=3.0 if active else 1.2)

    def _edge(self, start: tuple[float, float], end: tuple[float, float], at: float) -> Edge:
        (line,) = self._axes.plot(*zip(start, end, strict=True), color=style.NEUTRAL, zorder=1)
        x, y = np.array(start) + at * (np.array(end) - start)
        words: dict[str, Any] = {"ha": "center", "fontsize": 9, "bbox": self._ground, "zorder": 3}
        weight = self._axes.text(x, y + 0.02, "", va="bottom", **words)
        gradient = self._axes.text(x, y - 0.02, "", va="top", color=_BACKWARD, **words)
        return Edge(line, weight, gradient)

    def _node(self, at: tuple[float, float]) -> Node:
        x, y = at
        ground = self._ground["facecolor"]
        (circle,) = self._axes.plot([x], [y], "o", ms=43, mfc=ground, mec=style.NEUTRAL, zorder=4)
        words: dict[str, Any] = {"ha": "center", "fontsize": 9.5, "zorder": 5}
        around: dict[str, Any] = {**words, "bbox": self._ground}
        return Node(
            circle,
            self._axes.text(x, y, "", va="center", fontweight="bold", **words),
            self._axes.text(x, y + 0.47, "", va="bottom", **around),
            self._axes.text(x, y - 0.47, "", va="top", color=_BACKWARD, **around),
        )

    @staticmethod
    def _write(edge: Edge, weight: float, slope: float | None, ahead: bool, back: bool) -> None:
        edge.weight.set_text(number(weight))
        edge.gradient.set_text("" if slope is None else number(slope))
        _mark(edge.line, ahead, back)


def _mark(line: Line2D, ahead: bool, back: bool) -> None:
    colour = _FORWARD if ahead else _BACKWARD if back else style.NEUTRAL
    line.set(color=colour, linewidth=2.6 if ahead or back else 1.0)
