"""Networks followed step by step, for several sizes of the training set and levels of noise."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from course_utils.computed import Computed
from course_utils.lessons.generalization.model import GRID, Sets, truth
from course_utils.lessons.generalization.networks import (
    EVERY,
    STEPS,
    VALIDATION,
    fresh,
    train,
    validation_loss,
)

SAMPLES = (10, 20, 40, 80)
NOISES = (0.1, 0.3, 0.6)
LOOKS = range(0, STEPS + 1, EVERY)
_SETS = 2  # for each of five seeds


class Followed(NamedTuple):
    """Ten networks for each level of noise, looked at every `EVERY` steps."""

    sets: Sets  # (noises, networks, samples)
    validation: Sets  # (noises, networks, 20)
    predictions: np.ndarray  # (looks, noises, networks, points of `GRID`)
    training_loss: np.ndarray  # (looks, noises, networks)
    validation_loss: np.ndarray  # (looks, noises, networks)
    error: np.ndarray  # (looks, noises, networks), mean squared distance from the truth


def follow(samples: int) -> Followed:
    """Train the networks on sets of that many samples, all levels of noise at once."""

    def levels(size: int, purpose: int) -> Sets:
        drawn = [fresh(size, noise, _SETS, purpose) for noise in NOISES]
        return Sets(*(np.concatenate(part) for part in zip(*drawn, strict=True)))

    sets, validation = levels(samples, 0), levels(20, VALIDATION)
    run = train(sets)

    def apart(values: np.ndarray, axis: int = 1) -> np.ndarray:
        shape = values.shape
        return values.reshape(*shape[:axis], len(NOISES), -1, *shape[axis + 1 :])

    return Followed(
        Sets(*(apart(part, 0) for part in sets)),
        Sets(*(apart(part, 0) for part in validation)),
        apart(run.predictions),
        apart(run.loss),
        apart(validation_loss(run.predictions, validation)),
        apart(((run.predictions - truth(GRID)) ** 2).mean(axis=2)),
    )


followed = Computed(follow, samples=SAMPLES)
"""``followed(samples=20)``: what `follow` gives."""


def stop(losses: np.ndarray, patience: int) -> tuple[int, int]:
    """Return the look with the lowest loss so far, and the one at which training ends.

    Parameters
    ----------
    losses
        Validation losses, (looks,).
    patience
        After so many looks without a new lowest loss, training ends.
    """
    best = 0
    for look, loss in enumerate(losses):
        if loss < losses[best]:
            best = look
        if look - best >= patience:
            return best, look
    return best, len(losses) - 1
