"""A deep network without training: what activations do to the signal and to the gradient."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from course_utils import nn
from course_utils.seeds import seeds

WIDTH, BATCH, DEEPEST = 64, 100, 20

LAYERS: dict[str, Callable[[float], nn.BaseLayer]] = {
    "sigmoid": lambda _: nn.Sigmoid(),
    "tanh": lambda _: nn.TanH(),
    "ReLU": lambda _: nn.ReLU(),
    "leaky ReLU": lambda alpha: nn.LeakyReLU(alpha),
    "ELU": lambda alpha: nn.ELU(alpha),
    "GELU": lambda _: nn.GELU(),
}
"""What makes a layer of each activation, from the slope α of those that have one."""


class Network(NamedTuple):
    """Inputs, weights and the gradient by the outputs: normal with standard deviation 1."""

    batch: np.ndarray  # (BATCH, WIDTH)
    weights: np.ndarray  # (DEEPEST, WIDTH, WIDTH); those of a layer are gain / √WIDTH times this
    error: np.ndarray  # (BATCH, WIDTH), of deviation exactly 1: gradients are relative to it

    def scaled(self, depth: int, gain: float) -> np.ndarray:
        """Return the weights of `depth` layers, with standard deviation gain / √WIDTH."""
        return gain / np.sqrt(WIDTH) * self.weights[:depth]


@cache
def network(seed: int | None = None) -> Network:
    """Return the network of a seed, by default the first of the course's."""
    rng = np.random.default_rng(seeds(1)[0] if seed is None else seed)
    batch = rng.normal(size=(BATCH, WIDTH))
    weights = rng.normal(size=(DEEPEST, WIDTH, WIDTH))
    error = rng.normal(size=(BATCH, WIDTH))
    return Network(batch, weights, error / error.std())


class Passage(NamedTuple):
    """What passes through the layers, first to last."""

    sums: np.ndarray  # (depth, BATCH, WIDTH), what the activation gets
    slopes: np.ndarray  # (depth, BATCH, WIDTH), of the activation there
    signal: np.ndarray  # (depth,), standard deviation of the outputs
    gradient: np.ndarray  # (depth,), standard deviation of the gradient by the sums


def passage(net: Network, make: Callable[[], nn.BaseLayer], weights: np.ndarray) -> Passage:
    """Send the batch through all layers, and the gradient back.

    Parameters
    ----------
    make
        Returns a new activation layer.
    weights
        (depth, WIDTH, WIDTH).
    """
    layers = [make() for _ in weights]
    sums, slopes, outputs, gradients = [], [], [], []
    signal, gradient = net.batch, net.error
    for layer, w in zip(layers, weights, strict=True):
        sums.append(signal @ w)
        signal = layer.forward(sums[-1])
        slopes.append(layer.backward(np.ones_like(signal)))
        outputs.append(signal.std())
    for slope, w in zip(reversed(slopes), weights[::-1], strict=True):
        gradient = gradient * slope
        gradients.append(gradient.std())
        gradient = gradient @ w.T
    return Passage(np.array(sums), np.array(slopes), np.array(outputs), np.array(gradients[::-1]))


def saturated(slopes: np.ndarray, steepest: float) -> np.ndarray:
    """Return the share of units in each layer whose slope is below a twentieth of the steepest.

    Parameters
    ----------
    slopes
        (depth, BATCH, WIDTH).
    steepest
        The largest slope that the activation has.
    """
    return np.mean(slopes < steepest / 20, axis=(1, 2))


def maker(name: str, alpha: float = 0.1) -> Callable[[], nn.BaseLayer]:
    """Return what makes the layers of a name in `LAYERS`."""
    return partial(LAYERS[name], alpha)
