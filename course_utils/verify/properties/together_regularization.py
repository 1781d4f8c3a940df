"""Requirements of the network with each trainable layer: its regularization reaches the loss."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.verify.outcome import NotMet, matches
from course_utils.verify.probes import Data, Initializer, Optimizer, Regularizer
from course_utils.verify.properties.network_bench import scalar
from course_utils.verify.requirement import requirement
from course_utils.verify.strict import Strict, as_named


class _NoLoss(Strict):
    """Loss layer that gives 0, so that only regularization is left of the network's loss."""

    called = "loss layer"

    @as_named
    def forward(self, prediction_tensor: np.ndarray, label_tensor: np.ndarray) -> float:  # noqa: ARG002
        return 0.0

    @as_named
    def backward(self, label_tensor: np.ndarray) -> np.ndarray:
        return np.zeros_like(label_tensor)


def _reaches_the_loss(
    network: Any, shape: tuple[int, ...], layers: list[Any], right: Callable[[Any], list[Any]]
) -> int:
    """Return which of the right values the network's loss is, or raise `NotMet`.

    Parameters
    ----------
    network
        The class.
    shape
        Of one input of the first layer.
    layers
        The layer in question, then others.
    right
        Gives the right values for that layer, any of which will do.
    """
    optimizer = Optimizer(0.0)
    optimizer.add_regularizer(Regularizer())
    net = network(optimizer, Initializer(-1, 1), Initializer(-0.5, 0.5))
    net.data_layer, net.loss_layer = Data(*shape), _NoLoss()
    for layer in layers:
        net.append_layer(layer)
    net.forward()  # the second pass is looked at, so that nothing sums up unseen
    got, values = scalar("forward()", net.forward()), right(layers[0])
    for number, value in enumerate(values):
        if matches(got, value):
            return number
    name = type(layers[0]).__name__
    own = getattr(layers[0], "calculate_regularization_loss", None)
    cause = f"the network leaves {name} out when it sums the regularization"
    if got == 0 and own is not None:
        cause = "`calculate_regularization_loss` of the layer gives 0, whatever the regularizer"
    elif got != 0:
        cause = "it is not the regularizer's norm of the layer's weights"
    raise NotMet(
        "forward() with a regularizer and no other loss",
        f"the loss with {name} is {got:.6g}, expected {values[0]:.6g}",
        cause,
        "the norm is `self.optimizer.regularizer.norm(self.weights)`: let the layer give it, or the"
        " network ask the regularizer itself",
    )


@requirement(needs=("NeuralNetwork", "FullyConnected", "ReLU"))
def dense_regularization(network: Any, dense: Any, relu: Any) -> None:
    """The regularization of FullyConnected reaches the network's loss."""
    _reaches_the_loss(network, (3,), [dense(3, 2), relu()], _matrix)


def _matrix(layer: Any) -> list[float]:
    """Return the norm of the layer's weights, and without their bias row."""
    weights = np.asarray(layer.weights)
    return [Regularizer().norm(weights), Regularizer().norm(weights[:-1])]


def _with_and_without_bias(layer: Any) -> list[float]:
    weights, bias = (Regularizer().norm(np.asarray(t)) for t in (layer.weights, layer.bias))
    return [weights, weights + bias]


@requirement(needs=("NeuralNetwork", "Conv"))
def convolution_regularization(network: Any, conv: Any) -> None:
    """The regularization of Conv reaches the network's loss."""
    _reaches_the_loss(network, (1, 4, 4), [conv((1, 1), (1, 3, 3), 2)], _with_and_without_bias)


@requirement(needs=("NeuralNetwork", "BatchNormalization"))
def normalization_regularization(network: Any, normalization: Any) -> None:
    """The regularization of BatchNormalization reaches the network's loss."""
    _reaches_the_loss(network, (3,), [normalization(3)], _with_and_without_bias)


def _recurrent(network: Any, layer: Any) -> str | None:
    """Check a recurrent layer; a network that asks only for `weights` leaves out the second matrix.

    What the layer gives for both matrices is judged by itself.
    """

    def right(layer: Any) -> list[float]:
        return [float(np.ravel(layer.calculate_regularization_loss())[0]), *_matrix(layer)]

    if _reaches_the_loss(network, (3,), [layer], right) == 0:
        return None
    name = type(layer).__name__
    return f"of {name} the network regularizes `weights`, not the weights behind the hidden state"


@requirement(needs=("NeuralNetwork", "RNN"))
def recurrent_regularization(network: Any, rnn: Any) -> str | None:
    """The regularization of RNN reaches the network's loss."""
    return _recurrent(network, rnn(3, 4, 3))


@requirement(needs=("NeuralNetwork", "LSTM"))
def lstm_regularization(network: Any, lstm: Any) -> str | None:
    """The regularization of LSTM reaches the network's loss."""
    return _recurrent(network, lstm(3, 4, 3))
