"""What the exercises share: the lecture's name, fresh batches, fresh parameters and a fresh ε."""

import numpy as np

LECTURE = "batch_norm"


def fresh_batch(rng: np.random.Generator, samples: int, units: int) -> np.ndarray:
    """Return skewed activations (samples, units) with means and deviations of their own."""
    deviation = rng.uniform(0.5, 3, units)
    return deviation * (rng.uniform(-2, 2, units) + rng.gamma(2.0, size=(samples, units)))


def fresh_parameters(rng: np.random.Generator, units: int) -> tuple[np.ndarray, np.ndarray]:
    """Return γ and β (units,), none of them near 0 or 1."""
    return rng.choice([-1, 1], units) * rng.uniform(1.3, 2.5, units), rng.uniform(0.3, 0.8, units)


def fresh_eps(rng: np.random.Generator) -> float:
    """Return an ε that is not PyTorch's, which an answer may have typed in."""
    return float(rng.uniform(1e-4, 1e-3))
