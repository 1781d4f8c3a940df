"""Dropout from a layer of six units: all 64 masks, each with its probability.

So the average over masks is computed exactly, and can be set beside what evaluation gives.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.nn.activations import softmax
from course_utils.seeds import seeds

SEEDS = seeds(5)
P = 0.2
"""The share of the units that is dropped."""
UNITS = 6
_SAMPLES, _INPUTS, _OUTPUTS = 50, 3, 3


class Distances(NamedTuple):
    """Largest distance between an average over all masks and evaluation, for each seed."""

    linear: np.ndarray  # (seeds,), two linear layers behind the dropout
    relu: np.ndarray  # with a ReLU layer between them
    softmax: np.ndarray  # one softmax layer behind the dropout
    geometric: np.ndarray  # the same, geometric means of the probabilities, made to add up to 1
    deviation: np.ndarray  # for scale: standard deviation of the ReLU network's outputs


def relu(z: np.ndarray) -> np.ndarray:
    """Return z where it is positive, and 0 elsewhere."""
    return np.maximum(z, 0)


def every_mask(p: float = P) -> tuple[np.ndarray, np.ndarray]:
    """Return all masks of `UNITS` units (masks, units), and the probability of each (masks,)."""
    masks = np.array(list(itertools.product((0, 1), repeat=UNITS)))
    return masks, np.prod(np.where(masks, 1 - p, p), axis=1)


@cache
def distances() -> Distances:
    """Compare evaluation with averages over all masks; a random network for each seed."""
    masks, chance = every_mask()

    def average(outputs: np.ndarray) -> np.ndarray:
        return np.tensordot(chance, outputs, axes=1)

    def distance(outputs: np.ndarray, evaluation: np.ndarray) -> float:
        return float(np.abs(average(outputs) - evaluation).max())

    found = []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        hidden = relu(rng.normal(size=(_SAMPLES, _INPUTS)) @ rng.normal(size=(_INPUTS, UNITS)))
        w2, w3 = rng.normal(size=(UNITS, UNITS)), rng.normal(size=(UNITS, 1))
        to_classes = rng.normal(size=(UNITS, _OUTPUTS))
        dropped = (masks / (1 - P))[:, None, :] * hidden  # (masks, samples, units)
        of_masks, evaluation = softmax(dropped @ to_classes), softmax(hidden @ to_classes)
        geometric = np.exp(average(np.log(of_masks)))
        geometric /= geometric.sum(axis=1, keepdims=True)
        of_relu = relu(hidden @ w2) @ w3
        found.append(
            (
                distance(dropped @ w2 @ w3, hidden @ w2 @ w3),
                distance(relu(dropped @ w2) @ w3, of_relu),
                distance(of_masks, evaluation),
                float(np.abs(geometric - evaluation).max()),
                float(of_relu.std()),
            )
        )
    return Distances(*np.array(found).T)
