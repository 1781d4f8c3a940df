"""Exam item 3.3: one new sample is normalized, summed up and classified, step by step."""

import random
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from course_utils.data import ENZYMES
from course_utils.exam import Entry, Follow, Item, NumericTable, Wording, draw_until
from course_utils.exam.column_statistics import DIVISORS, no_slip
from course_utils.exam.kinds.numeric_table import Cell
from course_utils.lessons.perceptron.model import Perceptron
from course_utils.typography import number

_QUARTERS = 4  # normalized values are multiples of a quarter
_OFFSET, _SCALE, _NORMALIZED, _SUM = range(4)  # rows of the table


@dataclass(frozen=True)
class Scene:
    """Who is classified by what: sentences, two features with their unit, and the question."""

    training: str
    features: tuple[str, str]
    units: tuple[str, str]
    positive: str
    new: str
    asks: str


_EXAM_SCENE = Scene(
    "In question 3.1 these four blood samples were normalized.",
    (ENZYMES.features[0], ENZYMES.features[1]),
    ("µl", "µl"),
    "a patient who turns into a zombie",
    "In your own blood you measure",
    "Will you turn into a zombie?",
)
_SCENES = (
    Scene(
        "A greenhouse kept these four records.",
        ("Soil moisture", "Light"),
        ("g", "klx"),
        "a bed that is watered",
        "In another bed one measures",
        "Is it watered?",
    ),
    Scene(
        "A mint weighed and measured four coins.",
        ("Mass", "Width"),
        ("g", "mm"),
        "a forged coin",
        "Another coin has",
        "Is it forged?",
    ),
    Scene(
        "A bridge was observed on four days.",
        ("Wind", "Ice"),
        ("km/h", "mm"),
        "a day on which it is closed",
        "Today one measures",
        "Is it closed?",
    ),
    Scene(
        "Four letters were examined by a mail filter.",
        ("Links", "Capital letters"),
        ("", ""),
        "an unwanted letter",
        "A new letter has",
        "Is it unwanted?",
    ),
    Scene(
        "An orchard sorted four apples.",
        ("Diameter", "Firmness"),
        ("mm", "N"),
        "an apple for the market",
        "The next apple has",
        "Does it go to the market?",
    ),
    Scene(
        "Four drivers were filmed on a long journey.",
        ("Blinks", "Corrections"),
        ("per min", "per min"),
        "a tired driver",
        "A fifth driver shows",
        "Is this driver tired?",
    ),
)


@dataclass(frozen=True)
class Case:
    """The facts: the training samples (samples, 2), the perceptron trained on them, a new sample.

    The perceptron takes values with mean 0 and maximum 1.
    """

    scene: Scene
    training: np.ndarray
    perceptron: Perceptron
    new: tuple[int, int]


@dataclass(frozen=True)
class Way:
    """The key: what is subtracted and divided by, the normalized values, their sum, its sign."""

    offset: np.ndarray
    scale: np.ndarray
    z: np.ndarray
    total: float
    sign: float


class ClassifiedPatient(Item[Case, Way]):
    """Item 3.3: normalizing earns 1, the sum 1 and the sign 1.

    The rows of working hold the statistics of item 3.1, the student's own: what follows from a slip
    in them, or in any row above, earns its points.
    """

    id = "3.3"

    def exam(self) -> Case:
        """Return the exam's enzymes, weights and patient."""
        return Case(_EXAM_SCENE, ENZYMES.x, Perceptron((1, 3)), (22, 8))

    def draw(self, rng: random.Random) -> Case:
        """Return another scene, table, perceptron and sample, whose way has short decimals."""

        def drawn() -> Case:
            shapes = [rng.sample(shape, len(shape)) for shape in rng.sample(_shapes(), 2)]
            scales = rng.sample((4, 8, 12, 20, 40), 2)
            means = [2 * scale + rng.randint(0, 20) for scale in scales]
            columns = [
                [mean + scale * quarter // _QUARTERS for quarter in shape]
                for mean, scale, shape in zip(means, scales, shapes, strict=True)
            ]
            quarters = [rng.choice([q for q in range(-6, 7) if q]) for _ in range(2)]
            first, second = (
                mean + scale * quarter // _QUARTERS
                for mean, scale, quarter in zip(means, scales, quarters, strict=True)
            )
            weights = rng.sample([w for w in range(-4, 5) if w], 2)
            bias = rng.choice((0, 0, -1, -0.5, 0.5, 1))
            return Case(
                rng.choice(_SCENES),
                np.array(columns, dtype=np.float64).T,
                Perceptron((weights[0], weights[1]), bias),
                (first, second),
            )

        return draw_until(drawn, lambda case: abs(self.solve(case).total) >= 0.25)

    def solve(self, facts: Case) -> Way:
        """Return the way by the lecture's model."""
        offset = facts.training.mean(axis=0)
        scale = (facts.training - offset).max(axis=0)
        z = (np.array(facts.new) - offset) / scale
        total = facts.perceptron.sum(z[None])[0]
        return Way(offset, scale, z, float(total), float(facts.perceptron.predict(z[None])[0]))

    def word(self, facts: Case, key: Way) -> Wording:
        """Return the training samples and a table for the way from measurement to class."""
        scene = facts.scene
        first, second = (number(weight) for weight in facts.perceptron.weights)
        bias = facts.perceptron.bias
        measured = " and ".join(
            f"{name} {_with_unit(value, unit)}"
            for name, value, unit in zip(scene.features, facts.new, scene.units, strict=True)
        )
        return Wording(
            title="Classifying one sample",
            prompt=(
                f"{scene.training}\n\n{_samples(facts)}\n\n"
                "Each feature was normalized to mean 0 and a maximum of 1, and a Rosenblatt"
                f" perceptron was trained on the normalized values. Its weights are {first} for"
                f" {scene.features[0]} and {second} for {scene.features[1]}; it has"
                f" {f'a bias of {number(bias)}' if bias else 'no bias'}. Its answer is 1 for"
                f" {scene.positive} and −1 otherwise.\n\n"
                f"{scene.new}: {measured}. {scene.asks} Fill in the way to the perceptron's answer."
            ),
            parts=(_table(facts, key, self.points),),
            derivation=(
                f"Normalized with the training samples' statistics: {_normalizing(facts, key, 0)}"
                f" and {_normalizing(facts, key, 1)}. The sum: {_summing(facts, key)}."
                f" Its sign is {number(key.sign)}."
            ),
        )


def _with_unit(value: float, unit: str) -> str:
    return f"{number(value)} {unit}".strip()


def _samples(facts: Case) -> str:
    """Return the training samples as a table."""
    heads = [
        f"{name} ({unit})" if unit else name
        for name, unit in zip(facts.scene.features, facts.scene.units, strict=True)
    ]
    lines = [["Sample", *heads], ["---"] * 3]
    lines += [[str(n), *map(number, row)] for n, row in enumerate(facts.training.tolist(), start=1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _normalizing(facts: Case, key: Way, j: int) -> str:
    return (
        f"({number(facts.new[j])} − {number(key.offset[j])}) / {number(key.scale[j])} ="
        f" {number(key.z[j])}"
    )


def _summing(facts: Case, key: Way) -> str:
    terms = [
        f"{_bracketed(weight)} · {_bracketed(z)}"
        for weight, z in zip(facts.perceptron.weights, key.z, strict=True)
    ]
    if facts.perceptron.bias:
        terms.append(_bracketed(facts.perceptron.bias))
    return f"{' + '.join(terms)} = {number(key.total)}"


def _bracketed(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _table(facts: Case, key: Way, points: float) -> NumericTable:
    each = points / 3
    working = [
        tuple[Cell, ...](Entry(float(value), 0, "") for value in statistic)
        for statistic in (key.offset, key.scale)
    ]
    normalized = tuple(
        Entry(
            float(key.z[j]),
            each / 2,
            f"{_normalizing(facts, key, j)}.",
            follow=Follow(
                uses=(f"{_OFFSET}.{j}", f"{_SCALE}.{j}"),
                value=lambda offset, scale, x=facts.new[j]: (x - offset) / scale,
                refuse=lambda offset, scale, j=j: _no_slip(facts, key, j, offset, scale),
            ),
        )
        for j in range(2)
    )
    total = Entry(
        key.total,
        each,
        f"{_summing(facts, key)}.",
        follow=Follow(
            uses=(f"{_NORMALIZED}.0", f"{_NORMALIZED}.1"),
            value=lambda *z: float(facts.perceptron.sum(np.array([z]))[0]),
            refuse=lambda *z: _nothing_follows(facts, key, np.array(z)),
        ),
    )
    sign = Entry(
        key.sign,
        each,
        f"The sign of {number(key.total)} is {number(key.sign)}.",
        follow=Follow((f"{_SUM}.0",), lambda total: -1.0 if total < 0 else 1.0),
    )
    return NumericTable(
        columns=("", *facts.scene.features),
        rows=(
            "*Working:* subtracted",
            "*Working:* divided by",
            "Normalized",
            "Sum",
            "Sign of the sum",
        ),
        cells=(*working, normalized, (total, None), (sign, None)),
        says=(
            "The two rows of working are not marked: put there what you subtract and divide by."
            " What follows from a slip in a row above still earns its points."
        ),
    )


def _nothing_follows(facts: Case, key: Way, z: np.ndarray) -> str:
    """Return why `z` (2,) is no slip in normalizing, from which a sum could follow, or ""."""
    if np.allclose(z, facts.new):
        return "Nothing follows from the measured values: they have to be normalized first."
    if np.allclose(z, 0):
        return (
            "A single sample normalized by itself is 0, whichever it is: take the training samples'"
            " statistics."
        )
    if np.allclose(z, facts.new - key.offset) or np.allclose(z, facts.new / key.scale):
        return "Nothing follows from half of the normalizing: subtract, and then divide."
    return ""


def _no_slip(facts: Case, key: Way, j: int, offset: float, scale: float) -> str:
    """Return why working for feature `j` is no slip that could be carried on, or ""."""
    column = facts.training[:, j]
    if np.allclose((offset, scale), (key.offset[j], key.scale[j]), atol=0.005):
        return ""
    if np.allclose((offset, scale), (column.min(), np.ptp(column))):
        return "Your working is that of min-max scaling, on which it was not trained."
    right = key.offset[j], key.scale[j]
    method = "that is another method, on which it was not trained."
    return no_slip((offset, scale), right, column, DIVISORS, method)


@cache
def _shapes() -> tuple[tuple[int, ...], ...]:
    """Return columns of four different normalized values with mean 0 and maximum 1, in quarters."""
    lower = combinations(range(-_QUARTERS, _QUARTERS), 3)
    return tuple((*rest, _QUARTERS) for rest in lower if sum(rest) == -_QUARTERS)
