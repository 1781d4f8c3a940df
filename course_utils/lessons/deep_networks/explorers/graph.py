"""Backpropagation on a graph: a 2-3-1 network with every number on its edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Play, Slider
from course_utils.lessons.deep_networks.explorers.network_drawing import Drawing, number
from course_utils.lessons.deep_networks.graph import ACTIVATIONS, START, Pass, descend, moved, run

PHASES = (
    "the inputs",
    "forward: the hidden units",
    "forward: the output",
    "forward: the loss",
    "backward: error of the output, gradients of w₂ and b₂",
    "backward: errors of the hidden units, gradient of b₁",
    "backward: gradient of W₁",
)
"""What a step of the explorer adds; after the last one comes a step of gradient descent."""
_DESCENTS = 6
_NAMES = {
    **{f"W₁, row {i + 1}, column {j + 1}": f"W1[{i}, {j}]" for i in range(3) for j in range(2)},
    **{f"b₁, entry {i + 1}": f"b1[{i}]" for i in range(3)},
    **{f"w₂, entry {i + 1}": f"w2[{i}]" for i in range(3)},
    "b₂": "b2",
}
X, TARGET = np.array([1.0, 0.5]), 1.0
"""The lecture's sample and its target."""


@dataclass(frozen=True)
class Moment:
    """What is known at one step."""

    now: Pass
    phase: int  # an index of PHASES
    taken: int  # steps of gradient descent so far
    losses: np.ndarray  # (taken + 1,), the last one nan while it is not known yet
    chosen: str  # the weight that is moved
    rate: float  # the learning rate


def compute_graph(step: int, weight: str, by: float, activation: str, rate: float) -> Moment:
    """Return the network after `step` steps, with one weight moved at the start."""
    taken, phase = divmod(step, len(PHASES))
    first = run(moved(START, weight, by), X, TARGET, activation)
    passes = descend(first, rate, taken)
    losses = np.array([one.loss for one in passes])
    if phase < PHASES.index("forward: the loss"):
        losses[-1] = np.nan
    return Moment(passes[-1], phase, taken, losses, weight, rate)


def equations(data: Moment) -> list[tuple[str, str]]:
    """Return the equations of a pass with today's numbers, those that are known so far.

    Each is two lines: what is computed, and what comes out.
    """
    now = data.now
    slope = {"tanh": "(1 − h²)", "sigmoid": "h ⊙ (1 − h)", "ReLU": "[z₁ > 0]"}[now.activation]
    written = [
        ("z₁ = W₁x + b₁", _row(now.z1), 1),
        (f"h = {now.activation}(z₁)", _row(now.h), 1),
        ("ŷ = w₂·h + b₂", number(now.yhat), 2),
        ("L = ½(ŷ − y)²", number(now.loss), 3),
        ("δ₂ = ∂L/∂ŷ = ŷ − y", number(now.delta2), 4),
        ("∂L/∂w₂ = δ₂h", _row(now.gradient.w2), 4),
        (f"δ₁ = ∂L/∂z₁ = δ₂w₂ ⊙ {slope}", _row(now.delta1), 5),
        ("∂L/∂W₁ = δ₁xᵀ", ", ".join(map(_row, now.gradient.W1)), 6),
    ]
    return [(left, right) for left, right, phase in written if phase <= data.phase]


def _row(values: np.ndarray) -> str:
    gap = 2 * "\N{NO-BREAK SPACE}"
    return f"({gap.join(map(number, values))})"


def draw_graph(figure: Figure) -> Callable[[Moment], None]:
    """Draw the network, the equations beside it, and the loss after each step of descent."""
    axes = figure.add_axes((0.0, 0.0, 0.66, 0.94))
    drawing = Drawing(axes)
    heading = figure.text(0.02, 0.955, "", fontsize=12, fontweight="bold", va="center")
    settings = figure.text(0.02, 0.9, "", fontsize=9.5, va="center")
    lines = [
        (
            figure.text(0.67, 0.92 - 0.082 * i, "", fontsize=9.5, va="center"),
            figure.text(0.68, 0.9 - 0.082 * i, "", fontsize=9.5, va="top"),
        )
        for i in range(8)
    ]
    for i, (left, right) in enumerate(lines):
        left.set_fontweight("bold")
        if i >= 4:
            right.set_color(style.GRADIENT)
    curve = figure.add_axes((0.745, 0.095, 0.24, 0.135))
    curve.set(xlim=(-0.3, _DESCENTS + 0.3), ylim=(1e-3, 1e3), yscale="log")
    curve.set(xticks=range(_DESCENTS + 1), yticks=(1e-3, 1, 1e3))
    curve.set_xlabel("steps of gradient descent", fontsize=9, labelpad=1)
    curve.set_ylabel("loss L", fontsize=9)
    curve.tick_params(labelsize=8.5)
    (loss,) = curve.plot([], [], "o-", color=style.REFERENCE, ms=5)

    def update(data: Moment) -> None:
        heading.set_text(f"Steps of descent: {data.taken} · {PHASES[data.phase]}")
        settings.set_text(f"f = {data.now.activation}, η = {data.rate:g}")
        drawing.show(data.now, data.phase, data.chosen)
        known = equations(data)
        for i, (left, right) in enumerate(lines):
            left.set_text(known[i][0] if i < len(known) else "")
            right.set_text(fill(f"= {known[i][1]}", 40) if i < len(known) else "")
        loss.set_data(np.arange(len(data.losses)), np.clip(data.losses, 1e-9, 1e9))

    return update


def describe_graph(data: Moment) -> str:
    """Say where we are, with the numbers that the step brought."""
    known = equations(data)
    news = f"{known[-1][0]} = {known[-1][1]}" if known else "only inputs and weights are known"
    return f"Steps of gradient descent: {data.taken}. Now {PHASES[data.phase]}; {news}."


def key_numbers(data: Moment) -> dict[str, str]:
    """Return output, loss and the output's error, as far as they are known."""
    now, unknown = data.now, "not yet known"
    return {
        "output ŷ": number(now.yhat) if data.phase >= 2 else unknown,
        "loss L": number(now.loss) if data.phase >= 3 else unknown,
        "error δ₂": number(now.delta2) if data.phase >= 4 else unknown,
    }


_BACK = len(PHASES) - 1
_OFF = {"step": _BACK, "activation": "ReLU", "weight": "b1[2]", "by": -1.0}
graph = Explorable(
    name="graph",
    title="Backpropagation on a graph",
    compute=compute_graph,
    draw=draw_graph,
    describe=describe_graph,
    numbers=key_numbers,
    controls=[
        Play(
            "step",
            range(len(PHASES) * _DESCENTS + 1),
            unit="steps",
            label="forward, backward, descend",
            help="Six steps forward and backward through the network; the seventh is a step of"
            " gradient descent, after which it begins again.",
        ),
        Choice(
            "weight",
            _NAMES,
            value="W1[0, 0]",
            label="weight to move",
            help="One of the 13 weights and biases; it stands in orange on the graph.",
        ),
        Slider(
            "by",
            -2.0,
            2.0,
            value=0.0,
            step=0.1,
            unit="",
            label="moved by",
            help="What is added to that weight at the start.",
        ),
        Choice(
            "activation",
            list(ACTIVATIONS),
            label="hidden activation",
            help="The function f between the layers.",
        ),
        Slider(
            "rate",
            0.01,
            1.0,
            value=0.05,
            step=0.01,
            unit="",
            label="learning rate η",
            help="How far a step of gradient descent goes.",
        ),
    ],
    snapshots=[
        {"step": 3},
        {"step": _BACK},
        _OFF,
        {"step": 3 * len(PHASES) + _BACK},
    ],
    presets={
        "all backward": {"step": _BACK},
        "a ReLU that is off": _OFF,
        "after 3 steps of descent": {"step": 3 * len(PHASES) + _BACK},
    },
    size=(9.6, 5.4),
)
