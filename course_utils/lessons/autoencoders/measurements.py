"""What decides the statements of lecture 11, each measured once; means are over five seeds."""

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.data.holes import filled
from course_utils.lessons.autoencoders import codes, digits, linear, scores
from course_utils.lessons.autoencoders.repainting import (
    COPIES_THE_DAMAGE,
    HIDDEN,
    MAGNITUDE,
    NEVER_SAW_A_HOLE,
    SQUARE,
    WHOLE,
    Training,
    briefly,
)
from course_utils.seeds import seeds

SEEDS = seeds(5)


def _network(training: Training) -> scores.Scores:
    """Return the mean scores of a trained network."""
    found = [scores.of_network(training, seed) for seed in SEEDS]
    return scores.Scores(*map(float, np.mean(found, axis=0)))


def _neighbours(count: int, mixed: bool = False) -> float:
    return float(np.mean([scores.of_neighbours(count, seed, mixed).square for seed in SEEDS]))


def _mean_digit() -> float:
    return float(np.mean([scores.of_mean(seed).square for seed in SEEDS]))


class Spaces(NamedTuple):
    """Degrees: between the decoder's space and PCA's, and from a column to the nearest axis."""

    spaces: float
    axes: float


@cache
def spaces() -> Spaces:
    """Compare trained linear autoencoders with PCA; the largest angle, the smallest of means."""
    found = linear.trained()
    return Spaces(max(one.angle for one in found), min(one.axes_apart.mean() for one in found))


class Uncentred(NamedTuple):
    """Degrees between the spaces of the first axes with and without centring, the smallest."""

    angle: float


@cache
def uncentred() -> Uncentred:
    """Leave the mean where it is."""
    angles = []
    for seed in SEEDS:
        x = digits.load(seed).x_train.reshape(-1, digits.PIXELS)
        raw = np.linalg.svd(x, full_matrices=False)[2][: linear.CODES]
        angles.append(linear.largest_angle(raw, linear.principal_axes(x, linear.CODES)))
    return Uncentred(min(angles))


class Wide(NamedTuple):
    """Hidden units for each pixel, and squared errors in the hole."""

    times: float
    network: float
    mean_digit: float


@cache
def wide() -> Wide:
    """Compare the network, which has no narrow place, with the mean digit."""
    return Wide(HIDDEN / digits.PIXELS, _network(SQUARE).square, _mean_digit())


class Undamaged(NamedTuple):
    """Squared errors of networks that were never shown a hole: without one, and in one."""

    clean: float
    hole: float
    mean_digit: float


@cache
def undamaged() -> Undamaged:
    """Try networks that were trained to copy clean digits, their flags 0 as in training."""
    clean, hole = [], []
    for seed in SEEDS:
        paint, given = briefly(NEVER_SAW_A_HOLE, seed), scores.case(seed)
        copied = paint(given.clean, np.zeros_like(given.hole))
        clean.append(np.mean((copied - given.clean) ** 2))
        painted = paint(filled(given.clean, given.hole, 0), np.zeros_like(given.hole))
        hole.append(scores.scores(painted, given).square)
    return Undamaged(float(np.mean(clean)), float(np.mean(hole)), _mean_digit())


class Target(NamedTuple):
    """What a network paints into the hole whose target was the erased picture: mean ink."""

    painted: float
    ink: float


@cache
def target() -> Target:
    """Look at what is painted, and at what was there."""
    painted, ink = [], []
    for seed in SEEDS:
        given = scores.case(seed)
        picture = briefly(COPIES_THE_DAMAGE, seed)(given.clean, given.hole)
        painted.append(picture[given.hole].mean())
        ink.append(given.clean[given.hole].mean())
    return Target(float(np.mean(painted)), float(np.mean(ink)))


class Place(NamedTuple):
    """Squared errors of networks with the loss over the hole and over the whole picture."""

    by_hole: float
    by_whole: float
    visible_by_hole: float
    visible_by_whole: float


@cache
def place() -> Place:
    """Compare both losses."""
    hole, whole = _network(SQUARE), _network(WHOLE)
    return Place(hole.square, whole.square, hole.visible, whole.visible)


class Constants(NamedTuple):
    """The grey with the least error where three of five pictures are 0 and two are 1."""

    squared: float
    magnitude: float


@cache
def constants() -> Constants:
    """Try a thousand greys."""
    grey, seen = np.linspace(0, 1, 1001), np.array([0, 0, 0, 1, 1])[:, None]
    squared, magnitude = ((seen - grey) ** 2).mean(axis=0), np.abs(seen - grey).mean(axis=0)
    return Constants(float(grey[squared.argmin()]), float(grey[magnitude.argmin()]))


class Grey(NamedTuple):
    """Shares of grey pixels in the hole: networks trained by squares and magnitudes, and truth."""

    squares: float
    magnitudes: float
    truth: float


@cache
def grey() -> Grey:
    """Count."""
    truth = float(np.mean([scores.of_truth(seed).grey for seed in SEEDS]))
    return Grey(_network(SQUARE).grey, _network(MAGNITUDE).grey, truth)


class Neighbours(NamedTuple):
    """Squared errors in the hole."""

    network: float
    one: float
    five: float


@cache
def neighbours() -> Neighbours:
    """Compare the network with its neighbours."""
    return Neighbours(_network(SQUARE).square, _neighbours(1), _neighbours(5))


class Hands(NamedTuple):
    """Squared errors of the nearest neighbour: sheets held out whole, and digits at random."""

    other: float
    same: float


@cache
def hands() -> Hands:
    """Compare both ways to hold digits out."""
    return Hands(_neighbours(1), _neighbours(1, mixed=True))


class Codes(NamedTuple):
    """Squared errors per pixel of held-out digits, through two numbers."""

    deep: float
    pca: float


@cache
def two_numbers() -> Codes:
    """Compare a deep autoencoder with PCA."""
    return Codes(*(float(np.mean([through_two(seed)[i] for seed in SEEDS])) for i in range(2)))


def through_two(seed: int) -> tuple[float, float]:
    """Return the squared errors per pixel of held-out digits: deep autoencoder, and PCA."""
    x = digits.load(seed).x_test
    deep, pca = (
        float(np.mean((way.decode(way.encode(x)) - x) ** 2))
        for way in (codes.deep(seed), codes.linear(seed))
    )
    return deep, pca


class Random(NamedTuple):
    """Distances per pixel of decoded pictures to the most similar training digit."""

    random: float
    reconstructed: float


@cache
def random_codes() -> Random:
    """Decode codes drawn from the whole square, and codes of held-out digits."""
    found = [from_random_codes(seed) for seed in SEEDS]
    return Random(*(float(value) for value in np.mean(found, axis=0)))


def from_random_codes(seed: int) -> tuple[float, float]:
    """Return both distances for one seed."""
    parts, deep = digits.load(seed), codes.deep(seed)
    drawn = np.random.default_rng((seed, 2)).uniform(-1, 1, (len(parts.x_test), 2))
    known = parts.x_train.reshape(len(parts.x_train), -1)

    def away(pictures: np.ndarray) -> float:
        x = pictures.reshape(len(pictures), -1)
        squares = (x**2).sum(axis=1)[:, None] - 2 * x @ known.T + (known**2).sum(axis=1)
        return float(np.sqrt(np.maximum(squares, 0).min(axis=1) / x.shape[1]).mean())

    return away(deep.decode(drawn)), away(deep.decode(deep.encode(parts.x_test)))


class Entropy(NamedTuple):
    """The binary cross-entropy of digits with themselves, per pixel."""

    itself: float


@cache
def entropy() -> Entropy:
    """Take grey pixels as probabilities."""
    x = digits.load(SEEDS[0]).x_test
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.nan_to_num(x * np.log(x)) + np.nan_to_num((1 - x) * np.log(1 - x))
    return Entropy(float(-terms.mean()))
