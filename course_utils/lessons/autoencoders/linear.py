"""Linear autoencoders: by principal component analysis, and by training."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from scipy.linalg import subspace_angles

from course_utils.lessons.autoencoders import digits, stacks
from course_utils.seeds import seeds

SEEDS = seeds(5)
CODES = 10
"""How many numbers the narrow place of a trained linear autoencoder holds."""
STEPS, RATE = 600, 0.05
DECAY = 0.02
_START = 0.1  # standard deviation of the first weights


def principal_axes(x: np.ndarray, count: int) -> np.ndarray:
    """Return the first principal axes of x (samples, features) as rows (count, features)."""
    return np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2][:count]


def pca_error(x: np.ndarray, new: np.ndarray, count: int) -> float:
    """Return the mean squared error per value of `new`, through `count` principal axes of x."""
    axes = principal_axes(x, count)
    centred = new - x.mean(axis=0)
    return float(np.mean((centred - centred @ axes.T @ axes) ** 2))


def largest_angle(one: np.ndarray, other: np.ndarray) -> float:
    """Return the largest principal angle, in degrees, of two spaces spanned by rows."""
    return float(np.degrees(subspace_angles(one.T, other.T)[0]))


class Trained(NamedTuple):
    """A linear autoencoder after training, and what PCA makes of the same digits.

    Attributes
    ----------
    encoder, decoder
        A, (codes, 64), and B, (64, codes): the code is A (x − μ), the output μ + B A (x − μ).
    axes
        The principal axes, rows (codes, 64).
    error, best
        Sum of squared errors of a digit's pixels, on average: trained, and by PCA.
    """

    encoder: np.ndarray
    decoder: np.ndarray
    axes: np.ndarray
    error: float
    best: float

    @property
    def angle(self) -> float:
        """The largest principal angle, in degrees, between the decoder's space and PCA's."""
        return largest_angle(self.decoder.T, self.axes)

    @property
    def axes_apart(self) -> np.ndarray:
        """For each column of the decoder the angle, in degrees, to the nearest principal axis."""
        columns = self.decoder / np.linalg.norm(self.decoder, axis=0)
        cosines = np.abs(self.axes @ columns).max(axis=0)
        return np.degrees(np.arccos(np.minimum(cosines, 1)))

    @property
    def not_transposed(self) -> float:
        """How far B is from Aᵀ, relative to B."""
        apart = self.decoder - self.encoder.T
        return float(np.linalg.norm(apart) / np.linalg.norm(self.decoder))


@cache
def trained(decay: float = 0.0) -> tuple[Trained, ...]:
    """Return one autoencoder for each of `SEEDS`, each with its own digits and first weights.

    The loss needs no more than the covariance C of the pixels: the mean of ‖x − x̂‖² is the trace of
    (I − BA) C (I − BA)ᵀ. `decay` times the squares of all weights is added to it.
    """
    tables = [digits.load(seed).x_train.reshape(-1, digits.PIXELS) for seed in SEEDS]
    covariance = torch.tensor(np.stack([np.cov(x.T, bias=True) for x in tables]))
    encoder, decoder = _first((CODES, digits.PIXELS), 0), _first((digits.PIXELS, CODES), 1)
    identity = torch.eye(digits.PIXELS, dtype=torch.float64)

    def errors() -> torch.Tensor:
        left = identity - decoder @ encoder
        return (left @ covariance * left).sum(dim=(1, 2))

    def losses() -> torch.Tensor:
        squares = (encoder**2).sum(dim=(1, 2)) + (decoder**2).sum(dim=(1, 2))
        return errors() + decay * squares

    stacks.train([encoder, decoder], losses, STEPS, RATE)
    found = zip(
        encoder.detach().numpy(), decoder.detach().numpy(), tables, errors().tolist(), strict=True
    )
    return tuple(
        Trained(a, b, principal_axes(x, CODES), error, digits.PIXELS * pca_error(x, x, CODES))
        for a, b, x, error in found
    )


def _first(shape: tuple[int, int], which: int) -> torch.Tensor:
    drawn = [np.random.default_rng((seed, which)).normal(size=shape) for seed in SEEDS]
    return torch.tensor(_START * np.stack(drawn), requires_grad=True)
