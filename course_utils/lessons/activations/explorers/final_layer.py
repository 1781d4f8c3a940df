"""A classifier whose last layer has an activation before its sigmoid, and a threshold."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider
from course_utils.lessons.activations import model
from course_utils.seeds import seeds

_SAMPLES = 2000
_Z = np.linspace(-6, 6, 241)
_EDGES = np.linspace(0, 1, 41)
_LAST: dict[str, model.Function] = {
    "none": lambda z: z,
    "ReLU": model.RELU.f,
    "leaky ReLU, slope 0.1": model.leaky_relu(0.1).f,
    "tanh": model.TANH.f,
    "softplus": model.SOFTPLUS.f,
}


class Decisions(NamedTuple):
    """What the classifier says of every sample."""

    curve: np.ndarray  # sigmoid(g(z)) at `_Z`
    positive: np.ndarray  # (bins,), samples whose label is yes
    negative: np.ndarray  # (bins,)
    threshold: float
    accuracy: float
    called: float  # share of samples that are called positive
    share: float  # share of samples that are positive


@cache
def _noise() -> np.ndarray:
    return np.random.default_rng(seeds(1)[0]).normal(size=_SAMPLES)


def _compute(last: str, threshold: float, share: int) -> Decisions:
    yes = np.arange(_SAMPLES) < share / 100 * _SAMPLES
    z = np.where(yes, 1.7, -1.7) + _noise()
    p = model.sigmoid(_LAST[last](z))
    called = p >= threshold
    return Decisions(
        model.sigmoid(_LAST[last](_Z)),
        np.histogram(p[yes], _EDGES)[0],
        np.histogram(p[~yes], _EDGES)[0],
        threshold,
        float(np.mean(called == yes)),
        float(np.mean(called)),
        float(np.mean(yes)),
    )


def _draw(figure: Figure) -> Callable[[Decisions], None]:
    curve, counts = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.07, right=0.985, top=0.9, wspace=0.22)
    curve.set(title="From score to output", xlabel="score z", ylabel="output p = σ(g(z))")
    curve.set(xlim=(-6, 6), ylim=(-0.02, 1.02))
    (line,) = curve.plot([], [], color=style.PREDICTION, lw=2.5)
    (across,) = curve.plot([], [], color=style.NEUTRAL, lw=1.2, ls="--", label="threshold")
    curve.legend(loc="upper left")
    counts.set(title="Outputs of 2000 samples", xlabel="output p", ylabel="samples in 0.025 of p")
    counts.set(xlim=(0, 1), ylim=(0, 1000), yscale="symlog", yticks=(0, 1, 10, 100, 1000))
    counts.set_yticklabels(["0", "1", "10", "100", "1000"])
    step = {"drawstyle": "steps-mid", "lw": 2}
    (positive,) = counts.plot([], [], color=style.RIGHT, label="label: positive", **step)
    (negative,) = counts.plot([], [], color=style.WRONG, label="label: negative", **step)
    (down,) = counts.plot([], [], color=style.NEUTRAL, lw=1.2, ls="--", label="threshold")
    counts.set_ylim(0, 6000)
    counts.legend(loc="upper center", ncols=3, fontsize=8.5, columnspacing=1.2)
    middles = (_EDGES[1:] + _EDGES[:-1]) / 2

    def update(data: Decisions) -> None:
        line.set_data(_Z, data.curve)
        across.set_data([-6, 6], [data.threshold] * 2)
        positive.set_data(middles, data.positive)
        negative.set_data(middles, data.negative)
        down.set_data([data.threshold] * 2, [0, 2000])

    return update


def _describe(data: Decisions) -> str:
    return (
        f"{100 * data.share:.0f} % of the samples are positive, {100 * data.called:.1f} % are"
        f" called positive, and {100 * data.accuracy:.1f} % are told right."
    )


def _numbers(data: Decisions) -> dict[str, str]:
    return {
        "accuracy": f"{100 * data.accuracy:.1f} %",
        "called positive": f"{100 * data.called:.1f} %",
        "smallest output": f"{data.curve.min():.3f}",
        "largest output": f"{data.curve.max():.3f}",
    }


final_layer = Explorable(
    name="final_layer",
    title="Threshold and final ReLU",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "last",
            list(_LAST),
            value="none",
            label="activation g of the last layer",
            help="What is applied to the score before the sigmoid.",
        ),
        Slider(
            "threshold",
            0.05,
            0.95,
            value=0.5,
            step=0.05,
            unit="",
            label="threshold",
            help="An output of at least this much is called positive.",
        ),
        Slider(
            "share",
            5,
            95,
            value=30,
            step=5,
            unit="%",
            label="share of positives",
            help="How many of the samples are labelled positive.",
        ),
    ],
    presets={
        "final ReLU": {"last": "ReLU"},
        "final ReLU, threshold 0.75": {"last": "ReLU", "threshold": 0.75},
        "final tanh, threshold 0.75": {"last": "tanh", "threshold": 0.75},
    },
    snapshots=[
        {"last": "none"},
        {"last": "ReLU"},
        {"last": "ReLU", "threshold": 0.75},
        {"last": "tanh", "threshold": 0.75},
    ],
    size=(9.0, 3.7),
)
