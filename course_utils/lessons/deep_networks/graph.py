"""A network of 2 inputs, 3 hidden units and 1 output, and backpropagation through it.

One sample x is a column of two numbers. Every name is a letter of the lecture's equations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

Function = Callable[[np.ndarray], np.ndarray]

ACTIVATIONS: dict[str, tuple[Function, Function]] = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (
        lambda z: 1 / (1 + np.exp(-z)),
        lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    ),
    "ReLU": (lambda z: np.maximum(z, 0.0), lambda z: np.where(z > 0, 1.0, 0.0)),
}
"""Each activation function f and its derivative f'."""


class Weights(NamedTuple):
    """What is learned."""

    W1: Any  # float64 (3, 2)
    b1: Any  # float64 (3,)
    w2: Any  # float64 (3,)
    b2: Any  # a number


START = Weights(
    W1=np.array([[0.5, -0.5], [1.0, 0.5], [-0.5, 1.0]]),
    b1=np.array([0.0, -0.5, 0.5]),
    w2=np.array([1.0, -1.0, 0.5]),
    b2=0.25,
)
"""The weights with which the lecture's example begins."""


@dataclass(frozen=True)
class Pass:
    """All numbers of one forward and one backward pass, for one sample."""

    weights: Weights
    x: np.ndarray  # (2,)
    y: float  # the target
    activation: str
    z1: np.ndarray  # (3,), W₁x + b₁
    h: np.ndarray  # (3,), f(z₁)
    yhat: float  # w₂·h + b₂
    loss: float  # ½(ŷ − y)²
    delta2: float  # ∂L/∂ŷ
    delta1: np.ndarray  # (3,), ∂L/∂z₁
    gradient: Weights  # ∂L/∂W₁, ∂L/∂b₁, ∂L/∂w₂, ∂L/∂b₂

    def after_a_step(self, rate: float) -> Weights:
        """Return the weights after a step of gradient descent."""
        pairs = zip(self.weights, self.gradient, strict=True)
        return Weights(*(weight - rate * slope for weight, slope in pairs))


def run(weights: Weights, x: np.ndarray, y: float, activation: str = "tanh") -> Pass:
    """Return the forward and the backward pass for one sample `x` (2,) with target `y`."""
    f, derivative = ACTIVATIONS[activation]
    z1 = weights.W1 @ x + weights.b1
    h = f(z1)
    yhat = float(weights.w2 @ h + weights.b2)
    loss = 0.5 * (yhat - y) ** 2

    delta2 = yhat - y
    delta1 = weights.w2 * delta2 * derivative(z1)
    gradient = Weights(np.outer(delta1, x), delta1, delta2 * h, delta2)
    return Pass(weights, x, y, activation, z1, h, yhat, loss, delta2, delta1, gradient)


def moved(weights: Weights, name: str, by: float) -> Weights:
    """Return the weights with one of them moved; `name` is ``"W1[0, 1]"``, ``"w2[2]"``, ``"b2"``.

    Raises
    ------
    ValueError
        If there is no such weight.
    """
    letter, _, place = name.partition("[")
    index = tuple(int(part) for part in place.rstrip("]").split(",") if part.strip())
    if letter not in Weights._fields or np.ndim(getattr(weights, letter)) != len(index):
        raise ValueError(f"there is no weight {name!r}; write it as W1[0, 1], b1[2], w2[0] or b2")
    array = np.array(getattr(weights, letter), dtype=np.float64)
    array[index] += by
    return weights._replace(**{letter: array if index else float(array)})


def descend(first: Pass, rate: float, steps: int) -> list[Pass]:
    """Return the passes of `steps` steps of gradient descent, the first one included."""
    passes = [first]
    for _ in range(steps):
        last = passes[-1]
        passes.append(run(last.after_a_step(rate), last.x, last.y, last.activation))
    return passes
