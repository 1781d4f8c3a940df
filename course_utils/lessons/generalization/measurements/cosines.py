"""Least squares with cosines; means over five seeds where nothing else is said."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from course_utils.data import load_wine_split
from course_utils.lessons.generalization import descent
from course_utils.lessons.generalization.model import (
    GRID,
    NOISE,
    SAMPLES,
    Terms,
    cosines,
    decompose,
    fit,
    predict,
    terms,
    trained,
    training_sets,
    truth,
)
from course_utils.seeds import seeds

SEEDS = seeds(5)
_TRAININGS = 100


def _mean(measure: Callable[[np.random.Generator], Any]) -> np.ndarray:
    return np.mean([measure(np.random.default_rng(seed)) for seed in SEEDS], axis=0)


def _terms(coefficients: int, **settings: Any) -> Terms:
    bias2, variance = _mean(lambda rng: terms(trained(_TRAININGS, rng, coefficients, **settings)))
    return Terms(max(bias2, 0.0), variance)  # the estimate of a squared bias of 0 may be below it


class Errors(NamedTuple):
    """Mean squared errors of models with 10 coefficients, against three kinds of targets."""

    on_fresh: float
    on_truth: float
    on_training: float
    bias2: float
    variance: float
    noise: float


@cache
def errors() -> Errors:
    """Judge models on fresh targets with noise, on the truth, and on their own targets."""

    def measure(rng: np.random.Generator) -> tuple[Any, ...]:
        sets = training_sets(_TRAININGS, rng)
        weights = fit(sets, 10)
        found = predict(weights)
        fresh = truth(GRID) + NOISE * rng.normal(size=found.shape)
        own = np.einsum("snc,sc->sn", cosines(sets.x, 10), weights)
        return (
            np.mean((found - fresh) ** 2),
            np.mean((found - truth(GRID)) ** 2),
            np.mean((own - sets.y) ** 2),
            *decompose(found, truth(GRID)),
        )

    on_fresh, on_truth, on_training, bias2, variance = _mean(measure)
    return Errors(on_fresh, on_truth, on_training, bias2, variance, NOISE**2)


class Capacity(NamedTuple):
    """Terms of models with 4 and 20 coefficients, and the errors that they make."""

    bias2_few: float
    variance_few: float
    error_few: float
    bias2_many: float
    variance_many: float
    error_many: float


@cache
def capacity() -> Capacity:
    """Measure two models on sets of 20 samples."""
    few, many = _terms(4), _terms(20)
    return Capacity(*few, few.error, *many, many.error)


class Samples(NamedTuple):
    """Factors by which the terms of models with 4 coefficients change, from 20 to 80 samples."""

    bias2: float
    variance: float


@cache
def samples() -> Samples:
    """Measure a model with too few coefficients on few and on many samples."""
    few, many = _terms(4), _terms(4, samples=4 * SAMPLES)
    return Samples(many.bias2 / few.bias2, many.variance / few.variance)


class Noise(NamedTuple):
    """Variances of models with 12 coefficients for 20 samples, by the noise of the targets."""

    none: float
    some: float
    doubled: float


@cache
def noise() -> Noise:
    """Train without noise, with deviation 0.3 and with 0.6."""
    return Noise(*(_terms(12, noise=level).variance for level in (0.0, NOISE, 2 * NOISE)))


class Penalty(NamedTuple):
    """Terms of 20 coefficients for 20 samples without and with L2, and what C does."""

    bias2_without: float
    variance_without: float
    bias2_with: float
    variance_with: float
    length_small_c: float  # of scikit-learn's weights, C = 0.01
    length_large_c: float  # C = 100


@cache
def penalty() -> Penalty:
    """Fit with λ = 0 and 0.3, and a logistic regression with two values of C."""
    wine = load_wine_split(SEEDS[0])
    z = (wine.x_train - wine.x_train.mean(0)) / wine.x_train.std(0)
    lengths = [
        float(np.linalg.norm(LogisticRegression(C=c, max_iter=2000).fit(z, wine.y_train).coef_))
        for c in (0.01, 100)
    ]
    return Penalty(*_terms(20), *_terms(20, strength=0.3), *lengths)


class Estimate(NamedTuple):
    """Squared bias as five trainings show it, and as it is; variance over five."""

    seen: float
    true: float
    fifth_of_variance: float


@cache
def estimate() -> Estimate:
    """Decompose the predictions of five trainings at a time, 40 times for each seed."""

    def measure(rng: np.random.Generator) -> tuple[Any, ...]:
        found = trained(200, rng, 16)
        exact = terms(found)
        seen = np.mean([decompose(five, truth(GRID))[0] for five in np.split(found, 40)])
        return seen, exact.bias2, exact.variance / 5

    seen, true, fifth = _mean(measure)
    return Estimate(seen, max(true, 0.0), fifth)


class Descent(NamedTuple):
    """Errors of shortest least-squares fits to 20 samples by their coefficients."""

    valley: float  # the lowest with fewer coefficients than samples
    at_20: float
    at_200: float
    penalized: float  # at 20, λ = 0.1


@cache
def double_descent() -> Descent:
    """Read the errors off the lecture's measurement."""
    plain = descent.of_cosines().sum(axis=2).mean(axis=0)
    at = descent.COEFFICIENTS.index(SAMPLES)
    penalized = descent.of_cosines(0.1).sum(axis=2).mean(axis=0)
    return Descent(plain[:at].min(), plain[at], plain[-1], penalized[at])
