"""How well held-out digits are repaired: by networks, by neighbours, by the mean digit."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.data.holes import mean_inside, nearest, rectangles
from course_utils.lessons.autoencoders import digits
from course_utils.lessons.autoencoders.repainting import (
    SIDES,
    Repainter,
    Training,
    repainter,
)

MOST = 40
"""So many neighbours of each held-out digit are known."""
_GREY = (0.15, 0.85)


class Scores(NamedTuple):
    """What a repair is like, averaged over all erased pixels of all held-out digits.

    Attributes
    ----------
    square, magnitude
        Mean squared error and mean magnitude of the error, inside the hole.
    grey
        Share of the pixels in the hole that are between 0.15 and 0.85.
    visible
        Mean squared error outside the hole; 0 where the visible part is kept.
    lost
        Share of the pixels of ink in the hole, those above 0.85, that are painted below 0.15.
    """

    square: float
    magnitude: float
    grey: float
    visible: float
    lost: float


class Case(NamedTuple):
    """Held-out digits, one hole in each, and the training digits: arrays (count, 8, 8)."""

    clean: np.ndarray
    hole: np.ndarray
    known: np.ndarray


@cache
def case(seed: int, mixed: bool = False) -> Case:
    """Return what repairs are tried on; `mixed` as for a `Training`."""
    parts = digits.mixed(seed) if mixed else digits.load(seed)
    rng = np.random.default_rng((seed, 1))  # not the holes of the training
    hole = rectangles(len(parts.x_test), (digits.SIDE,) * 2, SIDES, rng)
    return Case(parts.x_test, hole, parts.x_train)


def scores(painted: np.ndarray, given: Case) -> Scores:
    """Return the scores of what was painted."""
    error = painted - given.clean
    grey = (painted > _GREY[0]) & (painted < _GREY[1])
    return Scores(
        mean_inside(error**2, given.hole),
        mean_inside(np.abs(error), given.hole),
        mean_inside(grey, given.hole),
        mean_inside(error**2, ~given.hole),
        mean_inside(painted < _GREY[0], given.hole & (given.clean > _GREY[1])),
    )


@cache
def of_network(training: Training, seed: int) -> Scores:
    """Return the scores of a trained network."""
    return of_repainter(repainter(training, seed), seed, training.mixed)


def of_repainter(paint: Repainter, seed: int, mixed: bool = False) -> Scores:
    """Return the scores of any network."""
    given = case(seed, mixed)
    return scores(paint(given.clean, given.hole), given)


@cache
def neighbours(seed: int, mixed: bool = False) -> np.ndarray:
    """Return the nearest training digits, (count, MOST, 8, 8), nearest first."""
    given = case(seed, mixed)
    return given.known[nearest(given.known, given.clean, given.hole, MOST)]


@cache
def of_neighbours(count: int, seed: int, mixed: bool = False) -> Scores:
    """Return the scores of the mean of the `count` nearest training digits."""
    return scores(neighbours(seed, mixed)[:, :count].mean(axis=1), case(seed, mixed))


@cache
def of_mean(seed: int, mixed: bool = False) -> Scores:
    """Return the scores of filling every hole with the mean training digit."""
    given = case(seed, mixed)
    return scores(np.broadcast_to(given.known.mean(axis=0), given.clean.shape), given)


@cache
def of_truth(seed: int) -> Scores:
    """Return the scores of the digits themselves: no error, and as grey as they are."""
    return scores(case(seed).clean, case(seed))
