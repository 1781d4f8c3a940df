"""The test data under the training data's statistics, and under their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sklearn.linear_model import LogisticRegression

from course_utils import style
from course_utils.data import load_wine_split
from course_utils.explorers import Explorable, Slider
from course_utils.lessons.normalization.model import Standard
from course_utils.seeds import seeds

_FEATURES = ("flavanoids", "proline")
_SIZES = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40])
_BATCHES = 200
_SHADES = (style.DATA, style.PREDICTION, style.GRADIENT)  # of the cultivars


@dataclass(frozen=True)
class Whose:
    """One test batch under two normalizations, and what changes on average."""

    right: np.ndarray  # (size, 2), normalized with the training statistics
    wrong: np.ndarray  # (size, 2), with the batch's own
    cultivar: np.ndarray  # (size,), what each wine is
    changed: np.ndarray  # (size,), whether the prediction differs
    share: np.ndarray  # (sizes,), mean share of changed predictions by batch size
    size: int
    mean: float  # the same for `size`


@cache
def _classifier() -> tuple[Standard, Any, np.ndarray, np.ndarray]:
    """Return normalizer and linear classifier, fitted on two wine features, and other wines.

    It learns from the smaller part of the table: so there are 41 wines of cultivar 0 to draw from,
    enough for a batch in which none occurs twice.
    """
    wine = load_wine_split(seeds(1)[0])
    columns = [wine.features.index(name) for name in _FEATURES]
    norm = Standard().fit(wine.x_test[:, columns])
    model = LogisticRegression().fit(norm.transform(wine.x_test[:, columns]), wine.y_test)
    return norm, model, wine.x_train[:, columns], wine.y_train


@cache
def _order(share: int) -> np.ndarray:
    """Return `_BATCHES` random orders (batches, 40) of wines, about `share` percent cultivar 0.

    The first n of a row are a batch of n, so that a larger batch contains the smaller one. No wine
    occurs twice in a row.
    """
    *_, y = _classifier()
    rng = np.random.default_rng(seeds(1)[0] + share)
    is_first = rng.random((_BATCHES, _SIZES[-1])) < share / 100

    def drawn(wines: np.ndarray) -> np.ndarray:
        """Return a shuffled part of `wines` for each batch."""
        repeated = np.tile(wines, (_BATCHES, 1))
        return rng.permuted(repeated, axis=1)[:, : _SIZES[-1]]

    place = np.cumsum(is_first, axis=1) - 1  # of each wine among those of its kind in the batch
    other_place = np.cumsum(~is_first, axis=1) - 1
    return np.where(
        is_first,
        np.take_along_axis(drawn(np.flatnonzero(y == 0)), np.maximum(place, 0), axis=1),
        np.take_along_axis(drawn(np.flatnonzero(y != 0)), np.maximum(other_place, 0), axis=1),
    )


def compute_statistics(size: int, share: int) -> Whose:
    """Return what the batch's own statistics do to a batch of `size` with `share` % cultivar 0."""
    norm, model, x, y = _classifier()
    order = _order(share)
    z = norm.transform(x)
    said = model.predict(z)

    def mean(n: int) -> float:
        own = _own_statistics(z[order[:, :n]])  # (batches, n, 2)
        return float(np.mean(model.predict(own.reshape(-1, 2)) != said[order[:, :n]].ravel()))

    right = z[order[0, :size]]
    wrong = _own_statistics(right[None])[0]
    wines = order[0, :size]
    changed = model.predict(wrong) != said[wines]
    shares = np.array([mean(n) for n in _SIZES])
    return Whose(right, wrong, y[wines], changed, shares, size, mean(size))


def _own_statistics(batch: np.ndarray) -> np.ndarray:
    """Standardize each batch (batches, n, features) with its own statistics."""
    deviation = batch.std(axis=1, keepdims=True)
    return (batch - batch.mean(axis=1, keepdims=True)) / np.where(deviation == 0, 1, deviation)


def draw_statistics(figure: Figure) -> Callable[[Whose], None]:
    """Draw where the batch's samples move to, and how many predictions change by batch size."""
    plane, curve = figure.subplots(1, 2, width_ratios=[1.15, 1])
    figure.subplots_adjust(left=0.075, right=0.985, wspace=0.24, bottom=0.22)
    limit = 3.4
    _, model, *_ = _classifier()
    grid = np.linspace(-limit, limit, 200)
    points = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    regions = model.predict(points).reshape(200, 200)
    plane.contourf(grid, grid, regions, levels=[-0.5, 0.5, 1.5, 2.5], colors=_SHADES, alpha=0.28)
    for cultivar, at in enumerate(((2.6, 3.1), (0.4, -3.1), (-2.7, 3.1))):
        plane.text(*at, f"cultivar {cultivar}", ha="center", va="center", fontsize=9)
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
    edge = plane.xaxis.label.get_color()
    marks = [
        (
            plane.plot([], [], shape, color=shade, ms=7, mec=edge, mew=0.8)[0],
            plane.plot([], [], shape, mfc="none", mec=shade, ms=7, mew=1.8)[0],
        )
        for shape, shade in zip("os^", _SHADES, strict=True)
    ]
    (lost,) = plane.plot([], [], "x", color=style.WRONG, ms=8, mew=2.2)
    keys = {
        "training statistics": Line2D([], [], marker="o", ls="", color=style.NEUTRAL, mec=edge),
        "the batch's own": Line2D([], [], marker="o", ls="", mfc="none", mec=style.NEUTRAL),
        "prediction changed": lost,
        **{f"it is cultivar {c}": marks[c][0] for c in range(3)},
    }
    figure.legend(
        keys.values(),
        keys,
        loc="lower left",
        ncols=6,
        fontsize=8.5,
        borderaxespad=0.2,
        columnspacing=1.2,
        handletextpad=0.3,
    )
    curve.set(
        title=f"Mean of {_BATCHES} batches",
        xlabel="samples in the batch",
        ylabel="share of predictions changed",
        xlim=(0, 42),
        ylim=(0, 1),
    )
    (line,) = curve.plot([], [], "o-", color=style.WRONG, ms=4)
    (now,) = curve.plot([], [], "o", color=style.WRONG, ms=11, mfc="none", mew=2)

    def update(data: Whose) -> None:
        moves.set_segments(list(np.stack([data.right, data.wrong], axis=1)))
        for cultivar, (right, wrong) in enumerate(marks):
            of_it = data.cultivar == cultivar
            right.set_data(*data.right[of_it].T)
            wrong.set_data(*data.wrong[of_it].T)
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
        f" {_BATCHES} such batches, {100 * data.mean:.1f} % do."
    )


def key_numbers(data: Whose) -> dict[str, str]:
    """Return how many predictions change, here and on average."""
    here = f"{int(data.changed.sum())} of {data.size}"
    return {"changed in this batch": here, "changed on average": f"{100 * data.mean:.1f} %"}


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
            40,
            value=24,
            step=1,
            unit="samples",
            label="test batch",
            help="How many wines are normalized together.",
        ),
        Slider(
            "share",
            0,
            100,
            value=100,
            step=1,
            unit="%",
            label="share of cultivar 0",
            help="About how much of a batch is cultivar 0; in the training data it is a third.",
        ),
    ],
    snapshots=[
        {"size": 1, "share": 33},
        {"size": 8, "share": 33},
        {"size": 40, "share": 33},
        {"size": 24, "share": 100},
    ],
    presets={
        "a single wine": {"size": 1, "share": 33},
        "40, mixed as in training": {"size": 40, "share": 33},
        "40, all of cultivar 0": {"size": 40, "share": 100},
    },
    size=(9.0, 4.4),
)
