"""The test data under the training data's statistics, and under their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from sklearn.linear_model import LogisticRegression

from course_utils import style
from course_utils.data import load_wine_split
from course_utils.explorers import Explorable, Slider
from course_utils.lessons.normalization.model import Standard
from course_utils.seeds import seeds

_FEATURES = ("flavanoids", "proline")
_SIZES = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40, 48])
_BATCHES = 200


@dataclass(frozen=True)
class Whose:
    """One test batch under two normalizations, and what changes on average."""

    right: np.ndarray  # (size, 2), normalized with the training statistics
    wrong: np.ndarray  # (size, 2), with the batch's own
    changed: np.ndarray  # (size,), whether the prediction differs
    share: np.ndarray  # (sizes,), mean share of changed predictions by batch size
    size: int
    mean: float  # the same for `size`


@cache
def _classifier() -> tuple[Standard, Any, np.ndarray, np.ndarray]:
    """Return normalizer and linear classifier, fitted on two wine features, and the test part."""
    wine = load_wine_split(seeds(1)[0])
    columns = [wine.features.index(name) for name in _FEATURES]
    norm = Standard().fit(wine.x_train[:, columns])
    model = LogisticRegression().fit(norm.transform(wine.x_train[:, columns]), wine.y_train)
    return norm, model, wine.x_test[:, columns], wine.y_test


@cache
def _order(share: int) -> np.ndarray:
    """Return `_BATCHES` random orders (batches, 48) in which `share` percent are cultivar 0.

    The first n of a row are a batch of n, so that a larger batch contains the smaller one.
    """
    *_, y = _classifier()
    rng = np.random.default_rng(seeds(1)[0] + share)
    first, others = np.flatnonzero(y == 0), np.flatnonzero(y != 0)
    is_first = rng.random((_BATCHES, _SIZES[-1])) < share / 100
    return np.where(is_first, rng.choice(first, is_first.shape), rng.choice(others, is_first.shape))


def compute_statistics(size: int, share: int) -> Whose:
    """Return what the batch's own statistics do to a batch of `size` with `share` % cultivar 0."""
    norm, model, x_test, _ = _classifier()
    order = _order(share)
    z = norm.transform(x_test)
    truth = model.predict(z)

    def mean(n: int) -> float:
        own = _own_statistics(z[order[:, :n]])  # (batches, n, 2)
        return float(np.mean(model.predict(own.reshape(-1, 2)) != truth[order[:, :n]].ravel()))

    right = z[order[0, :size]]
    wrong = _own_statistics(right[None])[0]
    changed = model.predict(wrong) != truth[order[0, :size]]
    return Whose(right, wrong, changed, np.array([mean(n) for n in _SIZES]), size, mean(size))


def _own_statistics(batch: np.ndarray) -> np.ndarray:
    """Standardize each batch (batches, n, features) with its own statistics."""
    deviation = batch.std(axis=1, keepdims=True)
    return (batch - batch.mean(axis=1, keepdims=True)) / np.where(deviation == 0, 1, deviation)


def draw_statistics(figure: Figure) -> Callable[[Whose], None]:
    """Draw where the batch's samples move to, and how many predictions change by batch size."""
    plane, curve = figure.subplots(1, 2, width_ratios=[1.15, 1])
    figure.subplots_adjust(left=0.075, right=0.985, wspace=0.24)
    limit = 3.4
    _, model, *_ = _classifier()
    grid = np.linspace(-limit, limit, 200)
    points = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    regions = model.predict(points).reshape(200, 200)
    shades = [style.DATA, style.PREDICTION, style.GRADIENT]
    plane.contourf(grid, grid, regions, levels=[-0.5, 0.5, 1.5, 2.5], colors=shades, alpha=0.28)
    for label, at in zip(
        ("cultivar 0", "cultivar 1", "cultivar 2"), ((2, 2.9), (-0.9, -3), (-2.4, 2.9)), strict=True
    ):
        plane.text(*at, label, ha="center", va="center", fontsize=9)
    plane.grid(visible=False)
    plane.set(
        title="One batch, normalized twice",
        xlabel="flavanoids, normalized",
        ylabel="proline, normalized",
        xlim=(-limit, limit),
        ylim=(-limit, limit),
    )
    moves = LineCollection([], colors=style.NEUTRAL, linewidths=0.9)
    plane.add_collection(moves, autolim=False)
    (right,) = plane.plot(
        [], [], "o", color=style.RIGHT, ms=6, mec="white", label="training statistics"
    )
    (wrong,) = plane.plot([], [], "o", mfc="none", mec=style.NEUTRAL, ms=6, label="the batch's own")
    (lost,) = plane.plot(
        [], [], "X", color=style.WRONG, ms=9, mec="white", label="prediction changed"
    )
    plane.legend(loc="lower right", fontsize=8.5)
    curve.set(
        title=f"Mean of {_BATCHES} batches",
        xlabel="samples in the batch",
        ylabel="share of predictions changed",
        xlim=(0, 51),
        ylim=(0, 1),
    )
    (line,) = curve.plot([], [], "o-", color=style.WRONG, ms=4)
    (now,) = curve.plot([], [], "o", color=style.WRONG, ms=11, mfc="none", mew=2)

    def update(data: Whose) -> None:
        moves.set_segments(list(np.stack([data.right, data.wrong], axis=1)))
        right.set_data(*data.right.T)
        wrong.set_data(*data.wrong[~data.changed].T)
        lost.set_data(*data.wrong[data.changed].T)
        line.set_data(_SIZES, data.share)
        now.set_data([data.size], [data.mean])

    return update


def describe_statistics(data: Whose) -> str:
    """Say how many predictions change in this batch and on average."""
    n, k = data.size, int(data.changed.sum())
    here = "the prediction changes" if n == 1 and k else f"{k} of {n} predictions change"
    return (
        f"Normalized with the batch's own statistics, {here} in this batch; on average over"
        f" {_BATCHES} such batches, {100 * data.mean:.0f} % do."
    )


def key_numbers(data: Whose) -> dict[str, str]:
    """Return how many predictions change, here and on average."""
    here = f"{int(data.changed.sum())} of {data.size}"
    return {"changed in this batch": here, "changed on average": f"{100 * data.mean:.0f} %"}


statistics = Explorable(
    name="statistics",
    title="Whose statistics?",
    compute=compute_statistics,
    draw=draw_statistics,
    describe=describe_statistics,
    numbers=key_numbers,
    controls=[
        Slider(
            "size",
            1,
            48,
            value=8,
            step=1,
            unit="samples",
            label="test batch",
            help="How many wines are normalized together.",
        ),
        Slider(
            "share",
            0,
            100,
            value=33,
            step=1,
            unit="%",
            label="share of cultivar 0",
            help="How much of the batch is cultivar 0; in the training data it is a third.",
        ),
    ],
    snapshots=[
        {"size": 1, "share": 33},
        {"size": 8, "share": 33},
        {"size": 48, "share": 33},
        {"size": 48, "share": 100},
    ],
    presets={
        "a batch of 1": {"size": 1},
        "a batch of 48": {"size": 48},
        "48, all of cultivar 0": {"size": 48, "share": 100},
    },
)
