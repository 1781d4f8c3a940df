"""The pictures of lecture 05, of what its cells measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from course_utils import style
from course_utils.figures import seeds_along
from course_utils.lessons.generalization.model import GRID, truth

_SHOWN = 30  # of many trainings


def trainings(predictions: Mapping[str, np.ndarray]) -> Figure:
    """Return a figure of each model's predictions (trainings, points of `GRID`), side by side."""
    figure, panels = plt.subplots(1, len(predictions), sharey=True, squeeze=False)
    for axes, (words, found) in zip(panels[0], predictions.items(), strict=True):
        axes.plot(GRID, found[:_SHOWN].T, color=style.PREDICTION, lw=0.8, alpha=0.4)
        axes.plot([], [], color=style.PREDICTION, lw=0.8, label="each training")
        axes.plot(GRID, found.mean(axis=0), color=style.REFERENCE, label=f"average of {len(found)}")
        axes.plot(GRID, truth(GRID), "--", color=style.RIGHT, label="truth")
        axes.set(title=words, xlabel="input x", ylim=(-2.4, 2.4))
    panels[0, 0].set(ylabel="prediction")
    figure.subplots_adjust(bottom=0.25)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=len(labels))
    return figure


def two_terms(bias2: Mapping[str, np.ndarray], variance: Mapping[str, np.ndarray]) -> Figure:
    """Return a figure with a row for each model: a dot for each seed, a bar for their mean.

    A dotted line marks the first row's mean, with which the others are compared.
    """
    figure, both = plt.subplots(1, 2, sharey=True, figsize=(7.5, 3.8))
    figure.subplots_adjust(left=0.2, bottom=0.14)
    for axes, terms, title in zip(
        both, (bias2, variance), ("Squared bias", "Variance"), strict=True
    ):
        for row, values in enumerate(terms.values()):
            axes.plot([values.mean()] * 2, [row - 0.35, row + 0.35], color=style.REFERENCE, lw=2.5)
            apart = 0.1 * (np.arange(len(values)) - (len(values) - 1) / 2)
            axes.plot(values, row + apart, "o", color=style.DATA, ms=5, mec="white")
        axes.axvline(next(iter(terms.values())).mean(), color=style.NEUTRAL, ls=":", lw=1.2)
        axes.set(
            title=title,
            xlabel="squared error (dot: a seed, bar: mean)",
            ylim=(len(terms) - 0.4, -0.6),
        )
    both[0].set(yticks=range(len(bias2)), yticklabels=list(bias2))
    return figure


def by_capacity(
    counts: Sequence[int], bias2: np.ndarray, variance: np.ndarray, expected: np.ndarray
) -> Figure:
    """Return a figure of both terms and the expected error (seeds, counts) by capacity."""
    return seeds_along(
        counts,
        {"bias²": bias2, "variance": variance, "sum with noise": expected},
        "More capacity: less bias, more variance",
        "cosines",
        "squared error",
        colors=[style.REFERENCE, style.PREDICTION, style.WRONG],
        ylim=(0, 0.6),
        xticks=counts,
    )


def double_descent(counts: Sequence[int], errors: Mapping[str, np.ndarray]) -> Figure:
    """Return a figure of errors (seeds, counts) by capacity, without and with L2."""
    ticks = (1, 3, 6, 20, 60, 200)
    return seeds_along(
        counts,
        errors,
        "A peak where weights equal samples, then a second descent",
        "cosines",
        "bias² + variance",
        colors=[style.WRONG, style.DATA, style.RIGHT],
        xscale="log",
        ylim=(0, 0.5),
        xticks=ticks,
        xticklabels=ticks,
    )


def random_units(units: Sequence[int], shortest: np.ndarray, penalized: np.ndarray) -> Figure:
    """Return a figure of errors (seeds, units) by the number of random units."""
    ticks = (5, 10, 20, 40, 100, 200, 800)
    return seeds_along(
        units,
        {"shortest fit": shortest, "λ = 0.1": penalized},
        "Random ReLU units: the same peak, and none with L2",
        "hidden units",
        "squared error, noise left out",
        colors=[style.WRONG, style.RIGHT],
        xscale="log",
        yscale="log",
        ylim=(0.1, 30),
        xticks=ticks,
        xticklabels=ticks,
    )
