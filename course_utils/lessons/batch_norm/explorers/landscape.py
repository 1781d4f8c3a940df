"""The loss along a step of training, in networks with and without batch norm."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Play
from course_utils.lessons.batch_norm.networks import STEPS
from course_utils.lessons.batch_norm.smoothing import (
    DEEP,
    EVERY,
    MULTIPLES,
    RATES,
    SHALLOW,
    runs,
)

_NETWORKS = {"12 layers of 32": DEEP, "4 layers of 64": SHALLOW}
_SHOWN_RATES = (0.03, 0.1, 0.3)
_COLORS = {"no normalization": style.WRONG, "batch norm": style.REFERENCE}
_DISTANCES = np.array([0.0, *MULTIPLES])
_MOST_LOSS, _MOST_CHANGE = 4.0, 8.0  # tops of the axes


class Looked(NamedTuple):
    """What one kind of network sees from where it is; five seeds."""

    loss: np.ndarray  # (steps,), of the mini-batches, mean over seeds
    along: np.ndarray  # (distances, seeds)
    change: np.ndarray  # (distances, seeds), 0 at distance 0

    @property
    def loss_range(self) -> float:
        """Largest minus smallest loss along the step, median over seeds; nan if it diverged."""
        return float(np.median(np.ptp(self.along[1:], axis=0)))

    @property
    def largest_change(self) -> float:
        """The largest relative change of the gradient, median over seeds; nan if it diverged."""
        return float(np.median(self.change.max(axis=0)))


class Landscape(NamedTuple):
    """Both kinds of networks after the same number of steps."""

    step: int
    networks: dict[str, Looked]


def _compute(network: tuple[int, int], rate: float, step: int) -> Landscape:
    found = {}
    for name in _COLORS:
        run = runs(size=network, name=name, rates=RATES)
        at, look = RATES.index(rate), step // EVERY
        change = run.change[look, :, at].numpy()
        found[name] = Looked(
            run.loss[:, at].mean(dim=1).numpy(),
            run.along[look, :, at].numpy(),
            np.vstack([np.zeros(change.shape[1]), change]),
        )
    return Landscape(step, found)


def _draw(figure: Figure) -> Callable[[Landscape], None]:
    training, loss, change = figure.subplots(1, 3, width_ratios=[1, 1.15, 1.15])
    figure.subplots_adjust(left=0.06, right=0.985, top=0.84, bottom=0.15, wspace=0.3)
    training.set(title="Training", xlabel="step", xlim=(0, STEPS), ylim=(0, _MOST_LOSS))
    training.set(ylabel="mini-batch loss, mean of seeds")
    loss.set(title="Loss along the gradient", ylim=(0, _MOST_LOSS), ylabel="loss")
    change.set(title="Change of the gradient", ylim=(0, _MOST_CHANGE))
    change.set(ylabel="‖g′ − g‖ / ‖g‖")
    for axes in (loss, change):
        axes.set(xlim=(0, 4.1), xlabel="distance, in steps of training")
    now = training.axvline(0, color=style.NEUTRAL, lw=1.2)
    curves = {n: training.plot([], [], color=c, lw=1.6, label=n)[0] for n, c in _COLORS.items()}
    seeds = runs(size=DEEP, name="batch norm", rates=RATES).along.shape[-1]
    lines = {
        (axes, name): [
            axes.plot([], [], "o-", color=color, ms=3.5, lw=1.2, alpha=0.85)[0]
            for _ in range(seeds)
        ]
        for axes in (loss, change)
        for name, color in _COLORS.items()
    }
    figure.legend(
        handles=[*curves.values()], loc="upper right", ncols=2, bbox_to_anchor=(0.985, 1.0)
    )

    def update(data: Landscape) -> None:
        now.set_xdata([data.step, data.step])
        for name, looked in data.networks.items():
            curves[name].set_data(np.arange(len(looked.loss)), _inside(looked.loss, _MOST_LOSS))
            for axes, values, most in (
                (loss, looked.along, _MOST_LOSS),
                (change, looked.change, _MOST_CHANGE),
            ):
                for line, one in zip(lines[axes, name], values.T, strict=True):
                    line.set_data(_DISTANCES, _inside(one, most))

    return update


def _inside(values: np.ndarray, most: float) -> np.ndarray:
    """Return values that leave the axes just above them; nan is not drawn."""
    return np.minimum(values, 1.5 * most)


def _describe(data: Landscape) -> str:
    parts = [
        f"{name}: "
        + (
            f"the loss covers a range of {looked.loss_range:.2g}, and the gradient changes by"
            f" {looked.largest_change:.2g} times its length"
            if np.isfinite(looked.loss_range)
            else "training has diverged"
        )
        for name, looked in data.networks.items()
    ]
    return f"At step {data.step}, median of five seeds. {'; '.join(parts).capitalize()}."


def _numbers(data: Landscape) -> dict[str, str]:
    plain, normed = (data.networks[name] for name in _COLORS)

    def both(a: float, b: float) -> str:
        return " / ".join(f"{v:.2g}" if np.isfinite(v) else "diverged" for v in (a, b))

    return {
        "range of the loss, without / with": both(plain.loss_range, normed.loss_range),
        "gradient's change, without / with": both(plain.largest_change, normed.largest_change),
    }


landscape = Explorable(
    name="landscape",
    title="The loss along the gradient",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "network",
            _NETWORKS,
            label="hidden layers",
            help="How many hidden layers of how many ReLU units.",
        ),
        Choice(
            "rate",
            {f"{rate:g}": rate for rate in _SHOWN_RATES},
            value=0.1,
            label="learning rate",
            help="The rate of training; the distances are multiples of its step.",
        ),
        Play(
            "step",
            range(0, STEPS, EVERY),
            value=100,
            unit="steps",
            per_second=2,
            label="training so far",
            help="After how many steps the loss is looked at along the gradient.",
        ),
    ],
    presets={
        "12 layers": {},
        "4 layers": {"network": SHALLOW},
        "rate 0.3": {"rate": 0.3, "step": 160},
    },
    snapshots=[
        {},
        {"network": SHALLOW},
        {"rate": 0.03},
        # Twelve layers at this rate are not kept: chaos makes of the last digit another training.
        {"network": SHALLOW, "rate": 0.3},
    ],
    size=(9.0, 3.7),
)
