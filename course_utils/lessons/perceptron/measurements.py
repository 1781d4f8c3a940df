"""What the statements of lecture 02 are decided by."""

from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from course_utils.data import ENZYMES
from course_utils.lessons.perceptron.model import (
    FUNCTIONS,
    INPUTS,
    augmented,
    learn,
    radius,
    separation,
    truth,
)
from course_utils.lessons.perceptron.model.tasks import overlapping, separable
from course_utils.seeds import seeds

_MARGIN = 0.1


def _zombies() -> tuple[np.ndarray, np.ndarray]:
    centred = ENZYMES.x - ENZYMES.x.mean(axis=0)
    return centred / centred.max(axis=0), np.where(ENZYMES.zombie, 1.0, -1.0)


class Bound(NamedTuple):
    """Over tasks: the largest share of the bound that was used, and what ten copies change."""

    share: float
    tasks: int
    copied: float


@cache
def bound() -> Bound:
    """Count mistakes against (R/γ)², and find the bound again with ten copies of each sample."""
    shares, ratios = [], []
    for seed in seeds(20):
        rng = np.random.default_rng(seed)
        x, y = separable(rng, _MARGIN)
        found = separation(x, y)
        again = separation(np.tile(x, (10, 1)), np.tile(y, 10))
        assert found is not None
        assert again is not None
        shares.append(learn(x, y, rng).mistakes / found.bound)
        ratios.append(again.bound / found.bound)
    return Bound(max(shares), len(shares), max(ratios, key=lambda ratio: abs(ratio - 1)))


class Rate(NamedTuple):
    """Mean mistakes with η = 1 and η = 1/8, from zeros; classes that differ on the way."""

    whole: float
    eighth: float
    different: int


@cache
def rate() -> Rate:
    """Learn the same samples in the same orders with two learning rates."""
    mistakes, different = [], 0
    for seed in seeds(5):
        x, y = separable(np.random.default_rng(seed), _MARGIN)
        ways = [learn(x, y, np.random.default_rng(seed), rate=eta) for eta in (1, 1 / 8)]
        mistakes.append([way.mistakes for way in ways])
        signs = [way.path @ augmented(x).T < 0 for way in ways]
        different += (
            signs[0].size if len(signs[0]) != len(signs[1]) else (signs[0] != signs[1]).sum()
        )
    whole, eighth = np.mean(mistakes, axis=0)
    return Rate(float(whole), float(eighth), different)


class Endless(NamedTuple):
    """On the four patients: the longest weights, mistakes in a pass, and the errors at the end."""

    updates: int
    longest: float
    fewest: int
    best: int
    at_the_end: int


@cache
def endless() -> Endless:
    """Let the rule run on samples that no line separates."""
    x, y = _zombies()
    ways = [learn(x, y, np.random.default_rng(seed), mistakes=2000) for seed in seeds(5)]
    return Endless(
        2000,
        max(float(np.linalg.norm(way.path, axis=1).max()) for way in ways),
        min(min(way.in_pass[:-1]) for way in ways),
        min(int(way.errors(x, y).min()) for way in ways),
        max(int(way.errors(x, y)[-20:].max()) for way in ways),
    )


class Start(NamedTuple):
    """Updates from zero weights if a sample on the boundary counts as right, and as wrong."""

    strict: int
    usual: int


@cache
def start() -> Start:
    """Count the samples with y z < 0, and with y z ≤ 0, while all weights are zero."""
    x, y = separable(np.random.default_rng(seeds(1)[0]), _MARGIN)
    z = augmented(x) @ np.zeros(3)
    return Start(int((y * z < 0).sum()), int((y * z <= 0).sum()))


class Orders(NamedTuple):
    """Over sets of samples, each learned in several orders until no sample is wrong.

    The sets whose boundary, and whose number of mistakes, depends on the order.
    """

    sets: int
    orders: int
    boundaries: int
    counts: int


@cache
def orders() -> Orders:
    """Learn five sets of samples in twenty orders each."""
    boundaries, counts = [], []
    for seed in seeds(5):
        x, y = separable(np.random.default_rng(seed), _MARGIN)
        ways = [learn(x, y, np.random.default_rng(order)) for order in seeds(20)]
        assert all(way.ended for way in ways)
        directions = [way.last / np.linalg.norm(way.last) for way in ways]
        boundaries.append(np.ptp(directions, axis=0).max() > 0.01)
        counts.append(len({way.mistakes for way in ways}) > 1)
    return Orders(len(counts), len(ways), sum(boundaries), sum(counts))


class OneUpdate(NamedTuple):
    """Smallest rise of y z by an update on its sample; the share of samples still wrong after."""

    rise: float
    still_wrong: float


@cache
def one_update() -> OneUpdate:
    """Look at every update on its own sample, over 20 sets of overlapping classes."""
    rises, wrong = [], []
    for seed in seeds(20):
        rng = np.random.default_rng(seed)
        x, y = overlapping(rng, 100)
        way = learn(x, y, rng, passes=20)
        signed = (y[:, None] * augmented(x))[way.learned]
        before, after = ((path * signed).sum(axis=1) for path in (way.path[:-1], way.path[1:]))
        rises += list(after - before)
        wrong += list(after <= 0)
    return OneUpdate(float(min(rises)), float(np.mean(wrong)))


class Scaled(NamedTuple):
    """Samples whose class changes when weights and bias, or the weights alone, are doubled."""

    both: int
    weights: int
    samples: int


@cache
def scaled() -> Scaled:
    """Double the learned weights on 1000 fresh samples."""
    rng = np.random.default_rng(seeds(1)[0])
    x, y = separable(rng, _MARGIN)
    weights = learn(x, y, rng).last + np.array([0.5, 0, 0])  # whole numbers: now it is not 0
    fresh = augmented(rng.uniform(-1, 1, (1000, 2)))
    answers = [fresh @ (weights * factor) < 0 for factor in (1, 2, np.array([1, 2, 2]))]
    return Scaled(
        int((answers[0] != answers[1]).sum()), int((answers[0] != answers[2]).sum()), len(fresh)
    )


class Xor(NamedTuple):
    """The most of XOR's four inputs that a line gets right."""

    best: int


@cache
def xor() -> Xor:
    """Look for a line for every choice of the four inputs."""
    y = 2 * truth("XOR") - 1
    return Xor(
        next(
            count
            for count in (4, 3, 2)
            for kept in map(list, combinations(range(4), count))
            if separation(INPUTS[kept], y[kept])
        )
    )


class Functions(NamedTuple):
    """How many functions of two inputs that are 0 or 1 a line can compute, out of how many."""

    with_a_line: int
    total: int


@cache
def functions() -> Functions:
    """Look for a line for each of the sixteen functions."""
    found = [separation(INPUTS, 2 * truth(name) - 1) for name in FUNCTIONS]
    return Functions(sum(one is not None for one in found), len(found))


class Relu(NamedTuple):
    """The largest error of relu(x₁ − x₂) + relu(x₂ − x₁) as XOR."""

    error: float


@cache
def relu() -> Relu:
    """Compute it on the four inputs."""
    apart = INPUTS[:, 0] - INPUTS[:, 1]
    output = np.maximum(apart, 0) + np.maximum(-apart, 0)
    return Relu(float(np.abs(output - truth("XOR")).max()))


class NoLine(NamedTuple):
    """Mean accuracy on fresh samples of the weights that are kept in the end."""

    last: float
    averaged: float
    pocket: float


@cache
def no_line() -> NoLine:
    """Learn twenty sets of 100 samples of overlapping classes for 20 passes; test on fresh ones."""
    found = []
    for seed in seeds(20):
        rng = np.random.default_rng(seed)
        x, y = overlapping(rng, 100)
        fresh, label = overlapping(rng, 5000)
        way = learn(x, y, rng, passes=20)
        kept = (way.last, way.averaged, way.pocket(x, y))
        found.append([np.mean(label * (augmented(fresh) @ weights) > 0) for weights in kept])
    return NoLine(*(float(mean) for mean in np.mean(found, axis=0)))


class NoBias(NamedTuple):
    """Two samples: mistakes, the bound with the bias in R and γ, and without."""

    mistakes: int
    bound: float
    without: float


@cache
def no_bias() -> NoBias:
    """Learn −0.1 and 0.1 on a line, of which the second is of class 1 and comes first."""
    x, y = np.array([[0.1], [-0.1]]), np.array([1.0, -1.0])
    found = separation(x, y)
    assert found is not None
    assert found.radius == radius(x)
    return NoBias(learn(x, y).mistakes, found.bound, 1.0)
