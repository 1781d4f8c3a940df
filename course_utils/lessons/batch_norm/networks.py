"""Deep networks on scikit-learn's digits, many of them trained at once.

A *stack* holds one network for each learning rate and seed, rates outermost. Activations have the
shape (networks, units, samples), so that one batched product serves all networks, and batch norm
runs along the last axis. All is float64: with float32, what processors round differently grows in
training until another one prints other digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import torch
from sklearn.datasets import load_digits
from torch import Tensor
from torch.nn import functional

from course_utils.seeds import seeds

TRAINING = 1400
"""How many of the 1797 digits are for training; the others are for testing."""
BATCH = 64
STEPS = 200
SEEDS = seeds(5)

Parameters: TypeAlias = list[Tensor]
"""Weights (networks, units, inputs) and biases (networks, units, 1) in turn."""
Hidden: TypeAlias = Callable[[Tensor, Tensor, int], Tensor]
"""What follows a hidden layer's product: of it, of the bias and of the layer's number.

It may write over the product, which nobody else needs.
"""


@cache
def digits() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return training images (64, samples), standardized, their labels, and the same for testing.

    The order is scikit-learn's; mean and deviation are those of the training images.
    """
    data, labels = load_digits(return_X_y=True)
    x, y = torch.tensor(data.T, dtype=torch.float64), torch.tensor(labels)
    known = x[:, :TRAINING]
    spread = known.std(dim=1, correction=0, keepdim=True)
    x = (x - known.mean(dim=1, keepdim=True)) / torch.where(spread == 0, 1.0, spread)
    return x[:, :TRAINING], y[:TRAINING], x[:, TRAINING:], y[TRAINING:]


def initial(depth: int, width: int, copies: int = 1) -> Parameters:
    """Return weights after He et al. and biases 0 of `copies` networks for each of `SEEDS`."""
    units = [64, *[width] * depth, 10]
    generators = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    parameters = []
    for inputs, outputs in pairwise(units):
        drawn = torch.stack(
            [torch.randn(outputs, inputs, generator=g) for g in generators]
        ).double()
        parameters.append((2 / inputs) ** 0.5 * drawn.repeat(copies, 1, 1))
        parameters.append(torch.zeros(copies * len(SEEDS), outputs, 1, dtype=torch.float64))
    return parameters


def batches(steps: int = STEPS, size: int = BATCH, copies: int = 1) -> Tensor:
    """Return which training samples are in each mini-batch, (steps, networks, size)."""
    generators = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    drawn = [torch.randint(TRAINING, (steps, size), generator=g) for g in generators]
    return torch.stack(drawn, dim=1).repeat(1, copies, 1)


def each(rates: Sequence[float]) -> Tensor:
    """Return the learning rate of each network of a stack, (networks, 1, 1)."""
    return torch.tensor(rates, dtype=torch.float64).repeat_interleave(len(SEEDS))[:, None, None]


def by_rate(values: Tensor, rates: Sequence[float]) -> Tensor:
    """Return values (…, networks) with the last axis divided into (rates, seeds)."""
    return values.unflatten(-1, (len(rates), len(SEEDS)))


def over_batch(h: Tensor) -> Tensor:
    """Return h (networks, units, samples) with mean 0 and variance 1 of each unit: batch norm.

    PyTorch's `layer_norm` normalizes along whatever axes are last; here these are the samples.
    """
    return functional.layer_norm(h, h.shape[-1:])


def over_units(h: Tensor, groups: int = 1) -> Tensor:
    """Return h with mean 0 and variance 1 of each sample's group of units: layer or group norm."""
    rows = h.transpose(1, 2).unflatten(-1, (groups, -1))
    normalized = functional.layer_norm(rows, rows.shape[-1:]).flatten(-2)
    return normalized.transpose(1, 2).contiguous()  # what follows is quicker


HIDDEN: dict[str, Hidden] = {
    "no normalization": lambda h, b, _: torch.relu_(h.add_(b)),
    "batch norm": lambda h, b, _: torch.relu_(over_batch(h).add_(b)),
    "layer norm": lambda h, b, _: torch.relu_(over_units(h).add_(b)),
}
"""Hidden layers by name. Where there is a normalization, b is its β, and its γ stays 1."""


def forward(parameters: Parameters, x: Tensor, hidden: Hidden) -> Tensor:
    """Return the logits (networks, 10, samples) of images x (networks, 64, samples)."""
    h = x
    for layer, (weights, b) in enumerate(zip(parameters[::2], parameters[1::2], strict=True)):
        product = torch.bmm(weights, h)
        last = 2 * layer + 2 == len(parameters)
        h = product + b if last else hidden(product, b, layer)
    return h


def gradient(
    parameters: Parameters, x: Tensor, y: Tensor, hidden: Hidden
) -> tuple[Tensor, Parameters]:
    """Return the mean cross-entropy (networks,) and its gradient by each network's parameters."""
    free = [p.detach().requires_grad_() for p in parameters]
    loss = functional.cross_entropy(forward(free, x, hidden), y, reduction="none").mean(dim=1)
    return loss.detach(), list(torch.autograd.grad(loss.sum(), free))


def moved(parameters: Parameters, direction: Parameters, by: Tensor | float) -> Parameters:
    """Return ``parameters − by · direction``, with one step length for all or one for each."""
    by = torch.as_tensor(by, dtype=torch.float64)
    return [torch.addcmul(p, by, d, value=-1) for p, d in zip(parameters, direction, strict=True)]


def length(vectors: Parameters) -> Tensor:
    """Return the Euclidean length (networks,) of each network's part of `vectors`."""
    return torch.stack([(v * v).sum(dim=(1, 2)) for v in vectors]).sum(dim=0).sqrt()
