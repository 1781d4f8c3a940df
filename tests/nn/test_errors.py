"""Bad input gets one sentence that names the layer, the expected and the given shape."""

import numpy as np
import pytest

from course_utils import nn
from tests.nn.helpers import every_layer, ids, noise

CASES = every_layer()


@pytest.mark.parametrize(
    ("layer", "shape", "words"),
    [
        (nn.FullyConnected(4, 3), (5, 6), ["FullyConnected", "(batch, 4)", "(5, 6)"]),
        (nn.FullyConnected(4, 3), (4,), ["FullyConnected", "(batch, 4)", "(4,)"]),
        (nn.Conv(1, (3, 2, 2), 2), (5, 1, 6, 6), ["Conv", "(batch, 3, y, x)", "(5, 1, 6, 6)"]),
        (nn.Conv(1, (3, 2), 2), (5, 3, 6, 6), ["Conv", "(batch, 3, y)", "(5, 3, 6, 6)"]),
        (nn.Conv(1, (3, 7, 7), 2, "valid"), (5, 3, 6, 6), ["smaller than the kernel"]),
        (nn.Pooling(2, 2), (5, 6, 6), ["Pooling", "(batch, channel, y, x)", "(5, 6, 6)"]),
        (nn.Pooling(2, (3, 3)), (5, 6, 2, 6), ["Pooling", "smaller than the window"]),
        (nn.BatchNormalization(4), (5, 6), ["BatchNormalization", "(batch, 4)", "(5, 6)"]),
        (nn.BatchNormalization(4), (5, 6, 2, 2), ["(batch, 4, y, x)", "(5, 6, 2, 2)"]),
        (nn.RNN(4, 3, 2), (5, 6), ["RNN", "(time, 4)", "(5, 6)"]),
        (nn.LSTM(4, 3, 2), (5, 6, 7), ["LSTM", "(time, batch, 4)", "(5, 6, 7)"]),
        (nn.SoftMax(), (5, 0), ["SoftMax", "(batch, classes)", "(5, 0)"]),
        (nn.Flatten(), (), ["Flatten", "batch axis"]),
        (nn.Residual([nn.FullyConnected(4, 3)]), (5, 4), ["Residual", "(5, 3)", "(5, 4)"]),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_inputs_of_the_wrong_shape(layer, shape, words):
    with pytest.raises(ValueError, match=r"shape|axis|make|smaller") as caught:
        layer.forward(np.ones(shape))
    for word in words:
        assert word in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("number", range(len(CASES)), ids=ids(CASES))
def test_errors_of_the_wrong_shape_and_backward_without_forward(number):
    layer, x = every_layer()[number]
    name = type(layer).__name__
    with pytest.raises(RuntimeError, match=f"{name}.*call forward before backward"):
        layer.backward(x)
    y = layer.forward(x)
    with pytest.raises(ValueError, match=f"{name}.*error_tensor should have the shape") as caught:
        layer.backward(np.ones((*y.shape[:-1], y.shape[-1] + 1)))
    assert str(y.shape) in str(caught.value)
    with pytest.raises(TypeError, match=f"{name}.*error_tensor should be an array of real"):
        layer.backward(np.full(y.shape, "a"))
    with pytest.raises(TypeError, match=f"{name}.*input_tensor should be an array of real"):
        layer.forward(x + 1j)


def test_a_parameter_that_was_replaced_by_one_of_another_shape():
    layer = nn.FullyConnected(4, 3)
    layer.weights = np.ones((4, 3))
    with pytest.raises(ValueError, match=r"weights should have the shape \(5, 3\)"):
        layer.forward(np.ones((2, 4)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: nn.Conv((1, 2, 3), (1, 3, 3), 2), "stride_shape should be one whole number or 2"),
        (lambda: nn.Conv(0, (1, 3, 3), 2), "at least 1"),
        (lambda: nn.Conv(1.5, (1, 3, 3), 2), "stride_shape should be one whole number"),
        (lambda: nn.Conv(1, (3,), 2), r"convolution_shape should be \(channels, m\)"),
        (lambda: nn.Conv(1, (1, 3, 3), 2, "full"), "padding should be"),
        (lambda: nn.Conv(1, (1, 3, 3), 2, -1), "at least 0"),
        (lambda: nn.Conv(1, (1, 3, 3), 2, ((1, 1),)), "padding should be 2 pairs"),
        (lambda: nn.Pooling(1, 2, "min"), 'mode should be "max" or "average"'),
        (lambda: nn.Dropout(0), "probability of keeping"),
        (lambda: nn.Dropout(1.1), "probability of keeping"),
        (lambda: nn.Sgd(-1), "learning_rate should be a number from 0"),
        (lambda: nn.Adam(float("nan")), "learning_rate should be a number from 0"),
        (lambda: nn.Sgd("small"), "learning_rate should be a number from 0, but it is 'small'"),
        (lambda: nn.SgdWithMomentum(0.1, float("nan")), "momentum_rate should be a number from 0"),
        (lambda: nn.Adam(0.1, mu=1.0), "Adam: mu should be a number from 0 to below 1"),
        (lambda: nn.Adam(0.1, rho=1), "Adam: rho should be a number from 0 to below 1"),
        (lambda: nn.Dropout("half"), "probability of keeping"),
        (lambda: nn.Constant("a"), "Constant: value should be a number, but it is .a."),
        (lambda: nn.Constant(None), "should be a number, but it is None"),
        (lambda: nn.FullyConnected(0, 2), "input_size should be a whole number from 1 on"),
        (lambda: nn.FullyConnected(3, 2.5), "output_size should be .* but it is 2.5"),
        (lambda: nn.FullyConnected("3", 2), "input_size should be .* but it is '3'"),
        (lambda: nn.Conv(1, (1, 3, 3), -1), "num_kernels should be a whole number from 1 on"),
        (lambda: nn.BatchNormalization(None), "channels should be a whole number from 1 on"),
        (lambda: nn.LSTM(3, -1, 2), "LSTM: hidden_size should be a whole number from 1 on"),
        (lambda: nn.RNN(3, float("inf"), 2), "RNN: hidden_size should be a whole number"),
        (lambda: nn.ArrayData(np.ones(3), np.ones(3), 0), "batch_size should be a whole number"),
        (lambda: nn.CrossEntropyLoss("average"), 'reduction should be "sum" or "mean"'),
        (lambda: nn.one_hot([0, 3], 3), "classes from 0 to 2"),
        (lambda: nn.one_hot([0.0, 1.0], 3), "whole numbers"),
        (lambda: nn.ArrayData(np.ones(3), np.ones(2), 1), "3 and 2"),
        (lambda: nn.lenet(nn.Sgd(1), (1, 8, 8)), "larger images"),
    ],
)
def test_arguments_that_make_no_sense(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("number", range(len(CASES)), ids=ids(CASES))
def test_an_empty_batch_is_told_where_it_is_no_batch(number):
    layer, x = every_layer()[number]
    name = type(layer).__name__
    if name in ("BatchNormalization", "Conv", "RNN", "LSTM"):
        with pytest.raises(ValueError, match=f"{name}.*should not be empty.*\\(0,"):
            layer.forward(x[:0])
    else:
        assert len(layer.forward(x[:0])) == 0  # as in PyTorch


@pytest.mark.parametrize("number", range(len(CASES)), ids=ids(CASES))
def test_rows_of_different_lengths_are_told(number):
    layer, _ = every_layer()[number]
    name = type(layer).__name__
    with pytest.raises(TypeError, match=f"{name}.*list whose rows are not equally long"):
        layer.forward([[1.0, 2.0], [3.0]])


@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_a_loss_of_no_sample_says_so(reduction):
    with pytest.raises(ValueError, match="should not be empty"):
        nn.SquaredErrorLoss(reduction).forward(np.ones((0, 3)), np.ones((0, 3)))


def test_the_sigmoid_of_a_number_is_a_number():
    assert nn.Sigmoid().forward(0.0) == 0.5


@pytest.mark.parametrize("wrong", ["ab", [1j, 2j], None, [[1.0], [1.0, 2.0]]])
def test_an_optimizer_names_what_is_no_gradient(wrong):
    with pytest.raises(TypeError, match=r"Sgd.*gradient_tensor should be an array of real numbers"):
        nn.Sgd(0.1).calculate_update(np.ones(2), wrong)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: nn.NeuralNetwork(nn.Sgd), r"the optimizer is the class Sgd itself.*Sgd\(…\)"),
        (lambda: nn.NeuralNetwork(nn.Sgd(1), nn.He), "the weights' initializer is the class He"),
        (lambda: nn.NeuralNetwork(nn.Sgd(1)).append_layer(nn.ReLU), "a layer is the class ReLU"),
        (
            lambda: _network_with(loss_layer=nn.SquaredErrorLoss).forward(),
            "loss_layer is the class",
        ),
        (lambda: _network_with(data_layer=nn.ArrayData).forward(), "data_layer is the class"),
    ],
)
def test_forgotten_brackets_are_told(make, words):
    with pytest.raises(TypeError, match=words):
        make()


def _network_with(**parts):
    network = nn.NeuralNetwork(nn.Sgd(1))
    network.data_layer = nn.ArrayData(np.ones((2, 1)), np.ones((2, 1)), 1)
    network.loss_layer = nn.SquaredErrorLoss()
    vars(network).update(parts)
    return network


def test_losses_name_the_shapes():
    with pytest.raises(ValueError, match=r"CrossEntropyLoss.*label_tensor.*\(2, 3\).*\(2,\)"):
        nn.CrossEntropyLoss().forward(np.ones((2, 3)), np.ones(2))
    with pytest.raises(RuntimeError, match="call forward before backward"):
        nn.CrossEntropyLoss().backward(np.ones((2, 3)))


def test_an_optimizer_that_is_shared_by_two_tensors_says_so():
    optimizer = nn.Adam(0.1)
    optimizer.calculate_update(noise(3, 2), noise(3, 2))
    with pytest.raises(ValueError, match=r"first_moment belongs to .*\(3, 2\).*own copy"):
        optimizer.calculate_update(noise(2), noise(2))
    with pytest.raises(ValueError, match=r"weights' shape \(3, 2\), but it has \(2,\)"):
        nn.Sgd(0.1).calculate_update(noise(3, 2), noise(2))


def test_a_memorizing_layer_refuses_another_number_of_sequences():
    layer = nn.RNN(3, 4, 2)
    layer.memorize = True
    layer.forward(noise(5, 6, 3))
    with pytest.raises(ValueError, match=r"\(6, 4\).*\(7, 4\).*forget\(\)"):
        layer.forward(noise(5, 7, 3))


def test_a_network_without_data_or_loss_says_what_is_missing():
    network = nn.NeuralNetwork(nn.Sgd(0.1))
    with pytest.raises(RuntimeError, match="set data_layer"):
        network.forward()
    with pytest.raises(RuntimeError, match="call forward before backward"):
        network.backward()


def test_a_layer_without_forward_says_so():
    with pytest.raises(NotImplementedError, match="Own has no forward yet"):
        type("Own", (nn.BaseLayer,), {})().forward(np.ones((1, 1)))
