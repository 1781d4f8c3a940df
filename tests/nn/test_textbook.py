"""The slow versions that speed is compared with compute the same; the benchmark measures."""

import copy
import json

import numpy as np
import pytest

from course_utils import nn
from course_utils.bench import framework
from course_utils.bench.textbook import TextbookConv, TextbookPooling, TextbookRNN, textbook_lenet
from tests.nn.helpers import noise


def assert_same(ours, textbook, x, gradients=()):
    y = ours.forward(x)
    np.testing.assert_allclose(textbook.forward(x), y, atol=1e-10)
    error = noise(*y.shape, seed=1)
    np.testing.assert_allclose(textbook.backward(error), ours.backward(error), atol=1e-10)
    for name in gradients:
        np.testing.assert_allclose(getattr(textbook, name), getattr(ours, name), atol=1e-10)


def test_convolution():
    ours, textbook = nn.Conv(1, (2, 5, 3), 3, rng=0), TextbookConv((2, 5, 3), 3)
    textbook.weights, textbook.bias = ours.weights, ours.bias
    assert_same(ours, textbook, noise(2, 2, 7, 6), ("gradient_weights", "gradient_bias"))


@pytest.mark.parametrize("mode", ["max", "average"])
def test_pooling(mode):
    assert_same(nn.Pooling(2, 3, mode), TextbookPooling(2, 3, mode), noise(2, 3, 7, 8))


def test_rnn():
    ours, textbook = nn.RNN(3, 4, 2, rng=0), TextbookRNN(3, 4, 2)
    textbook.hidden.weights, textbook.output.weights = ours.weights, ours.output_weights
    assert_same(ours, textbook, noise(5, 3), ("gradient_weights", "gradient_output_weights"))


def test_lenet_trains_alike():
    fast, slow = (
        build(nn.Adam(1e-3)) for build in (lambda o: nn.lenet(o, modern=True), textbook_lenet)
    )
    x, labels = noise(2, 1, 32, 32), nn.one_hot([3, 7], 10)
    for a, b in zip(fast.layers, slow.layers, strict=True):
        for name in a.parameter_names:
            setattr(b, name, copy.deepcopy(getattr(a, name)))
    for network in (fast, slow):
        network.data_layer = nn.ArrayData(x, labels, 2, shuffle=False)
        network.train(2, quiet=True)
    np.testing.assert_allclose(slow.loss, fast.loss)


def test_the_benchmark_measures_every_contender_that_is_there():
    only = "max pooling 2×2, LeNet 6→16"
    result = framework.measure(threads=1, rounds=1, only=only, slow=False)
    (case,) = json.loads(json.dumps(result))["cases"]
    assert case["ours_ms"] > 0
    assert case["ratio_to_torch"] == pytest.approx(case["ours_ms"] / case["torch_ms"], rel=0.02)
    assert case["textbook_ms"] is case["speedup_over_textbook"] is None
    megabytes = 64 * 16 * (16 * 16 + 8 * 8) * 4 / 2**20  # at least the error and the output
    assert megabytes < case["ours_mb"] < 2 * megabytes
    assert megabytes < case["torch_mb"] < 2 * megabytes
    assert set(case["other_ms"]) == {"pydynet", "neuralnetlib"}
    assert result["threads"] == 1


def test_every_case_of_the_benchmark_runs():
    for case in framework.CASES:
        x = np.zeros((2, *case.shape[1:]), np.float32)
        layer = case.ours(nn)
        assert layer.backward(layer.forward(x)).shape == x.shape
