"""Two layers and the single one that they are, while nothing nonlinear stands between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Explorable, Slider
from course_utils.lessons.deep_networks.model import Linear, collapse

_LINES = 9  # of the sheet of squared paper, in each direction
_POINTS = 41
_FIRST = Linear(
    np.array([[1.2, 0.6], [-0.6, 1.3], [0.9, -1.1], [-1.1, -0.5]]), np.array([0.2, -0.3, 0.1, 0.4])
)
_SECOND = Linear(np.array([[1.0, -0.6, 0.5, 0.3], [0.3, 0.9, -0.6, 0.4]]), np.array([0.0, -0.3]))
_WIDEST = 4


class SquaredPaper(NamedTuple):
    """Squared paper behind two layers, and behind the one layer that they would be."""

    through: np.ndarray  # (lines, points, 2), behind the two layers
    single: np.ndarray  # (lines, points, 2), behind the collapsed layer
    rank: int  # of the product of the two weights
    apart: float  # the largest difference between the two


@cache
def _paper() -> np.ndarray:
    """Return the lines of squared paper, (2 · _LINES, _POINTS, 2)."""
    along, across = np.linspace(-1, 1, _POINTS), np.linspace(-1, 1, _LINES)
    upright = [np.stack([np.full(_POINTS, c), along], axis=1) for c in across]
    return np.stack([*upright, *(line[:, ::-1] for line in upright)])


def _layers(width: int) -> tuple[Linear, Linear]:
    """Return two layers with `width` units between them; wider ones contain the narrower."""
    first = Linear(_FIRST.weight[:width], _FIRST.bias[:width])
    return first, Linear(_SECOND.weight[:, :width], _SECOND.bias)


def compute_two_layers(width: int, slope: float) -> SquaredPaper:
    """Return the sheet behind both layers; between them negative numbers are times `slope`."""
    first, second = _layers(width)
    points = _paper().reshape(-1, 2)
    middle = points @ first.weight.T + first.bias
    bent = np.where(middle > 0, middle, slope * middle)
    through = bent @ second.weight.T + second.bias
    one = collapse([first, second])
    single = points @ one.weight.T + one.bias
    shape = _paper().shape
    return SquaredPaper(
        through.reshape(shape),
        single.reshape(shape),
        int(np.linalg.matrix_rank(one.weight)),
        float(np.abs(through - single).max()),
    )


def draw_two_layers(figure: Figure) -> Callable[[SquaredPaper], None]:
    """Draw the sheet before and behind the layers."""
    before, after = figure.subplots(1, 2, width_ratios=[1, 1.5])
    figure.subplots_adjust(left=0.09, right=0.98, wspace=0.2, bottom=0.13)
    before.set(title="Inputs: squared paper", xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    for line in _paper():
        before.plot(*line.T, color=style.DATA, lw=1)
    after.set(
        title="What two layers make of it",
        xlabel="output 1",
        ylabel="output 2",
        xlim=(-4.5, 4.5),
        ylim=(-3.8, 3.2),
    )
    lines = [after.plot([], [], color=style.DATA, lw=1.1)[0] for _ in _paper()]
    (corners,) = after.plot(
        [], [], "s", mfc="none", color=style.REFERENCE, ms=9, label="corners behind one layer W̃, b̃"
    )
    after.legend(loc="upper right", fontsize=9)

    def update(data: SquaredPaper) -> None:
        for artist, line in zip(lines, data.through, strict=True):
            artist.set_data(*line.T)
        ends = data.single[[0, 0, _LINES - 1, _LINES - 1], [0, -1, 0, -1]]
        corners.set_data(*ends.T)

    return update


def describe_two_layers(data: SquaredPaper) -> str:
    """Say whether the two layers are the one, and what the rank is."""
    kind = {0: "a point", 1: "a line", 2: "a parallelogram"}[data.rank]
    return (
        f"The collapsed layer's weight has rank {data.rank}: it makes {kind} of the sheet. The two"
        f" layers differ from it by at most {_difference(data.apart)}."
    )


def key_numbers(data: SquaredPaper) -> dict[str, str]:
    """Return the rank and the difference."""
    return {"rank of W̃": f"{data.rank}", "largest difference": _difference(data.apart)}


def _difference(value: float) -> str:
    return "0 (up to rounding)" if value < 1e-12 else f"{value:.2f}"


two_layers = Explorable(
    name="two_layers",
    title="Two layers or one",
    compute=compute_two_layers,
    draw=draw_two_layers,
    describe=describe_two_layers,
    numbers=key_numbers,
    controls=[
        Slider(
            "width",
            1,
            _WIDEST,
            value=3,
            unit="units",
            label="width of the middle",
            help="How many numbers the first layer hands to the second.",
        ),
        Slider(
            "slope",
            0.0,
            1.0,
            value=1.0,
            step=0.05,
            unit="",
            label="slope for negative numbers",
            help="1: nothing stands between the layers; 0: a ReLU; between: a leaky ReLU.",
        ),
    ],
    snapshots=[
        {"width": 3, "slope": 1.0},
        {"width": 1, "slope": 1.0},
        {"width": 3, "slope": 0.0},
        {"width": 4, "slope": 0.3},
    ],
    presets={
        "nothing between": {"slope": 1.0},
        "a narrow middle": {"width": 1, "slope": 1.0},
        "a ReLU between": {"slope": 0.0},
    },
)
