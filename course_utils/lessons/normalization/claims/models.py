# ruff: noqa: D103 - the statement that decorates an experiment is its documentation
"""Models other than networks."""

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from course_utils.data import load_wine_split
from course_utils.exam.statements import Verdict
from course_utils.lessons.normalization import measurements as measure
from course_utils.lessons.normalization.claims.pool import POOL, percent
from course_utils.lessons.normalization.measurements import SEEDS, normal
from course_utils.lessons.normalization.model import Standard


@POOL.claim(
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


@POOL.claim(
    "models",
    "The nearest neighbours of a sample, by Euclidean distance, are the same whether or not the"
    " features are standardized.",
)
def neighbours_do_not_care() -> Verdict:
    changed, raw, scaled = measure.neighbours()
    return Verdict(
        changed == 0,
        f"Of the test wines, {percent(changed)} got another nearest neighbour; a 1-nearest-"
        f"neighbour classifier was right for {percent(raw)} raw and {percent(scaled)}"
        f" standardized (mean of {len(SEEDS)} splits).",
    )


@POOL.claim(
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
        f"With proline in grams instead of milligrams, {percent(changed)} of the test wines got"
        " another nearest neighbour.",
    )
