"""What LeNet-5 is built of, counted in the network as the paper of 1998 describes it."""

from functools import cache
from typing import NamedTuple

from torch import fx, nn

from course_utils.lessons.cnns.lenet import (
    CONNECTED,
    PartialConvolution,
    RadialOutput,
    ScaledTanh,
    Subsampling,
    published,
)


def _count(*kinds: type[nn.Module]) -> int:
    return sum(isinstance(module, kinds) for module in published().modules())


class Activations(NamedTuple):
    """Activation layers by kind."""

    relu: int
    tanh: int


@cache
def activations() -> Activations:
    """Count."""
    return Activations(_count(nn.ReLU, nn.LeakyReLU), _count(ScaledTanh, nn.Tanh))


class Poolings(NamedTuple):
    """Pooling layers, those that take the maximum, and the numbers learned in pooling."""

    layers: int
    maximum: int
    learned: int


@cache
def poolings() -> Poolings:
    """Count."""
    learned = [p.numel() for m in published() if isinstance(m, Subsampling) for p in m.parameters()]
    return Poolings(
        _count(Subsampling, nn.MaxPool2d, nn.AvgPool2d), _count(nn.MaxPool2d), sum(learned)
    )


class Convolutions(NamedTuple):
    """Convolutional layers, and those with kernels of 3 × 3."""

    layers: int
    three_by_three: int


@cache
def convolutions() -> Convolutions:
    """Count."""
    kernels = [
        module.weight.shape[-2:]
        for module in published()
        if isinstance(module, nn.Conv2d | PartialConvolution)
    ]
    return Convolutions(len(kernels), sum(tuple(size) == (3, 3) for size in kernels))


class Connections(NamedTuple):
    """Layers whose output more than one other layer reads."""

    skips: int
    layers: int


@cache
def connections() -> Connections:
    """Follow the data through the network."""
    return Connections(skips(published()), sum(1 for _ in published()))


def skips(network: nn.Module) -> int:
    """Return how many values of a network have more than one reader, as a skip connection needs."""

    class Layerwise(fx.Tracer):
        def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:  # noqa: ARG002
            return True

    return sum(len(node.users) > 1 for node in Layerwise().trace(network).nodes)


class Dense(NamedTuple):
    """Fully connected layers before the output."""

    layers: int


@cache
def dense() -> Dense:
    """Count."""
    return Dense(_count(nn.Linear))


class Outputs(NamedTuple):
    """How the last layer answers."""

    radial: int
    softmax: int


@cache
def outputs() -> Outputs:
    """Count."""
    return Outputs(_count(RadialOutput), _count(nn.Softmax, nn.LogSoftmax))


class Helpers(NamedTuple):
    """Layers that came later."""

    dropout: int
    batch_norm: int


@cache
def helpers() -> Helpers:
    """Count."""
    return Helpers(_count(nn.Dropout, nn.Dropout2d), _count(nn.BatchNorm1d, nn.BatchNorm2d))


class Partial(NamedTuple):
    """Connections between the maps of S2 and C3, of how many that are possible."""

    connections: int
    possible: int


@cache
def partial() -> Partial:
    """Count."""
    return Partial(sum(map(len, CONNECTED)), 6 * len(CONNECTED))
