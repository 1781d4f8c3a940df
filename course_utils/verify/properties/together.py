"""Requirements of several parts at once: that they learn."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import require
from course_utils.verify.requirement import requirement


class _Batches:
    """Data layer that gives the same batch again and again, as fresh copies."""

    def __init__(self, x: np.ndarray, label: np.ndarray):
        self._batch = x, label

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        return self._batch[0].copy(), self._batch[1].copy()


def _learns(net: Any, x: np.ndarray, classes: np.ndarray, steps: int) -> None:
    net.train(steps)
    predicted = np.asarray(net.test(x.copy())).argmax(axis=1)
    accuracy = float((predicted == classes).mean())
    first, last = float(np.ravel(net.loss[0])[0]), float(np.ravel(net.loss[-1])[0])
    require(
        accuracy > 0.9,
        "accuracy on the training data",
        f"it is {accuracy:.2f} after {steps} steps; the loss went from {first:.3g} to {last:.3g}",
        "",
        "each part is right by itself: look at how they are put together",
    )


_DENSE = (
    "NeuralNetwork",
    "FullyConnected",
    "ReLU",
    "SoftMax",
    "CrossEntropyLoss",
    "Adam",
    "He",
    "Constant",
)


@requirement(needs=_DENSE)
def dense_network_learns(
    network: Any, dense: Any, relu: Any, softmax: Any, loss: Any, adam: Any, he: Any, constant: Any
) -> None:
    """A network of two fully connected layers learns three groups of points."""
    generator = np.random.default_rng(70)
    classes = np.repeat(np.arange(3), 20)
    angle = 2 * np.pi * classes / 3
    x = 2 * np.stack([np.cos(angle), np.sin(angle)], axis=1) + 0.4 * generator.normal(size=(60, 2))
    net = network(adam(0.05, 0.9, 0.999), he(), constant(0.1))
    net.data_layer, net.loss_layer = _Batches(x, np.eye(3)[classes]), loss()
    for layer in (dense(2, 8), relu(), dense(8, 3), softmax()):
        net.append_layer(layer)
    _learns(net, x, classes, 100)


@requirement(
    needs=(
        "NeuralNetwork",
        "Conv",
        "ReLU",
        "Pooling",
        "Flatten",
        "FullyConnected",
        "SoftMax",
        "CrossEntropyLoss",
        "Adam",
        "He",
        "Constant",
    )
)
def convolutional_network_learns(
    network: Any,
    conv: Any,
    relu: Any,
    pooling: Any,
    flatten: Any,
    dense: Any,
    softmax: Any,
    loss: Any,
    adam: Any,
    he: Any,
    constant: Any,
) -> None:
    """A small convolutional network learns to tell horizontal from vertical bars."""
    generator = np.random.default_rng(71)
    classes = np.arange(24) % 2
    images = 0.1 * generator.normal(size=(24, 1, 6, 6))
    for image, upright, place in zip(images, classes, generator.integers(6, size=24), strict=True):
        image[0][(slice(None), place) if upright else (place, slice(None))] += 1.0
    net = network(adam(0.02, 0.9, 0.999), he(), constant(0.1))
    net.data_layer, net.loss_layer = _Batches(images, np.eye(2)[classes]), loss()
    for layer in (
        conv((1, 1), (1, 3, 3), 4),
        relu(),
        pooling((2, 2), (2, 2)),
        flatten(),
        dense(36, 2),
        softmax(),
    ):
        net.append_layer(layer)
    _learns(net, images, classes, 40)
