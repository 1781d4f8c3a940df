"""Exam item 3.2 over 1000 variants; keys are found again from the drawing and by algebra."""

import random
import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest

from course_utils.exam import Question
from course_utils.exam.kinds.diagram import Diagram
from course_utils.lessons.perceptron.drawn_question import Drawn, _name, _weight
from course_utils.lessons.perceptron.model import ACTIVATIONS, Perceptron
from course_utils.lessons.perceptron.questions import item_3_2

SEEDS = range(1000)


@cache
def asked(seed: int | None) -> tuple[Question, Diagram, Diagram, Drawn]:
    question = item_3_2.question(seed)
    labels, formula = question.parts
    assert isinstance(labels, Diagram)
    assert isinstance(formula, Diagram)
    return question, labels, formula, item_3_2.facts(seed)


def test_the_exams_form_has_the_exams_weights_and_points() -> None:
    question, labels, formula, facts = asked(None)
    assert facts.perceptron.weights == (1, 3)
    assert facts.perceptron.classes == (-1, 1)
    points = {group.about: group.points for part in (labels, formula) for group in part.groups}
    assert points["Inputs"] + points["Output"] == 0.5
    assert points["Weighted inputs"] + points["Bias"] == 1
    assert points["Place of the activation"] + points["Activation"] == 1
    assert points["Weights"] + points["Bias and sum"] == 0.5
    assert question.mark((labels.key(), formula.key())) == 3
    named = set(labels.key().values())
    assert {"bias", "sum", "activation function", "output", "weight of 1", "weight of 3"} <= named


def test_the_perceptron_classifies_the_exams_patient() -> None:
    model = Perceptron((1, 3))
    assert model.sum(np.array([[-1.5, 0.0]]))[0] == -1.5
    assert model.predict(np.array([[-1.5, 0.0], [0, 0], [1, 1]])).tolist() == [-1, 1, 1]


def arrows(svg: str) -> set[tuple[str, str]]:
    """Which numbered shapes the arrows connect, read off the picture alone."""
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    places = {
        text.text: np.array([float(text.get("x")), float(text.get("y")) - 5])  # type: ignore[arg-type]
        for text in root.iter(f"{space}text")
    }

    def nearest(x: str, y: str) -> str:
        point = np.array([float(x), float(y)])
        return min(places, key=lambda name: float(np.linalg.norm(places[name] - point)))

    found = set()
    for path in root.iter(f"{space}path"):
        a, b = re.findall(r"(-?[\d.]+),(-?[\d.]+)", path.get("d"))
        found.add((nearest(*a), nearest(*b)))
    return found


def test_the_picture_shows_the_topology_that_the_key_names() -> None:
    for seed in (None, *range(100)):
        _, part, _, _ = asked(seed)
        role = {label: field for field, label in part.key().items()}
        ends = arrows(part.picture({}))
        inputs = {field for label, field in role.items() if label.startswith("input")}
        assert ends == {
            *((field, role["sum"]) for field in inputs),
            (role["bias"], role["sum"]),
            (role["sum"], role["activation function"]),
            (role["activation function"], role["output"]),
        }


def test_two_labellings_are_right_and_they_exchange_inputs_with_their_weights() -> None:
    for seed in (None, *SEEDS):
        question, part, formula, facts = asked(seed)
        n = {role: str(number) for role, number in facts.drawing.number.items()}
        assert sorted(map(int, n.values())) == list(range(1, 9))
        expected = [
            {
                n["input 1"]: _name(facts, i),
                n["weight 1"]: _weight(facts, i),
                n["input 2"]: _name(facts, 1 - i),
                n["weight 2"]: _weight(facts, 1 - i),
            }
            for i in (0, 1)
        ]
        assert len(part.keys) == 2
        for want in expected:
            assert any(want.items() <= key.items() for key in part.keys)
        for key in part.keys:
            assert question.mark((key, formula.key())) == 3
        crossed = dict(part.key())
        one, two = n["weight 1"], n["weight 2"]
        crossed[one], crossed[two] = crossed[two], crossed[one]
        assert part.mark(crossed).points == part.points - 0.25


def polynomial(names: tuple[str, ...], weights: dict[str, float]) -> dict[tuple[str, ...], float]:
    """The sum as coefficients of monomials."""
    a, b, c, d, e = names
    out: dict[tuple[str, ...], float] = {}
    for factors in ((a, b), (c, d), (e,)):
        monomial = tuple(sorted(f for f in factors if f not in weights))
        coefficient = float(np.prod([weights[f] for f in factors if f in weights]))
        out[monomial] = out.get(monomial, 0) + coefficient
    return {monomial: k for monomial, k in out.items() if k}


def test_exactly_the_right_sums_are_right_by_algebra() -> None:
    rng = random.Random(3)
    for seed in (None, *range(120)):
        _, _, part, facts = asked(seed)
        choices = part.blanks["a"].choices
        weights = dict(zip(choices[:2], facts.perceptron.weights, strict=True))
        wanted = {("x₁",): weights[choices[0]], ("x₂",): weights[choices[1]], ("b",): 1.0}
        keys = {tuple(key[slot] for slot in "abcde") for key in part.keys}
        assert all(polynomial(key, weights) == wanted for key in keys)
        assert len(keys) >= 8
        for _ in range(60):
            names = tuple(rng.choice(choices) for _ in "abcde")
            assert (polynomial(names, weights) == wanted) == (names in keys)


def test_the_activation_fits_the_classes() -> None:
    names = set()
    for seed in (None, *SEEDS):
        _, _, part, facts = asked(seed)
        name = part.key()["f"]
        names.add(name)
        assert name == ("sign: −1 or 1" if facts.perceptron.classes == (-1, 1) else "step: 0 or 1")
        assert ACTIVATIONS[name](np.array([-2.0, 2.0])).tolist() == list(facts.perceptron.classes)
    assert len(names) == 2


@pytest.mark.parametrize("text", ["<script>", "a & b", '"quoted"'])
def test_the_drawing_stays_a_drawing_whatever_is_written_into_it(text: str) -> None:
    _, _, _, facts = asked(None)
    root = ElementTree.fromstring(facts.drawing.svg({"sum": text}))
    assert any(element.text == text for element in root.iter())
