"""Double descent: the test error of shortest fits as the number of weights passes the samples'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.lessons.generalization.model import (
    GRID,
    SAMPLES,
    Sets,
    cosines,
    least_squares,
    terms,
    trained,
    training_sets,
    truth,
)
from course_utils.seeds import seeds

SEEDS = seeds(5)
COEFFICIENTS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 25, 30, 40, 60, 100, 200)
UNITS = (5, 10, 20, 30, 36, 40, 44, 50, 60, 80, 120, 200, 400, 800)
RANDOM_SAMPLES = 40
_FEATURES, _SETS, _TEST, _NOISE = 8, 20, 300, 0.3


@cache
def of_cosines(strength: float = 0.0, samples: int = SAMPLES) -> np.ndarray:
    """Return squared bias and variance, (seeds, `COEFFICIENTS`, 2), of 100 trainings each."""
    return np.array(
        [
            [
                terms(trained(100, np.random.default_rng(seed), count, samples, strength=strength))
                for count in COEFFICIENTS
            ]
            for seed in SEEDS
        ]
    )


@cache
def of_200_cosines(divided: bool) -> np.ndarray:
    """Return the mean squared error (seeds,) of shortest fits with 200 cosines.

    Each cosine k is divided by k + 1, as everywhere else, or all are of the same size.
    """
    factor = 1 if divided else np.arange(1, COEFFICIENTS[-1] + 1)
    errors = []
    for seed in SEEDS:
        sets = training_sets(30, np.random.default_rng(seed))
        features, seen = (factor * cosines(x, COEFFICIENTS[-1]) for x in (sets.x, GRID))
        w = least_squares(features, sets.y[..., None])[..., 0]
        errors.append(np.mean((w @ seen.T - truth(GRID)) ** 2))
    return np.array(errors)


class Random(NamedTuple):
    """Networks whose hidden weights stay as drawn, by `UNITS`; (seeds, units) but for the last."""

    error: np.ndarray  # squared distance from the truth on test inputs, mean of 20 sets
    training: np.ndarray  # mean squared error on the training targets
    length: np.ndarray  # of the trained weights
    zero: np.ndarray  # (seeds,), the error of predicting 0 everywhere


@cache
def of_random_units(strength: float = 0.0, units: Sequence[int] = UNITS) -> Random:
    """Fit 40 noisy samples of a function of 8 inputs by ReLU units with random first weights.

    Only the output weights are trained: the shortest least-squares solution, or with an L2 penalty.
    """
    found, zero = np.zeros((3, len(SEEDS), len(units))), np.zeros(len(SEEDS))
    for row, seed in enumerate(SEEDS):
        rng = np.random.default_rng(seed)
        direction = rng.normal(size=_FEATURES) / np.sqrt(_FEATURES)
        test = rng.normal(size=(_TEST, _FEATURES))
        wanted = np.tanh(2 * test @ direction)
        zero[row] = np.mean(wanted**2)
        x = rng.normal(size=(_SETS, RANDOM_SAMPLES, _FEATURES))
        y = np.tanh(2 * x @ direction)
        noisy = Sets(x, y + _NOISE * rng.normal(size=y.shape))
        for column, count in enumerate(units):
            first = rng.normal(size=(_FEATURES, count)) / np.sqrt(_FEATURES)
            hidden, seen = (np.maximum(z @ first, 0) / np.sqrt(count) for z in (noisy.x, test))
            w = least_squares(hidden, noisy.y[..., None], strength)[..., 0]
            off = np.einsum("tu,su->st", seen, w) - wanted
            left = np.einsum("snu,su->sn", hidden, w) - noisy.y
            found[:, row, column] = (
                np.mean(off**2),
                np.mean(left**2),
                np.mean(np.linalg.norm(w, axis=1)),
            )
    error, training, length = found
    return Random(error, training, length, zero)
