"""Inputs that an answer may spoil are copied, and a change of them is noticed."""

from collections import namedtuple

import numpy as np
import pytest
import torch

from course_utils.checks import Exercise, Outcome
from course_utils.checks.inputs import copies, same

Pair = namedtuple("Pair", "left right")


def make(draw, reference):
    return Exercise(
        item="99.1", lecture="test", name="it", title="It", reference=reference,
        rounds={"fresh": draw}, hints=("", "", ""),
    )  # fmt: skip


def spoil(x):
    if isinstance(x, dict):
        x["new"] = 1
    elif isinstance(x, tuple) or (isinstance(x, list) and isinstance(x[0], list | np.ndarray)):
        spoil(x[0])
    elif isinstance(x, list):
        x.pop(0)
    else:
        x[0] = 7


GIVEN = [
    lambda rng: np.array([1.0, np.nan]),
    lambda rng: np.array([[1.0], [1.0, 2.0]], object),
    lambda rng: [1, 2, 3],
    lambda rng: [[1, 2], [3]],
    lambda rng: [np.zeros(2), np.ones(3)],
    lambda rng: ([1, 2], "text"),
    lambda rng: Pair(np.zeros(2), 1),
    lambda rng: {"a": 1.0},
    lambda rng: torch.zeros(3),
    lambda rng: torch.zeros(3, dtype=torch.bfloat16),
]


@pytest.mark.parametrize("given", GIVEN)
def test_whatever_is_given_a_change_of_it_is_noticed(given):
    exercise = make(lambda rng: (given(rng),), lambda x: 5.0)

    def changing(x):
        spoil(x)
        return 5.0

    verdict = exercise(changing)
    assert verdict.outcome is Outcome.NOT_RIGHT
    assert "the input `x` was changed" in repr(verdict)
    assert exercise(lambda x: 5.0)


@pytest.mark.parametrize("given", GIVEN)
def test_a_copy_is_the_same_until_one_of_them_is_changed(given):
    value = given(None)
    (copied,) = copies((value,))
    assert type(copied) is type(value)
    assert same(value, copied)
    spoil(copied)
    assert not same(value, copied)


def test_a_reference_that_spoils_its_list_spoils_only_a_copy():
    exercise = make(lambda rng: ([1.0, 2.0, 3.0],), lambda x: x.pop() + x.pop())
    assert exercise(lambda x: x[-1] + x[-2])


def test_a_tensor_on_no_device_and_a_nan_are_the_same():
    assert same(torch.zeros(2, device="meta"), torch.zeros(2, device="meta"))
    assert same([float("nan")], [float("nan")])
    assert not same(1.0, 2.0)


def test_an_input_is_not_called_by_the_name_that_a_wrapper_gives_it():
    exercise = make(lambda rng: (np.ones(3),), lambda x: 5.0)

    def changing(*arrays):
        arrays[0][0] = 2
        return 5.0

    told = repr(exercise(changing))
    assert "the input was changed" in told
    assert "`arrays`" not in told
