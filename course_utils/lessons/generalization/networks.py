"""Small networks on the same task, many of them trained at once, and what is done for them.

A *stack* holds one network for each training set, seeds outermost. Weights have the shapes
(networks, 1, units), (networks, 1, units), (networks, units, 1), (networks, 1, 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from course_utils.lessons.generalization.model import (
    GRID,
    NOISE,
    SAMPLES,
    Sets,
    Terms,
    terms,
    training_sets,
)
from course_utils.seeds import seeds

SEEDS = seeds(5)
SETS = 10
"""Training sets for each seed."""
UNITS, STEPS, RATE, EVERY = 32, 400, 0.04, 20
VALIDATION = 100
"""The purpose of `fresh` samples that are for validation."""
FIRST_WEIGHTS = 101
"""The purpose of what `train` draws."""


class Trained(NamedTuple):
    """What became of a stack: predictions at `GRID` and training losses, every `EVERY` steps."""

    predictions: np.ndarray  # (looks, networks, points)
    loss: np.ndarray  # (looks, networks), mean squared error, without dropout


def fresh(samples: int = SAMPLES, noise: float = NOISE, sets: int = SETS, purpose: int = 0) -> Sets:
    """Return `sets` training sets for each seed, (seeds · sets, samples)."""
    drawn = [
        training_sets(sets, np.random.default_rng([seed, purpose]), samples, noise)
        for seed in SEEDS
    ]
    return Sets(*(np.concatenate(part) for part in zip(*drawn, strict=True)))


def train(
    sets: Sets,
    *,
    units: int = UNITS,
    l2: float = 0.0,
    dropout: float = 0.0,
    steps: int = STEPS,
    starts: Sequence[int] = (0,),
) -> Trained:
    """Train a network with one hidden layer of tanh units on each set; Adam, all samples a step.

    Parameters
    ----------
    sets
        The training sets, one for each network.
    units
        Hidden units.
    l2
        λ of λ·Σw² over the outgoing weights of the hidden units, added to the mean squared error.
    dropout
        The share of hidden units that is dropped in each step of training.
    steps
        Steps of Adam.
    starts
        Which first weights: another number, others. Of several, the first is for the first of the
        sets, and so on; each for as many.
    """
    # Two networks that differ by rounding part by a factor of a million: in float32, figures of
    # the losses are others on another processor. NumPy draws the same on every machine.
    generators = [np.random.default_rng([SEEDS[0], start, FIRST_WEIGHTS]) for start in starts]
    x, y = (torch.tensor(part)[..., None] for part in sets)
    networks = len(x)
    of_each = networks // len(starts)
    weights = [
        torch.tensor(
            factor * np.concatenate([g.normal(size=(of_each, *shape)) for g in generators])
        )
        for factor, shape in (
            (4.0, (1, units)),
            (2.0, (1, units)),
            (units**-0.5, (units, 1)),
            (0.0, (1, 1)),
        )
    ]
    w1, b1, w2, b2 = parameters = [weight.requires_grad_() for weight in weights]
    grid = torch.tensor(GRID)[:, None].expand(networks, -1, -1)

    def forward(inputs: Tensor, dropped: float = 0.0) -> Tensor:
        hidden = torch.tanh(torch.baddbmm(b1, inputs, w1))
        if dropped:
            shape = (of_each, *hidden.shape[1:])
            drawn = torch.tensor(np.concatenate([g.random(shape) for g in generators]))
            hidden = hidden * (drawn >= dropped) / (1 - dropped)
        return torch.baddbmm(b2, hidden, w2)

    optimizer = torch.optim.Adam(parameters, lr=RATE, fused=True)
    predictions, losses = [], []
    for step in range(steps + 1):
        if step % EVERY == 0:
            with torch.no_grad():
                predictions.append(forward(grid)[..., 0])
                losses.append(((forward(x) - y) ** 2).mean(dim=(1, 2)))
        if step < steps:
            # Each network's loss has weights of its own, so their sum trains each by itself.
            loss = ((forward(x, dropout) - y) ** 2).mean(dim=(1, 2)) + l2 * (w2**2).sum(dim=(1, 2))
            optimizer.zero_grad()
            loss.sum().backward()
            optimizer.step()
    return Trained(torch.stack(predictions).numpy(), torch.stack(losses).numpy())


def by_seed(predictions: np.ndarray) -> list[Terms]:
    """Return both terms for each seed, of predictions (seeds · sets, points)."""
    return [terms(part) for part in predictions.reshape(len(SEEDS), -1, len(GRID))]


def validation_loss(predictions: np.ndarray, sets: Sets) -> np.ndarray:
    """Return the mean squared error (looks, networks) on each network's own validation set.

    Between the points of `GRID`, predictions (looks, networks, points) are interpolated.
    """
    place = (sets.x + 1) / 2 * (len(GRID) - 1)
    left = np.minimum(place.astype(int), len(GRID) - 2)
    share = place - left
    shape = (len(predictions), *left.shape)
    low, high = (
        np.take_along_axis(predictions, np.broadcast_to(left + step, shape), axis=2)
        for step in (0, 1)
    )
    return (((1 - share) * low + share * high - sets.y) ** 2).mean(axis=2)


def stopped(run: Trained, sets: Sets) -> np.ndarray:
    """Return each network's predictions (networks, points) where its validation loss is lowest."""
    best = validation_loss(run.predictions, sets).argmin(axis=0)
    return run.predictions[best, np.arange(len(best))]


@cache
def plain() -> Trained:
    """Return the networks as they are, with nothing done for them."""
    return train(fresh())


@cache
def small() -> Trained:
    """Return networks of 3 units on the same sets."""
    return train(fresh(), units=3)
