"""Activation functions: applied to every entry, except SoftMax, which acts on rows.

All keep the input's shape and type and have no parameters. f'(x) is written with y = f(x) where
that is cheaper. Each remembers an array of its own, so that the caller may change what was
returned.
"""

import math

import numpy as np

from course_utils.nn.base import BaseLayer


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e^−x).

    For very negative x, e^−x overflows to infinity, and 1 / ∞ = 0 is the right answer; so the
    overflow needs no warning and no case distinction.
    """
    with np.errstate(over="ignore"):
        z = np.asarray(np.exp(-x))  # of a single number, too, an array to write into
    z += 1
    return np.divide(1, z, out=z)


def softmax(x: np.ndarray) -> np.ndarray:
    """Return e^x_i / Σ_j e^x_j along the last axis, shifted by the maximum so that e^x ≤ 1."""
    y = np.exp(x - x.max(axis=-1, keepdims=True))
    y /= y.sum(axis=-1, keepdims=True)
    return y


def standard_normal(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return distribution Φ(x) and density φ(x) of the standard normal.

    float64 uses SciPy's erf. That takes ten times as long as everything else here, so float32 uses
    the rational formula 7.1.26 of Abramowitz and Stegun (1964), whose error, below 4e-7, is about
    what float32 can hold: Φ(−|x|) = e^(−x²/2)·p(t) / 2 with t = 1 / (1 + 0.3275911·|x|/√2).
    """
    density = np.exp(x * x * -0.5)
    if x.dtype == np.float64:
        from scipy.special import erf  # not needed, and slow to load, for anything else

        distribution = (1 + erf(x * math.sqrt(0.5))) * 0.5
    else:
        t = np.abs(x)
        t *= 0.3275911 * math.sqrt(0.5)
        t += 1
        np.divide(1, t, out=t)
        tail = 1.061405429 * t  # Horner's scheme, in place: half of the time is memory
        for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            tail += coefficient
            tail *= t
        tail *= density
        tail *= 0.5
        distribution = np.copysign(0.5 - tail, x) + x.dtype.type(0.5)
    density *= 1 / math.sqrt(2 * math.pi)
    return distribution, density


class ReLU(BaseLayer):
    """Rectified linear unit: f(x) = max(x, 0); f'(x) = 1 for x > 0, otherwise 0."""

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return max(x, 0)."""
        x = self._input(input_tensor)
        self._remember(x > 0)
        return np.maximum(x, 0)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return E where x > 0 and 0 elsewhere."""
        (positive,) = self._recall()
        return self._error(error_tensor, positive.shape) * positive


class LeakyReLU(BaseLayer):
    """Leaky ReLU (Maas et al. 2013): f(x) = x for x > 0, otherwise α·x; f'(x) = 1 or α.

    Parameters
    ----------
    alpha : float
        Slope on the negative side.
    """

    arguments = ("alpha",)

    def __init__(self, alpha: float = 0.01) -> None:
        self.alpha = float(alpha)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return x or α·x."""
        x = self._input(input_tensor)
        self._remember(x > 0)
        y = self.alpha * x
        # f is the larger of x and α·x, or for α > 1 the smaller: no case distinction per entry.
        return (np.maximum if self.alpha <= 1 else np.minimum)(x, y, out=y)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return E or α·E."""
        (positive,) = self._recall()
        error = self._error(error_tensor, positive.shape)
        above = error * positive
        below = error - above  # E where x ≤ 0, and exactly 0 elsewhere
        below *= self.alpha
        above += below
        return above


class ELU(BaseLayer):
    """Exponential linear unit (Clevert et al. 2016).

    f(x) = x for x > 0, otherwise α·(e^x − 1); f'(x) = 1 or α·e^x = y + α.

    Parameters
    ----------
    alpha : float
        −α is the limit for x → −∞.
    """

    arguments = ("alpha",)

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = float(alpha)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return x or α·(e^x − 1)."""
        x = self._input(input_tensor)
        below = np.minimum(x, 0)
        np.expm1(below, out=below)
        below *= self.alpha  # α·(e^x − 1), and 0 where x > 0
        self._remember(x > 0, below)
        y = np.maximum(x, 0)
        y += below
        return y

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return E or E·(y + α)."""
        positive, below = self._recall()
        error = self._error(error_tensor, below.shape)
        above = error * positive
        rest = error - above  # E where x ≤ 0, and exactly 0 elsewhere
        rest *= below + self.alpha
        above += rest
        return above


class GELU(BaseLayer):
    """Gaussian error linear unit (Hendrycks and Gimpel 2016).

    f(x) = x·Φ(x); f'(x) = Φ(x) + x·φ(x), with Φ and φ the distribution and the density of the
    standard normal, Φ(x) = (1 + erf(x/√2)) / 2.
    """

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return x·Φ(x)."""
        x = self._input(input_tensor)
        distribution, slope = standard_normal(x)
        y = x * distribution
        slope *= x
        slope += distribution
        self._remember(slope)
        return y

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return E·(Φ(x) + x·φ(x))."""
        (slope,) = self._recall()
        return self._error(error_tensor, slope.shape) * slope


class Sigmoid(BaseLayer):
    """Logistic sigmoid: f(x) = 1 / (1 + e^−x); f'(x) = y·(1 − y)."""

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return a number in (0, 1) for every entry."""
        y = sigmoid(self._input(input_tensor))
        self._remember(y)
        return y.copy()

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return E·y·(1 − y)."""
        (y,) = self._recall()
        return self._error(error_tensor, y.shape) * y * (1 - y)


class TanH(BaseLayer):
    """Hyperbolic tangent: f(x) = tanh x; f'(x) = 1 − y²."""

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Return a number in (−1, 1) for every entry."""
        y = np.tanh(self._input(input_tensor))
        self._remember(y)
        return y.copy()

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return E·(1 − y²)."""
        (y,) = self._recall()
        return self._error(error_tensor, y.shape) * (1 - y * y)


class SoftMax(BaseLayer):
    """SoftMax over the last axis: y_i = e^x_i / Σ_j e^x_j, rows that are positive and sum to 1.

    Every output depends on every input of its row, so the error is multiplied by the Jacobian
    ∂y_i/∂x_j = y_i·(δ_ij − y_j), which needs no matrix: ∂L/∂x = y·(E − Σ_j E_j·y_j).
    """

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Map (batch, classes) to (batch, classes)."""
        x = self._input(input_tensor)
        if x.ndim == 0 or x.shape[-1] == 0:
            raise ValueError(
                "SoftMax(): input_tensor should have the shape (batch, classes), "
                f"but it has {x.shape}."
            )
        y = softmax(x)
        self._remember(y)
        return y.copy()

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return y·(E − Σ E·y)."""
        (y,) = self._recall()
        error = self._error(error_tensor, y.shape)
        return y * (error - np.sum(error * y, axis=-1, keepdims=True))
