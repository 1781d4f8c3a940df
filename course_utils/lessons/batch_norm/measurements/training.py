"""What batch norm does to the training of networks, and to their use."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from course_utils.lessons.batch_norm import small_batches, smoothing, wandering
from course_utils.lessons.batch_norm.networks import HIDDEN, SEEDS, Hidden, digits

_RATE = smoothing.RATES.index(0.1)
_SLOW = smoothing.RATES.index(0.03)
_HIGH = smoothing.RATES.index(1.0)


class Inference(NamedTuple):
    """Mean test accuracy of five networks that were trained with batch norm."""

    running: float  # as it is meant
    skipped: float
    one_digit: float  # normalized by the statistics of 64 draws from the images of one digit


@cache
def inference() -> Inference:
    """Classify the test digits with and without batch norm, and with the wrong statistics."""
    net = small_batches.trained()
    *_, x, y = digits()
    together = x.expand(len(SEEDS), -1, -1)

    def accuracy(hidden: Hidden) -> float:
        return float(small_batches.right(net.parameters, hidden, together, y).float().mean())

    own = [float(small_batches.own_statistics((64,), digit).mean()) for digit in range(10)]
    return Inference(accuracy(net.norm), accuracy(HIDDEN["no normalization"]), sum(own) / len(own))


class Smoothness(NamedTuple):
    """Networks of 12 layers at rate 0.1, and slow at 0.03: medians over the run and of five seeds.

    These are rates at which networks learn with and without batch norm.
    """

    range_without: float  # of the loss along a step
    range_with: float
    change_without: float  # of the gradient, in lengths of the gradient
    change_with: float
    slow_range_without: float
    slow_range_with: float
    slow_change_without: float
    slow_change_with: float


@cache
def smoothness() -> Smoothness:
    """Look along the gradients of deep networks with and without batch norm."""
    pair = [
        smoothing.runs(size=smoothing.DEEP, name=name, rates=smoothing.RATES)
        for name in ("no normalization", "batch norm")
    ]

    def medians(rate: int) -> list[float]:
        ranges = [float(run.loss_range[rate].median()) for run in pair]
        return ranges + [float(run.gradient_change[rate].median()) for run in pair]

    return Smoothness(*medians(_RATE), *medians(_SLOW))


class Rates(NamedTuple):
    """How many of five networks of 12 layers are below a loss of 1 after 200 steps at rate 1."""

    without: int
    with_norm: int
    networks: int


@cache
def rates() -> Rates:
    """Train deep networks at a high rate; what diverges is at no loss."""
    without, with_norm = (
        int(
            (
                smoothing.runs(size=smoothing.DEEP, name=name, rates=smoothing.RATES).final[_HIGH]
                < 1
            ).sum()
        )
        for name in ("no normalization", "batch norm")
    )
    return Rates(without, with_norm, len(SEEDS))


class Distributions(NamedTuple):
    """Mean loss on the training images at the best rate tried, and drift a step."""

    without: float
    noisy: float
    drift_without: float
    drift_noisy: float


@cache
def distributions() -> Distributions:
    """Train deep networks without batch norm, and with batch norm and noise."""
    found = []
    for name, tried in (("no normalization", (0.03, 0.1)), ("batch norm with noise", (0.3,))):
        seen = wandering.train(smoothing.DEEP, name, tried)
        best = int(seen.final.mean(dim=1).argmin())
        found.append((float(seen.final[best].mean()), float(seen.drift[best].mean())))
    (without, drift), (noisy, drift_noisy) = found
    return Distributions(without, noisy, drift, drift_noisy)


class OfTwo(NamedTuple):
    """Mean test accuracy after training with batches of two."""

    batch_norm: float
    layer_norm: float
    none: float


@cache
def of_two() -> OfTwo:
    """Train with batches of two."""
    names = ("batch norm before ReLU", "layer norm", "none")
    shares = [small_batches.accuracy(name, size=2, steps=400) for name in names]
    return OfTwo(*(sum(found) / len(found) for found in shares))
