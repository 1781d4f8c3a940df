"""A digit is rubbed out in part and repaired: by a network, by neighbours, by the mean digit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from course_utils import style
from course_utils.data.holes import filled, mean_inside, nearest
from course_utils.explorers import Choice, Explorable, Grid, Slider, raster
from course_utils.lessons.autoencoders import digits
from course_utils.lessons.autoencoders.repainting import MAGNITUDE, SQUARE, WHOLE, repainter
from course_utils.seeds import seeds

_SIDE = digits.SIDE
_SHOWN = 10  # neighbours
_EACH = 8  # held-out digits of each class
_TRAININGS = {
    "squares in the hole": SQUARE,
    "magnitudes in the hole": MAGNITUDE,
    "squares everywhere": WHOLE,
}
_WORST = 0.2  # the end of the scale of errors


def _box(top: int, left: int, height: int, width: int) -> np.ndarray:
    hole = np.zeros((_SIDE, _SIDE), dtype=int)
    hole[top : top + height, left : left + width] = 1
    return hole


HOLE = Grid(
    "hole",
    (_SIDE, _SIDE),
    value=_box(1, 3, 4, 4),
    presets={
        "lower half": _box(4, 0, 4, 8),
        "right half": _box(0, 4, 8, 4),
        "every second row": np.arange(_SIDE)[:, None] % 2 * np.ones((1, _SIDE), dtype=int),
        "everything": _box(0, 0, 8, 8),
    },
    colours=(None, style.WRONG),
    tools=("Rub out", "Bring back"),
    on="digit",
    label="what is erased",
    help="Rub out with the mouse, a finger, or the arrow keys and the space bar.",
)


class Repaired(NamedTuple):
    """A digit, its hole, and what different ways paint into it; pictures are (8, 8)."""

    hole: Any
    clean: np.ndarray
    network: np.ndarray
    averaged: np.ndarray
    neighbours: np.ndarray  # (10, 8, 8), nearest first
    used: int
    errors: Mapping[str, float]  # way → mean squared error in the hole; empty without a hole

    @property
    def erased(self) -> np.ndarray:
        """The hole as booleans."""
        return np.array(self.hole, dtype=bool)


def _compute(hole: Any, digit: int, which: int, training: str, neighbours: int) -> Repaired:
    seed = seeds(1)[0]
    parts = digits.load(seed)
    clean = parts.x_test[parts.y_test == digit][which - 1][None]
    erased = np.array(hole, dtype=bool)[None]
    near = parts.x_train[nearest(parts.x_train, clean, erased, _SHOWN)[0]]
    network = repainter(_TRAININGS[training], seed)(clean, erased)
    averaged = near[:neighbours].mean(axis=0)[None]
    ways = {
        "network": network,
        f"{neighbours} nearest": averaged,
        "nearest one": near[:1],
        "mean digit": parts.x_train.mean(axis=0)[None],
    }
    errors = {}
    if erased.any():
        errors = {way: mean_inside((paint - clean) ** 2, erased) for way, paint in ways.items()}
    return Repaired(
        hole,
        clean[0],
        filled(clean, erased, network)[0],
        filled(clean, erased, averaged)[0],
        near,
        neighbours,
        errors,
    )


def _tinted(picture: np.ndarray, erased: np.ndarray) -> np.ndarray:
    """Return a picture as colours, (8, 8, 3): what is painted into the hole has a tint."""
    colours = np.repeat(1 - picture[..., None], 3, axis=2)
    return np.where(erased[..., None], 0.8 * colours + 0.2 * np.array(to_rgb(style.WRONG)), colours)


def _draw(figure: Figure) -> Callable[[Repaired], None]:
    figure.subplots_adjust(left=0.01, right=0.985, top=0.92, bottom=0.03, hspace=0.5, wspace=0.12)
    grid = figure.add_gridspec(3, 3, width_ratios=[1.5, 0.72, 1.15], height_ratios=[1, 1, 0.45])
    before = figure.add_subplot(grid[:, 0], label="digit")
    shown = raster(before, np.zeros((_SIDE, _SIDE)), cmap="gray_r", vmin=0, vmax=1)
    show_hole = HOLE.artists(before)
    before.set_title("Erase here")
    panels = {}
    for place, title in (
        (grid[0, 1], "Network"),
        (grid[1, 1], "Neighbours' mean"),
        (grid[0, 2], "As it was"),
    ):
        axes = figure.add_subplot(place)
        _plain(axes, title)
        panels[title] = raster(axes, np.zeros((_SIDE, _SIDE, 3)))
    bars_axes = figure.add_subplot(grid[1, 2])
    places = range(4)
    bars = bars_axes.barh(
        places, np.zeros(4), color=[style.PREDICTION, style.DATA, style.DATA, style.NEUTRAL]
    )
    bars_axes.set_title("Squared error in the hole", size=10)
    bars_axes.set(xlim=(0, _WORST), ylim=(3.5, -0.5), yticks=[])
    bars_axes.set(xticks=(0, 0.1, 0.2))
    names = [bars_axes.text(0, i, "", va="center", size=9) for i in places]
    strip_axes = figure.add_subplot(grid[2, 1:])
    _plain(strip_axes, "Nearest training digits (pale: not averaged)")
    strip = raster(
        strip_axes, np.zeros((_SIDE, _SHOWN * (_SIDE + 1))), cmap="gray_r", vmin=0, vmax=1
    )

    def update(data: Repaired) -> None:
        shown.set_data(data.clean)
        show_hole(data.hole)
        panels["Network"].set_data(_tinted(data.network, data.erased))
        panels["Neighbours' mean"].set_data(_tinted(data.averaged, data.erased))
        panels["As it was"].set_data(_tinted(data.clean, data.erased))
        errors = data.errors or dict.fromkeys(["nothing is erased", " ", "  ", "   "], 0.0)
        for bar, name, (way, error) in zip(bars, names, errors.items(), strict=True):
            bar.set_width(min(error, _WORST))
            name.set_text(f"{way}: {error:.3f}" if data.errors else way.strip())
            name.set_x(min(error, 0.45 * _WORST) + 0.006)
        pale = np.where(np.arange(_SHOWN) < data.used, 1.0, 0.3)[:, None, None]
        strip.set_data(np.hstack([*np.pad(pale * data.neighbours, ((0, 0), (0, 0), (0, 1)))]))

    return update


def _plain(axes: Any, title: str) -> None:
    axes.set_title(title, size=10)
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    axes.spines[:].set_visible(True)


def _describe(data: Repaired) -> str:
    if not data.errors:
        return "Nothing is erased, so there is nothing to repair."
    said = ", ".join(f"{way} {error:.3f}" for way, error in data.errors.items())
    pixels = int(data.erased.sum())
    return (
        f"{pixels} {'pixel is' if pixels == 1 else 'pixels are'} erased;"
        f" the mean squared error in the hole: {said}."
    )


def _numbers(data: Repaired) -> dict[str, str]:
    pixels = {"erased": f"{int(data.erased.sum())} pixels"}
    return pixels | {way: f"{error:.3f}" for way, error in data.errors.items()}


erase_and_repair = Explorable(
    name="erase_and_repair",
    title="Erase and repair",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        HOLE,
        Choice("digit", {str(d): d for d in range(10)}, value=3, label="digit",
               help="Held-out digits: neither the network nor the neighbours know this sheet."),
        Slider("which", 1, _EACH, value=2, unit="", label="which one",
               help="One of eight held-out examples of this digit."),
        Choice("training", list(_TRAININGS), label="network trained with",
               help="Whether errors were squared in the loss, and where they counted."),
        Slider("neighbours", 1, _SHOWN, value=5, unit="", label="neighbours averaged",
               help="The training digits that agree best with what is left are averaged."),
    ],
    presets={
        "lower half of a 5": {"hole": HOLE.presets["lower half"], "digit": 5},
        "right half of an 8": {"hole": HOLE.presets["right half"], "digit": 8},
        "everything": {"hole": HOLE.presets["everything"]},
    },
    snapshots=[
        {},
        {"hole": HOLE.presets["lower half"], "digit": 5},
        {"hole": HOLE.presets["right half"], "digit": 8, "training": list(_TRAININGS)[1]},
        {"hole": HOLE.presets["everything"], "neighbours": 1},
    ],
    size=(9.6, 4.6),
)  # fmt: skip
