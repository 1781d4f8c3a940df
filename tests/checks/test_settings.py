"""What an answer changes for all code after it is set right, and does our own code no harm."""

import sys
import warnings

import numpy as np
import pytest
import torch

from course_utils.checks import Exercise, Outcome
from course_utils.checks.guard import guarded


def raising(x):
    np.seterr(all="raise")
    return 2 * x


def listening(x):
    np.seterrcall(print)
    return 2 * x


def printing(x):
    np.set_printoptions(precision=1, legacy="1.13")
    return 2 * x


def without_gradients(x):
    torch.set_grad_enabled(False)
    return 2 * x


def in_float64(x):
    torch.set_default_dtype(torch.float64)
    return 2 * x


def shallow(x):
    sys.setrecursionlimit(5000)
    return 2 * x


def strict(x):
    warnings.simplefilter("error")
    return 2 * x


CHANGING = [raising, listening, printing, without_gradients, in_float64, shallow, strict]


def settings():
    return (
        np.geterr(), np.geterrcall(), np.get_printoptions(), torch.is_grad_enabled(),
        torch.get_default_dtype(), sys.getrecursionlimit(), list(warnings.filters),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def as_they_were():
    before = settings()
    yield
    np.seterr(**before[0])
    np.seterrcall(before[1])
    np.set_printoptions(**before[2])
    torch.set_grad_enabled(before[3])
    torch.set_default_dtype(before[4])
    sys.setrecursionlimit(before[5])


def reference(x):
    """Overflow, divide, and take a gradient in float32, as some reference may."""
    np.exp(np.array([1e9])), np.array([1.0]) / 0
    w = torch.ones(3, requires_grad=True)
    (w * 2).sum().backward()
    assert w.grad.dtype is torch.float32
    return 2 * x


def make(**options):
    options.setdefault("rounds", {"fresh": lambda rng: (rng.normal(size=3),)})
    return Exercise(
        item="99.1", lecture="test", name="it", title="It", reference=reference,
        hints=("", "", ""), **options,
    )  # fmt: skip


@pytest.mark.parametrize("answer", CHANGING)
def test_what_an_answer_sets_harms_neither_our_code_nor_what_comes_after(answer):
    before = settings()
    assert make()(answer)
    assert settings() == before
    guarded(answer, 1.0)
    assert settings() == before


@pytest.mark.parametrize("answer", CHANGING)
def test_a_wrong_answer_that_sets_something_is_told_its_own_fault(answer):
    verdict = make()(lambda x: -answer(x))
    assert verdict.outcome is Outcome.NOT_RIGHT
    assert "sign" in verdict.cause


@pytest.mark.parametrize("change", CHANGING)
def test_what_the_notebook_has_set_long_before_decides_nothing(change):
    change(1.0)
    before = settings()
    assert make()(lambda x: 2 * x)
    assert settings() == before


@pytest.mark.parametrize("answer", CHANGING)
def test_one_property_leaves_nothing_to_the_next(answer):
    properties = {"one": lambda f: f(1.0), "two": lambda f: reference(1.0)}
    assert make(rounds={}, properties=properties)(answer)
