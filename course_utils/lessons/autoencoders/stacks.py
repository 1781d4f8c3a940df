"""Many small networks that are trained at once.

A *stack* holds as many networks as its first axis is long; samples have the shape (networks, batch,
units), so that one batched product serves all.

They are float64: with float32, what processors round differently grows in training until it can be
seen in a picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

Parameters: TypeAlias = list[Tensor]
"""Weights (networks, inputs, units) and biases (networks, 1, units) in turn."""


def initial(sizes: Sequence[int], rngs: Iterable[np.random.Generator]) -> Parameters:
    """Return a network from each generator: weights of variance 1 / inputs, biases 0."""
    rngs = list(rngs)
    parameters = []
    for inputs, units in pairwise(sizes):
        drawn = np.stack([rng.normal(size=(inputs, units)) for rng in rngs])
        weights = drawn / math.sqrt(inputs)
        parameters += [_free(weights), _free(np.zeros((len(rngs), 1, units)))]
    return parameters


def _free(values: np.ndarray) -> Tensor:
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def forward(parameters: Parameters, x: Tensor) -> Tensor:
    """Return the output (networks, batch, units): linear layers with ReLU between them."""
    for i in range(0, len(parameters), 2):
        x = torch.baddbmm(parameters[i + 1], x, parameters[i])
        x = torch.relu(x) if i + 2 < len(parameters) else x
    return x


def train(
    parameters: Parameters, losses: Callable[[], Tensor], steps: int, rate: float
) -> np.ndarray:
    """Minimize each network's own loss by Adam, and return the losses (steps, networks).

    Parameters
    ----------
    losses
        Returns the losses (networks,) of a fresh batch.
    rate
        The learning rate of the first step; it falls linearly to 0.
    """
    optimizer = torch.optim.Adam(parameters, lr=rate, fused=True)
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    history = []
    for _ in range(steps):
        loss = losses()
        optimizer.zero_grad()
        loss.sum().backward()  # a network's weights act on its own loss only
        optimizer.step()
        falling.step()
        history.append(loss.detach().numpy())
    return np.stack(history)


def arrays(parameters: Parameters, network: int) -> list[np.ndarray]:
    """Return weights and biases of one network of a stack, float64."""
    return [p[network].detach().numpy().astype(np.float64) for p in parameters]


def run(layers: Sequence[np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return the output of one network, as `forward` computes it, for samples (…, units)."""
    for i in range(0, len(layers), 2):
        x = x @ layers[i] + layers[i + 1]
        x = np.maximum(x, 0) if i + 2 < len(layers) else x
    return x
