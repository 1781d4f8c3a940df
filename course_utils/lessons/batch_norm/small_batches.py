"""Batch norm between training and use: running statistics, small and one-sided batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from course_utils.computed import Computed
from course_utils.lessons.batch_norm.model import EPSILON, MOMENTUM
from course_utils.lessons.batch_norm.networks import (
    HIDDEN,
    SEEDS,
    Hidden,
    Parameters,
    batches,
    by_rate,
    digits,
    each,
    forward,
    gradient,
    initial,
    moved,
    over_units,
)

SIZE = (3, 32)
"""Hidden layers, and units in each."""
RATES = (0.01, 0.03, 0.1, 0.3)
_LAST = 100  # mini-batches over which the training loss is averaged


class Running:
    """Batch norm with running statistics, before or after ReLU.

    While `training`, the batch's statistics normalize and move the running ones; then these
    normalize.
    """

    def __init__(self, networks: int, after_activation: bool = False) -> None:
        depth, width = SIZE
        self.training = True
        shape = (depth, networks, width, 1)
        self.mean = torch.zeros(shape, dtype=torch.float64)
        self.variance = torch.ones(shape, dtype=torch.float64)
        self._after_activation = after_activation

    def __call__(self, h: Tensor, b: Tensor, layer: int) -> Tensor:
        """Return the hidden layer's output; b is the normalization's β, or the layer's bias."""
        if self._after_activation:
            return self._normalized(torch.relu_(h.add_(b)), layer)
        return torch.relu_(self._normalized(h, layer).add_(b))

    def _normalized(self, h: Tensor, layer: int) -> Tensor:
        # PyTorch's, which knows channels but no networks: every unit of each is a channel.
        return functional.batch_norm(
            h.flatten(0, 1)[None],
            self.mean[layer].view(-1),  # moved in place while training
            self.variance[layer].view(-1),
            training=self.training,
            momentum=MOMENTUM,
            eps=EPSILON,
        ).view_as(h)


def _group_norm(h: Tensor, b: Tensor, _: int) -> Tensor:
    return torch.relu_(over_units(h, groups=4).add_(b))


VARIANTS: dict[str, Callable[[int], Hidden]] = {
    "none": lambda _: HIDDEN["no normalization"],
    "batch norm before ReLU": Running,
    "batch norm after ReLU": lambda networks: Running(networks, after_activation=True),
    "layer norm": lambda _: HIDDEN["layer norm"],
    "group norm, 4 groups": lambda _: _group_norm,
}
"""What can stand in a hidden layer: made for so many networks."""


def step(
    parameters: Parameters, chosen: Tensor, hidden: Hidden, rate: Tensor
) -> tuple[Tensor, Parameters]:
    """Return the loss (networks,) of a mini-batch and the parameters after a step."""
    x, y, *_ = digits()
    loss, g = gradient(parameters, x[:, chosen].transpose(0, 1), y[chosen], hidden)
    return loss, moved(parameters, g, rate)


def right(parameters: Parameters, hidden: Hidden, x: Tensor, y: Tensor) -> Tensor:
    """Return which of the images x (networks, 64, samples) are recognized, (networks, samples)."""
    with torch.no_grad():
        return forward(parameters, x, hidden).argmax(dim=1) == y


@cache
def accuracy(variant: str, size: int, steps: int) -> tuple[float, ...]:
    """Return the test accuracy for each seed after training with mini-batches of `size`.

    The learning rate is, of `RATES`, the one with the smallest mean loss at the end of training.
    Lecture and exam share what comes of it.
    """
    trained = Computed(_accuracy, variant=[variant], size=[size], steps=[steps])
    shares: tuple[float, ...] = trained(variant=variant, size=size, steps=steps)
    return shares


def _accuracy(variant: str, size: int, steps: int) -> tuple[float, ...]:
    *_, x, y = digits()
    rate = each(RATES)
    parameters, hidden = initial(*SIZE, len(RATES)), VARIANTS[variant](len(rate))
    seen = []
    for chosen in batches(steps, size, len(RATES)):
        loss, parameters = step(parameters, chosen, hidden, rate)
        seen.append(loss)
    if isinstance(hidden, Running):
        hidden.training = False
    shares = right(parameters, hidden, x.expand(len(rate), -1, -1), y).float().mean(dim=1)
    final = by_rate(torch.stack(seen[-_LAST:]).mean(dim=0), RATES).mean(dim=1)
    best = torch.where(final.isfinite(), final, torch.inf).argmin()
    return tuple(by_rate(shares, RATES)[best].tolist())


class Trained(NamedTuple):
    """Networks with batch norm before ReLU, one for each of `SEEDS`."""

    parameters: Parameters
    norm: Running  # in evaluation


@cache
def trained() -> Trained:
    """Train for 200 steps with batches of 64 at a learning rate of 0.3."""
    parameters, norm = initial(*SIZE), Running(len(SEEDS))
    for chosen in batches():
        _, parameters = step(parameters, chosen, norm, each([0.3]))
    norm.training = False
    return Trained(parameters, norm)


def own_statistics(sizes: Sequence[int], digit: int | None = None, count: int = 100) -> Tensor:
    """Return the accuracy (seeds, sizes) of test batches normalized with their own statistics.

    The batches are drawn at random, with repetition, from all test images, or from those of one
    digit, of which there are about 40.
    """
    *_, x, y = digits()
    allowed = torch.arange(len(y)) if digit is None else (y == digit).nonzero()[:, 0]
    net = trained()
    found = torch.zeros(len(SEEDS), len(sizes))
    for row, seed in enumerate(SEEDS):
        generator = torch.Generator().manual_seed(seed)
        one = [p[row : row + 1].expand(count, -1, -1) for p in net.parameters]
        for column, size in enumerate(sizes):
            drawn = torch.randint(len(allowed), (count, size), generator=generator)
            chosen = allowed[drawn]
            images = x[:, chosen].transpose(0, 1)
            found[row, column] = right(one, HIDDEN["batch norm"], images, y[chosen]).float().mean()
    return found
