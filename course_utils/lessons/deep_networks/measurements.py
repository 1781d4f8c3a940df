"""What decides the statements about vanishing gradients: readings of the study, over its seeds.

A *power* is by how many powers of ten the first hidden layer's error is larger than the last one's,
in networks of 30 hidden layers; the mean over seeds unless its name says otherwise.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch

from course_utils.lessons.deep_networks.vanishing import (
    BATCH_NORM,
    DEPTHS,
    DROPOUT,
    KEPT,
    PLAIN,
    RECURRENT,
    SKIP,
    error_norms,
    powers,
    study,
)
from course_utils.seeds import seeds

DEFAULT = "PyTorch's default"
_DEEPEST = DEPTHS[-1]


def first(
    activation: str, initialization: str, variant: str = PLAIN, depth: int = _DEEPEST
) -> np.ndarray:
    """Return the power of each seed, float64 (seeds,)."""
    norms = study(
        depth=depth, activation=activation, initialization=initialization, variant=variant
    )
    return powers(norms)[:, 0]


def _mean(activation: str, initialization: str, variant: str = PLAIN) -> float:
    return float(first(activation, initialization, variant).mean())


class Dropped(NamedTuple):
    """Powers with tanh and PyTorch's default weights."""

    plain: float
    inverted: float  # half of the units dropped, the others doubled
    kept: float  # half of the units dropped, the others times √2


@cache
def dropped() -> Dropped:
    """Drop half of the units, in two ways."""
    return Dropped(*(_mean("tanh", DEFAULT, way) for way in (PLAIN, DROPOUT, KEPT)))


class Recurrent(NamedTuple):
    """Powers of a network unrolled over 30 steps, with sigmoid and Xavier's weights."""

    shared: float
    plain: float


@cache
def recurrent() -> Recurrent:
    """Use one weight matrix for all layers."""
    return Recurrent(_mean("sigmoid", "Xavier", RECURRENT), _mean("sigmoid", "Xavier"))


class Place(NamedTuple):
    """Powers of three layers, with sigmoid and Xavier's weights."""

    first: float
    middle: float
    last: float


@cache
def place() -> Place:
    """Compare the layers of one network."""
    norms = study(depth=_DEEPEST, activation="sigmoid", initialization="Xavier", variant=PLAIN)
    means = powers(norms).mean(axis=0)
    return Place(float(means[0]), float(means[_DEEPEST // 2 - 1]), float(means[-1]))


class Saturating(NamedTuple):
    """Powers of two activations with PyTorch's default weights, and of tanh with Xavier's."""

    sigmoid: float
    tanh: float
    tanh_xavier: float


@cache
def saturating() -> Saturating:
    """Compare the sigmoid and tanh."""
    return Saturating(_mean("sigmoid", DEFAULT), _mean("tanh", DEFAULT), _mean("tanh", "Xavier"))


class Rectified(NamedTuple):
    """Powers of ReLU networks."""

    default: float
    he: float
    default_deviation: float  # standard deviation of nn.Linear's weights times √fan_in
    he_deviation: float  # the same for He's


@cache
def rectified() -> Rectified:
    """Compare the initializations of a ReLU network, and measure PyTorch's own."""
    with torch.random.fork_rng():
        torch.manual_seed(seeds(1)[0])
        weight = torch.nn.Linear(400, 300).weight
        default = float(weight.detach().std()) * 400**0.5
        torch.nn.init.kaiming_normal_(weight, nonlinearity="relu")
        he = float(weight.detach().std()) * 400**0.5
    return Rectified(_mean("ReLU", DEFAULT), _mean("ReLU", "He"), default, he)


class Skipped(NamedTuple):
    """Powers with a skip connection around every layer but the first."""

    sigmoid: float
    sigmoid_plain: float
    relu: float  # with He's weights


@cache
def skipped() -> Skipped:
    """Add skip connections."""
    return Skipped(
        _mean("sigmoid", "Xavier", SKIP), _mean("sigmoid", "Xavier"), _mean("ReLU", "He", SKIP)
    )


class Normalized(NamedTuple):
    """Powers of sigmoid networks with PyTorch's default weights."""

    plain: float
    batch_norm: float


@cache
def normalized() -> Normalized:
    """Put batch normalization before every activation."""
    return Normalized(_mean("sigmoid", DEFAULT), _mean("sigmoid", DEFAULT, BATCH_NORM))


class Deep(NamedTuple):
    """Powers of tanh networks with PyTorch's default weights, by depth."""

    five: float
    thirty: float


@cache
def deep() -> Deep:
    """Compare depths."""
    return Deep(*(float(first("tanh", DEFAULT, depth=depth).mean()) for depth in (5, 30)))


class Straight(NamedTuple):
    """Powers of networks without any activation function."""

    default: float
    xavier: float


@cache
def straight() -> Straight:
    """Leave the activation functions out."""
    linear = "none (linear)"
    found = (powers(error_norms(_DEEPEST, linear, way)) for way in (DEFAULT, "Xavier"))
    return Straight(*(float(one[:, 0].mean()) for one in found))


class Clipped(NamedTuple):
    """Powers of a sigmoid network of 10 layers before and after clipping."""

    before: float
    after: float
    kept: float  # the size of the last layer's error after clipping, as a share of that before


@cache
def clipped() -> Clipped:
    """Clip the errors of a sigmoid network to a tenth of their common norm."""
    norms = study(depth=10, activation="sigmoid", initialization="Xavier", variant=PLAIN)[0]
    parameters = [torch.nn.Parameter(torch.zeros((), dtype=torch.float64)) for _ in norms]
    for parameter, norm in zip(parameters, norms, strict=True):
        parameter.grad = torch.tensor(norm)
    torch.nn.utils.clip_grad_norm_(parameters, 0.1 * float(np.linalg.norm(norms)))
    after = [float(parameter.grad) for parameter in parameters if parameter.grad is not None]
    before, behind = (float(np.log10(found[0] / found[-1])) for found in (norms, after))
    return Clipped(before, behind, float(after[-1] / norms[-1]))
