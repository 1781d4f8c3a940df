"""Thirty trainings on fresh samples: all fits, their average, and the three terms of the error."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider
from course_utils.lessons.generalization.model import (
    GRID,
    cosines,
    decompose,
    inputs,
    least_squares,
    truth,
)
from course_utils.seeds import seeds

TRAININGS = 30
_MOST, _MOST_SAMPLES = 100, 40
_COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 25, 30, 40, 60, _MOST)
_TOP, _WIDTH = 0.6, 1.0  # ends of the axes of the errors
_BIAS, _VARIANCE, _NOISE, _SUM = style.REFERENCE, style.PREDICTION, style.NEUTRAL, style.WRONG
_ROWS = {"three terms": 2.0, "measured": 1.0, "yours": 0.0}
_TRUTH = truth(GRID)


class Thirty(NamedTuple):
    """Thirty trainings of one model, and the terms of models of other capacities."""

    coefficients: int
    samples: int
    x: np.ndarray  # (samples,), of the first training
    y: np.ndarray
    fits: np.ndarray  # (trainings, points)
    bias2: float
    variance: float
    noise: float  # variance of the noise
    measured: float  # mean squared error on fresh targets
    along: np.ndarray  # (counts, 2), squared bias and variance
    yours: tuple[float, float] | None


class _Fits(NamedTuple):
    """What is independent of how large the noise is: fits of the truth and of noise of size 1."""

    x: np.ndarray  # (trainings, samples)
    noise: np.ndarray  # (trainings, samples)
    of_truth: np.ndarray  # (trainings, points)
    of_noise: np.ndarray


@lru_cache(maxsize=2000)
def _fits(coefficients: int, samples: int, strength: float) -> _Fits:
    rng = np.random.default_rng(seeds(1)[0])
    x, noise = inputs(TRAININGS, samples, rng), rng.normal(size=(TRAININGS, samples))
    targets = np.stack([truth(x), noise], axis=-1)
    weights = least_squares(cosines(x, coefficients), targets, strength)
    of_truth, of_noise = np.moveaxis(cosines(GRID, coefficients) @ weights, -1, 0)
    return _Fits(x, noise, of_truth, of_noise)


def _compute(
    coefficients: int,
    samples: int,
    noise: float,
    strength: float,
    yours: Callable[..., tuple[float, float] | None],
) -> Thirty:
    def predicted(count: int) -> np.ndarray:
        # Least squares is linear in the targets, so the parts of a sum may be fitted one by one.
        parts = _fits(count, samples, strength)
        return parts.of_truth + noise * parts.of_noise

    fits, sets = predicted(coefficients), _fits(coefficients, samples, strength)
    fresh = np.random.default_rng([seeds(1)[0], 1]).normal(size=fits.shape)
    bias2, variance = decompose(fits, _TRUTH)
    return Thirty(
        coefficients=coefficients,
        samples=samples,
        x=sets.x[0],
        y=truth(sets.x[0]) + noise * sets.noise[0],
        fits=fits,
        bias2=bias2,
        variance=variance,
        noise=noise**2,
        measured=float(np.mean((fits - _TRUTH - noise * fresh) ** 2)),
        along=np.array([decompose(predicted(count), _TRUTH) for count in _COUNTS]),
        yours=yours(fits, _TRUTH),
    )


def _accept(result: Any, *_: np.ndarray) -> tuple[float, float]:
    """Accept two finite numbers."""
    try:
        bias2, variance = (float(value) for value in result)
    except (TypeError, ValueError):
        raise ValueError("your function does not return two numbers") from None
    if not np.isfinite([bias2, variance]).all():
        raise ValueError("your function gives nan or inf")
    return bias2, variance


def _draw(figure: Figure) -> Callable[[Thirty], None]:
    left = figure.add_gridspec(1, 1, left=0.065, right=0.49, top=0.93, bottom=0.25)
    right = figure.add_gridspec(
        2, 1, left=0.61, right=0.985, top=0.93, bottom=0.11, height_ratios=[2.1, 1], hspace=0.78
    )
    update_fits = _draw_fits(figure.add_subplot(left[0]))
    update_terms = _draw_terms(figure.add_subplot(right[0]))
    update_sum = _draw_sum(figure.add_subplot(right[1]))

    def update(data: Thirty) -> None:
        update_fits(data)
        update_terms(data)
        update_sum(data)

    return update


def _draw_fits(axes: Axes) -> Callable[[Thirty], None]:
    axes.set(title="Thirty trainings", xlabel="input x", ylabel="target y, prediction")
    axes.set(xlim=(-1, 1), ylim=(-2.6, 2.6), xticks=(-1, -0.5, 0, 0.5, 1))
    lines = [
        axes.plot(GRID, 0 * GRID, color=_VARIANCE, lw=0.9, alpha=0.45)[0] for _ in range(TRAININGS)
    ]
    lines[0].set_label("each training")
    (average,) = axes.plot(GRID, 0 * GRID, color=_BIAS, lw=2.6, label="their average")
    axes.plot(GRID, _TRUTH, color=style.RIGHT, lw=1.8, ls="--", label="truth")
    (dots,) = axes.plot(
        [], [], "o", color=style.DATA, ms=5, mec="white", mew=0.6, label="samples of one training"
    )
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=2, fontsize=9)

    def update(data: Thirty) -> None:
        for line, fit in zip(lines, data.fits, strict=True):
            line.set_ydata(fit)
        average.set_ydata(data.fits.mean(axis=0))
        dots.set_data(data.x, data.y)

    return update


def _draw_terms(axes: Axes) -> Callable[[Thirty], None]:
    axes.set(title="By capacity", xlabel="cosines", xscale="log", ylabel="squared error")
    axes.set(xlim=(0.9, 1.1 * _MOST), ylim=(0, _TOP))
    axes.set_xticks([1, 3, 10, 30, 100], labels=["1", "3", "10", "30", "100"])
    axes.minorticks_off()
    interpolation = axes.axvline(1, color=style.NEUTRAL, lw=1, ls=":")
    label = axes.text(
        1, 0.97 * _TOP, "", fontsize=8.5, color=style.NEUTRAL, ha="right", va="top", rotation=90
    )
    now = axes.axvline(1, color=style.NEUTRAL, lw=1.2)
    # The sum lies behind its parts, so that the larger of them stays visible.
    (both,) = axes.plot(_COUNTS, [0] * len(_COUNTS), color=_SUM, lw=6, alpha=0.35)
    both.set_label("bias² + variance")
    lines = [
        axes.plot(_COUNTS, [0] * len(_COUNTS), "o-", color=color, ms=3, lw=1.8, label=words)[0]
        for color, words in ((_BIAS, "bias²"), (_VARIANCE, "variance"))
    ]
    handles = [*lines, both, Rectangle((0, 0), 1, 1, color=_NOISE, label="noise")]
    axes.legend(
        handles=handles,
        loc="upper center",
        ncols=4,
        fontsize=9,
        columnspacing=0.9,
        handlelength=1.1,
        bbox_to_anchor=(0.46, -0.3),
    )

    def update(data: Thirty) -> None:
        bias2, variance = data.along.T
        for line, values in zip((*lines, both), (bias2, variance, bias2 + variance), strict=True):
            line.set_ydata(np.minimum(values, 2 * _TOP))
        now.set_xdata([data.coefficients] * 2)
        interpolation.set_xdata([data.samples] * 2)
        label.set_text("= samples")
        label.set_x(0.97 * data.samples)

    return update


def _draw_sum(axes: Axes) -> Callable[[Thirty], None]:
    axes.set(xlabel="squared error", xlim=(0, _WIDTH), ylim=(-0.6, 2.6))
    axes.set_yticks([*_ROWS.values()], labels=list(_ROWS))
    axes.grid(visible=False, axis="y")

    def bar(row: str, color: str) -> Rectangle:
        return axes.barh(_ROWS[row], 0, height=0.7, color=color)[0]

    terms = [bar("three terms", color) for color in (_BIAS, _VARIANCE, _NOISE)]
    measured = bar("measured", style.DATA)
    own = [bar("yours", color) for color in (_BIAS, _VARIANCE)]

    def stack(bars: list[Rectangle], values: tuple[float, ...]) -> None:
        left = 0.0
        for one, value in zip(bars, values, strict=True):
            one.set_bounds(left, one.get_y(), value, one.get_height())
            left += value

    def update(data: Thirty) -> None:
        stack(terms, (data.bias2, data.variance, data.noise))
        stack([measured], (data.measured,))
        stack(own, data.yours or (0.0, 0.0))

    return update


def _describe(data: Thirty) -> str:
    total = data.bias2 + data.variance + data.noise
    larger = "variance" if data.variance > data.bias2 else "squared bias"
    own = f" Yours gives {data.yours[0]:.3f} and {data.yours[1]:.3f}." if data.yours else ""
    return (
        f"With {data.coefficients} cosines and {data.samples} samples, squared bias"
        f" {data.bias2:.3f}, variance {data.variance:.3f} and noise {data.noise:.3f} add up to"
        f" {total:.3f}; on fresh targets, {data.measured:.3f} was measured. The larger of the first"
        f" two is the {larger}.{own}"
    )


def _numbers(data: Thirty) -> dict[str, str]:
    return {
        "squared bias": f"{data.bias2:.3f}",
        "variance": f"{data.variance:.3f}",
        "sum with noise": f"{data.bias2 + data.variance + data.noise:.3f}",
        "on fresh targets": f"{data.measured:.3f}",
    }


thirty = Explorable(
    name="thirty",
    title="Thirty trainings at once",
    compute=_compute,
    yours=_accept,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "coefficients",
            1,
            _MOST,
            value=4,
            steps=41,
            log=True,
            whole=True,
            unit="cosines",
            label="capacity",
            help="How many cosines the model has, which is how many weights are fitted.",
        ),
        Slider(
            "samples",
            8,
            _MOST_SAMPLES,
            value=20,
            step=4,
            unit="samples",
            label="training set",
            help="How many samples each of the thirty trainings gets, fresh ones for each.",
        ),
        Slider(
            "noise",
            0,
            0.6,
            value=0.3,
            step=0.1,
            unit="",
            label="noise σ",
            help="The standard deviation of the noise in the targets.",
        ),
        Choice(
            "strength",
            {"none": 0.0, "0.001": 0.001, "0.01": 0.01, "0.1": 0.1, "1": 1.0},
            label="L2, λ",
            help="The strength of a penalty on the squared weights; none takes the shortest fit.",
        ),
    ],
    presets={
        "high bias": {"coefficients": 3},
        "just right": {"coefficients": 7},
        "high variance": {"coefficients": 20},
        "far beyond": {"coefficients": 100},
    },
    snapshots=[
        {"coefficients": 3},
        {"coefficients": 7},
        {"coefficients": 20},
        {"coefficients": 100},
    ],
    size=(9.0, 4.9),
)
