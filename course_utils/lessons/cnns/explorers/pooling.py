"""Maximum pooling: windows, winners, ties, and the error's way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Grid, Point
from course_utils.lessons.cnns.explorers.cells import box, cells, numbers, said
from course_utils.lessons.cnns.model import MaxPooling, Place, route
from course_utils.lessons.cnns.questions import item_2_7

_EXAM = item_2_7.exam()
_SIDE = 5
_LAYERS = {
    "3 × 3, stride 2": (3, 2),
    "2 × 2, stride 2": (2, 2),
    "4 × 4, stride 1": (4, 1),
    "2 × 2, stride 3": (2, 3),
}
"""All of them have 2 × 2 windows on 5 × 5 inputs."""
_COLOURS = (style.DATA, style.PREDICTION, style.GRADIENT, style.RIGHT)

INPUTS = Grid(
    "inputs",
    (_SIDE, _SIDE),
    levels=range(-9, 10),
    numbers=True,
    value=_EXAM.x,
    presets={
        "all zero": ("00000",) * _SIDE,
        "after a ReLU": ("00300", "00000", "20040", "00000", "00001"),
    },
    on="inputs",
    label="inputs",
    help="The numbers that are pooled: click one and type, or step it with the arrow keys.",
)
FRAME = Point(
    "frame",
    value=(1, 0),
    x=(0, _SIDE - 1),
    y=(0, _SIDE - 1),
    step=1,
    cells=True,
    on="gradient",
    label="frame (column, row)",
    help="Where you want the error of a tie to go: the tied input nearest to the frame wins.",
)


def _shares(rule: str, tied: tuple[Place, ...], frame: tuple[int, int]) -> dict[Place, float]:
    """Return which share of a window's error each of its tied inputs gets."""
    if rule == "shared":
        return {place: 1 / len(tied) for place in tied}
    if rule == "everyone":
        return dict.fromkeys(tied, 1.0)
    if rule == "first":
        return {tied[0]: 1.0}
    column, row = frame
    return {min(tied, key=lambda place: (place[0] - row) ** 2 + (place[1] - column) ** 2): 1.0}


class Pooled(NamedTuple):
    """A pooling layer on its inputs, there and back."""

    inputs: Any
    layer: MaxPooling
    outputs: np.ndarray
    tied: dict[Place, tuple[Place, ...]]  # window → the inputs that hold its maximum
    shares: dict[Place, dict[Place, float]]  # window → input → the share of the error it gets
    gradient: np.ndarray
    chosen: tuple[int, int] | None  # column and row of the frame; None where it decides nothing


def _compute(inputs: Any, layer: str, rule: str, frame: tuple[int, int]) -> Pooled:
    x, pooling = np.array(inputs), MaxPooling(*_LAYERS[layer])
    tied = pooling.candidates(x)
    shares = {window: _shares(rule, places, frame) for window, places in tied.items()}
    gradient = np.zeros(x.shape)
    for window, shared in shares.items():
        for place, share in shared.items():
            gradient += share * route(x, _EXAM.errors * 1.0, {window: place})
    chosen = frame if rule == "frame" else None
    return Pooled(inputs, pooling, pooling.forward(x), tied, shares, gradient, chosen)


def _draw(figure: Figure) -> Callable[[Pooled], None]:
    figure.subplots_adjust(left=0.01, right=0.99, top=0.88, bottom=0.1, wspace=0.08)
    grid = figure.add_gridspec(1, 3, width_ratios=[5, 3.2, 5])
    before = figure.add_subplot(grid[0], label="inputs")
    show_inputs = INPUTS.artists(before)
    before.set_title("Inputs: 4 windows")
    middle = figure.add_subplot(grid[1])
    cells(middle, 2, 2, "Outputs and their errors", around=0.1)
    after = figure.add_subplot(grid[2], label="gradient")
    cells(after, _SIDE, _SIDE, "Gradient of the inputs")
    after.set(xticks=np.arange(_SIDE - 1) + 0.5, yticks=np.arange(_SIDE - 1) + 0.5)
    after.tick_params(length=0, labelbottom=False, labelleft=False)
    after.grid(visible=True)
    show_gradient = numbers(after, _SIDE, _SIDE, size=12)
    windows = list(np.ndindex(2, 2))
    frames, values, errors, dots, rings, ways = [], [], [], [], [], []
    for number, (i, j) in enumerate(windows):
        colour = _COLOURS[number]
        look: dict[str, Any] = {"fill": False, "ec": colour, "lw": 2.5, "zorder": 4}
        frames.append(box(before, 0, 0, 1, **look))
        box(middle, j - 0.45, i - 0.45, 0.9, **look)
        values.append(middle.text(j, i - 0.12, "", ha="center", va="center", size=16))
        errors.append(middle.text(j, i + 0.24, "", ha="center", va="center", size=10))
        dot: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 7, "mec": colour, "zorder": 5}
        rings.append(before.plot([], [], mfc="none", mew=1.8, **dot)[0])
        dots.append(before.plot([], [], mfc=colour, **dot)[0])
        ways.append(after.plot([], [], mfc=colour, **dot)[0])
    mark = box(after, 0, 0, 0.96, fill=False, ec=style.NEUTRAL, lw=2)
    before.text(2, 4.78, "ring: holds the maximum    dot: gets the error", ha="center", size=9)
    after.text(2, 4.78, "frame: where a tie's error is to go", ha="center", size=9)

    def update(data: Pooled) -> None:
        show_inputs(data.inputs)
        size, stride = data.layer.kernel, data.layer.stride
        for number, (i, j) in enumerate(windows):
            inset = 0.05 + 0.05 * number
            corner = (j * stride - 0.5 + inset, i * stride - 0.5 + inset)
            frames[number].set_bounds(*corner, size - 2 * inset, size - 2 * inset)
            values[number].set_text(said(data.outputs[i, j].item()))
            errors[number].set_text(f"error {said(_EXAM.errors[i, j].item())}")
            aside = np.array([0.28 * (2 * i - 1), 0.28 * (2 * j - 1)])
            for line, places in (
                (rings[number], data.tied[i, j]),
                (dots[number], data.shares[i, j]),
                (ways[number], data.shares[i, j]),
            ):
                y, x = (np.array(list(places)) + aside).T
                line.set_data(x, y)
        show_gradient(data.gradient)
        mark.set_visible(data.chosen is not None)
        column, row = data.chosen or (0, 0)
        mark.set_xy((column - 0.48, row - 0.48))

    return update


def _describe(data: Pooled) -> str:
    several = sum(len(places) > 1 for places in data.tied.values())
    wins = [
        place
        for place in {p for shared in data.shares.values() for p in shared}
        if sum(place in shared for shared in data.shares.values()) > 1
    ]
    arrives, sent = data.gradient.sum(), _EXAM.errors.sum()
    return (
        f"{several} of 4 windows {'has' if several == 1 else 'have'} a tie,"
        f" {len(wins)} {'input wins' if len(wins) == 1 else 'inputs win'} more than one window;"
        f" errors of {said(sent)} in all arrive as {said(arrives)}."
    )


def _numbers(data: Pooled) -> dict[str, str]:
    return {
        "sum of the errors": said(_EXAM.errors.sum()),
        "sum of the gradient": said(data.gradient.sum()),
    }


pooling = Explorable(
    name="pooling",
    title="Max pooling, there and back",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        INPUTS,
        Choice(
            "layer",
            list(_LAYERS),
            label="layer",
            help="Size of the windows, and how far one lies from the next.",
        ),
        Choice(
            "rule",
            {
                "the one nearest to the frame": "frame",
                "the first, as in PyTorch": "first",
                "all, in equal shares": "shared",
                "all, each the whole (wrong)": "everyone",
            },
            label="who gets the error in a tie",
            help="Exactly one is what pooling layers do; `amax` of PyTorch shares.",
        ),
        FRAME,
    ],
    presets={
        "the other 7 wins": {"frame": (1, 2)},
        "all zero, shared": {"inputs": INPUTS.presets["all zero"], "rule": "shared"},
        "all zero, each the whole": {"inputs": INPUTS.presets["all zero"], "rule": "everyone"},
    },
    snapshots=[
        {},
        {"frame": (1, 2)},
        {"layer": "2 × 2, stride 2"},
        {"inputs": INPUTS.presets["all zero"], "rule": "shared"},
    ],
    size=(9.6, 3.9),
)
