"""Functions made of straight pieces, and what gradient descent sees of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

SAMPLES, FEATURES, UNITS = 500, 64, 100
"""How large the experiment of `zero_shares` is: samples, and units of every layer."""


@dataclass(frozen=True)
class Piece:
    """A straight piece, slope·x + offset, up to `end`, which belongs to it if it is `closed`."""

    slope: float
    offset: float
    end: float = float("inf")
    closed: bool = False


@dataclass(frozen=True)
class Piecewise:
    """Straight pieces from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def borders(self) -> tuple[float, ...]:
        """Where one piece ends and the next begins."""
        return tuple(piece.end for piece in self.pieces[:-1])

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Return f(x), elementwise."""
        slope, offset = self._at(x)
        return slope * x + offset

    def derivative(self, x: np.ndarray) -> np.ndarray:
        """Return the slope of the piece that every entry of `x` lies on."""
        return self._at(x)[0]

    def jumps(self) -> tuple[float, ...]:
        """Return f just right of each border minus f just left of it; 0 where they meet."""
        found = []
        for piece, following in zip(self.pieces, self.pieces[1:], strict=False):
            x = piece.end
            jump = (following.slope * x + following.offset) - (piece.slope * x + piece.offset)
            found.append(round(jump, 9))
        return tuple(found)

    def _at(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        place = np.zeros(np.shape(x), dtype=np.intp)
        for piece in self.pieces[:-1]:
            place += x > piece.end if piece.closed else x >= piece.end
        slopes = np.array([piece.slope for piece in self.pieces])
        offsets = np.array([piece.offset for piece in self.pieces])
        return slopes[place], offsets[place]


@dataclass(frozen=True)
class ZeroShares:
    """Shares of gradients that are exactly 0, between 0 and 1.

    Attributes
    ----------
    derivative
        Of f', over all units of the first layer and all samples.
    weights
        Of the gradients of the first layer's weights, one sample at a time, behind two layers.
    """

    derivative: float
    weights: float


@cache
def zero_shares(f: Piecewise) -> ZeroShares:
    """Measure zero gradients in a fully connected network with two layers of activation `f`.

    Standard normal inputs, weights from N(0, 1/inputs) and no biases, so that the first layer's
    units get standard normal inputs; the loss is a weighted sum of the last layer. Seeded.
    """
    z, second, outer = _network()
    slope = f.derivative(z)
    # Backwards: an error that is 0 at a unit makes the gradients of all its weights 0.
    error = (outer * f.derivative(f(z) @ second)) @ second.T * slope
    return ZeroShares(float(np.mean(slope == 0)), float(np.mean(error == 0)))


@cache
def _network() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the first layer's sums (samples, units), and the weights of the next two layers."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((SAMPLES, FEATURES))
    first = rng.standard_normal((FEATURES, UNITS)) / FEATURES**0.5
    second = rng.standard_normal((UNITS, UNITS)) / UNITS**0.5
    return x @ first, second, rng.standard_normal(UNITS)
