# ruff: noqa: D103 - the statement that decorates an experiment is its documentation
"""Whether normalization is needed, and along which axis it is done."""

from statistics import fmean

import numpy as np

from course_utils.data import load_wine_split
from course_utils.exam.statements import Verdict
from course_utils.lessons.normalization import measurements as measure
from course_utils.lessons.normalization.claims.pool import POOL, percent, rough
from course_utils.lessons.normalization.measurements import SEEDS
from course_utils.lessons.normalization.model import Identity, Standard


@POOL.claim(
    "network",
    "A neural network needs no normalized inputs: training adapts its weights to whatever scales"
    " the features have.",
)
def networks_need_none() -> Verdict:
    raw = fmean(measure.network_accuracies(Identity))
    scaled = fmean(measure.network_accuracies(Standard))
    return Verdict(
        raw >= scaled - 0.02,
        f"A small network, given the best of five learning rates by training loss, got"
        f" {percent(raw)} of the held-out wines right on raw features and {percent(scaled)} on"
        f" standardized ones (mean of {len(SEEDS)} seeds).",
    )


@POOL.claim(
    "network",
    "Gradient descent can need fewer steps after the features have been brought to a common scale.",
)
def fewer_steps() -> Verdict:
    raw, scaled = measure.descent_steps(Identity), measure.descent_steps(Standard)
    return Verdict(
        scaled < raw,
        "For a linear model of two wine features, at half of the largest stable learning rate,"
        f" gradient descent needed about {rough(raw)} steps in raw units and {rough(scaled)}"
        " standardized to bring the excess loss to 1 % of what it was.",
    )


@POOL.claim(
    "network",
    "The number of steps that gradient descent needs does not depend on the scales of the"
    " features.",
)
def steps_ignore_scales() -> Verdict:
    raw, scaled = measure.descent_steps(Identity), measure.descent_steps(Standard)
    return Verdict(
        raw == scaled,
        f"On two wine features it needed about {rough(raw)} steps in raw units and"
        f" {rough(scaled)} standardized.",
    )


@POOL.claim(
    "axis",
    "Every sample should always be normalized on its own, with its own mean and spread, so that"
    " its features get comparable scales.",
)
def always_per_sample() -> Verdict:
    alone, columns = measure.two_levels(True), measure.two_levels(False)
    return Verdict(
        alone >= columns,
        "Two classes with the same profile at two levels are told apart from their neighbours in"
        f" {percent(columns)} of cases when features are normalized, and in {percent(alone)} when"
        " each sample is: its level, all that counts here, is gone.",
    )


@POOL.claim(
    "axis",
    "To standardize a feature, its mean and standard deviation are taken over the samples, and not"
    " over the features of one sample.",
)
def per_feature() -> Verdict:
    x = load_wine_split(0).x_train
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    holds = bool(np.allclose(z.mean(axis=0), 0) and np.allclose(z.std(axis=0), 1))
    own = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    spread = own.std(axis=0)
    return Verdict(
        holds,
        f"Taken over the samples, all {x.shape[1]} wine features get mean 0 and standard deviation"
        f" 1; taken over each wine's own features, their standard deviations lie between"
        f" {spread.min():.2g} and {spread.max():.2g}.",
    )


@POOL.claim(
    "axis",
    "If every sample is divided by its own largest value, two positive samples of which one is"
    " twice the other can no longer be told apart.",
)
def twice_is_lost() -> Verdict:
    once = np.random.default_rng(0).uniform(1, 9, (1000, 4))
    left, right = (x / x.max(axis=1, keepdims=True) for x in (once, 2 * once))
    same = int(np.all(left == right, axis=1).sum())
    return Verdict(same == len(once), f"Of {len(once)} pairs drawn at random, {same} became equal.")
