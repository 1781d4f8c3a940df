"""The study of lecture 04: how large the gradient is at each layer of a deep network.

Networks of fully connected layers read scikit-learn's digits. What is measured is the error
δ = ∂L/∂z of each hidden layer, before any training: how large it is over the whole batch. All
seeds run together, in float64, because a vanished gradient is no number of float32 any more.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from sklearn.datasets import load_digits

from course_utils.computed import Computed
from course_utils.seeds import seeds

WIDTH, BATCH, CLASSES, KEEP = 32, 128, 10, 0.5

ACTIVATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
    "none (linear)": lambda z: z,
}
"""The activation functions by name."""

INITIALIZATIONS: dict[str, Callable[[int, int], float]] = {
    "PyTorch's default": lambda fan_in, _: (1 / (3 * fan_in)) ** 0.5,
    "Xavier": lambda fan_in, fan_out: (2 / (fan_in + fan_out)) ** 0.5,
    "He": lambda fan_in, _: (2 / fan_in) ** 0.5,
}
"""The standard deviation of the weights, by fan-in and fan-out; all are drawn normal."""

PLAIN, RECURRENT, SKIP, BATCH_NORM = "plain", "one W for all layers", "skip", "batch norm"
DROPOUT, KEPT = "dropout", "dropout, mean square kept"
VARIANTS = (PLAIN, RECURRENT, SKIP, BATCH_NORM, DROPOUT, KEPT)
"""What is changed in a plain network.

``one W for all layers`` is what a recurrent network is, unrolled. ``dropout`` is inverted dropout:
half of the activations are dropped, the others doubled. ``dropout, mean square kept`` multiplies
them by √2 instead, which leaves the mean square of the activations as it was.
"""

DEPTHS = (2, 5, 10, 20, 30)
"""How many hidden layers the networks have."""

_GAIN = {DROPOUT: 1 / KEEP, KEPT: KEEP**-0.5}


class Digits(NamedTuple):
    """Scikit-learn's 1797 digits, every pixel standardized."""

    x: np.ndarray  # float64 (1797, 64)
    y: np.ndarray  # int (1797,)


@cache
def _pixels() -> tuple[np.ndarray, np.ndarray]:
    return load_digits(return_X_y=True)


def digits(order: np.ndarray | None = None, train: int | None = None) -> Digits:
    """Return the digits, standardized by mean and deviation of the first `train`.

    Parameters
    ----------
    order
        In which order they come; scikit-learn's, unless given.
    train
        How many of them, from the first on, are for training; all, unless given.
    """
    x, y = _pixels()
    if order is not None:
        x, y = x[order], y[order]
    deviation = x[:train].std(axis=0)
    return Digits((x - x[:train].mean(axis=0)) / np.where(deviation == 0, 1, deviation), y)


def error_norms(
    depth: int,
    activation: str,
    initialization: str,
    variant: str = PLAIN,
    from_seeds: Sequence[int] | None = None,
) -> np.ndarray:
    """Return the size of the error ∂L/∂z at each hidden layer, float64 (seeds, depth).

    Weights, batch and dropped units are drawn for each seed; biases are 0. The loss is the mean
    cross-entropy over the batch, and the size is the root of the sum of squares over batch and
    units.

    Raises
    ------
    ValueError
        If `depth` is not 2 or more: with one hidden layer there is nothing to compare.
    KeyError
        If there is no such activation, initialization or variant.
    """
    if depth < 2:
        raise ValueError(f"a network needs 2 hidden layers or more to compare, and has {depth}")
    if variant not in VARIANTS:
        raise KeyError(f"there is no variant {variant!r}; there are {', '.join(VARIANTS)}")
    f, deviation = ACTIVATIONS[activation], INITIALIZATIONS[initialization]
    generators = [np.random.default_rng(s) for s in (from_seeds or seeds(5))]

    def draw(fan_in: int, fan_out: int) -> torch.Tensor:
        """Return weights (seeds, fan_in, fan_out)."""
        sigma = deviation(fan_in, fan_out)
        drawn = [rng.normal(0.0, sigma, (fan_in, fan_out)) for rng in generators]
        return torch.tensor(np.stack(drawn), requires_grad=True)

    data = digits()
    chosen = np.stack([rng.choice(len(data.x), BATCH, replace=False) for rng in generators])
    h, y = torch.tensor(data.x[chosen]), torch.tensor(data.y[chosen])  # (seeds, batch, …)
    shared = draw(WIDTH, WIDTH) if variant == RECURRENT else None
    sums = []
    for layer in range(depth):
        w = draw(h.shape[2], WIDTH) if layer == 0 or shared is None else shared
        z = h @ w
        sums.append(z)
        a = f(standardized(z) if variant == BATCH_NORM else z)
        if variant in _GAIN:
            kept = np.stack([rng.random(a.shape[1:]) < KEEP for rng in generators])
            a = a * torch.tensor(kept) * _GAIN[variant]
        h = h + a if variant == SKIP and layer > 0 else a
    logits = h @ draw(WIDTH, CLASSES)
    loss = torch.nn.functional.cross_entropy(
        logits.reshape(-1, CLASSES), y.reshape(-1), reduction="sum"
    )
    errors = torch.autograd.grad(loss / BATCH, sums)
    return np.stack([error.flatten(1).norm(dim=1).numpy() for error in errors], axis=1)


def standardized(z: torch.Tensor, known: int | None = None) -> torch.Tensor:
    """Return `z` (seeds, batch, units) with mean 0 and variance 1 over the batch.

    With `known`, mean and variance are those of the first `known` samples.
    """
    of = z[:, :known]
    deviation = torch.sqrt(of.var(dim=1, correction=0, keepdim=True) + 1e-5)
    return (z - of.mean(dim=1, keepdim=True)) / deviation


study = Computed(
    error_norms,
    depth=DEPTHS,
    activation=tuple(ACTIVATIONS)[:3],
    initialization=tuple(INITIALIZATIONS),
    variant=VARIANTS,
)
"""`error_norms` for all combinations, computed together when one is first asked for."""


def powers(norms: np.ndarray) -> np.ndarray:
    """Return by how many powers of ten each layer's error is larger than the last hidden one's.

    Takes and returns (seeds, depth).
    """
    return np.log10(norms / norms[:, -1:])
