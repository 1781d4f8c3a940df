# ruff: noqa: D103 - the statement that decorates an experiment is its documentation
"""Statements about normalization and, for each, the experiment that decides whether it holds.

Nothing here is looked up: a verdict is what the experiment finds, over seeds where chance has a
part, and its evidence is a sentence with the numbers measured. Every experiment runs once a
process, in at most about a second. Of two statements in one group, one may contradict, imply or
repeat the other; statements of different groups are independent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from course_utils.data import ENZYMES, load_wine_split
from course_utils.lessons.normalization import measurements as measure
from course_utils.lessons.normalization.measurements import SEEDS, normal
from course_utils.lessons.normalization.model import Identity, MeanMax, MinMax, Standard


@dataclass(frozen=True)
class Verdict:
    """Whether a statement holds, and a sentence of evidence with what was measured."""

    holds: bool
    evidence: str


@dataclass(frozen=True)
class Claim:
    """A statement (Markdown), its group, and the experiment that decides it."""

    group: str
    text: str
    experiment: Callable[[], Verdict]

    @property
    def name(self) -> str:
        """The experiment's name."""
        return self.experiment.__name__

    def verdict(self) -> Verdict:
        """Return what the experiment finds; it runs once a process."""
        return _run(self.experiment)


@cache
def _run(experiment: Callable[[], Verdict]) -> Verdict:
    return experiment()


POOL: list[Claim] = []
"""Every statement, by group."""


def claim(group: str, text: str) -> Callable[[Callable[[], Verdict]], Claim]:
    """Make an experiment into a `Claim` of the pool."""

    def add(experiment: Callable[[], Verdict]) -> Claim:
        POOL.append(Claim(group, text, experiment))
        return POOL[-1]

    return add


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _rough(count: int) -> str:
    """Return a count with at most two significant digits, which are the same on every machine."""
    return f"{float(f'{count:.2g}'):,.0f}".replace(",", " ")


def _constant_feature() -> tuple[float, float]:
    """Return a constant feature's standard deviation, and the share of undefined results."""
    x = np.full(8, 3.0)
    with np.errstate(invalid="ignore"):
        z = (x - x.mean()) / x.std()
    return float(x.std()), float(np.isnan(z).mean())


# Whether a network gains by it


@claim(
    "network",
    "A neural network needs no normalized inputs: training adapts its weights to whatever scales"
    " the features have.",
)
def networks_need_none() -> Verdict:
    raw, scaled = measure.network_accuracy(Identity), measure.network_accuracy(Standard)
    return Verdict(
        raw >= scaled - 0.02,
        f"A small network, given the better of four learning rates, got {_percent(raw)} of the"
        f" held-out wines right on raw features and {_percent(scaled)} on standardized ones (mean"
        f" of {len(SEEDS)} seeds).",
    )


@claim(
    "network",
    "Gradient descent can need fewer steps after the features have been brought to a common scale.",
)
def fewer_steps() -> Verdict:
    raw, scaled = measure.descent_steps(Identity), measure.descent_steps(Standard)
    return Verdict(
        scaled < raw,
        "For a linear model of two wine features, at half of the largest stable learning rate,"
        f" gradient descent needed about {_rough(raw)} steps in raw units and {_rough(scaled)}"
        " standardized to bring the excess loss to 1 % of what it was.",
    )


@claim(
    "network",
    "The number of steps that gradient descent needs does not depend on the scales of the"
    " features.",
)
def steps_ignore_scales() -> Verdict:
    raw, scaled = measure.descent_steps(Identity), measure.descent_steps(Standard)
    return Verdict(
        raw == scaled,
        f"On two wine features it needed about {_rough(raw)} steps in raw units and"
        f" {_rough(scaled)} standardized.",
    )


# Along which axis


@claim(
    "axis",
    "Every sample should always be normalized on its own, with its own mean and spread, so that"
    " its features get comparable scales.",
)
def always_per_sample() -> Verdict:
    alone, columns = measure.two_levels(True), measure.two_levels(False)
    return Verdict(
        alone >= columns,
        "Two classes with the same profile at two levels are told apart from their neighbours in"
        f" {_percent(columns)} of cases when features are normalized, and in {_percent(alone)} when"
        " each sample is: its level, all that counts here, is gone.",
    )


@claim(
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


@claim(
    "axis",
    "If every sample is divided by its own largest value, two positive samples of which one is"
    " twice the other can no longer be told apart.",
)
def twice_is_lost() -> Verdict:
    once = np.random.default_rng(0).uniform(1, 9, (1000, 4))
    left, right = (x / x.max(axis=1, keepdims=True) for x in (once, 2 * once))
    same = int(np.all(left == right, axis=1).sum())
    return Verdict(same == len(once), f"Of {len(once)} pairs drawn at random, {same} became equal.")


# Where the statistics come from


@claim(
    "statistics",
    "The test data should be normalized with their own mean and spread, because their distribution"
    " may differ from that of the training data.",
)
def own_statistics_for_test() -> Verdict:
    changed, worst = measure.company()
    return Verdict(
        changed == 0,
        f"One and the same wine, in two test batches of eight, was given two different classes in"
        f" {_percent(changed)} of {len(SEEDS) * 100} trials: its normalized values moved by up to"
        f" {worst:.1f}. With the training statistics they stay the same in any company.",
    )


@claim(
    "statistics",
    "The statistics that normalize the test data should be computed from the training data only.",
)
def training_statistics_for_test() -> Verdict:
    with_training, with_own = measure.one_cultivar_at_a_time()
    return Verdict(
        with_training > with_own,
        "A network tested on wines of one cultivar at a time got"
        f" {_percent(with_training)} right with the training statistics and {_percent(with_own)}"
        f" with the test data's own (mean of {len(SEEDS)} seeds).",
    )


@claim(
    "statistics",
    "If test samples are normalized with the statistics of their test batch, the prediction for"
    " one sample can depend on the others in the batch.",
)
def company_matters() -> Verdict:
    changed, _ = measure.company()
    return Verdict(
        changed > 0,
        "One and the same wine, in two test batches of eight, was given two different classes in"
        f" {_percent(changed)} of {len(SEEDS) * 100} trials.",
    )


@claim(
    "statistics",
    "A single new sample can be standardized with a mean and standard deviation computed from it"
    " alone, feature by feature, without losing what it says.",
)
def one_is_enough() -> Verdict:
    x = load_wine_split(0).x_test
    nonzero = sum(int(np.count_nonzero(sample - sample[None].mean(axis=0))) for sample in x)
    return Verdict(
        nonzero > 0,
        f"Each value is its own mean: of {x.size} values, {nonzero} differ from it, so that every"
        " sample turns into zeros (and the standard deviation is 0 too).",
    )


@claim(
    "statistics",
    "The statistics for normalizing should be computed from all data before they are split into"
    " training and test data, so that both parts are treated alike.",
)
def fit_before_split() -> Verdict:
    move = measure.leak(before_split=True)
    return Verdict(
        move == 0,
        f"When the largest proline value among the test wines was made ten times larger, the"
        f" normalized training data moved by up to {move:.1f} standard deviations: they had been"
        " told about the test data.",
    )


@claim(
    "statistics",
    "If the statistics are computed before the split, information about the test data gets into"
    " the training data.",
)
def split_first() -> Verdict:
    before, after = measure.leak(before_split=True), measure.leak(before_split=False)
    return Verdict(
        before > 0 and after == 0,
        "When one test value was made ten times larger, the normalized training data moved by up"
        f" to {before:.1f} standard deviations if the statistics came before the split, and by"
        f" {after:g} if they came after it.",
    )


# Zero mean and unit variance


@claim("standard", "A common choice is to give every feature zero mean and unit variance.")
def standard_is_common() -> Verdict:
    z = normal(Standard, load_wine_split(0).x_train)
    off = max(np.abs(z.mean(axis=0)).max(), np.abs(z.var(axis=0) - 1).max())
    raw, scaled = measure.network_accuracy(Identity), measure.network_accuracy(Standard)
    return Verdict(
        bool(off < 1e-9 and scaled > raw),
        f"It does what it says on all {z.shape[1]} wine features (mean 0, variance 1) and is worth"
        f" choosing: a small network's accuracy rose from {_percent(raw)} to {_percent(scaled)}"
        f" (mean of {len(SEEDS)} seeds).",
    )


@claim("standard", "Standardizing a feature makes it normally distributed.")
def standard_makes_normal() -> Verdict:
    x = np.random.default_rng(0).exponential(1, (100_000, 1))
    before, after = measure.skewness(x), measure.skewness(normal(Standard, x))
    return Verdict(
        abs(after) < 0.1,
        f"Exponentially distributed values had skewness {before:.1f} before and {after:.1f} after;"
        " a normal distribution has 0. Standardizing shifts and stretches, and keeps the shape.",
    )


@claim("standard", "After standardization every value of a feature lies between −1 and 1.")
def standard_within_one() -> Verdict:
    z = normal(Standard, load_wine_split(0).x_train)
    outside = float(np.mean(np.abs(z) > 1))
    return Verdict(
        outside == 0,
        f"Of the standardized wine values, {_percent(outside)} lie outside; the largest is"
        f" {z.max():.1f}.",
    )


@claim(
    "standard",
    "Standardizing a feature removes its outliers: no value is more than three standard deviations"
    " from the mean afterwards.",
)
def standard_removes_outliers() -> Verdict:
    x = np.append(np.random.default_rng(0).normal(0, 1, 999), 100.0)[:, None]
    z = normal(Standard, x)
    return Verdict(
        bool(np.abs(z).max() <= 3),
        f"A value of 100 among 999 standard normal ones ends up {z.max():.0f} standard deviations"
        " from the mean: it is as far from the others, in proportion, as before.",
    )


# Min-max scaling


@claim(
    "min-max",
    "Min-max scaling maps the smallest training value of a feature to 0 and the largest to 1,"
    " unless the feature is constant.",
)
def min_max_ends() -> Verdict:
    z = normal(MinMax, load_wine_split(0).x_train)
    low, high = z.min(axis=0), z.max(axis=0)
    hits = int(np.sum((low == 0) & (high == 1)))
    return Verdict(
        hits == z.shape[1],
        f"{hits} of {z.shape[1]} wine features run from exactly 0 to exactly 1 afterwards.",
    )


@claim(
    "min-max",
    "If min-max scaling is fitted on the training data, all scaled test values lie between 0 and 1"
    " as well.",
)
def min_max_holds_for_test() -> Verdict:
    outside = 0
    for seed in SEEDS:
        split = load_wine_split(seed)
        z = MinMax().fit(split.x_train).transform(split.x_test)
        outside += int(np.sum((z < 0) | (z > 1)))
    return Verdict(
        outside == 0,
        f"In {len(SEEDS)} splits of the wine table, {outside} test values fell outside: beyond the"
        " smallest or largest training value.",
    )


@claim("min-max", "Min-max scaling gives every feature the mean 0.5.")
def min_max_centres() -> Verdict:
    means = normal(MinMax, load_wine_split(0).x_train).mean(axis=0)
    return Verdict(
        bool(np.allclose(means, 0.5)),
        f"The means of the scaled wine features lie between {means.min():.2f} and"
        f" {means.max():.2f}.",
    )


# Outliers


@claim(
    "outlier",
    "A single extreme value can make min-max scaling squeeze all other values of its feature into a"
    " small part of the range.",
)
def outlier_squeezes() -> Verdict:
    before, after = measure.squeezed()
    return Verdict(
        after < 0.1 * before,
        f"A hundred values spread over 0 to 1 fill {_percent(after)} of the range once a value of"
        " 50 has joined them.",
    )


@claim(
    "outlier",
    "A single extreme value has no influence on where min-max scaling puts the other values.",
)
def outlier_is_harmless() -> Verdict:
    before, after = measure.squeezed()
    return Verdict(
        after == before,
        f"A hundred values filled {_percent(before)} of the range, and {_percent(after)} of it once"
        " a value of 50 had joined them.",
    )


# Zero mean and maximum 1


@claim(
    "maximum",
    "If the mean of a feature that is not constant is subtracted and the result divided by its"
    " largest value, the largest value is 1 and the mean 0.",
)
def mean_then_maximum() -> Verdict:
    tops, means = [], []
    for x in (ENZYMES.x, load_wine_split(0).x_train):
        z = normal(MeanMax, x)
        tops.append(z.max(axis=0))
        means.append(z.mean(axis=0))
    top, mean = np.concatenate(tops), np.concatenate(means)
    return Verdict(
        bool(np.allclose(top, 1) and np.allclose(mean, 0)),
        f"So it is for both enzymes and all 13 wine features: largest values"
        f" {top.min():.3g} to {top.max():.3g}, means below 1e-9.",
    )


@claim(
    "maximum",
    "It makes no difference whether one first subtracts a feature's mean and then divides by the"
    " largest value left, or first divides by the largest value and then subtracts the mean left.",
)
def order_is_free() -> Verdict:
    x = ENZYMES.x
    first = normal(MeanMax, x)
    scaled = x / x.max(axis=0)
    second = scaled - scaled.mean(axis=0)
    tops = " and ".join(f"{top:.2g}" for top in second.max(axis=0))
    return Verdict(
        bool(np.allclose(first, second)),
        f"For the two enzymes, the first order gives largest values 1 and 1, the second {tops}.",
    )


# Constant features


@claim(
    "constant",
    "A feature that has the same value in all training samples cannot be standardized by the"
    " formula: its standard deviation is 0.",
)
def constant_breaks() -> Verdict:
    deviation, undefined = _constant_feature()
    return Verdict(
        deviation == 0 and undefined == 1,
        f"Eight equal values have standard deviation {deviation:g}, and {_percent(undefined)} of"
        " the results are 0/0. The lecture's normalizer puts 1 in the place of the 0.",
    )


@claim(
    "constant",
    "A feature that has the same value in all training samples gets unit variance by"
    " standardization, as every other one does.",
)
def constant_gets_spread() -> Verdict:
    deviation, _ = _constant_feature()
    after = float(normal(Standard, np.full((8, 1), 3.0)).var())
    return Verdict(
        after == 1,
        f"Its standard deviation is {deviation:g}; dividing by it is not defined, and with the"
        f" lecture's normalizer, which divides by 1 instead, the variance is {after:g}.",
    )


# Other models


@claim(
    "models",
    "A decision tree that compares one feature at a time with a threshold splits the training data"
    " in the same way whether or not the features are standardized.",
)
def trees_do_not_care() -> Verdict:
    same = total = 0
    for seed in SEEDS:
        split = load_wine_split(seed)
        z = normal(Standard, split.x_train)
        leaves = [
            DecisionTreeClassifier(random_state=seed).fit(x, split.y_train).apply(x)
            for x in (split.x_train, z)
        ]
        same += int(np.sum(leaves[0] == leaves[1]))
        total += len(z)
    return Verdict(
        same == total,
        f"Over {len(SEEDS)} splits of the wine table, {same} of {total} training samples reached"
        " the same leaf: standardizing keeps the order of a feature's values.",
    )


@claim(
    "models",
    "The nearest neighbours of a sample, by Euclidean distance, are the same whether or not the"
    " features are standardized.",
)
def neighbours_do_not_care() -> Verdict:
    changed, raw, scaled = measure.neighbours()
    return Verdict(
        changed == 0,
        f"Of the test wines, {_percent(changed)} got another nearest neighbour; a 1-nearest-"
        f"neighbour classifier was right for {_percent(raw)} raw and {_percent(scaled)}"
        f" standardized (mean of {len(SEEDS)} splits).",
    )


@claim(
    "models",
    "If one feature is expressed in another unit, the nearest neighbour of a sample by Euclidean"
    " distance can change.",
)
def units_move_neighbours() -> Verdict:
    split = load_wine_split(0)
    in_grams = split.x_train.copy(), split.x_test.copy()
    for x in in_grams:
        x[:, -1] /= 1000
    before = measure.nearest(split.x_train, split.x_test)
    changed = float(np.mean(before != measure.nearest(*in_grams)))
    return Verdict(
        changed > 0,
        f"With proline in grams instead of milligrams, {_percent(changed)} of the test wines got"
        " another nearest neighbour.",
    )


# Undoing it


@claim(
    "inverse",
    "Standardization can be undone if the means and the (non-zero) standard deviations were kept.",
)
def can_be_undone() -> Verdict:
    off = measure.undone()
    return Verdict(
        off < 1e-9,
        "Multiplying by the standard deviation and adding the mean gave back every wine value to"
        " within a relative error of 1e-9.",
    )


@claim(
    "inverse",
    "Standardization loses information: the original values cannot be recovered, even if means and"
    " standard deviations were kept.",
)
def information_is_lost() -> Verdict:
    off = measure.undone()
    return Verdict(
        off > 1e-9,
        "Multiplying by the standard deviation and adding the mean gave back every wine value to"
        " within a relative error of 1e-9.",
    )


# Units and correlations


@claim(
    "unit",
    "The standardized values of a feature do not depend on the unit it was measured in, such as"
    " grams or kilograms, °C or °F.",
)
def units_cancel() -> Verdict:
    celsius = np.random.default_rng(0).normal(20, 8, (1000, 1))
    z = normal(Standard, celsius)
    off = max(
        np.abs(normal(Standard, other) - z).max()
        for other in (1.8 * celsius + 32, celsius + 273.15)
    )
    return Verdict(
        bool(off < 1e-9),
        "A thousand temperatures in °C, °F and kelvin became the same values, with differences"
        " below 1e-9.",
    )


@claim("correlation", "Standardizing each feature makes the features uncorrelated.")
def standard_decorrelates() -> Verdict:
    _, after = measure.strongest_correlation()
    return Verdict(
        after < 0.01,
        f"After standardization the two most correlated wine features still have correlation"
        f" {after:.2f}.",
    )


@claim(
    "correlation",
    "Standardizing each feature leaves the correlation of any two features as it was.",
)
def correlation_stays() -> Verdict:
    before, after = measure.strongest_correlation()
    return Verdict(
        abs(before - after) < 1e-9,
        f"The two most correlated wine features had correlation {before:.2f} before and"
        f" {after:.2f} after.",
    )


EXAM = (networks_need_none, always_per_sample, own_statistics_for_test, standard_is_common)
"""What the exam's four statements say, in its order."""
