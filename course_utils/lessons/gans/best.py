"""The best discriminator for two known densities, and what the value says of their difference."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Normal(NamedTuple):
    """A normal distribution."""

    mean: float
    deviation: float

    def log_density(self, x: np.ndarray) -> np.ndarray:
        """Return the logarithm of its density at x."""
        z = (x - self.mean) / self.deviation
        return -0.5 * z**2 - np.log(self.deviation * np.sqrt(2 * np.pi))

    def density(self, x: np.ndarray) -> np.ndarray:
        """Return its density at x."""
        return np.exp(self.log_density(x))


class Labels(NamedTuple):
    """What the discriminator is to say of real and of generated samples."""

    real: float = 1.0
    generated: float = 0.0


USUAL = Labels()
GRID = np.linspace(-12, 16, 2801)
"""Where densities are integrated."""
_STEP = GRID[1] - GRID[0]


def best(p: Normal, q: Normal, x: np.ndarray, labels: Labels = USUAL) -> np.ndarray:
    """Return the best discriminator at x where real samples are of p and generated ones of q.

    With label α for real and β for generated samples it is ``(αp + βq) / (p + q)``.
    """
    share = 1 / (1 + np.exp(np.clip(q.log_density(x) - p.log_density(x), -700, 700)))
    return labels.real * share + labels.generated * (1 - share)


def value(d: np.ndarray, p: Normal, q: Normal) -> float:
    """Return V = ∫ p log D + q log(1 − D), with D given on `GRID`."""
    d = np.clip(d, 1e-300, 1 - 1e-16)  # where it is rounded to 0 or 1, one density is nothing
    terms = p.density(GRID) * np.log(d) + q.density(GRID) * np.log1p(-d)
    return float(_STEP * terms.sum())


def jensen_shannon(p: Normal, q: Normal) -> float:
    """Return the Jensen-Shannon divergence, in nats."""
    halves = 0.0
    middle = np.logaddexp(p.log_density(GRID), q.log_density(GRID)) - np.log(2)
    for one in (p, q):
        halves += _STEP * np.sum(one.density(GRID) * (one.log_density(GRID) - middle)) / 2
    return float(halves)
