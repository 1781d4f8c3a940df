"""What a convolution's parameters and outputs depend on."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import torch
from scipy import signal
from torch import nn
from torch.nn import functional

from course_utils.lessons.cnns.convolution import receptive_field
from course_utils.seeds import seeds

_SEEDS = seeds(5)


def _weights(**settings: Any) -> int:
    """Return the weights and biases of a convolution of 3 channels to 8 by 5 × 5 kernels."""
    layer = nn.Conv2d(**({"in_channels": 3, "out_channels": 8, "kernel_size": 5} | settings))
    return sum(parameter.numel() for parameter in layer.parameters())


def _random(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def _apart(one: torch.Tensor, other: torch.Tensor) -> float:
    """Return the largest difference, relative to the largest value."""
    return float((one - other).abs().max() / one.abs().max())


class Channels(NamedTuple):
    """Parameters of 8 kernels of 5 × 5, by input channels, and weights of one 5 × 5 kernel."""

    one: int
    three: int
    kernel_of_six: int  # weights of one 5 × 5 kernel on 6 channels


@cache
def channels() -> Channels:
    """Count."""
    kernel = nn.Conv2d(6, 1, 5, bias=False).weight.numel()
    return Channels(_weights(in_channels=1), _weights(in_channels=3), kernel)


class Stride(NamedTuple):
    """Parameters and output size by stride, for images of 32 × 32."""

    parameters_1: int
    parameters_2: int
    size_1: int
    size_2: int


@cache
def stride() -> Stride:
    """Count, and run."""
    x = _random(_SEEDS[0], 1, 3, 32, 32)
    sizes = [nn.Conv2d(3, 8, 5, stride=s, dtype=x.dtype)(x).shape[-1] for s in (1, 2)]
    return Stride(_weights(stride=1), _weights(stride=2), *sizes)


class Turned(NamedTuple):
    """Relative differences after a turn by 90°, the smallest and largest over five seeds."""

    unchanged: float  # outputs of a turned image and of the image, at least
    turned_too: float  # outputs of a turned image and turned outputs, at least
    with_kernel: float  # the same if the kernel is turned too, at most


@cache
def turned() -> Turned:
    """Convolve random images, and the same turned, with random kernels."""
    found = []
    for seed in _SEEDS:
        x, w = _random(seed, 1, 2, 12, 12), _random(seed + 1, 3, 2, 5, 5)
        y = functional.conv2d(x, w)
        of_turned = functional.conv2d(x.rot90(1, (2, 3)), w)
        by_turned = functional.conv2d(x.rot90(1, (2, 3)), w.rot90(1, (2, 3)))
        turned_y = y.rot90(1, (2, 3))
        found.append(
            [_apart(y, of_turned), _apart(turned_y, of_turned), _apart(turned_y, by_turned)]
        )
    columns = np.array(found)
    return Turned(
        float(columns[:, 0].min()), float(columns[:, 1].min()), float(columns[:, 2].max())
    )


class Size(NamedTuple):
    """One convolution, 5 × 5 without padding, on images of two sizes."""

    small: int  # output for 12 × 12
    large: int  # output for 100 × 100
    parameters_before: int
    parameters_after: int


@cache
def size() -> Size:
    """Run one layer on both."""
    layer = nn.Conv2d(3, 8, 5)
    before = sum(parameter.numel() for parameter in layer.parameters())
    small, large = (layer(torch.zeros(1, 3, n, n)).shape[-1] for n in (12, 100))
    after = sum(parameter.numel() for parameter in layer.parameters())
    return Size(small, large, before, after)


class Shifted(NamedTuple):
    """Relative differences after a shift of the image by one pixel, over five seeds."""

    stride_1: float  # from the output shifted by one, away from the borders, at most
    stride_2: float  # the smallest from any shift of the output, at least
    border: float  # stride 1 with zero padding, from the output rolled by one, at least


@cache
def shifted() -> Shifted:
    """Convolve random images, and the same shifted; without padding, all is away from borders."""
    found = []
    for seed in _SEEDS:
        x, w = _random(seed, 1, 1, 16, 17), _random(seed + 1, 1, 1, 3, 3)
        here, there = x[..., 1:], x[..., :-1]  # the scene, and the scene one pixel further right
        one, other = functional.conv2d(here, w), functional.conv2d(there, w)
        stride_1 = _apart(one[..., :-1], other[..., 1:])
        one, other = (functional.conv2d(part, w, stride=2) for part in (here, there))
        stride_2 = min(_apart(one, other), _apart(one[..., :-1], other[..., 1:]))
        padded = functional.conv2d(here, w, padding=1)
        rolled = functional.conv2d(here.roll(1, 3), w, padding=1)
        found.append([stride_1, stride_2, _apart(padded.roll(1, 3), rolled)])
    columns = np.array(found)
    return Shifted(float(columns[:, 0].max()), *map(float, columns[:, 1:].min(axis=0)))


class Biases(NamedTuple):
    """Biases of a convolution of 3 channels to 8 by 5 × 5 kernels."""

    biases: int
    outputs: int
    weights: int


@cache
def biases() -> Biases:
    """Count."""
    layer = nn.Conv2d(3, 8, 5)
    assert layer.bias is not None
    return Biases(layer.bias.numel(), layer.out_channels, layer.weight.numel())


class Dilated(NamedTuple):
    """A 3 × 3 kernel with dilation 2: weights, and rows of inputs that one output sees."""

    weights: int
    undilated: int
    rows: int


@cache
def dilated() -> Dilated:
    """Count, and take the gradient of one output."""
    layers = [nn.Conv2d(1, 1, 3, bias=False, dilation=d) for d in (1, 2)]
    x = torch.zeros(1, 1, 9, 9, requires_grad=True)
    nn.init.ones_(layers[1].weight)
    layers[1](x)[0, 0, 2, 2].backward()
    seen = torch.nonzero(x.grad[0, 0].any(dim=1)) if x.grad is not None else torch.zeros(1)
    rows = int(seen.max() - seen.min()) + 1
    return Dilated(layers[1].weight.numel(), layers[0].weight.numel(), rows)


class Padded(NamedTuple):
    """A 5 × 5 convolution of 32 × 32 images without padding and with 'same'."""

    valid: int
    same: int
    parameters_valid: int
    parameters_same: int


@cache
def padded() -> Padded:
    """Run and count."""
    x = torch.zeros(1, 3, 32, 32)
    sizes = [nn.Conv2d(3, 8, 5, padding=p)(x).shape[-1] for p in ("valid", "same")]
    return Padded(*sizes, *(_weights(padding=p) for p in ("valid", "same")))


class Flipped(NamedTuple):
    """Largest differences of PyTorch's conv2d from SciPy's two functions."""

    correlate: float
    convolve: float


@cache
def flipped() -> Flipped:
    """Run all three on random numbers, without padding."""
    x, w = _random(_SEEDS[0], 8, 8), _random(_SEEDS[0] + 1, 3, 3)
    ours = functional.conv2d(x[None, None], w[None, None])[0, 0].numpy()
    others = (f(x.numpy(), w.numpy(), "valid") for f in (signal.correlate, signal.convolve))
    return Flipped(*(float(np.abs(ours - other).max()) for other in others))


class Stacked(NamedTuple):
    """What one output of stacked 3 × 3 convolutions without stride sees along a row."""

    two: int
    three: int


@cache
def stacked() -> Stacked:
    """Count."""
    return Stacked(receptive_field([(3, 1)] * 2), receptive_field([(3, 1)] * 3))


class PoolingParameters(NamedTuple):
    """Learned numbers in a max pooling layer, and in a convolution of one channel by 2 × 2."""

    pooling: int
    convolution: int


@cache
def pooling_parameters() -> PoolingParameters:
    """Count."""
    layers = nn.MaxPool2d(2), nn.Conv2d(1, 1, 2, stride=2)
    return PoolingParameters(*(sum(p.numel() for p in layer.parameters()) for layer in layers))
