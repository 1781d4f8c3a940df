"""What scales do to models that are not trained by gradient descent."""

from functools import cache
from typing import NamedTuple

import numpy as np
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier

from course_utils.data import load_wine_split
from course_utils.lessons.normalization.measurements.common import SEEDS, normal, wine
from course_utils.lessons.normalization.model import Identity, Standard


class Trees(NamedTuple):
    """Decision trees grown on raw and on standardized wines."""

    same_leaf: int  # training wines that reach the same leaf of both
    total: int
    raw: float  # training accuracy of a tree with two levels of questions
    standardized: float


@cache
def trees() -> Trees:
    """Grow trees; ties between equally good splits are broken by the same random numbers."""
    same, total, right = 0, 0, np.zeros(2)
    for seed in SEEDS:
        split = load_wine_split(seed)
        tables = split.x_train, normal(Standard, split.x_train)
        leaves, shallow = (
            [
                DecisionTreeClassifier(max_depth=depth, random_state=seed).fit(x, split.y_train)
                for x in tables
            ]
            for depth in (None, 2)
        )
        raw, standardized = (tree.apply(x) for tree, x in zip(leaves, tables, strict=True))
        same += int(np.sum(raw == standardized))
        total += len(raw)
        right += [tree.score(x, split.y_train) for tree, x in zip(shallow, tables, strict=True)]
    return Trees(same, total, *(float(share) for share in right / len(SEEDS)))


class Neighbours(NamedTuple):
    """Nearest neighbours by Euclidean distance, before and after standardizing."""

    changed: float  # share of test wines that get another one
    raw: float  # accuracy of a 1-nearest-neighbour classifier
    standardized: float


@cache
def neighbours() -> Neighbours:
    """Look for the nearest training wine of every test wine."""
    rows = []
    for seed in SEEDS:
        split = load_wine_split(seed)
        found = []
        for method in (Identity, Standard):
            fitted = method().fit(split.x_train)
            found.append(_nearest(fitted.transform(split.x_train), fitted.transform(split.x_test)))
        scores = [np.mean(split.y_train[index] == split.y_test) for index in found]
        rows.append([np.mean(found[0] != found[1]), *scores])
    return Neighbours(*(float(mean) for mean in np.mean(rows, axis=0)))


class Moved(NamedTuple):
    """Share of test wines that get another nearest neighbour."""

    changed: float


@cache
def in_grams() -> Moved:
    """Give proline in grams instead of milligrams."""
    split = wine()
    grams = split.x_train.copy(), split.x_test.copy()
    for x in grams:
        x[:, -1] /= 1000
    return Moved(float(np.mean(_nearest(split.x_train, split.x_test) != _nearest(*grams))))


def _nearest(x: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Return the index in `x` of the Euclidean nearest neighbour of every sample in `new`."""
    return np.argmin(((new[:, None] - x) ** 2).sum(axis=2), axis=1)


class Levels(NamedTuple):
    """Accuracy of neighbours where classes differ in nothing but their level."""

    by_sample: float
    by_feature: float


@cache
def two_levels() -> Levels:
    """Standardize two classes that have one profile at two levels, either way.

    600 samples of six features, half of them held out.
    """
    found: dict[int, list[float]] = {1: [], 0: []}
    for seed in SEEDS:
        y = np.arange(600) % 2
        noise = np.random.default_rng(seed).normal(0, 0.3, (600, 6))
        x = np.linspace(1, 2, 6) + 3.0 * y[:, None] + noise
        for axis, scores in found.items():
            z = (x - x.mean(axis=axis, keepdims=True)) / x.std(axis=axis, keepdims=True)
            scores.append(KNeighborsClassifier(5).fit(z[:300], y[:300]).score(z[300:], y[300:]))
    return Levels(*(float(np.mean(scores)) for scores in found.values()))
