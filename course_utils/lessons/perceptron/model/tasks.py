"""Generated samples of two classes in the plane: with a gap, overlapping, or labelled wrongly."""

import numpy as np


def separable(
    rng: np.random.Generator, gap: float, count: int = 100
) -> tuple[np.ndarray, np.ndarray]:
    """Return samples (count, 2) in the unit circle and labels (count,), −1 and 1.

    A random line has no sample nearer than `gap`; at least a tenth of them is on either side.
    """
    angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(-0.3, 0.3)
    normal = np.array([np.cos(angle), np.sin(angle)])
    while True:
        x = rng.uniform(-1, 1, (40 * count, 2))
        distance = x @ normal - offset
        x = x[(np.linalg.norm(x, axis=1) <= 1) & (np.abs(distance) >= gap)][:count]
        y = np.where(x @ normal > offset, 1.0, -1.0)
        if len(x) == count and abs(y.mean()) <= 0.8:
            return x, y


def overlapping(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return samples (count, 2) and labels (count,) of two normal distributions.

    Both have deviation 1; their means are (−1, 0) and (1, 0). The best line, x₁ = 0, is right with
    probability Φ(1), about 0.84.
    """
    y = rng.choice([-1.0, 1.0], count)
    x = rng.normal(size=(count, 2))
    x[:, 0] += y
    return x, y


def mislabelled(
    rng: np.random.Generator, count: int, fresh: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return samples (count, 2) whose labels (count,) are wrong with probability 0.1.

    Then `fresh` samples and labels of the same line, all right: what a test should ask.
    """
    x, y = separable(rng, 0.0, count + fresh)
    wrong = rng.random(count) < 0.1
    return x[:count], np.where(wrong, -y[:count], y[:count]), x[count:], y[count:]
