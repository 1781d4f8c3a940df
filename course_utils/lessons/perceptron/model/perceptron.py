"""Rosenblatt's perceptron, and what may follow its sum."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Perceptron:
    """A perceptron (Rosenblatt 1958): a weighted sum with a bias, and a step.

    Attributes
    ----------
    weights
        One for each input.
    bias
        Added to the weighted sum.
    classes
        The outputs for a negative sum, and for one of 0 or more.
    """

    weights: tuple[float, ...]
    bias: float = 0.0
    classes: tuple[float, float] = (-1.0, 1.0)

    def sum(self, x: np.ndarray) -> np.ndarray:
        """Return z = x·w + b for `x` (samples, inputs), an array (samples,)."""
        return x @ np.array(self.weights) + self.bias

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Return the class of every row of `x` (samples, inputs), an array (samples,)."""
        low, high = self.classes
        return np.where(self.sum(x) < 0, low, high)


ACTIVATIONS: Mapping[str, object] = {
    "sign: −1 or 1": lambda z: np.where(z < 0, -1.0, 1.0),
    "step: 0 or 1": lambda z: np.where(z < 0, 0.0, 1.0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "ReLU": lambda z: np.maximum(z, 0),
    "identity": lambda z: z,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(),
}
"""Activation functions by name: what may follow the sum, and what may not."""
