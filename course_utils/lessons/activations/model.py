"""What lecture 03 computes with activation functions: where they reach a value, and how.

Every function is one of a single number except `Softmax`, which is asked for one entry of its
result. `Activation.reach` answers in exact arithmetic: a sigmoid comes as close to 1 as one likes
and never gets there, although its float64 value at 40 is 1.0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import erf

Function = Callable[[np.ndarray], np.ndarray]

_FAR = 1e12
"""So far out, softsign too is within 1e-9 of its bound: at 50 it is only 0.98."""


@dataclass(frozen=True)
class Activation:
    """An activation function.

    Attributes
    ----------
    name
        As in an option of a question, in Markdown, with its formula where the name is not enough.
    f
        The function, from float64 arrays to float64 arrays of the same shape.
    inverse
        Returns an x with f(x) = value; None if there is none in exact arithmetic.
    lowest
        The value at a smooth minimum, which is no round number; None if there is none.
    because
        Why it gives nothing beyond its bounds, a sentence; empty if it gives every number. Where
        there is a smooth minimum, a bound somewhat below it, which is easier to see.
    """

    name: str
    f: Function
    inverse: Callable[[float], float | None]
    lowest: float | None = None
    because: str = ""

    def reach(self, value: float) -> float | None:
        """Return an x with f(x) = value up to rounding, checked by running f; None if none exists.

        Raises
        ------
        ArithmeticError
            If the inverse is wrong.
        """
        x = self.inverse(value)
        if x is None:
            return None
        if abs(float(self.f(np.array([x]))[0]) - value) > 1e-9 * max(1.0, abs(value)):
            raise ArithmeticError(f"{self.name}: the inverse of {value} is not {x}")
        return x

    def extremes(self) -> tuple[float, float]:
        """Return the smallest and largest value at 100 001 points from −50 to 50 and at ±10¹²."""
        return _extremes(self)


@cache
def _extremes(activation: Activation) -> tuple[float, float]:
    y = activation.f(np.append(np.linspace(-50, 50, 100_001), [-_FAR, _FAR]))
    return float(y.min()), float(y.max())


def _between(low: float, high: float, inverse: Callable[[float], float]) -> Callable:
    """Return an inverse on the open interval from `low` to `high`, and None outside."""
    return lambda value: inverse(value) if low < value < high else None


def _with_a_minimum(name: str, f: Function, because: str) -> Activation:
    """Return a function that falls, then rises for ever, with the inverse of its right branch."""
    found = minimize_scalar(lambda x: float(f(np.array(x))), bounds=(-5, 0), method="bounded")
    turn, lowest = found.x, float(found.fun)

    def inverse(value: float) -> float | None:
        if value < lowest:
            return None
        return float(
            brentq(lambda x: float(f(np.array(x))) - value, turn, abs(value) + 10, xtol=1e-15)
        )

    return Activation(name, f, inverse, lowest, because)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e^−x) without overflow."""
    return np.exp(-np.logaddexp(0.0, -x))


def _softplus(x: np.ndarray) -> np.ndarray:
    return np.logaddexp(0.0, x)


def _gelu(x: np.ndarray) -> np.ndarray:
    return x * 0.5 * (1 + erf(x / math.sqrt(2)))


def _silu(x: np.ndarray) -> np.ndarray:
    return x * sigmoid(x)


def _softmax_entry(x: np.ndarray) -> np.ndarray:
    """Return the first entry of softmax((x, 0, 0)): any x gives one, and every share occurs."""
    z = np.stack([x, np.zeros_like(x), np.zeros_like(x)])
    e = np.exp(z - z.max(axis=0))
    return e[0] / e.sum(axis=0)


def leaky_relu(slope: float) -> Activation:
    """Return max(x, 0) with a slope below 0."""
    return Activation(
        f"Leaky ReLU with slope {slope:g} for negative inputs",
        lambda x: np.where(x > 0, x, slope * x),
        lambda value: value if value >= 0 else value / slope,
    )


def elu(alpha: float) -> Activation:
    """Return the exponential linear unit (Clevert et al. 2016), which stays above −alpha."""

    def inverse(value: float) -> float | None:
        if value >= 0:
            return value
        return math.log1p(value / alpha) if value > -alpha else None

    return Activation(
        f"ELU with $\\alpha = {alpha:g}$: $x$ for $x > 0$, else $\\alpha (e^x - 1)$",
        lambda x: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))),
        inverse,
        because=f"Since e^x is above 0, α(e^x − 1) is above −α, which is −{alpha:g}.",
    )


def hard_tanh(limit: float) -> Activation:
    """Return x cut off at both ends."""
    return Activation(
        f"Hard tanh: $x$, cut off below $-{limit:g}$ and above ${limit:g}$",
        lambda x: np.clip(x, -limit, limit),
        lambda value: value if -limit <= value <= limit else None,
        because=f"What is cut off at −{limit:g} and {limit:g} lies between them.",
    )


RELU = Activation(
    "ReLU",
    lambda x: np.maximum(x, 0),
    lambda v: v if v >= 0 else None,
    because="It is the larger of x and 0, so never below 0.",
)
TANH = Activation(
    "tanh",
    np.tanh,
    _between(-1, 1, math.atanh),
    because="The difference of e^x and e^−x, which are above 0, is smaller in magnitude than their"
    " sum, by which it is divided: it is always above −1 and below 1.",
)
SIGMOID = Activation(
    "Sigmoid",
    sigmoid,
    _between(0, 1, lambda v: math.log(v / (1 - v))),
    because="1 is divided by 1 + e^−x, which is above 1: it is always above 0 and below 1.",
)
SOFTMAX = Activation(
    "Softmax over three classes",
    _softmax_entry,
    _between(0, 1, lambda v: math.log(2 * v / (1 - v))),
    because="A number above 0 is divided by the sum of itself and others above 0: it is always"
    " above 0 and below 1.",
)
IDENTITY = Activation("No activation at all (a linear unit)", lambda x: x, lambda v: v)
SOFTPLUS = Activation(
    "Softplus: $\\ln(1 + e^x)$",
    _softplus,
    _between(0, math.inf, lambda v: v + math.log(-math.expm1(-v))),
    because="It is the logarithm of a number above 1, so always above 0.",
)
SOFTSIGN = Activation(
    "Softsign: $x / (1 + |x|)$",
    lambda x: x / (1 + abs(x)),
    _between(-1, 1, lambda v: v / (1 - abs(v))),
    because="Since |x| is below 1 + |x|, it is always above −1 and below 1.",
)
GELU = _with_a_minimum(
    "GELU: $x\\,\\Phi(x)$",
    _gelu,
    "For x ≥ 0 it is not negative. For x < 0, Φ(x) is below φ(x)/|x|, with the normal density φ; so"
    " it is above −φ(x), and that is above −0.4.",
)
SILU = _with_a_minimum(
    "SiLU (swish): $x\\,\\sigma(x)$",
    _silu,
    "For x ≥ 0 it is not negative. For x < 0 it is −|x|/(1 + e^|x|), and e^|x| is at least e·|x|;"
    " so it is above −1/e, which is above −0.4.",
)
SIGN = Activation(
    "Sign, with sign(0) = 0",
    np.sign,
    lambda v: float(v) if v in (-1, 0, 1) else None,
    because="It gives −1, 0 and 1, and nothing else.",
)
RELU6 = Activation(
    "ReLU6: $\\min(\\max(x, 0), 6)$",
    lambda x: np.clip(x, 0, 6),
    lambda v: v if 0 <= v <= 6 else None,
    because="What is cut off at 0 and 6 lies between them.",
)
ABSOLUTE = Activation(
    "Absolute value: $|x|$",
    np.abs,
    lambda v: v if v >= 0 else None,
    because="A magnitude is never below 0.",
)
