"""Optimizers: how a gradient changes the weights.

``calculate_update(weight_tensor, gradient_tensor)`` returns the new weights and changes neither
argument. An optimizer with a history (momentum, moments) belongs to one tensor; give each its own
copy (``copy.deepcopy``), as the layers do.
"""

import math
from typing import Any

import numpy as np

from course_utils.nn.arrays import as_float, is_number
from course_utils.nn.configuration import Configurable


class Optimizer(Configurable):
    """Base of all optimizers: the regularizer, and the order of things.

    With η the learning rate, R the regularizer's gradient and `step` the subclass's own rule::

        w ← w − η·R(w) − step(g)        as in the exercises: R stays outside momentum and moments
        w ← w − step(g + R(w))          with ``regularize_gradient=True``

    The first is what PyTorch calls decoupled (AdamW; Loshchilov and Hutter 2019), the second what
    its `weight_decay` does in SGD and Adam. Without momentum and moments they are the same.

    Parameters
    ----------
    learning_rate : float
    regularizer : optional
        See `add_regularizer`.
    regularize_gradient : bool
    """

    learning_rate: float = 0.0
    regularizer: Any = None
    regularize_gradient: bool = False
    history_names: tuple[str, ...] = ()

    def add_regularizer(self, regularizer: Any) -> None:
        """Let a regularizer shrink the weights at every update; None removes it."""
        self.regularizer = regularizer

    def calculate_update(self, weight_tensor: Any, gradient_tensor: Any) -> Any:
        """Return the new weights.

        Parameters
        ----------
        weight_tensor, gradient_tensor : numpy.ndarray or float
            Of the same shape.
        """
        weights = self._number_or_array(weight_tensor, "weight_tensor")
        gradient = self._number_or_array(gradient_tensor, "gradient_tensor")
        if np.shape(weights) != np.shape(gradient):
            raise ValueError(
                f"{self!r}: gradient_tensor should have the weights' shape {np.shape(weights)}, "
                f"but it has {np.shape(gradient)}."
            )
        for name in self.history_names:
            past = np.shape(getattr(self, name))
            if past not in ((), np.shape(gradient)):
                raise ValueError(
                    f"{self!r}: its {name} belongs to a tensor of the shape {past}, but this one "
                    f"has {np.shape(gradient)}; give every tensor its own copy of the optimizer."
                )
        shrinkage: Any = 0.0
        if self.regularizer is not None:
            pull = self.regularizer.calculate_gradient(weights)
            if self.regularize_gradient:
                gradient = gradient + pull
            else:
                shrinkage = self.learning_rate * pull
        updated = weights - shrinkage - self.step(gradient)
        if isinstance(weights, np.ndarray) and weights.dtype.kind == "f":
            updated = updated.astype(weights.dtype, copy=False)
        return updated

    def step(self, gradient: Any) -> Any:
        """Return what is subtracted from the weights, and take note of the gradient."""
        raise NotImplementedError(f"{type(self).__name__} has no step yet.")

    def _set(self, learning_rate: float, regularizer: Any, regularize_gradient: bool) -> None:
        self.learning_rate = self._positive("learning_rate", learning_rate)
        self.regularizer = regularizer
        self.regularize_gradient = regularize_gradient

    def _positive(self, name: str, value: Any, below: float = math.inf) -> float:
        """Return a number from 0 to `below`; a ValueError names the optimizer and the argument."""
        if not is_number(value) or not 0 <= value < below:
            end = "" if math.isinf(below) else f" to below {below:g}"
            raise ValueError(
                f"{type(self).__name__}: {name} should be a number from 0{end}, "
                f"but it is {value!r}."
            )
        return float(value)  # NumPy's own numbers would widen float32 arrays

    def _number_or_array(self, value: Any, name: str) -> Any:
        return value if isinstance(value, int | float) else as_float(value, self, name)


class Sgd(Optimizer):
    """Stochastic gradient descent: w ← w − η·g.

    Parameters
    ----------
    learning_rate : float
        η.
    regularizer, regularize_gradient
        See Optimizer.
    """

    arguments = ("learning_rate", "regularizer", "regularize_gradient")

    def __init__(
        self, learning_rate: float, regularizer: Any = None, regularize_gradient: bool = False
    ) -> None:
        self._set(learning_rate, regularizer, regularize_gradient)

    def step(self, gradient: Any) -> Any:
        """Return η·g."""
        return self.learning_rate * gradient


class SgdWithMomentum(Optimizer):
    """Gradient descent with momentum (Polyak 1964): v ← m·v + η·g, w ← w − v.

    PyTorch keeps v without η and multiplies later; the same as long as η does not change.

    Parameters
    ----------
    learning_rate : float
        η.
    momentum_rate : float
        m, how much of the last step goes on.
    regularizer, regularize_gradient
        See Optimizer.
    """

    arguments = ("learning_rate", "momentum_rate", "regularizer", "regularize_gradient")
    history_names = ("velocity",)

    def __init__(
        self,
        learning_rate: float,
        momentum_rate: float = 0.9,
        regularizer: Any = None,
        regularize_gradient: bool = False,
    ) -> None:
        self._set(learning_rate, regularizer, regularize_gradient)
        self.momentum_rate = self._positive("momentum_rate", momentum_rate)
        self.velocity: Any = 0.0

    def step(self, gradient: Any) -> Any:
        """Return the new velocity."""
        self.velocity = self.momentum_rate * self.velocity + self.learning_rate * gradient
        return self.velocity


class Adam(Optimizer):
    """Adam (Kingma and Ba 2015): every weight has its own step size.

    With k the number of updates so far, this one included::

        v ← μ·v + (1 − μ)·g        v̂ = v / (1 − μᵏ)
        r ← ρ·r + (1 − ρ)·g²       r̂ = r / (1 − ρᵏ)
        w ← w − η·v̂ / (√r̂ + ε)

    Parameters
    ----------
    learning_rate, mu, rho : float
        η, μ, ρ; the paper calls the latter β₁ and β₂.
    epsilon : float
        ε, keeps the division finite.
    regularizer, regularize_gradient
        See Optimizer.
    """

    arguments = ("learning_rate", "mu", "rho", "epsilon", "regularizer", "regularize_gradient")
    history_names = ("first_moment", "second_moment", "updates")

    def __init__(
        self,
        learning_rate: float,
        mu: float = 0.9,
        rho: float = 0.999,
        epsilon: float = 1e-8,
        regularizer: Any = None,
        regularize_gradient: bool = False,
    ) -> None:
        self._set(learning_rate, regularizer, regularize_gradient)
        self.mu = self._positive("mu", mu, below=1)
        self.rho = self._positive("rho", rho, below=1)
        self.epsilon = self._positive("epsilon", epsilon)
        self.first_moment: Any = 0.0
        self.second_moment: Any = 0.0
        self.updates = 0

    def step(self, gradient: Any) -> Any:
        """Return η·v̂ / (√r̂ + ε)."""
        self.updates += 1
        self.first_moment = self.mu * self.first_moment + (1 - self.mu) * gradient
        self.second_moment = self.rho * self.second_moment + (1 - self.rho) * gradient * gradient
        # The corrections are numbers, so they go to the step size rather than over the arrays.
        step_size = self.learning_rate / (1 - self.mu**self.updates)
        root = (self.second_moment / (1 - self.rho**self.updates)) ** 0.5 + self.epsilon
        return step_size * self.first_moment / root
