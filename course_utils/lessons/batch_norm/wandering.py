"""Whether the activations' distributions must stay where they are for a network to train."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from course_utils.computed import Computed
from course_utils.lessons.batch_norm.networks import (
    HIDDEN,
    SEEDS,
    Hidden,
    batches,
    by_rate,
    digits,
    each,
    forward,
    gradient,
    initial,
    moved,
    over_batch,
)

NOISE = 0.2
"""Standard deviation of a unit's random shift, and of the logarithm of its random factor."""
_PROBED = 256  # training images on which the distributions are compared
_EVERY = 10


class Wandering(NamedTuple):
    """What came of a stack; arrays (rates, seeds)."""

    final: Tensor  # loss on all training images, without noise, after the last step
    drift: Tensor  # by how many deviations a unit's mean moves in one step, median over the run


class Noisy:
    """Batch norm, then a factor and a shift for each unit that change with every step."""

    def __init__(self, depth: int, width: int, copies: int) -> None:
        self._generators = [torch.Generator().manual_seed(seed) for seed in SEEDS]
        self._shape = (depth, 2, width, 1)
        self._copies = copies

    def step(self) -> None:
        """Draw new noise, the same for all learning rates of a seed."""
        drawn = [torch.randn(self._shape, generator=g) for g in self._generators]
        noise = NOISE * torch.stack(drawn, dim=2).double().repeat(1, 1, self._copies, 1, 1)
        self._factor, self._shift = noise[:, 0].exp(), noise[:, 1]

    def __call__(self, h: Tensor, b: Tensor, layer: int) -> Tensor:
        """Return the layer's output."""
        return torch.relu_(
            torch.addcmul(self._shift[layer] + b, self._factor[layer], over_batch(h))
        )


@cache
def train(size: tuple[int, int], name: str, rates: tuple[float, ...]) -> Wandering:
    """Train a stack whose hidden layers are one of `HIDDEN`, or 'batch norm with noise'.

    Lecture and exam share what comes of it.
    """
    trained = Computed(_train, size=[size], name=[name], rates=[rates])
    wandering: Wandering = trained(size=size, name=name, rates=rates)
    return wandering


def _train(size: tuple[int, int], name: str, rates: tuple[float, ...]) -> Wandering:
    depth, width = size
    noisy = Noisy(depth, width, len(rates)) if name == "batch norm with noise" else None
    hidden = HIDDEN["batch norm" if noisy else name]
    x, y, *_ = digits()
    parameters = initial(depth, width, len(rates))
    rate = each(rates)
    everything = x.expand(len(rate), -1, -1)
    before: list[Tensor] = []
    drifts = []
    for step, chosen in enumerate(batches(copies=len(rates))):
        if noisy:
            noisy.step()
        if step % _EVERY < 2:
            units = outputs(parameters, everything[..., :_PROBED], noisy or hidden)
            if step % _EVERY:
                drifts.append(drift(before, units))
            before = units
        _, g = gradient(parameters, x[:, chosen].transpose(0, 1), y[chosen], noisy or hidden)
        parameters = moved(parameters, g, rate)
    logits = forward(parameters, everything, hidden)
    loss = functional.cross_entropy(logits, y.expand(len(rate), -1), reduction="none").mean(dim=1)
    final = torch.where(loss.isfinite(), loss, torch.inf)
    moved_on = torch.stack(drifts).quantile(0.5, dim=0)
    return Wandering(by_rate(final, rates), by_rate(moved_on, rates))


def outputs(parameters: list[Tensor], x: Tensor, hidden: Hidden) -> list[Tensor]:
    """Return every hidden layer's output (networks, units, samples)."""
    seen: list[Tensor] = []

    def watched(h: Tensor, b: Tensor, layer: int) -> Tensor:
        seen.append(hidden(h, b, layer))
        return seen[-1]

    forward(parameters, x, watched)
    return seen


def drift(before: list[Tensor], after: list[Tensor]) -> Tensor:
    """Return how far the units' means moved (networks,), in deviations before; mean of all units.

    Units that are 0 for every sample have no deviation and do not count.
    """
    moves, units = 0.0, 0.0
    for old, new in zip(before, after, strict=True):
        mean = old.mean(dim=2, keepdim=True)
        spread = (old - mean).square().mean(dim=2).sqrt()  # quicker than `std`
        alive = spread > 1e-9  # more than rounding
        ratio = (new.mean(dim=2) - mean[..., 0]).abs() / torch.where(alive, spread, 1.0)
        moves = moves + (ratio * alive).sum(dim=1)
        units = units + alive.sum(dim=1)
    return torch.as_tensor(moves / units)
