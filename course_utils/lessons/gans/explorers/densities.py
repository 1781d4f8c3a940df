"""Two known densities, the discriminator between them, and what the value says."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider, ghost
from course_utils.lessons.gans.best import GRID, Labels, Normal, best, jensen_shannon, value
from course_utils.typography import number

REAL = Normal(0.0, 1.0)
_LABELS = {
    "1 and 0": Labels(),
    "0.9 and 0: one-sided": Labels(0.9, 0.0),
    "0.9 and 0.1: two-sided": Labels(0.9, 0.1),
}
_SHARPNESS = np.linspace(0, 2, 41)
_AT = np.linspace(-1.5, 1.5, 5)  # deviations from their mean at which generated samples are shown
_UNIT, _LONGEST = 0.25, 1.2


class Between(NamedTuple):
    """Both densities on the grid and a discriminator between them."""

    generated: np.ndarray
    discriminator: np.ndarray
    places: np.ndarray  # of some generated samples
    push: np.ndarray  # the slope of log D there: where the generator's loss sends them
    values: np.ndarray  # V by sharpness
    sharpness: float
    value: float
    divergence: float


def _sharpened(d: np.ndarray, sharpness: float) -> np.ndarray:
    """Return D with its logit multiplied."""
    with np.errstate(divide="ignore"):
        logit = np.log(d) - np.log1p(-d)
    return 1 / (1 + np.exp(-np.clip(sharpness * np.clip(logit, -700, 700), -700, 700)))


def _compute(mean: float, deviation: float, labels: Labels, sharpness: float) -> Between:
    q = Normal(mean, deviation)
    plain = best(REAL, q, GRID, labels)
    d = _sharpened(plain, sharpness)
    places = mean + deviation * _AT
    return Between(
        generated=q.density(GRID),
        discriminator=d,
        places=places,
        push=np.interp(places, GRID, np.gradient(np.log(np.maximum(d, 1e-300)), GRID)),
        values=np.array([value(_sharpened(plain, one), REAL, q) for one in _SHARPNESS]),
        sharpness=sharpness,
        value=value(d, REAL, q),
        divergence=jensen_shannon(REAL, q),
    )


def _draw(figure: Figure) -> Callable[[Between], None]:
    grid = figure.add_gridspec(2, 2, width_ratios=[1.7, 1])
    figure.subplots_adjust(left=0.07, right=0.985, top=0.92, bottom=0.13, hspace=0.45, wspace=0.24)
    densities, says = (figure.add_subplot(grid[row, 0]) for row in range(2))
    worth = figure.add_subplot(grid[:, 1])
    densities.set(title="Densities, and where generated samples are sent", ylabel="density")
    densities.set(xlim=(-4, 7), ylim=(-0.14, 0.85))
    densities.plot(GRID, REAL.density(GRID), color=style.REFERENCE, label="real, p")
    (generated,) = densities.plot([], [], color=style.PREDICTION, label="generated, q")
    densities.legend(loc="upper left")
    (dots,) = densities.plot([], [], "o", color=style.PREDICTION, ms=5, mec="white")
    nothing = np.zeros(len(_AT))
    arrows = densities.quiver(
        nothing, nothing, nothing, nothing, color=style.GRADIENT, angles="xy", scale_units="xy",
        scale=1, width=0.005, zorder=3,
    )  # fmt: skip
    says.set(title="What the discriminator says", xlabel="x", ylabel="D(x)", xlim=(-4, 7))
    says.set(ylim=(-0.03, 1.03))
    says.axhline(0.5, color=style.NEUTRAL, lw=0.8, ls="--")
    (curve,) = says.plot([], [], color=style.REFERENCE)
    worth.set(title="Value V", xlabel="sharpness: factor of the logit", xlim=(0, 2), ylim=(-3, 0.1))
    worth.axhline(-np.log(4), color=style.NEUTRAL, lw=0.8, ls="--")
    worth.text(1.97, -np.log(4) - 0.03, "−log 4", ha="right", va="top", fontsize=9)
    (values,) = worth.plot([], [], color=style.REFERENCE)
    (now,) = worth.plot([], [], "o", color=style.REFERENCE, ms=8, mec="white")
    ghost(generated, curve, values)

    def update(data: Between) -> None:
        generated.set_data(GRID, data.generated)
        curve.set_data(GRID, data.discriminator)
        places = np.column_stack([data.places, np.full(len(_AT), -0.07)])
        dots.set_data(*places.T)
        arrows.set_offsets(places)
        arrows.set_UVC(np.clip(_UNIT * data.push, -_LONGEST, _LONGEST), np.zeros(len(_AT)))
        values.set_data(_SHARPNESS, np.maximum(data.values, -10))
        now.set_data([data.sharpness], [data.value])

    return update


def _describe(data: Between) -> str:
    return (
        f"The value is {number(data.value, '.3f')}; the Jensen-Shannon"
        f" divergence of the densities is {data.divergence:.3f}."
    )


def _numbers(data: Between) -> dict[str, str]:
    return {
        "value V": number(data.value, ".3f"),
        "−log 4 + 2 JS": number(2 * data.divergence - np.log(4), ".3f"),
        "push at the left dot": number(data.push[0], ".2f"),
        "push at the right dot": number(data.push[-1], ".2f"),
    }


densities = Explorable(
    name="densities",
    title="The best discriminator",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "mean", 0, 4, value=2, step=0.1, unit="", label="mean of q",
            help="Where the generated samples are; the real ones have mean 0.",
        ),
        Slider(
            "deviation", 0.5, 2, value=1, step=0.1, unit="", label="deviation of q",
            help="How far the generated samples are spread; the real ones have deviation 1.",
        ),
        Choice(
            "labels", _LABELS, label="labels",
            help="What the discriminator is trained to say of real and of generated samples.",
        ),
        Slider(
            "sharpness", 0, 2, value=1, step=0.05, unit="× the best logit", label="sharpness",
            help="The factor by which the best discriminator's logit is multiplied.",
        ),
    ],
    presets={  # "far apart" leaves the labels, which are compared there
        "equal densities": {"mean": 0.0, "deviation": 1.0, "labels": Labels(), "sharpness": 1.0},
        "far apart": {"mean": 4.0, "deviation": 0.5, "sharpness": 1.0},
        "two-sided labels": {
            "labels": Labels(0.9, 0.1), "mean": 4.0, "deviation": 0.5, "sharpness": 1.0,
        },
    },
    snapshots=[
        {},
        {"mean": 0.0},
        {"sharpness": 0.3},
        {"labels": Labels(0.9, 0.1), "mean": 4.0, "deviation": 0.5},
    ],
    size=(9.2, 4.4),
)  # fmt: skip
