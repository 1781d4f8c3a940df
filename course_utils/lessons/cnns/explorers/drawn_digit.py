"""A digit that is drawn goes through LeNet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Explorable, Grid, Slider, Switch, raster
from course_utils.lessons.cnns.digits import SIZE, like_training, load, moved
from course_utils.lessons.cnns.drawings import NAMES, SIDE, drawn
from course_utils.lessons.cnns.training import trained
from course_utils.seeds import seeds

_C1, _C3 = (2, 3), (4, 4)  # rows and columns of maps
_GAP = 2

DRAWING = Grid(
    "drawing",
    (SIDE, SIDE),
    brush=2,
    value=drawn("seven"),
    presets={
        **{name: drawn(name) for name in NAMES if name != "seven"},
        "a small seven in the corner": drawn("seven", small=True),
    },
    colours="gray_r",
    on="drawing",
    label="your digit",
    help="Draw with the mouse, a finger, or the arrow keys and the space bar.",
)


class Read(NamedTuple):
    """A drawing, and what LeNet makes of it."""

    drawing: Any
    seen: np.ndarray  # (32, 32), from 0 to 1
    first: np.ndarray  # (6, 28, 28), C1 after tanh
    second: np.ndarray  # (16, 10, 10), C3 after tanh
    probabilities: np.ndarray  # (10,)


def _compute(drawing: Any, centre: bool, right: int, down: int, turn: int) -> Read:
    cells = np.array(drawing, dtype=float)
    picture = like_training(cells) if centre else np.kron(cells, np.ones((SIZE // SIDE,) * 2))
    seen = np.clip(moved(picture, right, down, turn), 0, 1)
    seed = seeds(1)[0]
    network = trained(seed)
    outputs, x = [], load(seed).normalized(seen)[None, None]
    for layer in network.layers:
        x = layer.forward(x)
        outputs.append(x[0])
    return Read(drawing, seen, outputs[1], outputs[4], outputs[-1])


def _tiled(maps: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return maps (number, rows, columns) beside and below each other, with gaps of nan."""
    padded = np.pad(maps, ((0, 0), (0, _GAP), (0, _GAP)), constant_values=np.nan)
    rows, columns = padded.shape[1:]
    tiles = padded.reshape(*shape, rows, columns).transpose(0, 2, 1, 3)
    return tiles.reshape(shape[0] * rows, -1)[:-_GAP, :-_GAP]


def _draw(figure: Figure) -> Callable[[Read], None]:
    figure.subplots_adjust(left=0.01, right=0.99, top=0.92, bottom=0.03, wspace=0.14, hspace=0.42)
    grid = figure.add_gridspec(2, 3, width_ratios=[1.2, 0.95, 1])
    show_drawing = DRAWING.artists(figure.add_subplot(grid[:, 0], label="drawing"))
    figure.axes[0].set_title("Draw here")
    panels = []
    for place, title, shape, size in (
        (grid[0, 1], "What LeNet sees", (1, 1), SIZE),
        (grid[1, 1], "C1: 6 feature maps", _C1, 28),
        (grid[1, 2], "C3: 16 feature maps", _C3, 10),
    ):
        axes = figure.add_subplot(place)
        axes.set(title=title, xticks=[], yticks=[])
        axes.grid(visible=False)
        axes.spines[:].set_visible(shape == (1, 1))
        blank = _tiled(np.zeros((shape[0] * shape[1], size, size)), shape)
        low, colours = (0, "gray_r") if shape == (1, 1) else (-1, "PuOr")
        panels.append(raster(axes, blank, cmap=colours, vmin=low, vmax=1))
    axes = figure.add_subplot(grid[0, 2])
    axes.set(title="How sure LeNet is", xticks=range(10), ylim=(0, 1), yticks=(0, 0.5, 1))
    axes.set(ylabel="probability")
    bars = axes.bar(range(10), np.zeros(10), color=style.DATA)

    def update(data: Read) -> None:
        show_drawing(data.drawing)
        panels[0].set_data(data.seen)
        panels[1].set_data(_tiled(data.first, _C1))
        panels[2].set_data(_tiled(data.second, _C3))
        best = data.probabilities.argmax()
        for digit, (bar, probability) in enumerate(zip(bars, data.probabilities, strict=True)):
            bar.set_height(probability)
            bar.set_color(style.PREDICTION if digit == best else style.DATA)

    return update


def _ranking(data: Read) -> list[tuple[int, str]]:
    order = np.argsort(-data.probabilities, kind="stable")
    return [(int(digit), f"{data.probabilities[digit]:.2f}") for digit in order]


def _describe(data: Read) -> str:
    (first, p), (second, q), *_ = _ranking(data)
    return f"LeNet reads {first} with probability {p}; {second} comes second with {q}."


def _numbers(data: Read) -> dict[str, str]:
    (first, p), *_ = _ranking(data)
    return {"LeNet reads": str(first), "with probability": p}


draw_a_digit = Explorable(
    name="draw_a_digit",
    title="Draw a digit",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        DRAWING,
        Switch(
            "centre",
            value=True,
            label="centre and scale the drawing",
            help="Off, LeNet sees the drawing where and as large as it was drawn.",
        ),
        Slider("right", -12, 12, value=0, unit="pixels", label="shift to the right",
               help="Moves what LeNet sees, after centring."),
        Slider("down", -12, 12, value=0, unit="pixels", label="shift downward",
               help="Moves what LeNet sees, after centring."),
        Slider("turn", -180, 180, value=0, step=15, unit="°", label="turn (anticlockwise)",
               help="Turns what LeNet sees about its middle, after centring."),
    ],
    presets={
        "shifted by 6 pixels": {"right": 6},
        "turned by 90°": {"turn": 90},
        "small, in the corner": {"drawing": drawn("seven", small=True)},
        "the same, not centred": {"drawing": drawn("seven", small=True), "centre": False},
    },
    snapshots=[
        {},
        {"drawing": drawn("seven", small=True), "centre": False},
        {"drawing": drawn("three")},
        {"drawing": drawn("three"), "right": 6},
    ],
    size=(9.6, 4.6),
)  # fmt: skip
