"""What decides statements and rubrics about GANs, measured on the ring and on known functions.

Every measurement is deterministic for one set of seeds and is computed once a process.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch.nn.functional import softplus

from course_utils.lessons.gans import ring
from course_utils.lessons.gans.best import GRID, Labels, Normal, best, jensen_shannon, value
from course_utils.lessons.gans.model import closeness
from course_utils.lessons.gans.networks import Discriminator, noise
from course_utils.lessons.gans.training import (
    BATCH,
    RATE,
    SEEDS,
    Run,
    generate,
    loss_of_discriminator,
    run,
)
from course_utils.lessons.gans.unrolling import BETAS

_LAST = 4  # checkpoints whose mean stands for the end of a training


class Trained(NamedTuple):
    """The start and the end of a variant's training, five seeds."""

    modes: float  # covered at the end, mean
    nearer: float  # how many times smaller the distance has become, mean
    least_nearer: float  # and in the seed in which it is least
    change_d: float  # of the discriminator's loss, up or down, as a share of the first, mean
    change_g: float


def outcome(trained: Run) -> Trained:
    """Return what a training has led to: means of its last four checkpoints."""
    first = {name: values[0] for name, values in trained.measured._asdict().items()}
    last = {n: values[-_LAST:].mean(axis=0) for n, values in trained.measured._asdict().items()}
    nearer = first["distance"] / last["distance"]
    return Trained(
        float(last["modes"].mean()),
        float(nearer.mean()),
        float(nearer.min()),
        *(float(np.mean(abs(last[loss] / first[loss] - 1))) for loss in ("loss_d", "loss_g")),
    )


@cache
def fast() -> Trained:
    """Train with a discriminator of rate 0.002."""
    return outcome(run("fast"))


class Cures(NamedTuple):
    """Modes covered at the end, means of five seeds."""

    slow: float
    fast: float
    mini_batch: float
    unrolled: float
    detached: float
    change_d: float  # of the slow discriminator's loss, up or down
    nearer: float  # how many times smaller the distance has become with it


@cache
def cures() -> Cures:
    """Train with a slow discriminator, and with every cure."""
    slow, fast, mini_batch, unrolled, detached = (
        outcome(run(name)) for name in ("slow", "fast", "mini-batch", "unrolled", "detached")
    )
    return Cures(
        slow.modes,
        fast.modes,
        mini_batch.modes,
        unrolled.modes,
        detached.modes,
        slow.change_d,
        slow.nearer,
    )


class Fell(NamedTuple):
    """What happened to the distance where the generator's loss fell."""

    farther: float  # share of these cases in which the samples moved away from the data
    cases: int


@cache
def generators_loss_fell() -> Fell:
    """Look at all pairs of successive checkpoints of the slow discriminator's trainings."""
    measured = run("slow").measured
    fell = np.diff(measured.loss_g, axis=0) < 0
    farther = np.diff(measured.distance, axis=0) > 0
    return Fell(float(farther[fell].mean()), int(fell.sum()))


class Slopes(NamedTuple):
    """How far the losses of a generated sample slope by its logit."""

    minmax: float
    non_saturating: float


@cache
def slopes(probability: float) -> Slopes:
    """Return the sizes where the discriminator gives a generated sample this probability."""
    p = torch.tensor(probability, dtype=torch.float64)
    a = (p.log() - torch.log1p(-p)).requires_grad_()
    (minmax,) = torch.autograd.grad(-softplus(a), a)
    (other,) = torch.autograd.grad(softplus(-a), a)
    return Slopes(abs(float(minmax)), abs(float(other)))


class Caught(NamedTuple):
    """Slopes where a generated sample is given a probability of 0.01, and of 0.99."""

    minmax: float
    non_saturating: float
    minmax_fooled: float
    non_saturating_fooled: float


@cache
def caught() -> Caught:
    """Compare both losses at a discriminator that is sure and at one that is fooled."""
    return Caught(*slopes(0.01), *slopes(0.99))


class Round(NamedTuple):
    """What either network's steps do while the other one stands still; means of five seeds."""

    loss_before: float  # the discriminator's loss
    loss_after_d: float  # after 50 steps of the discriminator alone
    fooled_before: float  # its mean probability for generated samples, then
    fooled_after_g: float  # and after 50 steps of the generator alone


@cache
def one_round() -> Round:
    """Train first the discriminator and then the generator, 50 steps each, on the ring."""
    draws = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    discriminate = Discriminator()
    g, d = generate.first(draws).requires_grad_(), discriminate.first(draws).requires_grad_()

    def losses() -> tuple[torch.Tensor, torch.Tensor]:
        batches = ring.real_points(BATCH, draws), generate(g, noise(BATCH, draws))
        logits = discriminate(d, torch.stack(batches, dim=1))
        return loss_of_discriminator(logits), logits[:, 1]

    def steps(parameters: torch.Tensor, rate: float, of_generator: bool) -> None:
        optimizer = torch.optim.Adam([parameters], lr=rate, betas=BETAS)
        for _ in range(50):
            loss, logits = losses()
            wanted = softplus(-logits).mean(dim=1) if of_generator else loss
            (parameters.grad,) = torch.autograd.grad(wanted.sum(), parameters)
            optimizer.step()

    before = float(losses()[0].mean().detach())
    steps(d, RATE, of_generator=False)
    loss, logits = losses()
    fooled = float(logits.sigmoid().mean().detach())
    steps(g, RATE, of_generator=True)
    return Round(
        before,
        float(loss.mean().detach()),
        fooled,
        float(losses()[1].sigmoid().mean().detach()),
    )


class Optimum(NamedTuple):
    """The best discriminator between two normal distributions, means 0 and 2, deviation 1."""

    equal: float  # V where the densities are equal
    best: float  # V
    perturbed: float  # the largest V of discriminators that differ from it
    by_divergence: float  # −log 4 + 2 JS
    half: float  # D where the densities are equal
    at_generated: float  # D at the mean of the generated samples


@cache
def optimum() -> Optimum:
    """Compute values on a grid, for the best discriminator and for a hundred others."""
    p, q = Normal(0.0, 1.0), Normal(2.0, 1.0)
    d, same = best(p, q, GRID), best(p, p, GRID)
    rng = np.random.default_rng(SEEDS[0])
    logit = p.log_density(GRID) - q.log_density(GRID)
    others = [
        value(1 / (1 + np.exp(-(rng.normal(1, 0.2) * logit + rng.normal(0, 0.3)))), p, q)
        for _ in range(100)
    ]
    return Optimum(
        value(same, p, p),
        value(d, p, q),
        max(others),
        2 * jensen_shannon(p, q) - np.log(4),
        float(same[len(GRID) // 2]),
        float(best(p, q, np.array([2.0]))[0]),
    )


class Smoothed(NamedTuple):
    """The slope of log D at a generated sample that is far from the data."""

    usual: float
    one_sided: float
    two_sided: float


@cache
def smoothed() -> Smoothed:
    """Take real samples around 0 and generated ones around 4, both with deviation 1."""
    p, q, x = Normal(0.0, 1.0), Normal(4.0, 1.0), np.linspace(3.99, 4.01, 3)
    labels = Labels(), Labels(0.9, 0.0), Labels(0.9, 0.1)
    found = (np.gradient(np.log(best(p, q, x, one)), x)[1] for one in labels)
    return Smoothed(*(abs(float(slope)) for slope in found))


class Features(NamedTuple):
    """What the mini-batch layer says of batches of 64."""

    alike: float  # if all samples are the same
    apart: float  # if they are drawn far apart
    summed: float  # if all are the same, added up instead of averaged
    moved: float  # how far one sample's feature moves if another one is moved onto it


@cache
def features() -> Features:
    """Compute the closeness of made-up batches."""
    rng = np.random.default_rng(SEEDS[0])
    apart = 20 * rng.normal(size=(64, 4, 3))
    alike = np.repeat(apart[:1], 64, axis=0)
    joined = apart.copy()
    joined[1] = joined[0]
    return Features(
        float(closeness(alike).mean()),
        float(closeness(apart).mean()),
        float(63 * closeness(alike).mean()),
        float((closeness(joined) - closeness(apart))[0].mean()),
    )
