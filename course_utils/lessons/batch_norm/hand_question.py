"""A practice item: batch norm of four values, forward and into the running statistics, by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from course_utils.exam import Entry, Item, NumericTable, Wording, blueprint
from course_utils.lessons.batch_norm.model import MOMENTUM, batch_norm, update_running

_PATTERNS = ((-1, -1, 1, 1), (-1, 1, -1, 1), (-1, 1, 1, -1), (1, 1, -1, -1), (1, -1, 1, -1))
"""Deviations from the mean, in standard deviations."""


@dataclass(frozen=True)
class Batch:
    """The facts: one unit's values for a batch of four, and the layer's γ and β."""

    x: tuple[int, ...]
    gamma: int
    beta: int


@dataclass(frozen=True)
class Key:
    """What is asked, float64."""

    mean: float
    variance: float
    y: tuple[float, ...]
    running_mean: float
    running_variance: float


class ByHand(Item[Batch, Key]):
    """Normalize four values by hand; every step is exact, whatever is drawn."""

    entry = blueprint.Entry("06.hand", points=5, lecture="batch_norm", topic="batch norm by hand")

    def exam(self) -> Batch:
        """Return the batch that the lecture asks first."""
        return Batch((2, 8, 8, 2), gamma=2, beta=1)

    def draw(self, rng: random.Random) -> Batch:
        """Return another batch, with a deviation of 3 or 6, so that n − 1 divides as well."""
        mean, deviation = rng.randint(-9, 9), rng.choice((3, 6))
        x = tuple(mean + deviation * sign for sign in rng.choice(_PATTERNS))
        return Batch(x, rng.choice((2, 3, 4, 5)), rng.choice((-3, -2, -1, 1, 2, 3)))

    def solve(self, facts: Batch) -> Key:
        """Return statistics, outputs and the first running statistics, by the lecture's model."""
        x = np.array(facts.x, dtype=np.float64)[:, None]
        y = batch_norm(x, np.array([facts.gamma]), np.array([facts.beta]), eps=0)
        mean, variance = update_running(np.zeros(1), np.ones(1), x)
        return Key(
            float(x.mean()), float(x.var()), tuple(y[:, 0]), float(mean[0]), float(variance[0])
        )

    def word(self, facts: Batch, key: Key) -> Wording:
        """Return one row of the table for everything that is asked."""
        n = len(facts.x)
        unbiased = key.variance * n / (n - 1)
        rows = [
            ("$\\mu$", key.mean, 0.5, "the mean of the four values"),
            ("$\\sigma^2$ that normalizes", key.variance, 1.0, f"the mean of (x − {key.mean:g})²"),
            *(
                (
                    f"$y_{i}$",
                    y,
                    0.5,
                    f"{facts.gamma} · ({x} − {key.mean:g}) / {key.variance**0.5:g} + {facts.beta}",
                )
                for i, (x, y) in enumerate(zip(facts.x, key.y, strict=True), start=1)
            ),
            ("running mean", key.running_mean, 0.5, f"0.9 · 0 + 0.1 · {key.mean:g}"),
            (
                "running variance",
                key.running_variance,
                1.0,
                f"0.9 · 1 + 0.1 · {unbiased:g}: what is stored divides by n − 1 = {n - 1}",
            ),
        ]
        values = ", ".join(map(str, facts.x))
        return Wording(
            title="Batch norm by hand",
            prompt=f"In training, a unit has the values {values} for a batch of four. Batch norm"
            f" follows, with $\\gamma = {facts.gamma}$, $\\beta = {facts.beta}$ and"
            " $\\varepsilon = 0$. Before, the running mean was 0 and the running variance 1. Use"
            f" PyTorch's conventions, with a momentum of {MOMENTUM:g}.",
            parts=(
                NumericTable(
                    columns=("", "value"),
                    rows=tuple(name for name, *_ in rows),
                    cells=tuple((Entry(value, points, why),) for _, value, points, why in rows),
                ),
            ),
            derivation="; ".join(f"{name}: {why} = {value:g}" for name, value, _, why in rows)
            + ".",
        )
