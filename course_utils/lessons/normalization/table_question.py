"""Exam item 3.1: two features of a few samples, to be normalized by hand."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import gcd, isqrt

import numpy as np

from course_utils.data import ENZYMES
from course_utils.exam import Entry, Follow, Item, NumericTable, Wording
from course_utils.exam.kinds.numeric_table import Cell
from course_utils.lessons.normalization.model import MeanMax, MinMax, Normalizer, Standard
from course_utils.typography import number

Column = tuple[int, ...]


@dataclass(frozen=True)
class Method:
    """A way to normalize, its wording, and the columns on which it comes out round.

    Attributes
    ----------
    name
        What the result of another method is called, after 'these are the numbers of'.
    fit
        The lecture's class.
    asks
        What is to be reached, after 'normalize each feature to'.
    samples
        How many samples a fresh table has.
    round_
        Tells whether a rising integer column gives integer statistics and short decimals.
    steps
        Tells in words how the statistics of a column come about.
    """

    name: str
    fit: type[Normalizer]
    asks: str
    samples: int
    round_: Callable[[Column], bool]
    steps: Callable[[np.ndarray, float, float], str]


def _short(numerators: Column, denominator: int) -> bool:
    """Tell whether all fractions have at most two decimals: halves, quarters, fifths."""
    return all(denominator // gcd(n, denominator) in (1, 2, 4, 5) for n in numerators)


def _mean_max_is_round(column: Column) -> bool:
    """Ask for an integer mean, and for a maximum that no negative value exceeds in size."""
    mean, rest = divmod(sum(column), len(column))
    centred = tuple(value - mean for value in column)
    return rest == 0 and -centred[0] <= centred[-1] and _short(centred, centred[-1])


def _min_max_is_round(column: Column) -> bool:
    return _short(tuple(value - column[0] for value in column), column[-1] - column[0])


def _standard_is_round(column: Column) -> bool:
    """Ask for an integer mean and an integer standard deviation."""
    mean, rest = divmod(sum(column), len(column))
    centred = tuple(value - mean for value in column)
    variance, left = divmod(sum(value**2 for value in centred), len(column))
    deviation = isqrt(variance)
    return rest == left == 0 and deviation**2 == variance and _short(centred, deviation)


def _mean_steps(x: np.ndarray, mean: float) -> str:
    """Tell how the mean and the differences from it come about."""
    return (
        f"the mean is ({' + '.join(map(number, x))}) / {len(x)} = {number(mean)}; the differences"
        f" from it are {', '.join(number(value - mean) for value in x)}"
    )


def _mean_max_steps(x: np.ndarray, offset: float, scale: float) -> str:
    return f"{_mean_steps(x, offset)}; the largest is {number(scale)}"


def _min_max_steps(x: np.ndarray, offset: float, scale: float) -> str:
    top = number(x.max())
    return (
        f"the smallest value is {number(offset)}, the largest {top}; the range is"
        f" {top} − {number(offset)} = {number(scale)}"
    )


def _standard_steps(x: np.ndarray, offset: float, scale: float) -> str:
    squares = " + ".join(number((value - offset) ** 2) for value in x)
    return (
        f"{_mean_steps(x, offset)}; the variance is ({squares}) / {len(x)} = {number(scale**2)},"
        f" the standard deviation {number(scale)}"
    )


MEAN_MAX = Method(
    "zero mean and maximum 1",
    MeanMax,
    "zero mean and a maximum of 1",
    4,
    _mean_max_is_round,
    _mean_max_steps,
)
METHODS = (
    MEAN_MAX,
    Method(
        "min-max scaling",
        MinMax,
        "a minimum of 0 and a maximum of 1",
        4,
        _min_max_is_round,
        _min_max_steps,
    ),
    Method(
        "zero mean and unit variance",
        Standard,
        "zero mean and unit variance (the variance is the mean of the squared differences: divide"
        " by the number of samples)",
        5,
        _standard_is_round,
        _standard_steps,
    ),
)


@dataclass(frozen=True)
class Feature:
    """A quantity with its unit and the range that its values may come from."""

    name: str
    unit: str
    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Scene:
    """What was measured: two features of some samples, told in one sentence."""

    story: str
    features: tuple[Feature, Feature]


_EXAM_SCENE = Scene(
    "In the blood of four patients, two enzymes were measured; patients"
    f" {' and '.join(str(i + 1) for i in np.flatnonzero(ENZYMES.zombie))} have since turned into"
    " zombies.",
    (
        Feature(ENZYMES.features[0], "µl", 0, 200),
        Feature(ENZYMES.features[1], "µl", 0, 200),
    ),
)
_SCENES = (
    Scene(
        "A botanist measured some seedlings after a month.",
        (Feature("Height", "mm", 20, 180), Feature("Leaves", "", 2, 40)),
    ),
    Scene(
        "A courier wrote down the parcels of one tour.",
        (Feature("Weight", "kg", 1, 60), Feature("Distance", "km", 2, 150)),
    ),
    Scene(
        "A beekeeper observed some hives for an hour each.",
        (Feature("Departures", "", 10, 200), Feature("Temperature", "°C", 8, 36)),
    ),
    Scene(
        "A radio station keeps a list of songs.",
        (Feature("Length", "s", 100, 300), Feature("Tempo", "beats/min", 60, 180)),
    ),
    Scene(
        "A baker noted how some loaves were made.",
        (Feature("Baking time", "min", 15, 70), Feature("Salt", "g", 2, 40)),
    ),
    Scene(
        "A weather station reported some days.",
        (Feature("Rain", "mm", 1, 60), Feature("Wind", "km/h", 4, 120)),
    ),
    Scene(
        "A climbing club compared some routes.",
        (Feature("Length", "m", 10, 200), Feature("Bolts", "", 3, 40)),
    ),
    Scene(
        "A clinic recorded some patients at rest.",
        (Feature("Heart rate", "beats/min", 45, 130), Feature("Breaths", "per min", 8, 36)),
    ),
)


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
        return Table(_EXAM_SCENE, MEAN_MAX, ENZYMES.x)

    def draw(self, rng: random.Random) -> Table:
        """Return another scene, method and table, whose key has short decimals.

        The two columns differ in more than scale and order.
        """
        scene, method = rng.choice(_SCENES), rng.choice(METHODS)
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
    if (subtracted == 0 and key.offset[j] != 0) or (divided == 1 and key.scale[j] != 1):
        return "Nothing follows from working that leaves a step out."
    for other in METHODS:
        fitted = other.fit().fit(facts.x)
        theirs = fitted.offset_[j], fitted.scale_[j]
        if other is not facts.method and np.allclose((subtracted, divided), theirs, atol=0.005):
            return f"Your working is that of {other.name}, which was not asked for."
    if not column.min() <= subtracted <= column.max() or not 0 < divided <= np.ptp(column):
        return "Nothing follows from your working: it lies outside of what the column allows."
    return ""


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
