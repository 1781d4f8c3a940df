"""The ring: eight Gaussians in the plane, and what is measured of samples that should be theirs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from course_utils.lessons.gans.model import modes_covered

PRECISION = torch.float64
"""Of the samples, and of the networks."""

MODES = 8
RADIUS = 2.0
SIGMA = 0.15
"""Standard deviation of each Gaussian."""

_ANGLES = 2 * np.pi * np.arange(MODES) / MODES
CENTRES = RADIUS * np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
"""The modes, (modes, 2)."""

_DIRECTIONS = 16
_TURN = np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS
_ONTO = np.stack([np.cos(_TURN), np.sin(_TURN)])


def real_points(count: int, draws: Sequence[torch.Generator]) -> Tensor:
    """Return points of the ring, (generators of random numbers, count, 2)."""
    centres = torch.tensor(CENTRES, dtype=PRECISION)
    return torch.stack(
        [
            centres[torch.randint(MODES, (count,), generator=draw)]
            + SIGMA * torch.randn(count, 2, generator=draw, dtype=PRECISION)
            for draw in draws
        ]
    )


def modes(samples: np.ndarray) -> int:
    """Return how many of the ring's modes samples (samples, 2) cover."""
    return modes_covered(samples, CENTRES, SIGMA)


def distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the sliced Wasserstein distance of point sets (…, points, 2), of the shape (…).

    Both sets are projected onto 16 directions and sorted along each; the distance is the mean of
    how far the points of equal rank are apart (Rabin et al. 2011).
    """
    along_a, along_b = (np.sort(points @ _ONTO, axis=-2) for points in (a, b))
    return np.abs(along_a - along_b).mean(axis=(-2, -1))
