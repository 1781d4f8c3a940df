"""One run of the exam's cell, unrolled: every value, and every gradient of backpropagation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Unrolled:
    """A run of the cell and all its gradients.

    Attributes
    ----------
    state
        h, float64 (steps + 1,); the first is the state before the first step.
    mixed, output, loss
        o, ŷ and L_t, float64 (steps,). The loss is nan where its logarithm does not exist.
    by_output
        ∂L_t/∂ŷ_t.
    own
        ∂L_t/∂h_t, the immediate derivative: by the loss of the same step alone.
    later
        What comes back to h_t from the next step, ∂L/∂o_{t+1}; 0 at the last.
    by_mixed
        ∂L/∂o_t.
    by_weight
        ∂L/∂w at step t: by the weight as that step alone uses it.
    """

    state: np.ndarray
    mixed: np.ndarray
    output: np.ndarray
    loss: np.ndarray
    by_output: np.ndarray
    own: np.ndarray
    later: np.ndarray
    by_mixed: np.ndarray
    by_weight: np.ndarray

    @property
    def by_state(self) -> np.ndarray:
        """∂L/∂h_t, the total derivative: by everything that follows from h_t."""
        return self.own + self.later


def unroll(x: np.ndarray, y: np.ndarray, w: float, h_0: float, squashed: bool) -> Unrolled:
    """Run the cell over `x`, and back from the binary cross-entropy with the labels `y`.

    Parameters
    ----------
    x, y
        float64 (steps,); labels from 0 to 1.
    w, h_0
        The weight, and the state before the first step.
    squashed
        Whether ŷ_t is the sigmoid of h_t instead of h_t itself.
    """
    steps = len(x)
    state, mixed = np.full(steps + 1, h_0), np.zeros(steps)
    for t in range(steps):
        mixed[t] = state[t] + x[t]
        state[t + 1] = w * mixed[t]
    h = state[1:]
    if squashed:
        # From h, not from ŷ: the sigmoid of a large state is 1 to the last digit, its loss not 0.
        output, loss = 1 / (1 + np.exp(-h)), np.logaddexp(0, h) - y * h
        own, by_output = output - y, -y * (1 + np.exp(-h)) + (1 - y) * (1 + np.exp(h))
    else:
        output = h.copy()
        p = np.where((output > 0) & (output < 1), output, np.nan)
        loss = -y * np.log(p) - (1 - y) * np.log1p(-p)
        own = by_output = -y / p + (1 - y) / (1 - p)
    later, by_mixed = np.zeros(steps), np.zeros(steps)
    for t in reversed(range(steps)):
        if t + 1 < steps:
            later[t] = by_mixed[t + 1]  # o_{t+1} = h_t + x_{t+1}
        by_mixed[t] = w * (own[t] + later[t])
    by_weight = mixed * (own + later)
    return Unrolled(state, mixed, output, loss, by_output, own, later, by_mixed, by_weight)
