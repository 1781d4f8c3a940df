"""Exam item 6.1 in all its seven forms; the checks are compared with PyTorch."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from course_utils.checks import NotRight
from course_utils.exam import Question
from course_utils.exam.kinds.code import Code
from course_utils.lessons.activations import code_question, code_variants
from course_utils.lessons.activations.code_variants import HardTanh
from course_utils.lessons.activations.questions import item_6_1
from course_utils.verify.exercise import FRESH, GRADIENT, KEEPS, PURE, VALUES

pytestmark = pytest.mark.slow  # answers run in processes of their own

LAYERS = (code_question._EXAM, *code_question._VARIANTS)


@cache
def asked(number: int) -> tuple[Question, Code]:
    facts = LAYERS[number]
    question = item_6_1.ask(facts, number or None)
    (part,) = question.parts
    assert isinstance(part, Code)
    return question, part


def theirs(name: str):
    import torch
    from torch.nn import functional as F  # noqa: N812 - everybody calls it so

    return {
        "LeakyReLU": F.leaky_relu,
        "HardTanh": lambda x, a: F.hardtanh(x, -a, a),
        "SoftShrink": F.softshrink,
        "TwoSlopes": lambda x, a, b: -a * F.relu(-x) + b * F.relu(x),
        "CappedRelu": lambda x, cap: torch.clamp(x, 0, cap),
        "Elbow": lambda x, b, s: torch.where(x > b, x, b + s * (x - b)),
        "Ramp": lambda x, a, b: torch.clamp((x - a) / (b - a), 0, 1),
    }[name]


def test_the_exams_form_asks_for_the_exams_layer_and_points() -> None:
    question, part = asked(0)
    assert item_6_1.canonical().text() == question.text()
    assert part.name == "LeakyReLU"
    assert "def __init__(self, alpha):" in part.starter
    assert "def backward(self, error_tensor):" in part.starter
    assert question.points == part.points == 4
    assert [criterion.points for criterion in part.criteria] == [0.5, 1.5, 0.5, 1, 0.5]
    names = [name for criterion in part.criteria for name in criterion.properties]
    assert names == [KEEPS, VALUES, PURE, GRADIENT, FRESH]


@pytest.mark.parametrize("number", range(len(LAYERS)), ids=lambda i: LAYERS[i].check)
def test_a_reference_agrees_with_pytorch_forward_and_backward(number: int) -> None:
    import torch

    exercise = item_6_1.solve(LAYERS[number])
    rng = np.random.default_rng(number)
    parameters = (
        [1.2]
        if len(asked(number)[1].starter.split("self, ")[1].split(")")[0].split(",")) == 1
        else [0.4, 1.7]
    )
    x, error = rng.uniform(-3, 3, (5, 7)), rng.normal(size=(5, 7))
    layer = exercise.reference(*parameters)
    tensor = torch.tensor(x, requires_grad=True)
    expected = theirs(exercise.reference.__name__)(tensor, *parameters)
    expected.backward(torch.tensor(error))
    np.testing.assert_allclose(layer.forward(x), expected.detach().numpy(), atol=1e-9)
    np.testing.assert_allclose(layer.backward(error), tensor.grad.numpy(), atol=1e-9)


@pytest.mark.parametrize("number", range(len(LAYERS)), ids=lambda i: LAYERS[i].check)
def test_the_key_as_it_is_typed_earns_everything(number: int) -> None:
    question, part = asked(number)
    assert part.problems(part.key()) == {}
    assert question.mark((part.key(),)) == 4
    assert part.solution not in question.text()


def wrong_layers(reference: type):
    """Single faults that any elementwise layer can have, with the property that must refuse it."""

    class Forward(reference):
        def forward(self, input_tensor):
            return super().forward(input_tensor) + 0.01

    class InPlace(reference):
        def forward(self, input_tensor):
            out = super().forward(input_tensor.copy())
            input_tensor *= 2
            return out

    class ErrorOnly(reference):
        def backward(self, error_tensor):
            return error_tensor

    class Squared(reference):
        def backward(self, error_tensor):
            return super().backward(super().backward(error_tensor))

    class ErrorInPlace(reference):
        def backward(self, error_tensor):
            out = super().backward(error_tensor.copy())
            error_tensor += 1
            return out

    return {
        Forward: VALUES,
        InPlace: PURE,
        ErrorOnly: GRADIENT,
        ErrorInPlace: FRESH,
        Squared: GRADIENT,
    }


@pytest.mark.parametrize("number", range(len(LAYERS)), ids=lambda i: LAYERS[i].check)
def test_a_single_fault_is_refused_by_the_property_meant_for_it(number: int) -> None:
    exercise = item_6_1.solve(LAYERS[number])
    for wrong, about in wrong_layers(exercise.reference).items():
        if wrong.__name__ == "Squared" and exercise.reference.__name__ in (
            "HardTanh",
            "SoftShrink",
            "CappedRelu",
        ):
            continue  # slopes 0 and 1 are their own squares
        with pytest.raises(NotRight):
            exercise.properties[about](wrong)
        exercise.properties[KEEPS](wrong)


@pytest.mark.parametrize("number", range(len(LAYERS)), ids=lambda i: LAYERS[i].check)
def test_every_form_is_of_straight_lines_as_the_exams_is(number: int) -> None:
    question, part = asked(number)
    names = part.starter.split("self, ")[1].split(")")[0].split(",")
    layer = item_6_1.solve(LAYERS[number]).reference(*[0.7, 1.9][: len(names)])
    x = np.linspace(-4, 4, 8_001)
    layer.forward(x)
    slopes = layer.backward(np.ones_like(x))
    assert 2 <= len(np.unique(np.round(slopes, 9))) <= 3
    assert "Where the slope jumps" in question.prompt
    assert all(criterion.about in question.derivation for criterion in part.criteria)


@pytest.mark.parametrize("number", range(len(LAYERS)), ids=lambda i: LAYERS[i].check)
@pytest.mark.parametrize("mistake", ["a factor", "an offset", "the sign", "the other side"])
def test_a_wrong_forward_costs_its_own_points_and_no_others(number: int, mistake: str) -> None:
    exercise = item_6_1.solve(LAYERS[number])

    class Wrong(exercise.reference):  # with a backward that is right for what forward does
        def forward(self, input_tensor):
            if mistake == "the other side":
                return super().forward(-input_tensor)
            return self.by * super().forward(input_tensor) + (mistake == "an offset")

        def backward(self, error_tensor):
            return self.by * super().backward(error_tensor)

        by = {"a factor": 1.5, "an offset": 1.0}.get(mistake, -1.0)

    refused = []
    for about, holds in exercise.properties.items():
        try:
            holds(Wrong)
        except NotRight:
            refused.append(about)
    assert refused == [VALUES]


def test_two_parameters_that_are_exchanged_are_refused() -> None:
    class Exchanged(code_variants.Ramp):
        def __init__(self, start, stop):
            super().__init__(stop, start)

    with pytest.raises(NotRight):
        code_variants.check_ramp.properties[VALUES](Exchanged)


@cache
def drawn(seed: int):
    return item_6_1.facts(seed)


def test_1000_seeds_ask_for_some_hundreds_of_layers_and_every_check_accepts_its_key() -> None:
    facts = [drawn(seed) for seed in range(1000)]
    assert {one.layer for one in facts} == set(code_variants.SPECS)
    different = set(facts)
    assert len(different) > 250
    for one in different:
        item_6_1.solve(one)  # raises if the check refuses its reference
    tasks = {one.task() for one in different}
    assert len(tasks) == len(different)
    for task in tasks:
        assert "$y = 1\\," not in task
        assert "(1x)" not in task
        assert "-1\\," not in task


@pytest.mark.parametrize("seed", range(12))
def test_a_stretched_layer_agrees_with_pytorch_and_its_printed_key_earns_everything(seed) -> None:
    import torch

    facts = drawn(seed)
    layer, spec = code_variants.SPECS[facts.layer]
    p = spec.trials[0]
    rng = np.random.default_rng(seed)
    x, error = rng.uniform(-3, 3, (4, 5)), rng.normal(size=(4, 5))
    tensor = torch.tensor(x, requires_grad=True)
    expected = facts.out * theirs(layer.__name__)(facts.into * tensor, *p)
    expected.backward(torch.tensor(error))
    ours = item_6_1.solve(facts).reference(*p)
    np.testing.assert_allclose(ours.forward(x), expected.detach().numpy(), atol=1e-9)
    np.testing.assert_allclose(ours.backward(error), tensor.grad.numpy(), atol=1e-9)
    question = item_6_1.variant(seed)
    (part,) = question.parts
    assert question.mark((part.key(),)) == 4


def test_a_forgotten_factor_is_named_as_the_cause() -> None:
    facts = replace(code_question._VARIANTS[0], out=3, into=2)
    exercise = item_6_1.solve(facts)

    class NoChainRule(exercise.reference):
        def backward(self, error_tensor):
            return super().backward(error_tensor) / 2

    class NoFactor(exercise.reference):
        def forward(self, input_tensor):
            return super().forward(input_tensor) / 3

    assert "inner factor 2 is missing" in repr(exercise(NoChainRule))
    assert "factor 3 in front is missing" in repr(exercise(NoFactor))


def test_the_six_layers_and_the_exams() -> None:
    assert len({layer.check for layer in LAYERS}) == 7
    assert item_6_1.variant(5).text() == item_6_1.variant(5).text()


def test_a_check_that_refuses_its_reference_is_the_authors_to_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(HardTanh, "backward", lambda self, error: -error)
    with pytest.raises(RuntimeError, match="refuses its reference"):
        item_6_1.solve(code_question._VARIANTS[0])


def test_a_constructor_alone_earns_its_points_and_the_rest_is_told_to_wait() -> None:
    _, part = asked(0)
    code = part.starter.replace(
        "(self, alpha):\n        ...", "(self, alpha):\n        self.alpha = alpha"
    )
    mark = part.mark({"code": code})
    assert mark.points == 0.5
    assert "`forward` is not written yet." in mark.remarks["criterion 2"].says
