"""What one batch norm does, measured on PyTorch's own layers."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_linear_bn_eval

from course_utils.seeds import seeds

_UNITS, _SAMPLES = 5, 64


def _generator() -> torch.Generator:
    return torch.Generator().manual_seed(seeds(1)[0])


def _normal(*shape: int, generator: torch.Generator) -> Tensor:
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _skewed(*shape: int) -> Tensor:
    """Return samples of an exponential distribution, one column for each unit."""
    return -torch.log(1 - torch.rand(*shape, generator=_generator(), dtype=torch.float64))


def _skewness(x: Tensor) -> Tensor:
    z = (x - x.mean(0)) / x.std(0, correction=0)
    return (z**3).mean(0)


def _trained(layer: nn.BatchNorm1d, x: Tensor, batches: int = 40) -> nn.BatchNorm1d:
    """Show `layer` mini-batches of `x` (samples, units), and return it in evaluation."""
    for part in x.chunk(batches):
        layer(part)
    return layer.eval()


class Weights(NamedTuple):
    """A linear layer and the batch norm behind it, in training."""

    moved: float  # largest change of a weight by the forward pass
    lowest: float  # smallest and largest length of a unit's weights …
    highest: float
    variance_off: float  # … and the largest distance of a unit's output variance from 1
    scaled: float  # largest change of the outputs when the weights are ten times as large
    bias_gradient: float  # largest gradient of a bias in front, over the largest of a weight


@cache
def weights() -> Weights:
    """Send a batch through the two layers, and back again."""
    generator = _generator()
    x = _normal(_SAMPLES, 4, generator=generator)
    before = _normal(_UNITS, 4, generator=generator)
    free = before.clone().requires_grad_()
    bias = _normal(_UNITS, generator=generator).requires_grad_()
    y = functional.batch_norm(
        functional.linear(x, free, bias), None, None, training=True, eps=1e-10
    )
    (y**3).sum().backward()
    tenfold = functional.batch_norm(
        functional.linear(x, 10 * free, bias), None, None, training=True, eps=1e-10
    )
    lengths = before.norm(dim=1)
    assert free.grad is not None
    assert bias.grad is not None
    return Weights(
        float((free.detach() - before).abs().max()),
        float(lengths.min()),
        float(lengths.max()),
        float((y.detach().var(0, correction=0) - 1).abs().max()),
        float((tenfold - y).detach().abs().max()),
        float(bias.grad.abs().max() / free.grad.abs().max()),
    )


class Backpropagation(NamedTuple):
    """What batch norm does without a backward pass, and what the backward pass is with it."""

    mean_off: float  # largest distance of a unit's mean from 0, no gradient being computed
    finite_differences: float  # relative difference of backpropagation's gradient from them
    others: int  # for how many samples the gradient of one sample's output is not 0, in training
    others_in_evaluation: int
    samples: int


@cache
def backpropagation() -> Backpropagation:
    """Look at a batch norm without, with and after backpropagation."""
    x = _skewed(_SAMPLES, _UNITS)
    with torch.no_grad():
        mean_off = float(functional.batch_norm(x, None, None, training=True).mean(0).abs().max())

    def loss(values: Tensor) -> Tensor:
        return (functional.batch_norm(values, None, None, training=True) ** 3).sum()

    free = x.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(loss(free), free)
    step, by_steps = 1e-5, torch.zeros_like(x)
    for place in range(x.numel()):
        move = torch.zeros(x.numel(), dtype=x.dtype)
        move[place] = step
        move = move.view_as(x)
        by_steps.view(-1)[place] = (loss(x + move) - loss(x - move)) / (2 * step)
    touched = []
    for training in (True, False):
        y = functional.batch_norm(free, torch.zeros(_UNITS).double(), torch.ones(_UNITS).double(),
                         training=training)  # fmt: skip
        (g,) = torch.autograd.grad(y[0].pow(2).sum(), free)
        touched.append(int((g.abs() > 1e-12).any(dim=1).sum()))
    apart = float((gradient - by_steps).norm() / gradient.norm())
    return Backpropagation(mean_off, apart, touched[0], touched[1], _SAMPLES)


class Running(NamedTuple):
    """PyTorch's running statistics, from 0 and 1 on, with momentum 0.1."""

    after_one: float  # share of the first batch's mean in the running mean
    left_after_20: float  # share of the start
    stored: float  # variance that one batch of 4 adds, over the variance that normalized it


@cache
def running() -> Running:
    """Show fresh layers one batch of 4, and 20 batches around 0."""
    x = _skewed(4, 1)
    layer = nn.BatchNorm1d(1).double()
    layer(x)
    assert layer.running_mean is not None
    assert layer.running_var is not None
    stored = (layer.running_var - 0.9) / 0.1 / x.var(0, correction=0)
    other = nn.BatchNorm1d(1).double()
    assert other.running_mean is not None
    nn.init.ones_(other.running_mean)
    for _ in range(20):
        other(torch.tensor([[-1.0], [1.0]], dtype=torch.float64))
    after_one = float(layer.running_mean / x.mean(0))
    return Running(after_one, float(other.running_mean), float(stored))


class Shape(NamedTuple):
    """Skewed values before and after."""

    before: float  # smallest skewness of a unit
    after: float
    changed: float  # largest change of a unit's skewness


@cache
def shape() -> Shape:
    """Normalize a thousand samples of an exponential distribution."""
    x = _skewed(1000, _UNITS)
    y = functional.batch_norm(x, None, None, training=True)
    before, after = _skewness(x), _skewness(y)
    changed = float((after - before).abs().max())
    return Shape(float(before.min()), float(after.min()), changed)


class Two(NamedTuple):
    """A thousand units and a batch of two."""

    at_one: float  # share of the outputs within 0.01 of −1 or 1
    between: float  # share of those within 0.9 of 0


@cache
def two() -> Two:
    """Normalize pairs of values whose differences are large beside ε."""
    x = 10 * _normal(2, 1000, generator=_generator())
    y = functional.batch_norm(x, None, None, training=True).abs()
    near = float(((y - 1).abs() < 0.01).double().mean())
    return Two(near, float((y < 0.9).double().mean()))


class Channels(NamedTuple):
    """Batch norm of feature maps with 3 channels of 10 × 10 positions."""

    means: int
    channels: int
    positions: int
    trained: int  # numbers that an optimizer changes


@cache
def channels() -> Channels:
    """Count what PyTorch's layer keeps and what it trains."""
    layer = nn.BatchNorm2d(3)
    layer(torch.rand(8, 3, 10, 10, generator=_generator()))
    assert layer.running_mean is not None
    trained = sum(p.numel() for p in layer.parameters() if p.requires_grad)
    return Channels(layer.running_mean.numel(), 3, 3 * 10 * 10, trained)


class Company(NamedTuple):
    """How far a sample's output moves when the rest of the batch is another."""

    training: float
    evaluation: float
    layer_norm: float


@cache
def company() -> Company:
    """Normalize one sample in two batches, in both modes and by layer norm."""
    x = _skewed(3 * _SAMPLES, _UNITS)
    one, first, second = x[:1], x[1:_SAMPLES], 2 * x[_SAMPLES : 2 * _SAMPLES]
    norm = _trained(nn.BatchNorm1d(_UNITS).double(), x, batches=3)
    moved = []
    for layer in (nn.BatchNorm1d(_UNITS).double(), norm, nn.LayerNorm(_UNITS).double()):
        outputs = [layer(torch.cat([one, rest]))[0].detach() for rest in (first, second)]
        moved.append(float((outputs[0] - outputs[1]).abs().max()))
    return Company(*moved)


class Folded(NamedTuple):
    """A linear layer and a batch norm in evaluation, and one layer in their place."""

    apart: float  # largest difference of an output


@cache
def folded() -> Folded:
    """Fold with PyTorch's own function."""
    x = _skewed(200, _UNITS)
    linear = nn.Linear(_UNITS, 3).double()
    with torch.no_grad():
        linear.weight.copy_(_normal(3, _UNITS, generator=_generator()))
        linear.bias.fill_(0.5)
    norm = _trained(nn.BatchNorm1d(3).double(), linear(x).detach())
    one = fuse_linear_bn_eval(linear.eval(), norm)
    return Folded(float((one(x) - norm(linear(x))).detach().abs().max()))
