"""What the framework's tests share."""

import numpy as np
import torch
from hypothesis import settings

from course_utils import nn

TOLERANCE = {np.float32: 2e-4, np.float64: 1e-9}


def name(value):
    """A parameter's name in a test's id: ours by their repr, PyTorch's by nothing that varies."""
    return "torch" if callable(value) else repr(value)


def examples(count):
    """The same `count` examples on every run and every machine, without a time limit."""
    return settings(max_examples=count, derandomize=True, deadline=None, database=None)


def noise(*shape, dtype=np.float64, seed=0):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def tensor(array, gradient=True):
    return torch.tensor(array, requires_grad=gradient)


def assert_close(ours, torchs, dtype=np.float64):
    """Compare with PyTorch: values, type, layout."""
    expected = torchs.detach().numpy()
    assert ours.dtype == dtype
    assert ours.flags.c_contiguous
    assert ours.shape == expected.shape
    scale = max(1.0, float(np.abs(expected).max(initial=0)))
    np.testing.assert_allclose(ours, expected, rtol=0, atol=TOLERANCE[dtype] * scale)


def assert_same_as_torch(layer, function, x, parameters=(), seed=1):
    """Compare output, input error and the gradients of `parameters`, {name: torch tensor}."""
    dtype = x.dtype.type
    inputs = tensor(x)
    expected = function(inputs)
    y = layer.forward(x)
    assert_close(y, expected, dtype)
    error = noise(*y.shape, dtype=dtype, seed=seed)
    expected.backward(torch.tensor(error))
    before = error.copy(), x.copy()
    assert_close(layer.backward(error), inputs.grad, dtype)
    np.testing.assert_array_equal(error, before[0])
    np.testing.assert_array_equal(x, before[1])
    for name, parameter in dict(parameters).items():
        assert_close(getattr(layer, f"gradient_{name}"), parameter.grad, dtype)


def every_layer():
    """One of each layer with an input that it takes, as (layer, input)."""
    image = noise(3, 2, 6, 5)
    rows = noise(4, 5)
    return [
        (nn.FullyConnected(5, 3, rng=0), rows),
        (nn.Conv(1, (2, 3, 2), 4, rng=0), image),
        (nn.Conv((2,), (2, 3), 4, padding="valid", rng=0), noise(3, 2, 7)),
        (nn.Pooling(2, (2, 3)), image),
        (nn.Pooling((1, 2), (2, 2), "average"), image),
        (nn.Flatten(), image),
        (nn.ReLU(), rows),
        (nn.LeakyReLU(0.1), rows),
        (nn.ELU(0.7), rows),
        (nn.GELU(), rows),
        (nn.Sigmoid(), rows),
        (nn.TanH(), rows),
        (nn.SoftMax(), rows),
        (nn.Dropout(0.6, rng=0), rows),
        (nn.BatchNormalization(5), rows),
        (nn.BatchNormalization(2), image),
        (nn.RNN(5, 4, 3, rng=0), rows),
        (nn.LSTM(5, 4, 3, rng=0), rows),
        (nn.Residual([nn.FullyConnected(5, 5, rng=0), nn.TanH()]), rows),
        (nn.Residual([nn.FullyConnected(5, 2, rng=0)], [nn.FullyConnected(5, 2, rng=1)]), rows),
    ]


def ids(cases):
    return [f"{layer!r:.60}-{x.ndim}d" for layer, x in cases]
