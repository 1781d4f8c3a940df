"""A network surrounded by stand-ins for layers, loss and data."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.verify.outcome import (
    reals,
    require,
)
from course_utils.verify.probes import Data, Initializer, Layer, Loss, Optimizer, Regularizer

SIZE = 3


@dataclass
class Bench:
    """A network of three probes; the middle one is not trainable."""

    net: Any
    layers: list[Layer]
    loss: Loss
    data: Data
    optimizer: Optimizer
    initializers: tuple[Initializer, Initializer]
    journal: list[tuple[str, str, bool]]

    def calls(self, what: str) -> list[str]:
        """Return the names of the layers in the order of their calls."""
        return [name for called, name, _ in self.journal if called == what]

    def prediction(self, x: np.ndarray) -> np.ndarray:
        """Return what the layers give for `x` with the weights that they have now."""
        for layer in self.layers:
            x = x @ layer.weights if layer.trainable else x
        return x

    def data_loss(self, batch: int = -1) -> float:
        """Return the loss of one of the batches given out, without regularization."""
        x, label = self.data.batches[batch]
        return float(np.sum((self.prediction(x) - label) ** 2) / 2)


def bench_for(network_class: type, regularized: bool = False) -> Bench:
    """Return a network of the given class with three probe layers appended."""
    journal: list[tuple[str, str, bool]] = []
    optimizer = Optimizer(0.03125)
    if regularized:
        optimizer.add_regularizer(Regularizer())
    initializers = Initializer(-1, 1), Initializer(-0.5, 0.5)
    net: Any = network_class(optimizer, *initializers)
    layers = [
        Layer("first", journal, SIZE),
        Layer("middle", journal, SIZE, trainable=False),
        Layer("second", journal, SIZE),
    ]
    loss, data = Loss(journal), Data(SIZE)
    net.data_layer, net.loss_layer = data, loss
    for layer in layers:
        net.append_layer(layer)
    return Bench(net, layers, loss, data, optimizer, initializers, journal)


def scalar(quantity: str, value: object) -> float:
    """Return a number; raise `NotMet` if `value` is none."""
    require(value is not None, quantity, f"{quantity} is None", "a `return` is missing")
    array = reals(quantity, value)
    require(array.size == 1, quantity, f"{quantity} has shape {array.shape}, expected a number")
    return float(array.ravel()[0])
