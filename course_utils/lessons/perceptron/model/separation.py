"""Whether a line separates two classes: with which margin, or why not.

Everywhere a sample x is x̃ = (1, x) and weights are (b, w), so that the line need not pass through
the origin and z = w·x + b is one product.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog, nnls

_ZERO = 1e-9


@dataclass(frozen=True)
class Separation:
    """The line that separates two classes with the largest margin, in augmented space.

    Attributes
    ----------
    weights
        float64 array (1 + inputs,): bias first, of length 1.
    margin
        γ, the smallest y (weights · x̃).
    radius
        R, the largest length of an x̃.
    """

    weights: np.ndarray
    margin: float
    radius: float

    @property
    def bound(self) -> float:
        """The most mistakes that the learning rule can make (Novikoff 1962): (R/γ)²."""
        return (self.radius / self.margin) ** 2


@dataclass(frozen=True)
class Certificate:
    """Why no line separates two classes: a point that would have to lie on both sides.

    Attributes
    ----------
    shares
        float64 array (samples,): not negative; those of either class add up to 1.
    point
        float64 array (inputs,): the average of either class, with its shares as weights.
    """

    shares: np.ndarray
    point: np.ndarray


def augmented(x: np.ndarray) -> np.ndarray:
    """Return `x` (samples, inputs) with a column of ones in front, (samples, 1 + inputs)."""
    return np.column_stack([np.ones(len(x)), x])


def radius(x: np.ndarray) -> float:
    """Return R, the largest length of an augmented sample of `x` (samples, inputs)."""
    return float(np.linalg.norm(augmented(x), axis=1).max())


def separation(x: np.ndarray, y: np.ndarray) -> Separation | None:
    """Return the separation of largest margin, or None if there is none.

    The shortest v with y (v · x̃) ≥ 1 for all samples has the largest margin, 1/‖v‖. It is a least
    distance problem, solved by non-negative least squares (Lawson and Hanson 1974, chapter 23).

    Parameters
    ----------
    x
        float64 array (samples, inputs).
    y
        Labels −1 and 1, array (samples,).
    """
    signed = y[:, None] * augmented(x)
    system = np.vstack([signed.T, np.ones(len(x))])
    target = np.zeros(len(system))
    target[-1] = 1
    shares, _ = nnls(system, target)
    rest = target - system @ shares
    if rest[-1] < _ZERO:
        return None
    weights = -rest[:-1] / np.linalg.norm(rest[:-1])
    margin = float((signed @ weights).min())
    return Separation(weights, margin, radius(x)) if margin > 0 else None


def certificate(x: np.ndarray, y: np.ndarray) -> Certificate | None:
    """Return why no line separates two classes, or None if one does (Farkas's lemma).

    A linear programme looks for shares α ≥ 0 of the samples with Σ α = 2 and Σ α y x̃ = 0. The first
    of these equations, that of the ones, says that both classes have shares of 1.

    Parameters
    ----------
    x
        float64 array (samples, inputs).
    y
        Labels −1 and 1, array (samples,).
    """
    equations = np.vstack([(y[:, None] * augmented(x)).T, np.ones(len(x))])
    target = np.zeros(len(equations))
    target[-1] = 2
    found = linprog(np.zeros(len(x)), A_eq=equations, b_eq=target)  # shares are ≥ 0 by default
    if found.status != 0:
        return None
    return Certificate(found.x, found.x[y > 0] @ x[y > 0])
