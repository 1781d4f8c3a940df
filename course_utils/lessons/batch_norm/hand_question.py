"""A practice item: batch norm of four values, forward and into the running statistics, by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from course_utils.exam import Entry, Follow, Item, NumericTable, Wording, blueprint
from course_utils.lessons.batch_norm.model import MOMENTUM, batch_norm, update_running
from course_utils.typography import number

_PATTERNS = ((-1, -1, 1, 1), (-1, 1, -1, 1), (-1, 1, 1, -1), (1, 1, -1, -1), (1, -1, 1, -1))
"""Deviations from the mean, in standard deviations."""
_MEAN, _VARIANCE = "0.0", "1.0"  # fields of the table


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
            mean=x.mean().item(),
            variance=x.var().item(),
            y=tuple(y[:, 0].tolist()),
            running_mean=mean.item(),
            running_variance=variance.item(),
        )

    def word(self, facts: Batch, key: Key) -> Wording:
        """Return one row of the table for everything that is asked."""
        n, gamma, beta = len(facts.x), facts.gamma, facts.beta
        mean, deviation = _signed(key.mean), number(key.variance**0.5)
        unbiased = number(key.variance * n / (n - 1))
        rows = [
            ("$\\mu$", Entry(key.mean, 0.5, f"({' + '.join(map(_signed, facts.x))}) / {n}")),
            (
                "$\\sigma^2$ that normalizes",
                Entry(
                    key.variance,
                    1.0,
                    f"the mean of (x − {mean})²",
                    follow=Follow((_MEAN,), lambda m: float(np.mean((np.array(facts.x) - m) ** 2))),
                ),
            ),
            *(
                (
                    f"$y_{i}$",
                    Entry(
                        y,
                        0.5,
                        f"{gamma} · ({number(x)} − {mean}) / {deviation} + {_signed(beta)}",
                        follow=_output(x, gamma, beta),
                    ),
                )
                for i, (x, y) in enumerate(zip(facts.x, key.y, strict=True), start=1)
            ),
            (
                "running mean",
                Entry(
                    key.running_mean,
                    0.5,
                    f"0.9 · 0 + 0.1 · {mean}",
                    follow=Follow((_MEAN,), lambda m: MOMENTUM * m),
                ),
            ),
            (
                "running variance",
                Entry(
                    key.running_variance,
                    1.0,
                    f"0.9 · 1 + 0.1 · {unbiased}: what is stored divides by n − 1 = {n - 1}",
                    follow=Follow(
                        (_VARIANCE,),
                        lambda v: 1 - MOMENTUM + MOMENTUM * v * n / (n - 1),
                        _no_variance,
                    ),
                ),
            ),
        ]
        values = ", ".join(map(number, facts.x))
        return Wording(
            title="Batch norm by hand",
            prompt=f"In training, a unit has the values {values} for a batch of four. Batch norm"
            f" follows, with $\\gamma = {gamma}$, $\\beta = {beta}$ and"
            " $\\varepsilon = 0$. Before, the running mean was 0 and the running variance 1. Use"
            f" PyTorch's conventions, with a momentum of {MOMENTUM:g}.",
            parts=(
                NumericTable(
                    columns=("", "value"),
                    rows=tuple(name for name, *_ in rows),
                    cells=tuple((entry,) for _, entry in rows),
                ),
            ),
            derivation="; ".join(
                f"{name} is {number(entry.value)} ({entry.why})" for name, entry in rows
            )
            + ".",
        )


def _output(x: int, gamma: int, beta: int) -> Follow:
    """Return what follows for an output from the mean and the variance that were entered."""
    return Follow(
        (_MEAN, _VARIANCE),
        lambda m, v: gamma * (x - m) / v**0.5 + beta,
        lambda _, v: _no_variance(v),
    )


def _no_variance(v: float) -> str:
    return "" if v > 0 else "a variance of values that differ is above 0"


def _signed(value: float) -> str:
    """Return a number that may stand behind an operator: a negative one in brackets."""
    return number(value) if value >= 0 else f"({number(value)})"
