"""Exam item 2.6 over 1000 variants: what the rubric says is found again by finite differences."""

from functools import cache
from math import erf, sqrt

import numpy as np
import pytest

from course_utils.exam import Question
from course_utils.exam.kinds.short_text import ShortText
from course_utils.lessons.activations.piecewise import Piece, Piecewise, zero_shares
from course_utils.lessons.activations.questions import item_2_6

SEEDS = range(1000)


@cache
def ask(seed: int | None) -> tuple[Question, ShortText, Piecewise]:
    question = item_2_6.question(seed)
    (part,) = question.parts
    assert isinstance(part, ShortText)
    return question, part, item_2_6.facts(seed)


def says(part: ShortText) -> str:
    return " ".join(criterion.says for criterion in part.rubric)


def test_the_exams_function_is_the_exams() -> None:
    _, part, f = ask(None)
    x = np.array([-9, -0.51, -0.5, -0.2, 0, 0.3, 0.5, 0.51, 9])
    np.testing.assert_array_equal(f(x), [0, 0, -0.5, -0.2, 0, 0.3, 0.5, 1, 1])
    assert f.jumps() == (-0.5, 0.5)
    assert "exactly zero" in says(part)
    assert "the slope is 1" in says(part)
    assert "jumps" in says(part)
    assert says(part).startswith("Not well:")  # the verdict that the exam expects
    assert [criterion.points for criterion in part.rubric] == [1, 0.5, 0.5]


@pytest.mark.parametrize("border", [0.2, 0.5, 1.0])
def test_the_share_measured_is_the_normal_distributions(border: float) -> None:
    f = Piecewise((Piece(0, 0, -border), Piece(1, 0, border), Piece(0, 1)))
    expected = 1 - erf(border / sqrt(2))
    assert zero_shares(f).derivative == pytest.approx(expected, abs=0.02)
    assert zero_shares(f).weights >= zero_shares(f).derivative


def test_the_gradients_of_the_weights_are_those_of_pytorch() -> None:
    import torch

    from course_utils.lessons.activations.piecewise import _network

    f = item_2_6.exam()
    sums, second, outer = (torch.tensor(a) for a in _network())
    sums.requires_grad_()

    def activation(z: torch.Tensor) -> torch.Tensor:
        return torch.where(z < -0.5, 0 * z, torch.where(z > 0.5, 0 * z + 1, z))

    (activation(activation(sums) @ second) @ outer).sum().backward()
    share = float((sums.grad == 0).double().mean())
    assert zero_shares(f).weights == pytest.approx(share, abs=1e-12)


def test_every_rubric_is_true_of_its_function() -> None:
    sorts = {"No:": 0, "Not well:": 0, "Yes:": 0}
    for seed in SEEDS:
        question, part, f = ask(seed)
        assert part.points == question.points == 2
        x = np.linspace(-6, 6, 2412) + 1e-4 / 3  # no point within a step of a border
        slopes = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6
        flat = float(np.mean(np.abs(slopes) < 1e-6))
        borders = np.array(f.borders)
        jumps = np.abs(f(borders + 1e-9) - f(borders - 1e-9))
        words = says(part)
        sort = next(sort for sort in sorts if words.startswith(sort))
        sorts[sort] += 1
        if sort == "No:":
            assert flat == 1
            assert jumps.min() > 0.05
        elif sort == "Not well:":
            assert 0.5 < flat < 1
            assert jumps.min() > 0.05
            middle = slopes[len(slopes) // 2]
            assert f"the slope is {middle:.2g}".replace("-", "−") in words
        else:
            assert flat == 0
            assert jumps.max() < 1e-6
        assert ("jumps" in words) == (jumps.max() > 0.05)
    assert min(sorts.values()) > 200


def test_what_is_shown_as_the_function_is_the_function() -> None:
    prompt = ask(None)[0].prompt
    assert r"0 & x < -0.5 \\ x & -0.5 \le x \le 0.5 \\ 1 & x > 0.5" in prompt
