"""What lecture 06 computes of one layer: batch norm forward, backward, at inference, and folded.

The finished version of what the student writes: explorers, checks and keys are computed with it.
Rows are samples. The conventions are PyTorch's, ε = 1e-5 and a momentum of 0.1 among them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

EPSILON = 1e-5
"""What PyTorch adds to the variance before the square root."""
MOMENTUM = 0.1
"""PyTorch's weight of the *new* batch in the running statistics."""


def batch_norm(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = EPSILON
) -> np.ndarray:
    """Return x (batch, units) normalized over the batch, scaled by gamma, shifted by beta."""
    mean = x.mean(axis=0)
    variance = x.var(axis=0)  # divided by n
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta


def update_running(
    mean: np.ndarray, variance: np.ndarray, x: np.ndarray, momentum: float = MOMENTUM
) -> tuple[np.ndarray, np.ndarray]:
    """Return running mean and variance, arrays (units,), after the batch x (batch, units)."""
    if len(x) < 2:
        raise ValueError("a batch of one has no variance: training needs two samples or more")
    new_mean = (1 - momentum) * mean + momentum * x.mean(axis=0)
    new_variance = (1 - momentum) * variance + momentum * x.var(axis=0, ddof=1)
    return new_mean, new_variance


def inference(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    eps: float = EPSILON,
) -> np.ndarray:
    """Return x (batch, units) normalized by the running statistics: for each row by itself."""
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta


class Gradients(NamedTuple):
    """The loss's gradients by what the forward pass computed, from the back to the front."""

    x_hat: np.ndarray  # (batch, units)
    variance: np.ndarray  # (units,)
    mean: np.ndarray  # (units,)
    x: np.ndarray  # (batch, units)


def backward(
    error: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = EPSILON
) -> Gradients:
    """Return ∂L/∂x̂, ∂L/∂σ², ∂L/∂μ and ∂L/∂x, given the error ∂L/∂y (batch, units)."""
    n = len(x)
    centred = x - x.mean(axis=0)
    deviation = np.sqrt(x.var(axis=0) + eps)
    d_x_hat = error * gamma
    d_variance = -0.5 * np.sum(d_x_hat * centred, axis=0) / deviation**3
    d_mean = -np.sum(d_x_hat, axis=0) / deviation
    d_x = d_x_hat / deviation + d_variance * 2 * centred / n + d_mean / n
    return Gradients(d_x_hat, d_variance, d_mean, d_x)


def fold(
    weights: np.ndarray,
    bias: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    eps: float = EPSILON,
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (inputs, units) and biases (units,) of the one layer that does both's work.

    The two: x·weights + bias, and after it batch norm at inference.
    """
    scale = gamma / np.sqrt(variance + eps)
    return weights * scale, (bias - mean) * scale + beta
