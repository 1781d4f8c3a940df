"""Hidden units that start alike: four units learn XOR, or stay one unit for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Play
from course_utils.lessons.deep_networks.symmetry import EVERY, STEPS, UNITS, train

_FLOOR = 1e-9  # where a distance of exactly 0 is drawn
_SPREADS = {"0: all equal": 0.0, "0.000001": 1e-6, "0.001": 1e-3, "0.1": 0.1, "1": 1.0}


class Units(NamedTuple):
    """One training, up to a step."""

    steps: np.ndarray  # (times,)
    incoming: np.ndarray  # (times, 2, UNITS)
    apart: np.ndarray  # (times,)
    loss: float
    right: int


def compute_symmetric(step: int, mean: float, spread: float, dropout: float) -> Units:
    """Return the training of the first seed up to `step`."""
    training, upto = train(mean, spread, dropout), step // EVERY + 1
    return Units(
        training.steps[:upto],
        training.incoming[0, :upto],
        training.apart[0, :upto],
        float(training.loss[0, upto - 1]),
        int(training.right[0, upto - 1]),
    )


def draw_symmetric(figure: Figure) -> Callable[[Units], None]:
    """Draw each unit's two weights as a point with its path, and how far the units are apart."""
    plane, curve = figure.subplots(1, 2, width_ratios=[1, 1.15])
    figure.subplots_adjust(left=0.08, right=0.98, wspace=0.27, bottom=0.14)
    plane.set(
        title="Weights that enter each hidden unit",
        xlabel="weight of input 1",
        ylabel="weight of input 2",
        xlim=(-4, 4),
        ylim=(-4, 4),
        aspect="equal",
    )
    colours = (style.DATA, style.PREDICTION, style.GRADIENT, style.RIGHT)
    sizes = (17, 13, 9, 5)  # so that units at one place are all seen
    paths = [plane.plot([], [], color=colour, lw=1.3)[0] for colour in colours]
    dots = [
        plane.plot([], [], "o", color=colour, ms=size, mec="white", mew=0.8)[0]
        for colour, size in zip(colours, sizes, strict=True)
    ]
    curve.set(
        title="How far the units are apart",
        xlabel="step of gradient descent",
        ylabel="largest difference of weights",
        xlim=(-20, STEPS + 20),
        ylim=(_FLOOR / 3, 30),
        yscale="log",
        yticks=(_FLOOR, 1e-6, 1e-3, 1),
        yticklabels=("0", "10⁻⁶", "10⁻³", "1"),
    )
    (apart,) = curve.plot([], [], color=style.REFERENCE)
    (now,) = curve.plot([], [], "o", color=style.REFERENCE)

    def update(data: Units) -> None:
        shown = np.clip(data.incoming, -50, 50)
        for unit in range(UNITS):
            paths[unit].set_data(shown[:, 0, unit], shown[:, 1, unit])
            dots[unit].set_data(shown[-1:, 0, unit], shown[-1:, 1, unit])
        heights = np.maximum(data.apart, _FLOOR)
        apart.set_data(data.steps, heights)
        now.set_data(data.steps[-1:], heights[-1:])

    return update


def describe_symmetric(data: Units) -> str:
    """Say how far the units are apart and what the network has learned."""
    distance = "exactly 0" if data.apart[-1] == 0 else f"{data.apart[-1]:.2g}"
    return (
        f"After {data.steps[-1]} steps the units differ by {distance}; the loss is"
        f" {data.loss:.3f}, and {data.right} of the 4 points of XOR are told right."
    )


def key_numbers(data: Units) -> dict[str, str]:
    """Return the distance between units, the loss and the points that are right."""
    return {
        "units differ by": "0, exactly" if data.apart[-1] == 0 else f"{data.apart[-1]:.2g}",
        "loss": f"{data.loss:.3f}",
        "right": f"{data.right} of 4",
    }


symmetric = Explorable(
    name="symmetric",
    title="Hidden units that start alike",
    compute=compute_symmetric,
    draw=draw_symmetric,
    describe=describe_symmetric,
    numbers=key_numbers,
    controls=[
        Play(
            "step",
            range(0, STEPS + 1, EVERY),
            value=STEPS,
            unit="steps",
            per_second=10,
            label="training",
            help="How many steps of gradient descent were taken.",
        ),
        Choice(
            "mean",
            {"0": 0.0, "0.5": 0.5},
            value=0.5,
            label="all weights start at",
            help="The common part of all first weights.",
        ),
        Choice(
            "spread",
            _SPREADS,
            label="random part",
            help="The standard deviation of what is drawn and added to each weight.",
        ),
        Choice(
            "dropout",
            {"off": 0.0, "one unit in four": 0.25},
            label="dropout",
            help="Whether hidden units are dropped at random in training.",
        ),
    ],
    snapshots=[
        {},
        {"spread": 1e-3},
        {"spread": 0.1},
        {"dropout": 0.25},
    ],
    presets={
        "all weights 0": {"mean": 0.0},
        "all weights 0.5": {},
        "a thousandth of noise": {"spread": 1e-3},
        "equal, with dropout": {"dropout": 0.25},
    },
    size=(9.0, 4.2),
)
