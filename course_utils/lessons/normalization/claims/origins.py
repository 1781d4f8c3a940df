# ruff: noqa: D103 - the statement that decorates an experiment is its documentation
"""Where the statistics come from: training data, test data, or all of them."""

import numpy as np

from course_utils.data import load_wine_split
from course_utils.exam.statements import Verdict
from course_utils.lessons.normalization import measurements as measure
from course_utils.lessons.normalization.claims.pool import POOL, percent
from course_utils.lessons.normalization.measurements import SEEDS


@POOL.claim(
    "statistics",
    "The test data should be normalized with their own mean and spread, because their distribution"
    " may differ from that of the training data.",
)
def own_statistics_for_test() -> Verdict:
    changed, worst = measure.company()
    return Verdict(
        changed == 0,
        f"One and the same wine, in two test batches of eight, was given two different classes in"
        f" {percent(changed)} of {len(SEEDS) * 100} trials: its normalized values moved by up to"
        f" {worst:.1f}. With the training statistics they stay the same in any company.",
    )


@POOL.claim(
    "statistics",
    "The statistics that normalize the test data should be computed from the training data only.",
)
def training_statistics_for_test() -> Verdict:
    with_training, with_own = measure.one_cultivar_at_a_time()
    return Verdict(
        with_training > with_own,
        "A network tested on wines of one cultivar at a time got"
        f" {percent(with_training)} right with the training statistics and {percent(with_own)}"
        f" with the test data's own (mean of {len(SEEDS)} seeds).",
    )


@POOL.claim(
    "statistics",
    "If test samples are normalized with the statistics of their test batch, the prediction for"
    " one sample can depend on the others in the batch.",
)
def company_matters() -> Verdict:
    changed, _ = measure.company()
    return Verdict(
        changed > 0,
        "One and the same wine, in two test batches of eight, was given two different classes in"
        f" {percent(changed)} of {len(SEEDS) * 100} trials.",
    )


@POOL.claim(
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


@POOL.claim(
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


@POOL.claim(
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
