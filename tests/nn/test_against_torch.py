"""Forward and every gradient against PyTorch, over random shapes, strides, paddings and types."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from hypothesis import assume, given
from hypothesis import strategies as st

from course_utils import nn
from tests.nn.helpers import assert_close, assert_same_as_torch, examples, name, noise, tensor

dtypes = st.sampled_from([np.float32, np.float64])
small = st.integers(1, 4)


@examples(25)
@given(batch=st.integers(0, 5), n=small, m=small, dtype=dtypes)
def test_fully_connected(batch, n, m, dtype):
    layer = nn.FullyConnected(n, m, rng=0)
    weights = tensor(layer.weights.astype(dtype))
    layer.weights = weights.detach().numpy()
    assert_same_as_torch(
        layer,
        lambda x: F.linear(x, weights[:-1].T, weights[-1]),
        noise(batch, n, dtype=dtype),
        {"weights": weights},
    )


@st.composite
def convolutions(draw):
    axes = draw(st.integers(1, 2))

    def per_axis(low, high):
        return tuple(draw(st.lists(st.integers(low, high), min_size=axes, max_size=axes)))

    kernel, stride, dilation = per_axis(1, 4), per_axis(1, 3), per_axis(1, 2)
    padding = draw(st.sampled_from(["same", "valid", "symmetric", "pairs"]))
    if padding == "symmetric":
        padding = per_axis(0, 3)
    elif padding == "pairs":
        padding = tuple(zip(per_axis(0, 3), per_axis(0, 3), strict=True))
    sizes = per_axis(1, 9)
    return sizes, kernel, stride, dilation, padding


@examples(120)
@given(setting=convolutions(), batch=small, channels=small, kernels=small, dtype=dtypes)
def test_convolution(setting, batch, channels, kernels, dtype):
    sizes, kernel, stride, dilation, padding = setting
    if padding == "same":
        extra = [d * (m - 1) for m, d in zip(kernel, dilation, strict=True)]
        zeros = [(e // 2, e - e // 2) for e in extra]
    elif padding == "valid":
        zeros = [(0, 0)] * len(kernel)
    else:
        zeros = [(p, p) if isinstance(p, int) else p for p in padding]
    assume(
        all(
            n + sum(z) >= d * (m - 1) + 1
            for n, z, m, d in zip(sizes, zeros, kernel, dilation, strict=True)
        )
    )
    layer = nn.Conv(stride, (channels, *kernel), kernels, padding, dilation)
    layer.weights = noise(kernels, channels, *kernel, dtype=dtype, seed=2)
    layer.bias = noise(kernels, dtype=dtype, seed=3)
    weights, bias = tensor(layer.weights), tensor(layer.bias)
    convolve = F.conv1d if len(kernel) == 1 else F.conv2d
    torch_zeros = [zero for pair in reversed(zeros) for zero in pair]

    def expected(x):
        return convolve(F.pad(x, torch_zeros), weights, bias, stride, 0, dilation)

    x = noise(batch, channels, *sizes, dtype=dtype)
    assert_same_as_torch(layer, expected, x, {"weights": weights, "bias": bias})


def test_convolution_of_a_batch_that_is_unfolded_in_several_parts(monkeypatch):
    monkeypatch.setattr("course_utils.nn.unfolding.COLUMN_BYTES", 2 * 9 * 2 * 36 * 8)
    layer = nn.Conv(1, (2, 3, 3), 3, rng=0)
    weights, bias = tensor(layer.weights), tensor(layer.bias)
    assert_same_as_torch(
        layer,
        lambda x: F.conv2d(x, weights, bias, padding="same"),
        noise(5, 2, 6, 6),  # parts of 2, 2 and 1 samples
        {"weights": weights, "bias": bias},
    )


@examples(60)
@given(
    sizes=st.tuples(st.integers(4, 9), st.integers(4, 9)),
    window=st.tuples(small, small),
    stride=st.tuples(small, small),
    mode=st.sampled_from(["max", "average"]),
    one_axis=st.booleans(),
    dtype=dtypes,
)
def test_pooling(sizes, window, stride, mode, one_axis, dtype):
    if one_axis:
        sizes, window, stride = sizes[:1], window[:1], stride[:1]
    pool = {
        ("max", 1): F.max_pool1d,
        ("max", 2): F.max_pool2d,
        ("average", 1): F.avg_pool1d,
        ("average", 2): F.avg_pool2d,
    }[mode, len(sizes)]
    layer = nn.Pooling(stride, window, mode)
    x = noise(2, 3, *sizes, dtype=dtype)
    assert_same_as_torch(layer, lambda x: pool(x, window, stride), x)


@pytest.mark.parametrize(
    ("layer", "function"),
    [
        (nn.ReLU(), torch.relu),
        (nn.LeakyReLU(0.2), lambda x: F.leaky_relu(x, 0.2)),
        (nn.ELU(1.5), lambda x: F.elu(x, 1.5)),
        (nn.GELU(), F.gelu),
        (nn.Sigmoid(), torch.sigmoid),
        (nn.TanH(), torch.tanh),
        (nn.SoftMax(), lambda x: torch.softmax(x, -1)),
        (nn.Flatten(), torch.flatten),
    ],
    ids=name,
)
@examples(15)
@given(
    shape=st.lists(st.integers(1, 6), min_size=2, max_size=4),
    scale=st.sampled_from([0.1, 1.0, 30.0, 1000.0]),
    dtype=dtypes,
)
def test_activations(layer, function, shape, scale, dtype):
    if isinstance(layer, nn.Flatten):
        function = lambda x: torch.flatten(x, 1)  # noqa: E731
    x = (scale * noise(*shape)).astype(dtype)
    assert_same_as_torch(layer, function, x)


@examples(25)
@given(
    shape=st.lists(st.integers(2, 6), min_size=2, max_size=4),
    momentum=st.sampled_from([0.1, 0.3]),
    dtype=dtypes,
)
def test_batch_normalization_with_pytorchs_conventions(shape, momentum, dtype):
    channels = shape[1]
    layer = nn.BatchNormalization.like_pytorch(channels)
    layer.decay = 1 - momentum
    layer.weights = noise(channels, dtype=dtype, seed=2)
    layer.bias = noise(channels, dtype=dtype, seed=3)
    kind = torch.nn.BatchNorm2d if len(shape) == 4 else torch.nn.BatchNorm1d
    theirs = kind(channels, momentum=momentum).to(torch.tensor(layer.bias).dtype)
    theirs.load_state_dict(
        {"weight": torch.tensor(layer.weights), "bias": torch.tensor(layer.bias)}, strict=False
    )
    parameters = {"weights": theirs.weight, "bias": theirs.bias}
    for seed in range(3):
        theirs.zero_grad()
        x = 3 * noise(*shape, dtype=dtype, seed=seed) + dtype(1)
        assert_same_as_torch(layer, theirs, x, parameters)
        np.testing.assert_allclose(layer.running_mean, theirs.running_mean, rtol=1e-4)
        np.testing.assert_allclose(layer.running_variance, theirs.running_var, rtol=1e-4)
    theirs.eval()
    theirs.zero_grad()
    layer.testing_phase = True
    assert_same_as_torch(layer, theirs, noise(*shape, dtype=dtype, seed=9), parameters)


@pytest.mark.parametrize("kind", ["RNN", "LSTM"])
@examples(20)
@given(time=st.integers(1, 6), batch=st.integers(0, 3), n=small, h=small, m=small, dtype=dtypes)
def test_recurrent_layers(kind, time, batch, n, h, m, dtype):
    layer = getattr(nn, kind)(n, h, m)
    weights = tensor(noise(*layer.weights.shape, dtype=dtype, seed=2))
    output_weights = tensor(noise(*layer.output_weights.shape, dtype=dtype, seed=3))
    layer.weights, layer.output_weights = weights.detach().numpy(), output_weights.detach().numpy()
    theirs = getattr(torch.nn, kind)(n, h)
    pieces = {
        "weight_ih_l0": weights[:n].T,
        "weight_hh_l0": weights[n:-1].T,
        "bias_ih_l0": weights[-1],
        "bias_hh_l0": torch.zeros_like(weights[-1]),
    }

    def expected(x):
        hidden, _ = torch.func.functional_call(theirs, pieces, (x,))
        return torch.sigmoid(hidden @ output_weights[:-1] + output_weights[-1])

    x = noise(time, *([batch] if batch else []), n, dtype=dtype)
    parameters = {"weights": weights, "output_weights": output_weights}
    assert_same_as_torch(layer, expected, x, parameters)


def test_residual_block_with_and_without_projection():
    block = nn.Residual(
        [nn.Conv(1, (2, 3, 3), 3, rng=0), nn.TanH()], [nn.Conv(1, (2, 1, 1), 3, rng=1)]
    )
    first, shortcut = block.layers[0], block.shortcut[0]
    tensors = [tensor(a) for c in (first, shortcut) for a in (c.weights, c.bias)]

    def expected(x):
        w, b, v, c = tensors
        return torch.tanh(F.conv2d(x, w, b, padding="same")) + F.conv2d(x, v, c)

    assert_same_as_torch(block, expected, noise(2, 2, 4, 5))
    assert_close(first.gradient_weights, tensors[0].grad)
    assert_close(shortcut.gradient_bias, tensors[3].grad)
    plain = nn.Residual([nn.TanH()])
    assert_same_as_torch(plain, lambda x: torch.tanh(x) + x, noise(2, 3))


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@examples(15)
@given(batch=small, classes=st.integers(2, 5), dtype=dtypes)
def test_losses(reduction, batch, classes, dtype):
    z = noise(batch, classes, dtype=dtype)
    probabilities = nn.SoftMax().forward(z)
    rng = np.random.default_rng(1)
    one_hot = nn.one_hot(rng.integers(0, classes, batch), classes, dtype)
    binary = rng.integers(0, 2, z.shape).astype(dtype)
    negative_log = torch.nn.NLLLoss(reduction=reduction)
    target = torch.tensor(one_hot.argmax(axis=1))
    cases = [
        (nn.SquaredErrorLoss, z, binary, lambda p, y: F.mse_loss(p, y, reduction=reduction)),
        (
            nn.CrossEntropyLoss,
            probabilities,
            one_hot,
            lambda p, _: negative_log(torch.log(p), target),
        ),
        (
            nn.CrossEntropyWithLogitsLoss,
            z,
            one_hot,
            lambda p, y: F.cross_entropy(p, y, reduction=reduction),
        ),
        (
            nn.BinaryCrossEntropyLoss,
            probabilities,
            binary,
            lambda p, y: F.binary_cross_entropy(p, y, reduction=reduction),
        ),
        (
            nn.BinaryCrossEntropyWithLogitsLoss,
            z,
            binary,
            lambda p, y: F.binary_cross_entropy_with_logits(p, y, reduction=reduction),
        ),
    ]
    for make, prediction, label, function in cases:
        loss = make(reduction)
        inputs = tensor(prediction)
        expected = function(inputs, torch.tensor(label))
        expected.backward()
        value = loss.forward(prediction, label)
        assert isinstance(value, float)
        assert value == pytest.approx(expected.item(), rel=1e-4)
        assert_close(loss.backward(label), inputs.grad, dtype)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (nn.Sgd(0.1), lambda p: torch.optim.SGD(p, 0.1)),
        (nn.SgdWithMomentum(0.1, 0.8), lambda p: torch.optim.SGD(p, 0.1, momentum=0.8)),
        (nn.Adam(0.01, 0.9, 0.99), lambda p: torch.optim.Adam(p, 0.01, (0.9, 0.99))),
        (
            nn.Adam(0.01, regularizer=nn.L2(0.3)),
            lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.3),
        ),
        (
            nn.Adam(0.01, regularizer=nn.L2(0.3), regularize_gradient=True),
            lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.3),
        ),
        (
            nn.SgdWithMomentum(0.1, 0.8, nn.L2(0.3), regularize_gradient=True),
            lambda p: torch.optim.SGD(p, 0.1, momentum=0.8, weight_decay=0.3),
        ),
    ],
    ids=name,
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_optimizers_follow_the_same_path(ours, theirs, dtype):
    import copy

    ours = copy.deepcopy(ours)
    weights = noise(3, 4, dtype=dtype)
    parameter = torch.tensor(weights, requires_grad=True)
    optimizer = theirs([parameter])
    for seed in range(20):
        gradient = noise(3, 4, dtype=dtype, seed=seed)
        parameter.grad = torch.tensor(gradient)
        optimizer.step()
        weights = ours.calculate_update(weights, gradient)
        assert_close(weights, parameter, dtype)
