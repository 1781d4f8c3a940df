"""Exam item 3.2: the parts of a perceptron, and how they are put together."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product
from typing import Any

import numpy as np

from course_utils.data import ENZYMES
from course_utils.exam import Item, Wording
from course_utils.exam.kinds.diagram import Blank, Diagram, Group
from course_utils.lessons.perceptron.drawing import ROLES, Drawing, Role
from course_utils.lessons.perceptron.model import ACTIVATIONS, Perceptron
from course_utils.typography import number

_STRANGERS = ("hidden layer", "loss", "learning rate", "pooling")
_SLOTS = "abcde"
_TEMPLATE = "z = [a] · [b] + [c] · [d] + [e]\nŷ = [f] of z"


@dataclass(frozen=True)
class Scene:
    """What is classified: a sentence, two features, and the names of the two classes."""

    story: str
    features: tuple[str, str]


_EXAM_SCENE = Scene(
    "tells from two enzymes who will turn into a zombie", (ENZYMES.features[0], ENZYMES.features[1])
)
_SCENES = (
    Scene("sorts apples", ("diameter", "redness")),
    Scene("tells spam from other mail", ("capital letters", "links")),
    Scene("decides whether a bridge is closed", ("wind", "ice")),
    Scene("recognizes a tired driver", ("blink rate", "steering")),
    Scene("finds forged coins", ("mass", "thickness")),
    Scene("tells owls from hawks", ("wing span", "eye size")),
    Scene("decides whether a greenhouse is watered", ("soil moisture", "sunlight")),
)


@dataclass(frozen=True)
class Drawn:
    """The facts: what is classified, by which perceptron, and how it is drawn."""

    scene: Scene
    perceptron: Perceptron
    drawing: Drawing


@dataclass(frozen=True)
class Parts:
    """The key: every right labelling, every right sum, and the right activation."""

    labels: tuple[Mapping[Role, str], ...]
    sums: tuple[tuple[str, ...], ...]
    activation: str


class DrawnPerceptron(Item[Drawn, Parts]):
    """Item 3.2.

    Inputs and output earn 0.5, the topology 1 (shown by assembling the sum), the activation 1 (its
    place and which function it is), the other names 0.5.
    """

    id = "3.2"

    def exam(self) -> Drawn:
        """Return the exam's weights 1 and 3 for its two enzymes."""
        numbers: dict[Role, int] = {role: i for i, role in enumerate(ROLES, start=1)}
        return Drawn(_EXAM_SCENE, Perceptron((1, 3)), Drawing(numbers))

    def draw(self, rng: random.Random) -> Drawn:
        """Return other features, weights and classes, and a drawing numbered in another order."""
        weights = [w for w in range(-6, 7) if w]
        first = rng.choice(weights)
        second = rng.choice([w for w in weights if abs(w) != abs(first)])
        classes = rng.choice(((-1.0, 1.0), (0.0, 1.0)))
        numbers = rng.sample(range(1, len(ROLES) + 1), len(ROLES))
        drawing = Drawing(dict(zip(ROLES, numbers, strict=True)), rng.random() < 0.5)
        return Drawn(rng.choice(_SCENES), Perceptron((first, second), 0, classes), drawing)

    def solve(self, facts: Drawn) -> Parts:
        """Return the key, found by running every labelling, every sum and every activation."""
        return Parts(
            _labellings(facts),
            _sums(*facts.perceptron.weights),
            _activation(facts.perceptron.classes),
        )

    def word(self, facts: Drawn, key: Parts) -> Wording:
        """Return the drawing with lists, and the formula with lists."""
        low, high = (number(c) for c in facts.perceptron.classes)
        first, second = facts.scene.features
        v, w = (number(weight) for weight in facts.perceptron.weights)
        return Wording(
            title="The perceptron and its parts",
            prompt=(
                f"A Rosenblatt perceptron {facts.scene.story}. After training it multiplies"
                f" {first} ($x_1$, normalized) by {v} and {second} ($x_2$, normalized) by {w}; its"
                f" answer is {low} or {high}.\n\n"
                "First say what every numbered part of the drawing is. The upper circle may be"
                " either input. Then put together what the perceptron computes, with $b$ for the"
                " bias."
            ),
            parts=(_labels(facts, key), _assembly(facts, key)),
            derivation=(
                "The sum was found by running every choice: it has the value of the model's"
                f" $z = {v}\\,x_1 {'+' if facts.perceptron.weights[1] > 0 else '-'}"
                f" {abs(facts.perceptron.weights[1]):g}\\,x_2 + b$ on random inputs. The activation"
                f" is the one that gives {low} for every negative sum and {high} for every other."
            ),
        )


def _name(facts: Drawn, index: int) -> str:
    return f"input: {facts.scene.features[index]}"


def _labellings(facts: Drawn) -> tuple[Mapping[Role, str], ...]:
    """Return every way to place the two inputs and weights that computes what the model does."""
    x = np.random.default_rng(0).standard_normal((50, 2))
    z = facts.perceptron.sum(x)
    fixed: dict[Role, str] = {
        "bias": "bias",
        "sum": "sum",
        "activation": "activation function",
        "output": "output",
    }
    found: list[Mapping[Role, str]] = []
    for inputs, weights in product(permutations((0, 1)), permutations((0, 1))):
        drawn = sum(
            facts.perceptron.weights[w] * x[:, i] for i, w in zip(inputs, weights, strict=True)
        )
        if np.allclose(drawn + facts.perceptron.bias, z):
            labels: dict[Role, str] = {
                "input 1": _name(facts, inputs[0]),
                "input 2": _name(facts, inputs[1]),
                "weight 1": _weight(facts, weights[0]),
                "weight 2": _weight(facts, weights[1]),
            }
            found.append({**labels, **fixed})
    return tuple(found)


def _weight(facts: Drawn, index: int) -> str:
    return f"weight of {number(facts.perceptron.weights[index])}"


def _terms(first: float, second: float) -> dict[str, np.ndarray]:
    """Return what may stand in the sum, by how it is written, with its value in 20 trials."""
    rng = np.random.default_rng(1)
    trials = {name: rng.uniform(-3, 3, 20) for name in ("x₁", "x₂", "b", "ŷ")}
    weights = {number(w): np.full(20, float(w)) for w in (first, second)}
    return {**weights, **trials}


@cache
def _sums(first: float, second: float) -> tuple[tuple[str, ...], ...]:
    """Return every choice for the five gaps whose value is the model's, the plain one first."""
    terms = _terms(first, second)
    x = np.stack([terms["x₁"], terms["x₂"]], axis=1)
    wanted = Perceptron((first, second)).sum(x) + terms["b"]
    right = [
        names
        for names in product(terms, repeat=len(_SLOTS))
        if abs(_value(terms, names, 0) - wanted[0]) < 1e-9
        and np.allclose(_value(terms, names), wanted)
    ]
    plain = (number(first), "x₁", number(second), "x₂", "b")
    return tuple(sorted(right, key=lambda names: names != plain))


def _value(
    terms: Mapping[str, np.ndarray], names: tuple[str, ...], trial: Any = slice(None)
) -> Any:
    a, b, c, d, e = (terms[name][trial] for name in names)
    return a * b + c * d + e


def _activation(classes: tuple[float, float]) -> str:
    """Return the one activation that gives the two classes, left and right of 0."""
    z = np.linspace(-5, 5, 102)  # without 0 itself
    low, high = classes
    (found,) = [
        name
        for name, f in ACTIVATIONS.items()
        if np.array_equal(f(z), np.where(z < 0, low, high))  # type: ignore[operator]
    ]
    return found


def _labels(facts: Drawn, key: Parts) -> Diagram:
    number = facts.drawing.number
    by_number = sorted(number, key=lambda role: number[role])
    names = (
        *sorted(_name(facts, i) for i in (0, 1)),
        *sorted((_weight(facts, i) for i in (0, 1)), key=len),
        "bias",
        "sum",
        "activation function",
        "output",
        *_STRANGERS,
    )
    choices = tuple(sorted(names))
    fields: dict[Role, str] = {role: str(number[role]) for role in by_number}
    roles = {field: role for role, field in fields.items()}

    def group(about: str, points: float, *of: Role) -> Group:
        return Group(about, tuple(fields[role] for role in of), points)

    return Diagram(
        blanks={fields[role]: Blank(f"({number[role]})", choices) for role in by_number},
        groups=(
            group("Inputs", 0.25, "input 1", "input 2"),
            group("Output", 0.25, "output"),
            group("Weights", 0.25, "weight 1", "weight 2"),
            group("Bias and sum", 0.25, "bias", "sum"),
            group("Place of the activation", 0.5, "activation"),
        ),
        keys=tuple({fields[role]: text for role, text in labels.items()} for labels in key.labels),
        why={fields[role]: _WHY[role] for role in by_number},
        picture=lambda chosen: facts.drawing.svg({roles[f]: text for f, text in chosen.items()}),
        described=facts.drawing.words(),
    )


_INPUT = "only an input has an arrow going out and none coming in, and a weight on that arrow."
_WEIGHT = "what stands on an arrow multiplies what comes along it; it belongs to the input there."
_WHY: dict[Role, str] = {
    "input 1": _INPUT,
    "input 2": _INPUT,
    "weight 1": _WEIGHT,
    "weight 2": _WEIGHT,
    "bias": "it goes into the sum and comes from no input.",
    "sum": "here all arrows with weights, and the bias, come together.",
    "activation": "it turns the sum into one of the two answers.",
    "output": "nothing follows it.",
}


def _assembly(facts: Drawn, key: Parts) -> Diagram:
    choices = tuple(_terms(*facts.perceptron.weights))
    blanks = {
        slot: Blank(name, choices)
        for slot, name in zip(
            _SLOTS,
            (
                "first factor",
                "its partner",
                "second factor",
                "its partner in the second product",
                "what is added",
            ),
            strict=True,
        )
    }
    blanks["f"] = Blank("activation function", tuple(ACTIVATIONS))
    low, high = (number(c) for c in facts.perceptron.classes)
    product_ = "each input is multiplied by its own weight."
    return Diagram(
        blanks=blanks,
        groups=(
            Group("Weighted inputs", ("a", "b", "c", "d"), 0.75),
            Group("Bias", ("e",), 0.25),
            Group("Activation", ("f",), 0.5),
        ),
        keys=tuple(
            {**dict(zip(_SLOTS, names, strict=True)), "f": key.activation} for names in key.sums
        ),
        why={
            **dict.fromkeys("abcd", product_),
            "e": "the bias is added to the two products.",
            "f": f"the answer is {low} or {high} and nothing between.",
        },
        template=_TEMPLATE,
    )
