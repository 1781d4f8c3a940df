"""The gradient by layer: a heat map over depth, for an activation, an initialization, a remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, raster
from course_utils.lessons.deep_networks.vanishing import (
    DEPTHS,
    INITIALIZATIONS,
    VARIANTS,
    powers,
    study,
)
from course_utils.typography import raised

_LIMIT = 8  # powers of ten; what is beyond has the colour of the end
_DEEPEST = DEPTHS[-1]


class Layers(NamedTuple):
    """The error of each layer of networks of several depths, in powers of ten."""

    means: np.ndarray  # (depths, deepest), mean over seeds; nan where there is no layer
    deepest: np.ndarray  # (seeds, deepest), the deepest network's


def compute_layers(activation: str, initialization: str, variant: str) -> Layers:
    """Return by how many powers of ten each layer's error is larger than the last hidden one's."""
    rows = np.full((len(DEPTHS), _DEEPEST), np.nan)
    for row, depth in zip(rows, DEPTHS, strict=True):
        found = powers(
            study(
                depth=depth, activation=activation, initialization=initialization, variant=variant
            )
        )
        row[:depth] = found.mean(axis=0)
    return Layers(rows, found)


def draw_layers(figure: Figure) -> Callable[[Layers], None]:
    """Draw the map, and below it the deepest network's seeds."""
    above, below = figure.subplots(2, 1, height_ratios=[1.15, 1], sharex=True)
    figure.subplots_adjust(left=0.09, right=0.88, top=0.93, bottom=0.11, hspace=0.28)
    picture = raster(
        above,
        np.zeros((len(DEPTHS), _DEEPEST)),
        cmap="RdBu",
        vmin=-_LIMIT,
        vmax=_LIMIT,
        aspect="auto",
        origin="lower",
        extent=(0.5, _DEEPEST + 0.5, 0, len(DEPTHS)),
    )
    above.set(title="Size of the error ∂L/∂z, by layer and depth", ylabel="hidden layers")
    above.set(yticks=np.arange(len(DEPTHS)) + 0.5, yticklabels=DEPTHS)
    above.grid(visible=False)
    above.set_facecolor((*to_rgb(style.NEUTRAL), 0.3))  # white is a size of 1
    place = above.get_position()
    bar = figure.colorbar(picture, cax=figure.add_axes((0.9, place.y0, 0.018, place.height)))
    bar.set_ticks([-8, -4, 0, 4, 8], labels=["≤ 10⁻⁸", "10⁻⁴", "1", "10⁴", "≥ 10⁸"])
    below.set(
        title=f"The deepest network: {_DEEPEST} hidden layers",
        xlabel="hidden layer, from the input to the output",
        ylabel="error, last layer = 1",
        xlim=(0.5, _DEEPEST + 0.5),
        ylim=(-27, 8),
        yticks=(-24, -16, -8, 0, 8),
        yticklabels=("10⁻²⁴", "10⁻¹⁶", "10⁻⁸", "1", "10⁸"),
    )
    below.axhline(0, color=style.NEUTRAL, lw=0.9)
    layers = np.arange(1, _DEEPEST + 1)
    lines = [
        below.plot(layers, 0 * layers, color=style.GRADIENT, lw=1.3, alpha=0.8)[0] for _ in range(5)
    ]
    below.text(
        0.985, 0.06, "a line for each seed", transform=below.transAxes, ha="right", fontsize=9
    )

    def update(data: Layers) -> None:
        picture.set_data(np.ma.masked_invalid(data.means))
        for line, seed in zip(lines, data.deepest, strict=True):
            line.set_ydata(seed)

    return update


def describe_layers(data: Layers) -> str:
    """Say how large the first layer's error is in the deepest network, and the factor a layer."""
    first = data.deepest[:, 0]
    power = first.mean()
    verdict = "vanishes" if power < -3 else "explodes" if power > 3 else "keeps about its size"
    if 1 < abs(power) <= 3:
        verdict = "shrinks" if power < 0 else "grows"
    return (
        f"With {_DEEPEST} hidden layers, the first layer's error is {_power(power)} of the last"
        f" one's (seeds: {_power(first.min())} to {_power(first.max())}): going back, it"
        f" {verdict}, by a factor of {_factor(power):.2f} per layer."
    )


def key_numbers(data: Layers) -> dict[str, str]:
    """Return the first layer's error and the mean factor a layer."""
    power = float(data.deepest[:, 0].mean())
    return {
        f"first layer's error, {_DEEPEST} layers": _power(power),
        "factor per layer, going back": f"{_factor(power):.2f}",
    }


def _factor(power: float) -> float:
    return float(10 ** (power / (_DEEPEST - 1)))


def _power(power: float) -> str:
    return f"10{raised(power, '.1f')}"


layers = Explorable(
    name="layers",
    title="Gradient by layer",
    compute=compute_layers,
    draw=draw_layers,
    describe=describe_layers,
    numbers=key_numbers,
    controls=[
        Choice(
            "activation",
            ["sigmoid", "tanh", "ReLU"],
            value="tanh",
            label="activation",
            help="The function behind every hidden layer.",
        ),
        Choice(
            "initialization",
            list(INITIALIZATIONS),
            label="initialization",
            help="The standard deviation of the first weights, which are drawn normal.",
        ),
        Choice(
            "variant",
            list(VARIANTS),
            label="variant",
            help="What is changed in the plain network.",
        ),
    ],
    snapshots=[
        {"activation": "sigmoid"},
        {"activation": "tanh"},
        {"activation": "ReLU", "initialization": "He"},
        {"activation": "ReLU", "initialization": "He", "variant": "skip"},
    ],
    presets={
        "sigmoid": {"activation": "sigmoid"},
        "sigmoid with batch norm": {"activation": "sigmoid", "variant": "batch norm"},
        "ReLU, He, skip": {"activation": "ReLU", "initialization": "He", "variant": "skip"},
    },
    size=(9.0, 5.2),
    slow=True,
)
