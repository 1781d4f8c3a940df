"""What the experiments of `claims` measure, on the wine table and on constructed data.

Every function is deterministic, takes at most about a second and is computed once a process. Where
chance has a part, it is averaged over `SEEDS`.
"""

from collections.abc import Callable
from functools import cache
from operator import itemgetter

import numpy as np
from scipy.special import log_softmax, softmax
from sklearn.neighbors import KNeighborsClassifier

from course_utils.data import load_wine_split
from course_utils.lessons.normalization.model import Identity, Normalizer, Quadratic, Standard

SEEDS = range(5)
RATES = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)
"""The learning rates of which a network gets the one with the smallest training loss."""

Predict = Callable[[np.ndarray], np.ndarray]


def normal(method: type[Normalizer], x: np.ndarray) -> np.ndarray:
    """Return `x` (samples, features) normalized by its own statistics."""
    return method().fit(x).transform(x)


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
def network_accuracies(method: type[Normalizer]) -> tuple[float, ...]:
    """Return, for each of `SEEDS`, the share of held-out wines that a network gets right.

    The network is, of those trained at `RATES`, the one with the smallest training loss: what is
    held out has no part in the choice.
    """
    accuracies = []
    for seed in SEEDS:
        split = load_wine_split(seed)
        fitted = method().fit(split.x_train)
        x, new = fitted.transform(split.x_train), fitted.transform(split.x_test)
        tries = [train_network(x, split.y_train, seed, rate) for rate in RATES]
        predict, _ = min(tries, key=itemgetter(1))
        accuracies.append(float(np.mean(predict(new) == split.y_test)))
    return tuple(accuracies)


@cache
def descent_steps(method: type[Normalizer]) -> int:
    """Return the steps of gradient descent for a linear model of two wine features.

    The model predicts whether a wine is of the first cultivar from alcohol and proline, whose means
    are subtracted either way; the rate is half of the largest stable one, and training ends at 1 %
    of the initial excess loss.
    """
    split = load_wine_split(0)
    x = normal(method, split.x_train[:, [0, 12]])
    y = (split.y_train == 0).astype(float)
    loss = Quadratic.of(x - x.mean(axis=0), y - y.mean())
    steps = loss.steps_to(0.01, loss.largest_stable_rate / 2)
    assert steps is not None  # below the largest stable rate it converges
    return steps


@cache
def two_levels(per_sample: bool) -> float:
    """Return how well neighbours tell two classes apart that have one profile at two levels.

    600 samples of six features, half of them held out; each sample or each feature is
    standardized.
    """
    accuracy = []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        y = np.arange(600) % 2
        x = np.linspace(1, 2, 6) + 3.0 * y[:, None] + rng.normal(0, 0.3, (600, 6))
        axis = 1 if per_sample else 0
        z = (x - x.mean(axis=axis, keepdims=True)) / x.std(axis=axis, keepdims=True)
        model = KNeighborsClassifier(5).fit(z[:300], y[:300])
        accuracy.append(model.score(z[300:], y[300:]))
    return float(np.mean(accuracy))


@cache
def company() -> tuple[float, float]:
    """Put one test wine into two test batches of eight, each normalized by its own statistics.

    Returns
    -------
    tuple
        Share of 500 trials in which a trained network gives the wine two different classes, and
        the largest difference between its two normalized values in any feature.
    """
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
    return float(np.mean(changed)), float(np.max(moved))


@cache
def one_cultivar_at_a_time() -> tuple[float, float]:
    """Return a network's accuracy on test sets of one cultivar each.

    First with the training data's statistics, then with each test set's own.
    """
    right = np.zeros(2)
    for seed in SEEDS:
        split = load_wine_split(seed)
        fitted = Standard().fit(split.x_train)
        predict, _ = train_network(fitted.transform(split.x_train), split.y_train, seed, 0.1)
        for cultivar in range(3):
            x = split.x_test[split.y_test == cultivar]
            inputs = fitted.transform(x), normal(Standard, x)
            right += [np.sum(predict(z) == cultivar) for z in inputs]
    return float(right[0] / (len(SEEDS) * 54)), float(right[1] / (len(SEEDS) * 54))


@cache
def leak(before_split: bool) -> float:
    """Return how far normalized training data move when one test value becomes ten times larger."""
    split = load_wine_split(0)
    changed = split.x_test.copy()
    changed[np.argmax(changed[:, 12]), 12] *= 10
    x = split.x_train
    first, second = (
        Standard().fit(np.concatenate([x, test]) if before_split else x).transform(x)
        for test in (split.x_test, changed)
    )
    return float(np.abs(first - second).max())


@cache
def squeezed() -> tuple[float, float]:
    """Return the part of the min-max range that 100 values fill, without and with an outlier."""
    x = np.linspace(0, 1, 100)
    low, high = x.min(), max(x.max(), 50.0)
    return float(np.ptp((x - x.min()) / np.ptp(x))), float(np.ptp((x - low) / (high - low)))


@cache
def neighbours() -> tuple[float, float, float]:
    """Compare nearest neighbours on raw and standardized wine.

    Returns
    -------
    tuple
        Share of test wines whose nearest training wine changes; accuracy of a 1-nearest-neighbour
        classifier raw, and standardized; means over seeds.
    """
    rows = []
    for seed in SEEDS:
        split = load_wine_split(seed)
        found = []
        for method in (Identity, Standard):
            fitted = method().fit(split.x_train)
            found.append(nearest(fitted.transform(split.x_train), fitted.transform(split.x_test)))
        scores = [np.mean(split.y_train[index] == split.y_test) for index in found]
        rows.append([np.mean(found[0] != found[1]), *scores])
    changed, raw, standardized = np.mean(rows, axis=0)
    return float(changed), float(raw), float(standardized)


def nearest(x: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Return the index in `x` of the Euclidean nearest neighbour of every sample in `new`."""
    return np.argmin(((new[:, None] - x) ** 2).sum(axis=2), axis=1)


@cache
def undone() -> float:
    """Return the largest relative error after standardizing the wine table and undoing it."""
    x = load_wine_split(0).x_train
    fitted = Standard().fit(x)
    back = fitted.transform(x) * fitted.scale_ + fitted.offset_
    return float(np.abs(back / x - 1).max())


@cache
def strongest_correlation() -> tuple[float, float]:
    """Return the largest correlation of two wine features, raw and standardized."""
    x = load_wine_split(0).x_train
    raw, standardized = (
        np.abs(np.triu(np.corrcoef(z.T), 1)).max() for z in (x, normal(Standard, x))
    )
    return float(raw), float(standardized)


def skewness(x: np.ndarray) -> float:
    """Return the mean cubed deviation in units of the standard deviation (0 if symmetric)."""
    return float(np.mean(((x - x.mean()) / x.std()) ** 3))
