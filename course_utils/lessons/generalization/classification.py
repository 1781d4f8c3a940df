"""The same models as classifiers: main prediction, bias and variance under 0-1 loss.

The classes are 1 and −1. A model is fitted to them by least squares, and the sign of what it
predicts is its class.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.lessons.generalization.model import (
    GRID,
    SAMPLES,
    Sets,
    fit,
    inputs,
    predict,
    truth,
)
from course_utils.seeds import seeds

SEEDS = seeds(5)
FLIPPED = 0.1
"""The share of targets that are of the wrong class."""
COEFFICIENTS = (1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 40)
TRAININGS = 200


def classes(values: np.ndarray) -> np.ndarray:
    """Return 1 where a value is 0 or more, and −1 elsewhere."""
    return np.where(values >= 0, 1, -1)


def flipped(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the classes, each turned round with the probability `FLIPPED`."""
    return np.where(rng.random(labels.shape) < FLIPPED, -labels, labels)


OPTIMAL = classes(truth(GRID))
"""The likelier class at each point of `GRID`."""


def predicted(
    coefficients: int, rng: np.random.Generator, trainings: int = TRAININGS
) -> np.ndarray:
    """Return the classes (trainings, points of `GRID`) that models predict."""
    x = inputs(trainings, SAMPLES, rng)
    y = flipped(classes(truth(x)), rng).astype(np.float64)
    return classes(predict(fit(Sets(x, y), coefficients)))


class ZeroOne(NamedTuple):
    """Mean over inputs of the terms of the 0-1 loss (Domingos 2000), and the loss itself."""

    bias: float  # share of inputs at which most trainings are wrong
    where_right: float  # disagreement with the majority, at inputs where that is right
    where_wrong: float  # the same where it is wrong
    error: float  # share of fresh targets that are missed

    @property
    def combined(self) -> float:
        """What the terms say of the error: where the majority is wrong, variance helps."""
        return FLIPPED + (1 - 2 * FLIPPED) * (self.bias + self.where_right - self.where_wrong)

    @property
    def added(self) -> float:
        """The sum as under squared loss, which is not the error."""
        return FLIPPED + self.bias + self.where_right + self.where_wrong


def zero_one(predicted: np.ndarray, rng: np.random.Generator) -> ZeroOne:
    """Return the terms of predicted classes (trainings, points of `GRID`)."""
    main = classes(predicted.sum(axis=0))
    wrong = main != OPTIMAL
    disagree = (predicted != main).mean(axis=0)
    fresh = flipped(np.broadcast_to(OPTIMAL, predicted.shape), rng)
    return ZeroOne(
        bias=float(wrong.mean()),
        where_right=float((disagree * ~wrong).mean()),
        where_wrong=float((disagree * wrong).mean()),
        error=float((predicted != fresh).mean()),
    )


@cache
def by_coefficients() -> dict[int, list[ZeroOne]]:
    """Return the terms for each number of coefficients and seed."""
    found: dict[int, list[ZeroOne]] = {count: [] for count in COEFFICIENTS}
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        for count in COEFFICIENTS:
            found[count].append(zero_one(predicted(count, rng), rng))
    return found
