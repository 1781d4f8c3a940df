"""What lecture 12 computes of losses, samples and conditions, on arrays."""

from __future__ import annotations

import numpy as np


def log_sigmoid(a: np.ndarray) -> np.ndarray:
    """Return ``log σ(a)`` of logits, without overflow."""
    return -np.logaddexp(0, -np.asarray(a, dtype=np.float64))


def discriminator_loss(real: np.ndarray, generated: np.ndarray) -> float:
    """Return the discriminator's loss, the mean over real logits plus that over generated ones."""
    return float(-log_sigmoid(real).mean() - log_sigmoid(-generated).mean())


def generator_losses(generated: np.ndarray) -> tuple[float, float]:
    """Return the min-max and the non-saturating loss of the generator; both are minimized."""
    return float(log_sigmoid(-generated).mean()), float(-log_sigmoid(generated).mean())


def condition(
    noise: np.ndarray, samples: np.ndarray, labels: np.ndarray, classes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the inputs of both networks, each row with its label as one-hot code at its end."""
    code = np.eye(classes)[labels]
    return np.hstack([noise, code]), np.hstack([samples, code])


def modes_covered(samples: np.ndarray, centres: np.ndarray, sigma: float) -> int:
    """Return how many centres have at least 1 % of the samples within three sigma.

    `samples` have the shape (samples, dimensions), `centres` (modes, dimensions).
    """
    apart = np.linalg.norm(samples[:, None] - centres, axis=2)
    return int(np.sum((apart <= 3 * sigma).mean(axis=0) >= 0.01))


def closeness(m: np.ndarray) -> np.ndarray:
    """Return how close each sample of a batch is to the others, (samples, kernels).

    `m` has the shape (samples, kernels, dimensions). For each kernel it is the mean, over the
    *other* samples, of ``exp(−‖m_i − m_j‖₁)``: 1 if all are the same, near 0 if they are far apart
    (Salimans et al. 2016, who add up instead).
    """
    apart = np.abs(m[:, None] - m).sum(axis=3)
    return (np.exp(-apart).sum(axis=1) - 1) / (len(m) - 1)
