"""Networks that overfit, dropout and the optimizers' weight decay, over five seeds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.lessons.generalization import decay as penalized
from course_utils.lessons.generalization import masks as dropped
from course_utils.lessons.generalization import networks
from course_utils.lessons.generalization.ensembles import shares
from course_utils.lessons.generalization.exercises.adam import adam_step
from course_utils.lessons.generalization.exercises.dropout import dropout


class Ensembles(NamedTuple):
    """Variance of the mean of four, as a share of a member's variance."""

    same_samples: float
    trees: float


@cache
def ensembles() -> Ensembles:
    """Average four networks that saw the same samples, and four trees that saw resampled ones."""
    kinds = shares()
    return Ensembles(
        *(kinds[kind].together.mean() / kinds[kind].own.mean() for kind in Ensembles._fields)
    )


class Stopping(NamedTuple):
    """Variances of networks that were trained to the end, and of the same ones stopped early."""

    at_the_end: float
    stopped: float


@cache
def stopping() -> Stopping:
    """Stop each network where the loss on its own 20 validation samples is lowest."""
    run = networks.plain()
    early = networks.stopped(run, networks.fresh(purpose=networks.VALIDATION))
    return Stopping(
        *(
            float(np.mean([one.variance for one in networks.by_seed(found)]))
            for found in (run.predictions[-1], early)
        )
    )


class Masks(NamedTuple):
    """Means over all masks of dropped units, as distances from what evaluation gives."""

    factor: float  # of what is kept, at p = 0.2
    linear: float  # the largest distance with any seed, linear layers
    relu: float  # the smallest of the seeds' largest distances, two hidden layers of ReLU


@cache
def masks() -> Masks:
    """Read the distances off the lecture's measurement; the factor is the exercise's."""
    kept, _ = dropout(np.ones(2), np.ones(2), np.array([0.9, 0.1]), dropped.P, True)
    found = dropped.distances()
    return Masks(float(kept.max()), float(found.linear.max()), float(found.relu.min()))


class Decay(NamedTuple):
    """Largest distances between weights trained with L2 and with weight decay."""

    sgd: float  # of all seeds
    adam: float  # the smallest of the seeds' largest distances


@cache
def decay() -> Decay:
    """Train a linear model with plain SGD and with Adam."""
    apart = {
        step: [
            np.abs(
                penalized.by_steps(seed, step, l2=penalized.STRENGTH)
                - penalized.by_steps(seed, step, decay=penalized.STRENGTH)
            ).max()
            for seed in networks.SEEDS
        ]
        for step in (penalized.sgd_step, adam_step)
    }
    return Decay(float(max(apart[penalized.sgd_step])), float(min(apart[adam_step])))
