"""Penalties on the size of weights.

``norm(weights)`` is what is added to the loss, ``calculate_gradient(weights)`` what is subtracted
from the weights (times the learning rate).
"""

import numpy as np

from course_utils.nn.configuration import Configurable


class L1(Configurable):
    """α·Σ|w|, with the gradient α·sign w: pulls every weight by the same amount; makes zeros.

    Parameters
    ----------
    alpha : float
        Strength.
    """

    arguments = ("alpha",)

    def __init__(self, alpha: float) -> None:
        self.alpha = float(alpha)

    def calculate_gradient(self, weights: np.ndarray) -> np.ndarray:
        """Return α·sign w, of the weights' shape."""
        return self.alpha * np.sign(weights)

    def norm(self, weights: np.ndarray) -> float:
        """Return α·Σ|w|."""
        return self.alpha * float(np.sum(np.abs(weights)))


class L2(Configurable):
    """α·Σw² with the gradient α·w: pulls every weight in proportion to its size.

    By the exercises' convention the two differ by a factor of 2: the derivative of α·Σw² is
    2·α·w. The gradient is that of PyTorch's `weight_decay`. With ``half_norm=True`` the norm is
    α/2·Σw², and the gradient is exactly its derivative.

    Parameters
    ----------
    alpha : float
        Strength.
    half_norm : bool
        Whether the norm carries the factor ½.
    """

    arguments = ("alpha", "half_norm")

    def __init__(self, alpha: float, half_norm: bool = False) -> None:
        self.alpha = float(alpha)
        self.half_norm = half_norm

    def calculate_gradient(self, weights: np.ndarray) -> np.ndarray:
        """Return α·w, of the weights' shape."""
        return self.alpha * weights

    def norm(self, weights: np.ndarray) -> float:
        """Return α·Σw², or half of it."""
        norm = self.alpha * float(np.sum(np.square(weights)))
        return norm / 2 if self.half_norm else norm
