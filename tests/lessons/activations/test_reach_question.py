"""Exam item 1.3 over 1000 variants; the keys are found again from ranges and by PyTorch."""

import math
from collections import Counter
from functools import cache

import numpy as np
import pytest

from course_utils.exam import MarkAll
from course_utils.lessons.activations import reach_question
from course_utils.lessons.activations.questions import item_1_3

SEEDS = range(1000)
FAMILIES = [activation for family in reach_question._FAMILIES for activation in family]

# The ranges as in a textbook: from, to, and whether each end is reached.
RANGES = {
    "ReLU": (0, math.inf, True, False),
    "tanh": (-1, 1, False, False),
    "Sigmoid": (0, 1, False, False),
    "Softmax over three classes": (0, 1, False, False),
    "No activation at all (a linear unit)": (-math.inf, math.inf, False, False),
    "Softplus": (0, math.inf, False, False),
    "Softsign": (-1, 1, False, False),
    "GELU": (-0.16997120747990369, math.inf, True, False),
    "SiLU (swish)": (-0.27846454276107374, math.inf, True, False),
    "ReLU6": (0, 6, True, True),
    "Absolute value": (0, math.inf, True, False),
    "ELU with $\\alpha = 0.5$": (-0.5, math.inf, False, False),
    "ELU with $\\alpha = 1$": (-1, math.inf, False, False),
    "ELU with $\\alpha = 2$": (-2, math.inf, False, False),
    "Leaky ReLU with slope 0.01 for negative inputs": (-math.inf, math.inf, False, False),
    "Leaky ReLU with slope 0.1 for negative inputs": (-math.inf, math.inf, False, False),
    "Leaky ReLU with slope 0.2 for negative inputs": (-math.inf, math.inf, False, False),
    "Hard tanh: $x$, cut off below $-0.5$ and above $0.5$": (-0.5, 0.5, True, True),
    "Hard tanh: $x$, cut off below $-1$ and above $1$": (-1, 1, True, True),
    "Hard tanh: $x$, cut off below $-2$ and above $2$": (-2, 2, True, True),
}


def textbook(name: str, value: float) -> bool:
    if name.startswith("Sign,"):
        return value in (-1, 0, 1)
    key = name if name in RANGES else name.split(":")[0]
    low, high, low_reached, high_reached = RANGES[key]
    return low < value < high or (value == low and low_reached) or (value == high and high_reached)


@cache
def part(seed: int | None) -> MarkAll:
    (found,) = item_1_3.question(seed).parts
    assert isinstance(found, MarkAll)
    return found


def test_in_the_exam_it_can_have_been_tanh_or_leaky_relu() -> None:
    right = [option.text for option in part(None).options if option.correct]
    assert right == ["tanh.", "Leaky ReLU with slope 0.01 for negative inputs."]
    assert part(None).key() == {"b": "x", "c": "x"}
    assert part(None).mark({"b": "x", "c": "x"}).points == 1


def test_every_key_is_what_a_table_of_ranges_says() -> None:
    for seed in SEEDS:
        facts = item_1_3.facts(seed)
        for option, activation in zip(part(seed).options, facts.activations, strict=True):
            assert option.text == f"{activation.name}."
            assert option.correct == textbook(activation.name, facts.value), (option, facts.value)


def test_the_functions_are_those_of_pytorch() -> None:
    import torch
    from torch.nn import functional as F  # noqa: N812 - everybody calls it so

    theirs = {
        "ReLU": F.relu,
        "tanh": torch.tanh,
        "Sigmoid": torch.sigmoid,
        "Softplus": F.softplus,
        "Softsign": F.softsign,
        "GELU": F.gelu,
        "SiLU (swish)": F.silu,
        "ReLU6": F.relu6,
        "Absolute value": torch.abs,
        "ELU with $\\alpha = 0.5$": lambda x: F.elu(x, 0.5),
        "ELU with $\\alpha = 1$": F.elu,
        "ELU with $\\alpha = 2$": lambda x: F.elu(x, 2.0),
        "Leaky ReLU with slope 0.1 for negative inputs": lambda x: F.leaky_relu(x, 0.1),
        "Hard tanh": F.hardtanh,
        "Softmax over three classes": lambda x: torch.softmax(
            torch.stack([x, torch.zeros_like(x), torch.zeros_like(x)]), 0
        )[0],
        "Sign, with sign(0) = 0": torch.sign,
    }
    x = np.linspace(-30, 30, 601)
    compared = set()
    for activation in FAMILIES:
        key = activation.name if activation.name in theirs else activation.name.split(":")[0]
        if key not in theirs or (
            "cut off below" in activation.name and "$-1$" not in activation.name
        ):
            continue
        compared.add(key)
        expected = theirs[key](torch.tensor(x)).numpy()
        np.testing.assert_allclose(activation.f(x), expected, atol=1e-12, err_msg=activation.name)
    assert compared == set(theirs)


@pytest.mark.parametrize("activation", FAMILIES, ids=lambda a: a.name[:20])
def test_every_input_that_is_named_gives_the_value(activation) -> None:
    for value in reach_question._VALUES:
        x = activation.reach(value)
        if x is not None:
            assert math.isfinite(x)
            assert float(activation.f(np.array([x]))[0]) == pytest.approx(value, abs=1e-9)


def test_a_wrong_inverse_would_be_noticed() -> None:
    wrong = reach_question.model.Activation("wrong", np.tanh, lambda value: value + 1)
    with pytest.raises(ArithmeticError, match="wrong"):
        wrong.reach(0.5)


def test_of_five_activations_one_to_four_are_right() -> None:
    counts = Counter(sum(option.correct for option in part(seed).options) for seed in SEEDS)
    assert set(counts) == {1, 2, 3, 4}


def test_no_variant_needs_a_calculator() -> None:
    """Whether −0.3 lies above the minimum of x·σ(x), which is −0.278, nobody sees from a sketch."""
    minima = {"GELU: $x\\,\\Phi(x)$": -0.169971, "SiLU (swish): $x\\,\\sigma(x)$": -0.278465}
    seen = set()
    for seed in SEEDS:
        facts = item_1_3.facts(seed)
        for activation in facts.activations:
            if activation.name in minima:
                seen.add(facts.value)
                assert activation.lowest == pytest.approx(minima[activation.name], abs=1e-6)
                assert abs(facts.value - minima[activation.name]) > 0.15
    assert {-0.9, -0.0001, 0.3} <= seen


def test_a_bound_that_is_never_reached_is_told_as_such_and_what_lies_beyond_as_beyond() -> None:
    softsign = reach_question.model.SOFTSIGN
    for value in (-1.0, 1.0):
        assert "as close to" in reach_question._why(softsign, None, value)
    assert reach_question._why(softsign, None, 1.7).endswith("nothing that is more than 1.)")
    for activation in FAMILIES:
        key = activation.name if activation.name in RANGES else activation.name.split(":")[0]
        low, high, *_ = RANGES.get(key, (-1, 1))
        for value in reach_question._VALUES:
            if activation is not reach_question.model.SIGN and activation.reach(value) is None:
                why = reach_question._why(activation, None, value)
                assert ("as close" in why) == (value in (low, high)), (key, value)


def test_the_reason_names_the_input_or_gives_an_argument_before_what_was_measured() -> None:
    for seed in (None, *range(200)):
        question, facts = item_1_3.question(seed), item_1_3.facts(seed)
        for option, activation in zip(part(seed).options, facts.activations, strict=True):
            if option.correct:
                assert option.why.startswith("It gives")
            else:
                assert activation.because
                assert option.why.startswith(activation.because)
            assert option.why not in question.text()


@pytest.mark.parametrize("activation", FAMILIES, ids=lambda a: a.name[:20])
def test_an_argument_is_there_where_a_number_is_missing_and_its_bounds_are_right(
    activation,
) -> None:
    reached = [
        activation.reach(value) is not None for value in (-1e3, *reach_question._VALUES, 1e3)
    ]
    assert bool(activation.because) == (not all(reached))
    if activation.lowest is not None:  # the argument's bound is below the minimum, and is enough
        assert "above −0.4" in activation.because
        assert activation.lowest > -0.4
        missing = [
            v for v in reach_question._VALUES if v < activation.lowest - reach_question._CLEAR
        ]
        assert max(missing) < -0.4


def test_the_bounds_of_gelu_and_silu_hold() -> None:
    x = -np.logspace(-6, 0.7, 10_001)  # further left the sum 1 + erf loses its digits
    density = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    assert np.all(reach_question.model.GELU.f(x) >= -density)
    assert density.max() < 0.4
    assert np.all(np.exp(-x) >= -math.e * x)
    assert 1 / math.e < 0.4
