"""What scales and statistics do to models that are trained by gradient descent."""

from collections.abc import Callable
from functools import cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from scipy.special import log_softmax, softmax

from course_utils.data import load_wine_split
from course_utils.lessons.normalization.measurements.common import SEEDS, normal
from course_utils.lessons.normalization.model import Identity, Normalizer, Quadratic, Standard

RATES = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)
"""The learning rates of which a network gets the one with the smallest training loss."""

Predict = Callable[[np.ndarray], np.ndarray]


def train_network(x: np.ndarray, y: np.ndarray, seed: int, rate: float) -> tuple[Predict, float]:
    """Train a network of one hidden layer by gradient descent.

    Sixteen ReLU units, softmax with cross-entropy, weights of variance 1/inputs at first, 200 steps
    over all of `x` (samples, features) with labels `y` (samples,) from 0 on.

    Returns
    -------
    tuple
        Its prediction function, and its mean loss over `x` after training.
    """
    rng = np.random.default_rng(seed)
    target = np.eye(y.max() + 1)[y]
    w1 = rng.normal(0, x.shape[1] ** -0.5, (x.shape[1], 16))
    w2 = rng.normal(0, 16**-0.5, (16, target.shape[1]))
    b1, b2 = np.zeros(w1.shape[1]), np.zeros(w2.shape[1])

    def run(new: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = np.maximum(new @ w1 + b1, 0)
        return hidden, hidden @ w2 + b2

    for _ in range(200):
        hidden, logits = run(x)
        error = (softmax(logits, axis=1) - target) / len(x)
        error_hidden = (error @ w2.T) * (hidden > 0)
        w2 -= rate * hidden.T @ error
        b2 -= rate * error.sum(axis=0)
        w1 -= rate * x.T @ error_hidden
        b1 -= rate * error_hidden.sum(axis=0)
    loss = -np.mean(np.sum(target * log_softmax(run(x)[1], axis=1), axis=1))
    return lambda new: np.argmax(run(new)[1], axis=1), float(loss)


@cache
def accuracies(method: type[Normalizer]) -> tuple[float, ...]:
    """Return, for each of `SEEDS`, the share of held-out wines that a network gets right.

    The network is, of those trained at `RATES`, the one with the smallest training loss: what is
    held out has no part in the choice.
    """
    found = []
    for seed in SEEDS:
        split = load_wine_split(seed)
        fitted = method().fit(split.x_train)
        x, new = fitted.transform(split.x_train), fitted.transform(split.x_test)
        tries = [train_network(x, split.y_train, seed, rate) for rate in RATES]
        predict, _ = min(tries, key=itemgetter(1))
        found.append(float(np.mean(predict(new) == split.y_test)))
    return tuple(found)


class Accuracy(NamedTuple):
    """Mean shares of held-out wines that networks get right."""

    raw: float
    standardized: float


@cache
def accuracy() -> Accuracy:
    """Compare networks on raw and on standardized features."""
    return Accuracy(*(float(np.mean(accuracies(method))) for method in (Identity, Standard)))


class Steps(NamedTuple):
    """Steps of gradient descent until 1 % of the excess loss is left, medians of five splits.

    Where by chance one feature hardly matters once the other is known, even raw units take few.
    """

    raw: int
    standardized: int


@cache
def steps() -> Steps:
    """Let a linear model of alcohol and proline tell the first cultivar from the others.

    Their means are subtracted either way; the rate is half of the largest stable one.
    """
    found: dict[type[Normalizer], list[int]] = {Identity: [], Standard: []}
    for seed in SEEDS:
        split = load_wine_split(seed)
        y = (split.y_train == 0).astype(float)
        for method, taken in found.items():
            x = normal(method, split.x_train[:, [0, 12]])
            loss = Quadratic.of(x - x.mean(axis=0), y - y.mean())
            needed = loss.steps_to(0.01, loss.largest_stable_rate / 2)
            assert needed is not None  # below the largest stable rate it converges
            taken.append(needed)
    return Steps(*(int(np.median(found[method])) for method in (Identity, Standard)))


class Company(NamedTuple):
    """One test wine in two test batches of eight, each normalized by its own statistics."""

    changed: float  # share of trials in which a network gives the wine two classes
    moved: float  # the largest difference between its two normalized values in any feature
    trials: int


@cache
def company() -> Company:
    """Put test wines into the company of others."""
    changed, moved = [], []
    for seed in SEEDS:
        split = load_wine_split(seed)
        predict, _ = train_network(normal(Standard, split.x_train), split.y_train, seed, 0.1)
        rng = np.random.default_rng(seed)
        for _ in range(100):
            wine, *others = rng.choice(len(split.x_test), 15, replace=False)
            batches = [split.x_test[[wine, *half]] for half in (others[:7], others[7:])]
            a, b = (normal(Standard, batch)[:1] for batch in batches)
            changed.append(predict(a)[0] != predict(b)[0])
            moved.append(np.abs(a - b).max())
    return Company(float(np.mean(changed)), float(np.max(moved)), len(changed))


class Delivery(NamedTuple):
    """Accuracy on test sets of one cultivar each, by where their statistics come from."""

    training: float
    own: float


@cache
def one_cultivar_at_a_time() -> Delivery:
    """Test networks on wines of one cultivar at a time."""
    right, total = np.zeros(2), 0
    for seed in SEEDS:
        split = load_wine_split(seed)
        fitted = Standard().fit(split.x_train)
        predict, _ = train_network(fitted.transform(split.x_train), split.y_train, seed, 0.1)
        for cultivar in range(3):
            x = split.x_test[split.y_test == cultivar]
            inputs = fitted.transform(x), normal(Standard, x)
            right += [np.sum(predict(z) == cultivar) for z in inputs]
            total += len(x)
    return Delivery(*(float(share) for share in right / total))
