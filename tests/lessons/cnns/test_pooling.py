"""Pooling: item 2.7, the exercises and the explorer share one model."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from course_utils.lessons.cnns.exercises.pooling import max_pool
from course_utils.lessons.cnns.exercises.pooling_backward import max_pool_backward
from course_utils.lessons.cnns.explorers import pooling
from course_utils.lessons.cnns.model import MaxPooling, route
from course_utils.lessons.cnns.questions import item_2_7

FACTS = item_2_7.exam()
LAYERS = pooling.by_name["layer"].samples


def shown(**settings):
    return pooling.data({**pooling.start, **settings})


def as_pytorch(x, errors, kernel, stride):
    tensor = torch.tensor(x, dtype=torch.float64)[None, None].requires_grad_()
    y = functional.max_pool2d(tensor, kernel, stride)
    y.backward(torch.tensor(errors, dtype=torch.float64)[None, None])
    return y.detach().numpy()[0, 0], tensor.grad.numpy()[0, 0]


@pytest.mark.parametrize(("kernel", "stride"), [(2, 2), (3, 2), (3, 1), (2, 3)])
def test_exercise_model_and_pytorch_agree_ties_included(kernel: int, stride: int) -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        x = rng.integers(0, 4, (7, 8)).astype(float)
        layer = MaxPooling(kernel, stride)
        errors = rng.normal(size=layer.output_shape(x))
        y, gradient = as_pytorch(x, errors, kernel, stride)
        assert np.array_equal(max_pool(x, kernel, stride), y)
        assert np.array_equal(layer.forward(x), y)
        first = {window: places[0] for window, places in layer.candidates(x).items()}
        assert np.allclose(route(x, errors, first), gradient)
        assert np.allclose(max_pool_backward(x, errors, kernel, stride), gradient)


def test_the_explorer_begins_with_the_exams_question_and_its_ties_are_all_keys() -> None:
    keys = {way.gradient.astype(float).tobytes() for way in item_2_7.solve(FACTS).ways}
    frames = [(column, row) for column in range(5) for row in range(5)]
    gradients = {(shown(frame=frame).gradient + 0.0).tobytes() for frame in frames}
    assert gradients == keys
    assert np.array_equal(shown().outputs, FACTS.layer.forward(FACTS.x))


@pytest.mark.parametrize("layer", LAYERS)
def test_each_rule_of_the_explorer_is_what_it_says(layer: str) -> None:
    x = np.random.default_rng(0).integers(0, 3, (5, 5))
    rows = tuple(tuple(map(int, row)) for row in x)
    data = shown(inputs=rows, layer=layer, rule="first")
    size = data.layer.kernel, data.layer.stride
    assert np.array_equal(data.gradient, as_pytorch(x, FACTS.errors, *size)[1])

    tensor = torch.tensor(x, dtype=torch.float64).requires_grad_()
    windows = tensor.unfold(0, *size).unfold(1, *size).flatten(2)
    (windows.amax(dim=2) * torch.tensor(FACTS.errors)).sum().backward()
    shared = shown(inputs=rows, layer=layer, rule="shared").gradient
    assert np.allclose(shared, tensor.grad.numpy())

    for rule in ("frame", "first", "shared"):
        gradient = shown(inputs=rows, layer=layer, rule=rule).gradient
        assert gradient.sum() == pytest.approx(FACTS.errors.sum())


def test_all_that_get_the_whole_error_get_too_much() -> None:
    zero = pooling.by_name["inputs"].presets["all zero"]
    data = shown(inputs=zero, rule="everyone")
    assert data.gradient.sum() == 9 * FACTS.errors.sum()
