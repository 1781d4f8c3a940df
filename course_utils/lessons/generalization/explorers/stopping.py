"""One network followed step by step: where to stop; and the learning curve over samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Play, Slider
from course_utils.lessons.generalization.model import GRID, truth
from course_utils.lessons.generalization.networks import EVERY, STEPS
from course_utils.lessons.generalization.stopping import LOOKS, NOISES, SAMPLES, followed, stop

_SHOWN = 0  # which of the ten networks is drawn
_HIGHEST = 1.0  # top of the axes of losses


class Curves(NamedTuple):
    """One network's losses and fits, and the means of ten by the number of samples."""

    step: int
    samples: int
    noise: float  # variance of the noise
    x: np.ndarray
    y: np.ndarray
    now: np.ndarray  # (points,), the prediction at this step
    kept: np.ndarray  # (points,), the one with the lowest validation loss
    training_loss: np.ndarray  # (looks,)
    validation_loss: np.ndarray
    best: int  # look with the lowest validation loss before training ended
    end: int  # look at which patience is over
    training_by_samples: np.ndarray  # (sizes,), mean of ten networks, at this step
    error_by_samples: np.ndarray  # on fresh targets, at this step
    stopped_by_samples: np.ndarray  # on fresh targets, each network stopped early


def _compute(samples: int, noise: float, patience: int, step: int) -> Curves:
    level, look = NOISES.index(noise), step // EVERY
    by_samples = []
    for size in SAMPLES:
        run = followed(samples=size)
        losses, error = run.validation_loss[:, level], run.error[:, level]
        kept = [error[stop(one, patience)[0], i] for i, one in enumerate(losses.T)]
        by_samples.append(
            (
                run.training_loss[look, level].mean(),
                error[look].mean() + noise**2,
                np.mean(kept) + noise**2,
            )
        )
    run = followed(samples=samples)
    losses = run.validation_loss[:, level, _SHOWN]
    best, end = stop(losses, patience)
    training, error, stopped = np.array(by_samples).T
    return Curves(
        step=step,
        samples=samples,
        noise=noise**2,
        x=run.sets.x[level, _SHOWN],
        y=run.sets.y[level, _SHOWN],
        now=run.predictions[look, level, _SHOWN],
        kept=run.predictions[best, level, _SHOWN],
        training_loss=run.training_loss[:, level, _SHOWN],
        validation_loss=losses,
        best=best,
        end=end,
        training_by_samples=training,
        error_by_samples=error,
        stopped_by_samples=stopped,
    )


def _draw(figure: Figure) -> Callable[[Curves], None]:
    fit, along, learning = figure.subplots(1, 3, width_ratios=[1.2, 1.1, 1])
    figure.subplots_adjust(left=0.065, right=0.985, top=0.8, bottom=0.15, wspace=0.36)
    fit.set(xlabel="input x", ylabel="target y, prediction", xlim=(-1, 1))
    fit.set(ylim=(-2.2, 2.2), yticks=range(-2, 3))
    (dots,) = fit.plot([], [], "o", color=style.DATA, ms=4.5, mec="white", mew=0.5, label="samples")
    fit.plot(GRID, truth(GRID), color=style.RIGHT, ls="--", lw=1.6, label="truth")
    (kept,) = fit.plot(GRID, 0 * GRID, color=style.REFERENCE, lw=1.6, label="where stopped")
    (now,) = fit.plot(GRID, 0 * GRID, color=style.PREDICTION, lw=2, label="now")

    along.set(xlabel="step", ylabel="mean squared error")
    along.set(xlim=(0, STEPS), ylim=(0, _HIGHEST))
    (training,) = along.plot(LOOKS, [0] * len(LOOKS), color=style.DATA, label="training")
    (validation,) = along.plot(LOOKS, [0] * len(LOOKS), color=style.WRONG, label="validation")
    here = along.axvline(0, color=style.NEUTRAL, lw=1.2)
    (lowest,) = along.plot([], [], "o", color=style.REFERENCE, ms=8, label="lowest: kept")
    (ended,) = along.plot([], [], "X", color=style.NEUTRAL, ms=8, label="patience over")

    learning.set(xlabel="samples", xscale="log", ylabel="mean squared error")
    learning.set(xlim=(8, 100), ylim=(0, _HIGHEST))
    learning.set_xticks(SAMPLES, labels=[str(size) for size in SAMPLES])
    learning.minorticks_off()
    size = learning.axvline(SAMPLES[0], color=style.NEUTRAL, lw=1.2)
    curves = [
        learning.plot(SAMPLES, [0] * len(SAMPLES), "o-", color=color, ms=4, lw=1.8, label=words)[0]
        for color, words in (
            (style.DATA, "training"),
            (style.PREDICTION, "fresh, now"),
            (style.REFERENCE, "fresh, stopped"),
        )
    ]
    floor = learning.axhline(0, color=style.NEUTRAL, ls=":", lw=1.4, label="noise σ²")
    for axes, title in ((fit, "One network"), (along, "Its losses"), (learning, "Learning curve")):
        axes.set_title(title, pad=38)
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(-0.04, 0.99),
            ncols=2,
            fontsize=8,
            columnspacing=1,
            handlelength=1.4,
        )

    def update(data: Curves) -> None:
        dots.set_data(data.x, data.y)
        now.set_ydata(data.now)
        kept.set_ydata(data.kept)
        training.set_ydata(_inside(data.training_loss))
        validation.set_ydata(_inside(data.validation_loss))
        here.set_xdata([data.step] * 2)
        size.set_xdata([data.samples] * 2)
        floor.set_ydata([data.noise] * 2)
        lowest.set_data([LOOKS[data.best]], _inside(data.validation_loss[[data.best]]))
        over = data.end - data.best > 0 and data.end < len(LOOKS) - 1
        place = ([LOOKS[data.end]], _inside(data.validation_loss[[data.end]])) if over else ([], [])
        ended.set_data(*place)
        values = (data.training_by_samples, data.error_by_samples, data.stopped_by_samples)
        for curve, means in zip(curves, values, strict=True):
            curve.set_ydata(_inside(means))

    return update


def _inside(values: np.ndarray) -> np.ndarray:
    return np.minimum(values, 1.5 * _HIGHEST)


def _at(data: Curves, values: np.ndarray) -> float:
    return float(values[SAMPLES.index(data.samples)])


def _describe(data: Curves) -> str:
    look = data.step // EVERY
    return (
        f"At step {data.step}, this network has a training loss of {data.training_loss[look]:.3f}"
        f" and a validation loss of {data.validation_loss[look]:.3f}; it is kept as it was at step"
        f" {LOOKS[data.best]}, with {data.validation_loss[data.best]:.3f}. Ten networks with"
        f" {data.samples} samples have an error of {_at(data, data.error_by_samples):.3f} on fresh"
        f" targets now, and of {_at(data, data.stopped_by_samples):.3f} stopped early."
    )


def _numbers(data: Curves) -> dict[str, str]:
    return {
        "kept at step": f"{LOOKS[data.best]}",
        "training ends at step": f"{LOOKS[data.end]}",
        "error of ten, now": f"{_at(data, data.error_by_samples):.3f}",
        "error of ten, stopped": f"{_at(data, data.stopped_by_samples):.3f}",
    }


stopping = Explorable(
    name="stopping",
    title="Learning curve and early stopping",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "samples",
            {str(size): size for size in SAMPLES},
            value=20,
            label="training samples",
            help="How many samples the networks learn from; 20 others are for validation.",
        ),
        Choice(
            "noise",
            {f"{noise:g}": noise for noise in NOISES},
            value=0.3,
            label="noise σ",
            help="The standard deviation of the noise in the targets, for all samples.",
        ),
        Slider(
            "patience",
            1,
            10,
            value=4,
            unit="looks",
            label="patience",
            help=f"Training ends after so many looks, one every {EVERY} steps, without a new lowest"
            " validation loss.",
        ),
        Play(
            "step",
            LOOKS,
            value=STEPS,
            unit="steps",
            per_second=5,
            label="training so far",
            help="The step of training that is shown.",
        ),
    ],
    presets={
        "overfitted": {},
        "hardly begun": {"step": 20},
        "much noise": {"noise": 0.6, "samples": 10},
        "many samples": {"samples": 80},
    },
    snapshots=[
        {"step": 20},
        {"step": 80},
        {},
        {"samples": 80},
    ],
    size=(9.0, 4.0),
    slow=True,
)
