"""One unit's values for one batch, before and after, and its running statistics."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from course_utils import style
from course_utils.explorers import Choice, Explorable, Play, Slider, in_words, same_shape
from course_utils.lessons.batch_norm.model import (
    MOMENTUM,
    batch_norm,
    inference,
    update_running,
)
from course_utils.seeds import seeds
from course_utils.typography import number

_BATCHES, _LARGEST = 60, 128
_SHAPE, _APART = 3.0, 6.0  # a class's values: gamma-distributed, the second class further right
_MEAN = _SHAPE + _APART / 2
_VARIANCE = _SHAPE + _APART**2 / 4
_GRID = np.linspace(0, 20, 201)
_BEFORE, _AFTER = (-1.0, 18.0), (-5.0, 14.0)
_OURS, _YOURS = 0.5, -0.55  # heights of the rows of dots


class OneBatch(NamedTuple):
    """A batch under batch norm, after some batches of training."""

    x: np.ndarray  # (size,)
    of_class_a: np.ndarray  # (size,)
    y: np.ndarray  # (size,)
    yours: np.ndarray | None  # (size,), the student's y
    everybody: np.ndarray  # (points,), what becomes of `_GRID` by the same map
    mean: float  # what is subtracted
    deviation: float  # what divides
    running_mean: np.ndarray  # (batches seen + 1,)
    running_variance: np.ndarray
    training: bool


@cache
def _drawn() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each batch and sample, a value of class A, one of B, and a uniform number."""
    rng = np.random.default_rng(seeds(1)[0])
    shape = (_BATCHES + 1, _LARGEST)
    values = rng.gamma(_SHAPE, size=(2, *shape))
    return values[0], values[1] + _APART, rng.random(shape)


def _batch(number: int, size: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of a batch, and which of them are class A's: a share, as it falls."""
    a, b, luck = (part[number, :size] for part in _drawn())
    of_class_a = luck < share
    return np.where(of_class_a, a, b), of_class_a


def _compute(
    size: int,
    share: int,
    gamma: float,
    beta: float,
    mode: str,
    seen: int,
    yours: Callable[..., np.ndarray | None],
) -> OneBatch:
    running = [(np.zeros(1), np.ones(1))]
    for batch in range(seen if size > 1 else 0):
        known, _ = _batch(batch, size, 0.5)
        running.append(update_running(*running[-1], known[:, None]))
    means, variances = np.array(running)[:, :, 0].T
    values, of_class_a = _batch(seen, size, share / 100)
    x, parameters = values[:, None], (np.array([gamma]), np.array([beta]))
    training = mode == "training"
    own = None
    if training:
        statistics = x.mean(axis=0), x.var(axis=0)
        y, own = batch_norm(x, *parameters), yours(x, *parameters, 1e-5)
    else:
        statistics = running[-1]
        y = inference(x, *parameters, *statistics)
    return OneBatch(
        x=values,
        of_class_a=of_class_a,
        y=y[:, 0],
        yours=None if own is None else own[:, 0],
        everybody=inference(_GRID[:, None], *parameters, *statistics)[:, 0],
        mean=float(statistics[0][0]),
        deviation=float(np.sqrt(statistics[1][0])),
        running_mean=means,
        running_variance=variances,
        training=training,
    )


def _density() -> np.ndarray:
    """Return the density of all samples, half of each class, at `_GRID`."""
    right = np.maximum(_GRID - _APART, 0)
    a, b = (z ** (_SHAPE - 1) * np.exp(-z) / 2 for z in (_GRID, right))
    return (a + b) / 2


def _rows_of_dots(axes: Axes) -> tuple[Line2D, Line2D]:
    dots: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 6, "mec": "white", "mew": 0.6}
    (a,) = axes.plot([], [], color=style.DATA, label="class A", **dots)
    (b,) = axes.plot([], [], color=style.PREDICTION, label="class B", **dots)
    return a, b


def _draw(figure: Figure) -> Callable[[OneBatch], None]:
    grid = figure.subplots(2, 2, width_ratios=[1.55, 1])
    figure.subplots_adjust(left=0.03, right=0.985, top=0.93, bottom=0.12, hspace=0.62, wspace=0.16)
    (before, mean), (after, variance) = grid
    for axes, title, xlim, xlabel in (
        (before, "Before", _BEFORE, "the unit's value x"),
        (after, "After", _AFTER, "what batch norm makes of it, y"),
    ):
        axes.set(title=title, xlim=xlim, ylim=(-0.95, 2.35), yticks=[], xlabel=xlabel)
    heights = 1.0 + 1.1 * _density() / _density().max()
    before.fill_between(_GRID, 1.0, heights, color=style.NEUTRAL, alpha=0.35, lw=0)
    before.text(17.8, 1.5, "all samples", ha="right", color=style.NEUTRAL, fontsize=9)
    (everybody,) = after.plot([], [], color=style.NEUTRAL, lw=1.6)
    rows = [(*_rows_of_dots(axes), axes) for axes in (before, after)]
    before.legend(loc="upper right", bbox_to_anchor=(1.0, 1.24), ncols=2, fontsize=9)
    bars = [
        axes.plot([], [], color=style.REFERENCE, lw=2.5, marker="|", ms=13, mew=2.5)[0]
        for axes in (before, after)
    ]
    for axes, right, height, words in (
        (before, _BEFORE[1], -0.65, "bar: mean ± deviation that are used"),
        (after, _AFTER[1], -0.2, "bar: mean ± deviation of y"),
    ):
        axes.text(right, height, words, ha="right", va="center", color=style.REFERENCE, fontsize=9)
    (yours,) = after.plot([], [], "D", color=style.RIGHT, ms=5, mec="white", mew=0.6)
    label = after.text(
        _AFTER[1], _YOURS - 0.12, "", ha="right", va="center", color=style.RIGHT, fontsize=9
    )

    for axes, title, truth, top in (
        (mean, "Running mean", _MEAN, 9.5),
        (variance, "Running variance", _VARIANCE, 24),
    ):
        axes.set(title=title, xlim=(0, _BATCHES + 2), ylim=(0, top), xlabel="batches of training")
        axes.axhline(truth, color=style.NEUTRAL, ls="--", lw=1.2)
        axes.text(1, truth, "of all samples", va="bottom", fontsize=9)
    lines = [
        axes.plot([], [], color=style.REFERENCE, lw=2, marker="o", ms=7, markevery=[-1])[0]
        for axes in (mean, variance)
    ]

    def update(data: OneBatch) -> None:
        jitter = 0.55 * (np.arange(len(data.x)) * 0.618 % 1 - 0.5) if len(data.x) > 1 else 0.0
        height = _OURS + jitter + np.zeros(len(data.x))
        for (a, b, _), values in zip(rows, (data.x, data.y), strict=True):
            a.set_data(values[data.of_class_a], height[data.of_class_a])
            b.set_data(values[~data.of_class_a], height[~data.of_class_a])
        everybody.set_data(data.everybody, heights)
        used = data.mean + data.deviation * np.array([-1, 0, 1])
        bars[0].set_data(used, [-0.2] * 3)
        found = data.y.mean() + data.y.std() * np.array([-1, 0, 1])
        bars[1].set_data(found, [-0.2] * 3)
        own = data.yours if data.yours is not None else np.array([])
        yours.set_data(own, np.full(len(own), _YOURS - 0.12))
        label.set_text("yours" if len(own) else "")
        for line, values in zip(lines, (data.running_mean, data.running_variance), strict=True):
            line.set_data(np.arange(len(values)), values)

    return update


def _describe(data: OneBatch) -> str:
    n = len(data.x)
    if n == 1 and data.training:
        return (
            "A batch of one: its value is its own mean, so whatever it was, y is β. PyTorch"
            " refuses to train on it, and the running statistics stay at 0 and 1."
        )
    whose = "the batch's own" if data.training else "the running"
    outside = int(np.sum((data.y < _AFTER[0]) | (data.y > _AFTER[1])))
    gone = f" {outside} of {n} values lie outside the picture." if outside else ""
    return (
        f"Normalized with {whose} mean {data.mean:.2f} and deviation {data.deviation:.2f}, the"
        f" batch of {n} gets mean {_rounded(data.y.mean())} and deviation {data.y.std():.2f}.{gone}"
    )


def _numbers(data: OneBatch) -> dict[str, str]:
    start = (1 - MOMENTUM) ** (len(data.running_mean) - 1)
    return {
        "subtracted": f"{data.mean:.2f}",
        "divided by": f"{data.deviation:.2f}",
        "mean of y": _rounded(data.y.mean()),
        "share of the start in the running mean": f"{in_words(float(f'{100 * start:.2g}'))} %",
    }


def _rounded(value: float) -> str:
    return number(value, ".2f")


one_batch = Explorable(
    name="one_batch",
    title="One batch",
    compute=_compute,
    yours=lambda result, x, *_: same_shape(result, x),
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "size",
            1,
            _LARGEST,
            value=16,
            steps=8,
            log=True,
            whole=True,
            unit="samples",
            label="batch",
            help="How many samples are normalized together, here and in the batches before.",
        ),
        Slider(
            "share",
            0,
            100,
            value=50,
            step=10,
            unit="%",
            label="class A in this batch",
            help="The chance of each sample to be of class A; 50 % is as in training.",
        ),
        Slider(
            "gamma",
            -2,
            2,
            value=1,
            step=0.25,
            unit="",
            label="γ",
            help="The trained scale, which multiplies the normalized values.",
        ),
        Slider(
            "beta",
            -3,
            3,
            value=0,
            step=0.5,
            unit="",
            label="β",
            help="The trained shift, which is added last.",
        ),
        Choice(
            "mode",
            ["training", "evaluation"],
            label="mode",
            help="Training uses the batch's own mean and variance, evaluation the running ones.",
        ),
        Play(
            "seen",
            range(_BATCHES + 1),
            value=20,
            unit="batches",
            per_second=5,
            label="training so far",
            help="How many ordinary batches have moved the running statistics, with momentum 0.1.",
        ),
    ],
    presets={
        "class A only, training": {"share": 100},
        "class A only, evaluation": {"share": 100, "mode": "evaluation"},
        "evaluation too early": {"mode": "evaluation", "seen": 5},
        "a batch of 2": {"size": 2},
    },
    snapshots=[
        {},
        {"share": 100},
        {"share": 100, "mode": "evaluation", "seen": 60},
        {"mode": "evaluation", "seen": 5},
    ],
    size=(9.0, 4.9),
)
