"""A block with a skip connection."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.nn.base import BaseLayer, Initializer


class Residual(BaseLayer):
    """A residual block (He et al. 2016): y = F(x) + S(x), F a chain of layers, S the shortcut.

    The error goes back through both branches and adds up; with the identity as S::

        ∂L/∂x = (∂F/∂x)ᵀ·E + E

    so that part of it arrives unchanged however deep the network is.

    Parameters
    ----------
    layers : sequence of layers
        F, applied from the first to the last.
    shortcut : sequence of layers, optional
        S; empty (the default) for the identity. Needed where F changes the shape.
    """

    arguments = ("layers", "shortcut")

    def __init__(self, layers: Sequence[Any], shortcut: Sequence[Any] = ()) -> None:
        self.layers = list(layers)
        self.shortcut = list(shortcut)
        self.trainable = any(layer.trainable for layer in self.children)
        self.testing_phase = False

    @property
    def children(self) -> list[Any]:
        """All layers of both branches."""
        return self.layers + self.shortcut

    @property
    def testing_phase(self) -> bool:
        """The phase, handed on to every layer of the block."""
        return self._testing_phase

    @testing_phase.setter
    def testing_phase(self, testing_phase: bool) -> None:
        self._testing_phase = testing_phase
        for layer in self.children:
            layer.testing_phase = testing_phase

    @property
    def optimizer(self) -> Any:
        """The first trainable layer's optimizer; setting one gives each its own copies."""
        return next((layer.optimizer for layer in self.children if layer.trainable), None)

    @optimizer.setter
    def optimizer(self, optimizer: Any) -> None:
        for layer in self.children:
            if layer.trainable:
                layer.optimizer = optimizer

    def initialize(self, weights_initializer: Initializer, bias_initializer: Initializer) -> None:
        """Initialize every trainable layer of the block."""
        for layer in self.children:
            if layer.trainable:
                layer.initialize(weights_initializer, bias_initializer)

    def calculate_regularization_loss(self) -> float:
        """Return the sum over the block's trainable layers."""
        return sum(
            layer.calculate_regularization_loss() for layer in self.children if layer.trainable
        )

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return F(x) + S(x)."""
        x = self._input(input_tensor)
        y = _forward(self.layers, x)
        skipped = _forward(self.shortcut, x)
        if y.shape != skipped.shape:
            raise ValueError(
                f"Residual: the layers make {y.shape}, but the shortcut {skipped.shape}; "
                "give a shortcut that makes the same shape."
            )
        self._remember(y.shape)
        return y + skipped

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the sum of both branches' errors."""
        (shape,) = self._recall()
        error = self._error(error_tensor, shape)
        return _backward(self.layers, error) + _backward(self.shortcut, error)


def _forward(layers: list[Any], x: np.ndarray) -> np.ndarray:
    for layer in layers:
        x = layer.forward(x)
    return x


def _backward(layers: list[Any], error: np.ndarray) -> np.ndarray:
    for layer in reversed(layers):
        error = layer.backward(error)
    return error
