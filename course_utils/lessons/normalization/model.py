"""What lecture 01 computes: three normalizers, and gradient descent on a quadratic loss.

The normalizers are the finished version of what the student writes in the lecture; explorers,
checks and exam keys are computed with them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Self

import numpy as np


class Normalizer(ABC):
    """An affine map per feature, ``z = (x - offset_) / scale_``.

    Attributes
    ----------
    offset_, scale_
        float64 arrays (features,), set by `fit` from its data and used by every `transform`.
    """

    offset_: np.ndarray
    scale_: np.ndarray

    def fit(self, x: np.ndarray) -> Self:
        """Take the statistics of `x`, a float array (samples, features), and return self.

        A constant feature has no scale of its own; it gets scale 1, so that it becomes 0. It is
        told by its values: rounding can make its standard deviation 6e-17 instead of 0.

        Raises
        ------
        ValueError
            If `x` is not two-dimensional or holds no sample.
        """
        x = np.asarray(x, dtype=np.float64)
        if x.ndim != 2 or len(x) == 0:
            raise ValueError(
                f"{type(self).__name__}.fit needs an array (samples, features) with at least one"
                f" sample, and got shape {x.shape}"
            )
        self.offset_, scale = self._statistics(x)
        self.scale_ = np.where(x.max(axis=0) == x.min(axis=0), 1.0, scale)
        return self

    def transform(self, x: np.ndarray) -> np.ndarray:
        """Return `x` (samples, features) in normalized units, float64, with the fitted statistics.

        Raises
        ------
        ValueError
            If `fit` has not been called yet.
        """
        if not hasattr(self, "offset_"):
            raise ValueError(
                f"{type(self).__name__} has no statistics yet: call fit(x_train) first"
            )
        return (np.asarray(x, dtype=np.float64) - self.offset_) / self.scale_

    @abstractmethod
    def _statistics(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return offset and scale, arrays (features,), of `x` (samples, features)."""


class Identity(Normalizer):
    """No normalization: offset 0, scale 1. The baseline of every comparison."""

    def _statistics(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros(x.shape[1]), np.ones(x.shape[1])


class MinMax(Normalizer):
    """Smallest training value to 0, largest to 1."""

    def _statistics(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return x.min(axis=0), x.max(axis=0) - x.min(axis=0)


class Standard(Normalizer):
    """Zero mean and unit variance; the variance is the mean squared deviation (divided by n)."""

    def _statistics(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return x.mean(axis=0), x.std(axis=0)


class MeanMax(Normalizer):
    """Zero mean and maximum 1, as exam item 3.1 asks for it."""

    def _statistics(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        mean = x.mean(axis=0)
        return mean, x.max(axis=0) - mean


METHODS: dict[str, type[Normalizer]] = {
    "none": Identity,
    "min-max": MinMax,
    "zero mean, max 1": MeanMax,
    "zero mean, variance 1": Standard,
}
"""The methods by the names that explorers and figures use."""


@dataclass(frozen=True)
class Quadratic:
    """The mean squared error of a linear model, ``L(w) = 1/(2n) Σ (x·w - y)²``.

    Attributes
    ----------
    hessian
        float64 (features, features), ``XᵀX / n``.
    optimum
        float64 (features,), the weights of least loss.
    """

    hessian: np.ndarray
    optimum: np.ndarray

    @classmethod
    def of(cls, x: np.ndarray, y: np.ndarray) -> Self:
        """Return the loss of predicting `y` (samples,) from `x` (samples, features)."""
        return cls(x.T @ x / len(x), np.linalg.lstsq(x, y, rcond=None)[0])

    @property
    def eigenvalues(self) -> np.ndarray:
        """The curvatures along the loss's principal axes, ascending, float64 (features,)."""
        return np.linalg.eigvalsh(self.hessian)

    @property
    def condition_number(self) -> float:
        """Largest curvature over smallest: how stretched the loss's valley is."""
        curvature = self.eigenvalues
        return float(curvature[-1] / curvature[0])

    @property
    def largest_stable_rate(self) -> float:
        """The learning rate 2/λ_max above which gradient descent diverges (LeCun et al. 1998)."""
        return float(2 / self.eigenvalues[-1])

    def excess(self, w: np.ndarray) -> np.ndarray:
        """Return L(w) - L(optimum) for weights `w` (..., features)."""
        delta = w - self.optimum
        return 0.5 * np.einsum("...i,ij,...j->...", delta, self.hessian, delta)

    def descend(self, rate: float, steps: int) -> np.ndarray:
        """Return the weights of gradient descent from w = 0, float64 (steps + 1, features)."""
        path = np.zeros((steps + 1, len(self.optimum)))
        for step in range(steps):
            gradient = self.hessian @ (path[step] - self.optimum)
            path[step + 1] = path[step] - rate * gradient
        return path

    def share_left(self, steps: np.ndarray, rate: float) -> np.ndarray:
        """Return the excess loss after `steps` (points,) as a share of the first, by its formula.

        Above the largest stable rate it grows, to inf if need be.
        """
        start, shrink = self._along_axes(rate)
        with np.errstate(over="ignore"):
            return np.sum(start * shrink ** np.asarray(steps)[:, None], axis=1) / start.sum()

    def _along_axes(self, rate: float) -> tuple[np.ndarray, np.ndarray]:
        """Return, for each principal axis, its excess loss at the start and a step's factor."""
        curvature, axes = np.linalg.eigh(self.hessian)
        return 0.5 * curvature * (axes.T @ self.optimum) ** 2, (1 - rate * curvature) ** 2

    def steps_to(self, share: float, rate: float) -> int | None:
        """Return after how many steps the excess loss is below `share` of the first.

        None if `rate` is not below the largest stable one: descent then does not settle.

        Gradient descent shrinks the error along principal axis i by (1 - rate·λᵢ) per step, so the
        excess after k steps is known without taking them, and the first k is found by bisection.
        """
        if rate >= (1 - 1e-12) * self.largest_stable_rate:
            return None
        start, shrink = self._along_axes(rate)

        def reached(k: int) -> bool:
            return bool(np.sum(start * shrink**k) <= share * start.sum())

        upper = 1
        while not reached(upper):
            upper *= 2
        lower = 0 if upper == 1 else upper // 2
        while upper - lower > 1:
            middle = (lower + upper) // 2
            lower, upper = (lower, middle) if reached(middle) else (middle, upper)
        return upper
