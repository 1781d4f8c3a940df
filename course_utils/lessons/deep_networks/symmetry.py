"""What becomes of hidden units that start alike: a small network learns XOR, for many seeds."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.seeds import seeds

X = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
"""The four points of XOR, (4, 2)."""
Y = np.array([0.0, 1.0, 1.0, 0.0])
"""Whether exactly one of the two inputs is 1."""

UNITS, RATE, STEPS = 4, 1.0, 1000
EVERY = 20
"""Every so many steps the weights are kept."""


class Training(NamedTuple):
    """Trainings of one network for several seeds; every axis 0 is the seed, axis 1 the time."""

    steps: np.ndarray  # (times,)
    incoming: np.ndarray  # (seeds, times, 2, UNITS): the weights that enter each hidden unit
    loss: np.ndarray  # (seeds, times), mean binary cross-entropy
    right: np.ndarray  # (seeds, times), how many of the four points are told right

    @property
    def apart(self) -> np.ndarray:
        """The largest difference between two units' incoming weights, (seeds, times)."""
        return np.ptp(self.incoming, axis=3).max(axis=2)


@cache
def train(
    mean: float, spread: float, dropout: float = 0.0, from_seeds: Sequence[int] | None = None
) -> Training:
    """Train a 2-4-1 network (tanh, then a sigmoid) on XOR by plain gradient descent.

    Parameters
    ----------
    mean, spread
        All weights start at `mean` plus `spread` times a standard normal number; biases at 0.
    dropout
        The share of hidden units that is dropped for each point in each step, the rest scaled up.
    from_seeds
        Five, unless given.
    """
    generators = [np.random.default_rng(seed) for seed in (from_seeds or seeds(5))]

    def draw(*shape: int) -> np.ndarray:
        return np.stack([mean + spread * rng.normal(size=shape) for rng in generators])

    w1, w2 = draw(2, UNITS), draw(UNITS, 1)
    b1, b2 = np.zeros((len(generators), 1, UNITS)), np.zeros((len(generators), 1, 1))
    kept: list[tuple[np.ndarray, ...]] = []
    for step in range(STEPS + 1):
        h = np.tanh(X @ w1 + b1)
        if step % EVERY == 0:
            kept.append((w1, *_judged(h @ w2 + b2)))
        mask = np.ones_like(h)
        if dropout:
            drawn = np.stack([rng.random(h.shape[1:]) for rng in generators])
            mask = (drawn >= dropout) / (1 - dropout)
        logits = (h * mask) @ w2 + b2
        error = (_sigmoid(logits) - Y[:, None]) / len(Y)
        below = (error @ w2.transpose(0, 2, 1)) * mask * (1 - h**2)
        w2 = w2 - RATE * (h * mask).transpose(0, 2, 1) @ error
        b2 = b2 - RATE * error.sum(axis=1, keepdims=True)
        w1 = w1 - RATE * X.T @ below
        b1 = b1 - RATE * below.sum(axis=1, keepdims=True)
    incoming, loss, right = (np.stack(values, axis=1) for values in zip(*kept, strict=True))
    return Training(np.arange(0, STEPS + 1, EVERY), incoming, loss, right)


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(z / 2))


def _judged(logits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return loss and right answers, each (seeds,), for logits (seeds, 4, 1)."""
    z = logits[:, :, 0]
    loss = np.mean(np.logaddexp(0, z) - Y * z, axis=1)
    return loss, ((z > 0) == (Y > 0.5)).sum(axis=1)
