"""The fully connected layer."""

from typing import Any

import numpy as np

from course_utils.nn.arrays import random_generator, size
from course_utils.nn.base import Initializer, TrainableLayer


def affine(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return (x, 1)·W, the last row of W being the bias: (…, n) and (n + 1, m) give (…, m)."""
    return x @ weights[:-1] + weights[-1]


def affine_gradient(x: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Return ∂L/∂W = (x, 1)ᵀ·E of shape (n + 1, m), without building (x, 1).

    Leading axes (batch, or time and batch) are summed over.
    """
    x = x.reshape(-1, x.shape[-1])
    error = error.reshape(-1, error.shape[-1])
    gradient = np.empty((x.shape[1] + 1, error.shape[1]), error.dtype)
    np.matmul(x.T, error, out=gradient[:-1])
    np.sum(error, axis=0, out=gradient[-1])
    return gradient


def initialize_affine(
    shape: tuple[int, int], weights_initializer: Initializer, bias_initializer: Initializer
) -> np.ndarray:
    """Return W of the shape (n + 1, m): n rows by one initializer, the bias row by the other."""
    fan_in, fan_out = shape[0] - 1, shape[1]
    weights = weights_initializer.initialize((fan_in, fan_out), fan_in, fan_out)
    bias = bias_initializer.initialize((1, fan_out), fan_in, fan_out)
    return np.concatenate([weights, bias])


class FullyConnected(TrainableLayer):
    """A fully connected (dense, linear) layer.

    With x one row per sample, W the weights and b the bias, stored as the last row of `weights`::

        y = x·W + b           (batch, output) = (batch, input)·(input, output) + (output,)
        ∂L/∂x = E·Wᵀ          E = ∂L/∂y, (batch, output)
        ∂L/∂W = xᵀ·E          summed over the batch, not averaged
        ∂L/∂b = Σ E           over the batch

    The rows are samples, so W stands on the right and is the transpose of PyTorch's.

    Parameters
    ----------
    input_size, output_size : int
        Features per sample before and after.
    rng : numpy.random.Generator or int, optional
        For the first weights, uniform in [0, 1); by default NumPy's shared stream.

    Attributes
    ----------
    weights, gradient_weights : numpy.ndarray, (input_size + 1, output_size)
        The bias is the last row of both.
    """

    arguments = ("input_size", "output_size")
    parameter_names = ("weights",)

    def __init__(
        self, input_size: int, output_size: int, rng: np.random.Generator | int | None = None
    ) -> None:
        super().__init__()
        self.input_size = size(input_size, "FullyConnected", "input_size")
        self.output_size = size(output_size, "FullyConnected", "output_size")
        self.weights: Any = random_generator(rng).random((self.input_size + 1, self.output_size))
        self.gradient_weights: np.ndarray | None = None

    def initialize(self, weights_initializer: Initializer, bias_initializer: Initializer) -> None:
        """Draw the weights, and the bias row from its own initializer."""
        shape = (self.input_size + 1, self.output_size)
        self.weights = initialize_affine(shape, weights_initializer, bias_initializer)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Map (batch, input_size) to (batch, output_size)."""
        x = self._input(input_tensor, ("batch", self.input_size))
        self._remember(x)
        return affine(x, self._weights(x))

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Map the error (batch, output_size) to (batch, input_size), then update."""
        (x,) = self._recall()
        error = self._error(error_tensor, (len(x), self.output_size))
        input_error = error @ self._weights(error)[:-1].T  # before the update
        self.gradient_weights = affine_gradient(x, error)
        self._update()
        return input_error

    def _weights(self, like: np.ndarray) -> np.ndarray:
        return self._parameter("weights", (self.input_size + 1, self.output_size), like)
