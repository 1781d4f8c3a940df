"""A linear model with inputs of several scales, trained with L2 and with weight decay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

STEPS, RATE, STRENGTH = 200, 0.01, 0.5
SCALES = np.array([0.1, 1, 1, 1, 10])
_SAMPLES = 20
Step = Callable[..., tuple[np.ndarray, np.ndarray, np.ndarray]]


def task(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs (samples, 5), each feature of its own scale, and targets (samples,)."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(_SAMPLES, len(SCALES))) * SCALES, rng.normal(size=_SAMPLES)


def by_pytorch(
    seeds: Sequence[int],
    make: Callable[..., torch.optim.Optimizer],
    penalty: float = 0.0,
    **settings: Any,
) -> np.ndarray:
    """Return the weights (seeds, 5) after training with an optimizer of PyTorch.

    Parameters
    ----------
    seeds
        Of the tasks; all are trained at once, each with weights of its own.
    make
        The optimizer's class.
    penalty
        λ of λ/2 · Σw², written into the loss.
    **settings
        For the optimizer, beside the learning rate.
    """
    x, y = (torch.tensor(np.stack(part)) for part in zip(*map(task, seeds), strict=True))
    w = torch.nn.Parameter(torch.ones(len(seeds), len(SCALES), dtype=torch.float64))
    optimizer = make([w], lr=RATE, **settings)
    for _ in range(STEPS):
        optimizer.zero_grad()
        error = (x @ w[..., None])[..., 0] - y
        losses = 0.5 * (error**2).mean(dim=1) + penalty / 2 * (w**2).sum(dim=1)
        losses.sum().backward()
        optimizer.step()
    return w.detach().numpy()


def by_steps(seed: int, step: Step, l2: float = 0.0, decay: float = 0.0) -> np.ndarray:
    """Return the weights after training with a step like exercise 5's."""
    x, y = task(seed)
    w, m, v = np.ones(len(SCALES)), np.zeros(len(SCALES)), np.zeros(len(SCALES))
    for k in range(1, STEPS + 1):
        gradient = x.T @ (x @ w - y) / len(x)
        w, m, v = step(w, gradient, m, v, k, RATE, l2, decay)
    return w


def sgd_step(
    w: np.ndarray,
    gradient: np.ndarray,
    m: np.ndarray,
    v: np.ndarray,
    _: int,
    rate: float,
    l2: float,
    decay: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return w after a step of plain SGD with L2 or weight decay; m and v are not needed."""
    return (1 - rate * decay) * w - rate * (gradient + l2 * w), m, v
