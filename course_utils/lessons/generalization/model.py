"""Regression with cosines, trained many times: predictions, bias, variance.

All arrays are float64. A *training set* has `samples` inputs, one at random in each of as many
strips of equal width between −1 and 1, and targets with noise. Many are held in one array, a row
for each, so that all trainings are one batched computation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

GRID = np.linspace(-1, 1, 101)
"""The inputs at which predictions are judged."""
SAMPLES, NOISE = 20, 0.3
"""How many samples a training set has, and the deviation of their noise, unless said otherwise."""

_EDGE = 0.05
"""How far an input is from the edges of its strip at least, in widths of the strip."""


class Sets(NamedTuple):
    """Training sets: inputs and targets, both (sets, samples)."""

    x: np.ndarray
    y: np.ndarray


class Terms(NamedTuple):
    """Squared bias and variance, mean over the inputs."""

    bias2: float
    variance: float

    @property
    def error(self) -> float:
        """The expected squared distance of a prediction from the truth; no noise is in it."""
        return self.bias2 + self.variance


def truth(x: np.ndarray) -> np.ndarray:
    """Return what is to be learned: a wave that quickens from left to right."""
    return np.sin(2 * (x + 1) ** 2)


def inputs(sets: int, samples: int, rng: np.random.Generator) -> np.ndarray:
    """Return inputs (sets, samples), one at random in each of `samples` strips of [−1, 1].

    It keeps away from the edges of its strip, so that no two inputs are nearly the same.
    """
    within = _EDGE + (1 - 2 * _EDGE) * rng.random((sets, samples))
    return -1 + 2 * (np.arange(samples) + within) / samples


def training_sets(
    sets: int, rng: np.random.Generator, samples: int = SAMPLES, noise: float = NOISE
) -> Sets:
    """Return fresh training sets with normal noise of the deviation `noise`."""
    x = inputs(sets, samples, rng)
    return Sets(x, truth(x) + noise * rng.normal(size=x.shape))


def cosines(x: np.ndarray, coefficients: int) -> np.ndarray:
    """Return the features (…, coefficients): cos(πk(x + 1)/2) / (k + 1) for k from 0.

    Cosine k has k half waves between −1 and 1. That quick ones are made smaller does not matter
    for least squares; where length of the weights counts, it makes smooth functions the short ones.
    """
    k = np.arange(coefficients)
    return np.cos(np.pi / 2 * k * (x[..., None] + 1)) / (k + 1)


def fit(sets: Sets, coefficients: int, strength: float = 0.0) -> np.ndarray:
    """Return the weights (sets, coefficients) of least squares on each training set.

    Of several sets of weights that fit equally well, the shortest is taken.

    Parameters
    ----------
    sets
        The training sets.
    coefficients
        How many cosines, and so how many weights.
    strength
        λ of an L2 penalty: Σ(ŷ − y)² + λ·Σw² is minimized.
    """
    return least_squares(cosines(sets.x, coefficients), sets.y[..., None], strength)[..., 0]


def least_squares(features: np.ndarray, y: np.ndarray, strength: float = 0.0) -> np.ndarray:
    """Return weights (sets, coefficients, targets) for features (sets, samples, coefficients).

    Each column of y (sets, samples, targets) is fitted by itself. With a penalty, the smaller of
    two equivalent systems of equations is solved: one has a row for each coefficient, the other a
    row for each sample.
    """
    if strength == 0:
        return np.linalg.pinv(features) @ y
    samples, coefficients = features.shape[-2:]
    transposed = features.swapaxes(-1, -2)
    if coefficients <= samples:
        gram = transposed @ features + strength * np.eye(coefficients)
        return np.linalg.solve(gram, transposed @ y)
    return transposed @ np.linalg.solve(features @ transposed + strength * np.eye(samples), y)


def predict(weights: np.ndarray, x: np.ndarray = GRID) -> np.ndarray:
    """Return the predictions (sets, inputs) for inputs (inputs,)."""
    return weights @ cosines(x, weights.shape[-1]).T


def trained(
    sets: int,
    rng: np.random.Generator,
    coefficients: int,
    samples: int = SAMPLES,
    noise: float = NOISE,
    strength: float = 0.0,
) -> np.ndarray:
    """Return the predictions (sets, points of `GRID`) of models trained on fresh sets."""
    return predict(fit(training_sets(sets, rng, samples, noise), coefficients, strength))


def decompose(predictions: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Return squared bias and variance of predictions (trainings, inputs), mean over the inputs.

    The variance divides by the number of trainings, so that the two add up to the mean squared
    distance from the truth (inputs,) exactly.
    """
    average = predictions.mean(axis=0)
    bias2 = np.mean((average - truth) ** 2)
    variance = np.mean((predictions - average) ** 2)
    return float(bias2), float(variance)


def terms(predictions: np.ndarray, expected: np.ndarray | None = None) -> Terms:
    """Return both terms of predictions at `GRID`, without what few trainings add to the bias.

    The average of M trainings is off by chance: on average that adds variance / M to the squared
    bias. It is taken off here, and the variance divides by M − 1; a squared bias that is about 0
    can then come out below 0.
    """
    bias2, variance = decompose(predictions, truth(GRID) if expected is None else expected)
    unbiased = variance * len(predictions) / (len(predictions) - 1)
    return Terms(bias2 - unbiased / len(predictions), unbiased)
