"""Exam item 3.1: two features of a few samples, to be normalized by hand."""

import random
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import gcd

import numpy as np

from course_utils.data import ENZYMES
from course_utils.exam import Entry, Follow, Item, NumericTable, Wording
from course_utils.exam.column_statistics import no_slip
from course_utils.exam.kinds.numeric_table import Cell
from course_utils.lessons.normalization.table_methods import MEAN_MAX, METHODS, Column, Method
from course_utils.lessons.normalization.table_scenes import EXAM_SCENE, SCENES, Feature, Scene
from course_utils.typography import number


@dataclass(frozen=True)
class Table:
    """The facts: who measured, by which method to normalize, and integer values.

    ``x`` is a float64 array (samples, 2).
    """

    scene: Scene
    method: Method
    x: np.ndarray


@dataclass(frozen=True)
class Solution:
    """The key: what is subtracted from and divides each column, and the normalized table."""

    offset: np.ndarray
    scale: np.ndarray
    z: np.ndarray


class NormalizedTable(Item[Table, Solution]):
    """Item 3.1: every normalized value earns the same; the working rows earn nothing.

    A value that follows from a slip in the student's own working earns its points.
    """

    id = "3.1"

    def exam(self) -> Table:
        """Return the exam's enzyme table."""
        return Table(EXAM_SCENE, MEAN_MAX, ENZYMES.x)

    def draw(self, rng: random.Random) -> Table:
        """Return another scene, method and table, whose key has short decimals.

        The two columns differ in more than scale and order.
        """
        scene, method = rng.choice(SCENES), rng.choice(METHODS)
        shapes = rng.sample(_shapes(method), 2)
        columns = [
            _place(feature, shape, rng)
            for feature, shape in zip(scene.features, shapes, strict=True)
        ]
        return Table(scene, method, np.array(columns, dtype=np.float64).T)

    def solve(self, facts: Table) -> Solution:
        """Return the key by the lecture's own normalizer."""
        fitted = facts.method.fit().fit(facts.x)
        return Solution(fitted.offset_, fitted.scale_, fitted.transform(facts.x))

    def word(self, facts: Table, key: Solution) -> Wording:
        """Return the table with room for the normalized values and for the working."""
        names = [feature.name for feature in facts.scene.features]
        steps = [
            f"- {names[j]}: {facts.method.steps(facts.x[:, j], key.offset[j], key.scale[j])}."
            for j in range(2)
        ]
        return Wording(
            title="Normalizing a table",
            prompt=f"{facts.scene.story} Normalize each feature to {facts.method.asks}.",
            parts=(_table(facts, key, self.points),),
            derivation="\n".join(steps),
        )


def _table(facts: Table, key: Solution, points: float) -> NumericTable:
    samples = len(facts.x)
    share = points / facts.x.size
    rows: list[tuple[Cell, ...]] = [
        (
            *(number(value) for value in facts.x[i]),
            *(_value(facts, key, i, j, share) for j in range(2)),
        )
        for i in range(samples)
    ]
    for statistic in (key.offset, key.scale):
        working = [Entry(float(value), 0, "") for value in statistic]
        rows += [(*working, None, None)]
    features = [str(feature) for feature in facts.scene.features]
    names = [f"{feature.name}, normalized" for feature in facts.scene.features]
    headings = [f"Sample {i + 1}" for i in range(samples)]
    return NumericTable(
        columns=("", *features, *names),
        rows=(*headings, "*Working:* subtracted", "*Working:* divided by"),
        cells=tuple(rows),
        says=(
            "The two rows of working are not marked. Fill them in if you like: values that follow"
            " from a slip in them still earn their points."
        ),
    )


def _value(facts: Table, key: Solution, i: int, j: int, points: float) -> Entry:
    x, offset, scale, z = facts.x[i, j], key.offset[j], key.scale[j], key.z[i, j]
    samples = len(facts.x)
    return Entry(
        value=float(z),
        points=points,
        why=f"({number(x)} − {number(offset)}) / {number(scale)} = {number(z)}",
        follow=Follow(
            uses=(f"{samples}.{j}", f"{samples + 1}.{j}"),
            value=lambda subtracted, divided: (x - subtracted) / divided,
            refuse=lambda subtracted, divided: _no_slip(facts, key, j, subtracted, divided),
        ),
    )


def _no_slip(facts: Table, key: Solution, j: int, subtracted: float, divided: float) -> str:
    """Return why working for column `j` is no slip that could be carried on, or ""."""
    column = facts.x[:, j]
    own = subtracted, divided
    if np.allclose(own, (key.offset[j], key.scale[j]), atol=0.005):
        return ""
    for other in METHODS:
        fitted = other.fit().fit(facts.x)
        theirs = fitted.offset_[j], fitted.scale_[j]
        if other is not facts.method and np.allclose(own, theirs, atol=0.005):
            return f"Your working is that of {other.name}, which was not asked for."
    if np.allclose(2 * np.array(own), (column.min() + column.max(), np.ptp(column)), atol=0.01):
        return "Your working is that of scaling to −1 … 1, which was not asked for."
    right, method = (key.offset[j], key.scale[j]), "that is another method and no slip."
    return no_slip(own, right, column, facts.method.divisors, method)


@cache
def _shapes(method: Method) -> tuple[Column, ...]:
    """Return rising integer columns from 0 on which `method` is round, one of each shape.

    Columns that are multiples of each other have one shape; the smallest stands for all.
    """
    rising = combinations(range(1, 25), method.samples - 1)
    return tuple((0, *rest) for rest in rising if gcd(*rest) == 1 and method.round_((0, *rest)))


def _place(feature: Feature, shape: Column, rng: random.Random) -> Column:
    """Return `shape` shuffled, stretched and shifted into the feature's range."""
    room = feature.high - feature.low
    stretch = rng.choice([unit for unit in (1, 2, 4, 5, 10) if unit * shape[-1] <= room])
    start = feature.low + rng.randint(0, room - stretch * shape[-1])
    return tuple(start + stretch * step for step in rng.sample(shape, len(shape)))
