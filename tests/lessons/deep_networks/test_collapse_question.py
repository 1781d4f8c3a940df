"""Exam item 2.5 over 1000 variants, against networks that are built from the printed prompt."""

import random
import re
from functools import cache

import numpy as np
import pytest

from course_utils.exam import Question
from course_utils.exam.kinds.formula import Formula
from course_utils.lessons.deep_networks.collapse_question import item_2_5

SEEDS = range(1000)
ENDS = {"sigma": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh}


@cache
def asked(seed: int | None) -> tuple[Question, Formula]:
    question = item_2_5.question(seed)
    (part,) = question.parts
    assert isinstance(part, Formula)
    return question, part


def marked(part: Formula, *typed: str) -> float:
    return part.mark({str(i): text for i, text in enumerate(typed)}).points


def test_the_exams_network_has_the_exams_key() -> None:
    question, part = asked(None)
    assert part.key() == {
        "0": "sigma(W2 @ (W1 @ x + b1) + b2)",
        "1": "W2 @ W1",
        "2": "W2 @ b1 + b2",
    }
    assert [wanted.points for wanted in part.wanted] == [1, 1, 1]
    assert "two fully connected layers" in question.prompt
    assert r"\sigma(o)" in question.prompt
    assert r"\varphi" not in question.prompt


@pytest.mark.parametrize(
    "typed",
    [
        ("σ(W₂(W₁x + b₁) + b₂)", "W₂W₁", "W₂b₁ + b₂"),
        ("1/(1 + exp(-(W2@W1@x + W2@b1 + b2)))", "(W1.T @ W2.T).T", "b2 + W2·b1"),
        ("sigmoid(W2*W1*x + W2*b1 + b2)", "W2 * W1", "b2 + W2*b1"),
    ],
)
def test_right_forms_of_the_exams_answer(typed: tuple[str, ...]) -> None:
    assert marked(asked(None)[1], *typed) == 3


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("0", "W2(W1 x + b1) + b2", "is missing"),
        ("0", "σ(W2 σ(W1 x + b1) + b2)", "is too much around"),
        ("0", "σ(W2 W1 x + b1 + b2)", "do not fit together"),
        ("1", "W1 W2", "The other order would fit."),
        ("1", "W2 + W1", "do not fit together"),
        ("1", "W1^T W2^T", "transpose"),
        ("2", "b1 + b2", "do not fit together"),
        ("2", "W2 b1", "A term is missing"),
        ("2", "W2(b1 + b2)", "do not fit together"),
        ("2", "W1 b1 + b2", "The other order would fit."),
    ],
)
def test_a_typical_slip_is_named(field: str, typed: str, says: str) -> None:
    _, part = asked(None)
    assert part.problems({field: typed}) == {}
    mark = part.mark({field: typed})
    assert mark.points == 0
    assert says in mark.remarks[field].says
    assert mark.remarks[field].says.endswith(part.fields[field].why)


def printed(question: Question, part: Formula) -> dict[str, np.ndarray]:
    """Weights and biases for every symbol, of the shapes that the prompt gives."""
    rng = np.random.default_rng(5)
    lengths: dict[str, int] = {}
    shapes = re.findall(r"where \$(\w)_(\d)\$ has the shape \$(\w) \\times (\w)\$", question.prompt)
    values = {}
    for letter, number, *axes in shapes:
        for axis in axes:
            lengths.setdefault(axis, 2 + len(lengths))
        values[f"{letter}{number}"] = rng.normal(size=[lengths[axis] for axis in axes])
    columns = "takes a column" in question.prompt
    for symbol in part.vocabulary.symbols:
        if symbol.name not in values and symbol.name[-1].isdigit():
            weight = next(w for n, w in values.items() if n.endswith(symbol.name[-1]))
            values[symbol.name] = rng.normal(size=weight.shape[0 if columns else 1])
    return values


def logits(question: Question, values: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """What the last layer of the printed network computes, line by line."""
    slope = re.search(r"\\varphi\(a\) = ([\d.]*)(?:\\,)?a\$", question.prompt)
    factor = float(slope.group(1) or 1) if slope else 1.0
    lines = re.findall(r"^- layer \d computes \$\w+ = (.*?)\$, where (.*)$", question.prompt, re.M)
    for formula, rest in lines:
        scaled = r"\varphi" in formula
        formula = formula.replace(r"\varphi\left(", "").replace(r"\right)", "")
        terms = formula.split(" + ")
        left, right = terms[0].split(r"\,")
        assert ("no bias" in rest) == (len(terms) == 1)
        if left.replace("_", "") in values and values[left.replace("_", "")].ndim == 2:
            x = values[left.replace("_", "")] @ x
        else:
            x = x @ values[right.replace("_", "")]
        if len(terms) == 2:
            x = x + values[terms[1].replace("_", "")]
        x = factor * x if scaled else x
    return x


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_the_key_is_what_the_printed_network_computes(start: int) -> None:
    for seed in range(start, start + 100):
        question, part = asked(seed)
        values = printed(question, part)
        name = part.vocabulary.symbols[0].name
        width = values[next(iter(values))].shape[1 if "takes a column" in question.prompt else 0]
        x = np.random.default_rng(seed).normal(size=width)
        z = logits(question, values, x)
        end = "sigma" if r"\sigma(o)" in question.prompt else "tanh"
        # The keys are lines of our own making, and NumPy reads them as they are.
        f, weight, bias = (
            eval(key, {"__builtins__": {}}, {**values, **ENDS, name: x})
            for key in part.key().values()
        )
        np.testing.assert_allclose(f, ENDS[end](z), rtol=1e-10)
        np.testing.assert_allclose(bias, logits(question, values, 0 * x), rtol=1e-10, atol=1e-12)
        basis = [logits(question, values, unit) - bias for unit in np.eye(width)]
        matrix = np.array(basis).T if "takes a column" in question.prompt else np.array(basis)
        np.testing.assert_allclose(weight, matrix, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", [None, *range(0, 1000, 10)])
def test_the_key_of_another_convention_earns_nothing(
    seed: int | None,
) -> None:
    _, part = asked(seed)
    turned = [
        " @ ".join(reversed(re.findall(r"[A-Z]\d", wanted.expected))) for wanted in part.wanted
    ]
    mark = part.mark({"1": turned[1]})
    assert mark.points == 0
    assert "Wrong shape" in mark.remarks["1"].says


def test_every_sort_of_network_occurs_and_no_letter_means_two_things() -> None:
    networks = {item_2_5.draw(random.Random(seed)) for seed in SEEDS}
    kinds = {(n.biased, n.convention, n.between, n.end) for n in networks}
    assert len(kinds) == 5 * 2 * 5 * 2
    for network in networks:
        letters = {network.letters.weight, network.letters.bias, network.letters.input, "h", "o"}
        assert len(letters) == 5
        assert len(set(network.lengths)) == len(network.biased) + 1
        assert not letters & set(network.lengths)


def test_the_printed_question_does_not_give_its_key_away() -> None:
    for seed in (None, *range(100)):
        question, part = asked(seed)
        for line in part.key_text().splitlines():
            assert line.split("= ")[1].rstrip("$") not in question.text()
