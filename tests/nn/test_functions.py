"""The functions inside the layers, by themselves: against PyTorch, and pure."""

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812

from course_utils.nn import batch_normalization, convolution, elman, lstm
from course_utils.nn.windows import Windows
from tests.nn.helpers import assert_close, noise, tensor


def read_only(*arrays):
    """Copies that raise when somebody writes to them."""
    copies = tuple(array.copy() for array in arrays)
    for copy in copies:
        copy.flags.writeable = False
    return copies


def test_batch_normalization():
    x, error, gamma, beta = read_only(
        noise(4, 3, 5), noise(4, 3, 5, seed=1), noise(3, 1, seed=2), noise(3, 1, seed=3)
    )
    inputs, g, b = tensor(x), tensor(gamma), tensor(beta)
    expected = F.batch_norm(inputs, None, None, g[:, 0], b[:, 0], training=True, eps=1e-5)
    expected.backward(torch.tensor(error))

    normalized, deviation, variance = batch_normalization.normalize_batch(x, 1e-5)
    assert_close(batch_normalization.scale_and_shift(normalized, gamma, beta), expected)
    of_gamma, of_beta = batch_normalization.parameter_gradients(error, normalized)
    assert_close(of_gamma, g.grad)
    assert_close(of_beta, b.grad)
    assert_close(
        batch_normalization.input_gradient(error, normalized, gamma, deviation, of_gamma, of_beta),
        inputs.grad,
    )
    again = batch_normalization.normalize_by(x, x.mean((0, 2))[:, None], variance, 1e-5)
    np.testing.assert_allclose(again[0], normalized, atol=1e-12)
    np.testing.assert_array_equal(again[1], deviation)


def test_convolution():
    x, weights, bias = read_only(noise(3, 2, 7, 6), noise(4, 2, 3, 2, seed=1), noise(4, seed=2))
    windows = Windows((3, 2), (2, 1), (1, 2), ((1, 1), (0, 2)))
    inputs, w, b = tensor(x), tensor(weights), tensor(bias)
    expected = F.conv2d(F.pad(inputs, (0, 2, 1, 1)), w, b, stride=(2, 1), dilation=(1, 2))
    (error,) = read_only(noise(*expected.shape, seed=3))
    expected.backward(torch.tensor(error))

    assert_close(convolution.convolve(x, weights, bias, windows), expected)
    gradients = convolution.convolution_gradients(error, x, weights, windows)
    for ours, theirs in zip(gradients, (inputs.grad, w.grad, b.grad), strict=True):
        assert_close(ours, theirs)


def recurrence(cell, gates):
    """One run of PyTorch's cell of 4 units: its states, the gradient of x·W_x + b, and our inputs.

    W_x is the identity, so that PyTorch's input is our `driven`.
    """
    width = 4 * gates
    driven, recurrent, start, error = read_only(
        noise(6, 3, width), noise(4, width, seed=1), noise(3, 4, seed=2), noise(6, 3, 4, seed=3)
    )
    with torch.no_grad():
        cell.weight_ih.copy_(torch.eye(width))
        cell.weight_hh.copy_(torch.tensor(recurrent).T)
    inputs = tensor(driven)
    state = torch.tensor(start)
    states = []
    cell_state = torch.tensor(start)
    for each in inputs:
        if gates == 4:
            state, cell_state = cell(each, (state, cell_state))
        else:
            state = cell(each, state)
        states.append(state)
    states = torch.stack(states)
    states.backward(torch.tensor(error))
    return states, cell_state, inputs.grad, (driven, recurrent, start, error)


def test_elmans_recurrence():
    states, _, gradient, (driven, recurrent, start, error) = recurrence(
        torch.nn.RNNCell(4, 4, bias=False, dtype=torch.float64), gates=1
    )
    hidden = elman.elman(driven, recurrent, start)
    np.testing.assert_array_equal(hidden[0], start)
    assert_close(hidden[1:], states)
    assert_close(elman.elman_gradient(error, recurrent, hidden), gradient)


def test_the_recurrence_of_lstm():
    states, cell_state, gradient, (driven, recurrent, start, error) = recurrence(
        torch.nn.LSTMCell(16, 4, bias=False, dtype=torch.float64), gates=4
    )
    hidden, cells = lstm.lstm(driven, recurrent, start, start)
    assert_close(hidden[1:], states)
    assert_close(cells.states[-1], cell_state)
    assert_close(lstm.lstm_gradient(error, recurrent, cells), gradient)
