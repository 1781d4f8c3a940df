"""Exercises 10.2 and 10.3: a mean that is kept up to date, and the score of UCB."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rl_exploration.exercises.choosing import LECTURE

Mean = tuple[float, int]


def incremental_mean(mean: float, n: int, reward: float) -> Mean:
    n = n + 1
    return mean + (reward - mean) / n, n


def _one_more(rng: np.random.Generator) -> tuple[float, int, float]:
    return float(rng.normal(2, 1)), int(rng.integers(2, 9)), float(rng.normal(-3, 1))


check_incremental_mean = Exercise(
    item="10.2",
    lecture=LECTURE,
    name="incremental_mean",
    title="A mean, reward by reward",
    reference=incremental_mean,
    results=("mean", "n"),
    rounds={
        "the mean and the number after one more reward": _one_more,
        "the first reward is the first mean": lambda rng: (0.0, 0, float(rng.normal(4, 1))),
        "a first guess is forgotten at the first reward": lambda rng: (
            5.0,
            0,
            float(rng.normal(-1, 1)),
        ),
    },
    faults=(
        Fault(
            "it divides by the number of rewards before this one; divide by the new number",
            lambda mean, n, reward: mean + (reward - mean) / n if n else np.inf,
            of=("mean",),
        ),
        Fault("the number is not counted up", lambda mean, n, reward: n, of=("n",)),
        Fault(
            "it returns the sum of the rewards; divide by their number",
            lambda mean, n, reward: mean * n + reward,
            of=("mean",),
        ),
        Fault(
            "the old mean counts as one reward; it stands for n of them",
            lambda mean, n, reward: (mean + reward) / 2,
            of=("mean",),
        ),
        Fault(
            "the reward is added without taking away the old mean",
            lambda mean, n, reward: mean + reward / (n + 1),
            of=("mean",),
        ),
        Fault(
            "the sign is wrong: the mean moves towards the reward",
            lambda mean, n, reward: mean - (reward - mean) / (n + 1),
            of=("mean",),
        ),
        Fault(
            "the step is constant; it is 1 over the number of rewards",
            lambda mean, n, reward: mean + 0.1 * (reward - mean),
            of=("mean",),
        ),
        Fault(
            "it divides by one too many: the new number is n + 1",
            lambda mean, n, reward: mean + (reward - mean) / (n + 2),
            of=("mean",),
        ),
        Fault(
            "the new sum is divided by the old number; divide by the new one",
            lambda mean, n, reward: (mean * n + reward) / n if n else np.inf,
            of=("mean",),
        ),
        Fault("the mean is not moved", lambda mean, n, reward: mean, of=("mean",)),
        Fault(
            "the last reward is taken for the mean", lambda mean, n, reward: reward, of=("mean",)
        ),
    ),
    hints=(
        "How much is one reward among n + 1 of them worth?",
        "Count first, then move the mean by a share of its distance to the reward: 1 over the new"
        " number.",
        """
        def incremental_mean(mean, n, reward):
            n = ...
            return mean + (...) / n, n
        """,
    ),
)


def ucb_scores(means: np.ndarray, pulls: np.ndarray, t: int, c: float) -> np.ndarray:
    scores = np.full(len(means), np.inf)
    tried = pulls > 0
    scores[tried] = means[tried] + c * np.sqrt(np.log(t) / pulls[tried])
    return scores


def _scored(
    means: np.ndarray, pulls: np.ndarray, t: int, c: float, *, untried: float = np.inf, **made: str
) -> np.ndarray:
    """Return scores with another bonus, or another score of what was never pulled."""
    n = np.maximum(pulls, 1).astype(float)
    bonus = {
        "right": np.sqrt(np.log(t) / n),
        "swapped": np.sqrt(np.log(n) / t),
        "no root": np.log(t) / n,
        "no logarithm": np.sqrt(t / n),
        "its own pulls": np.sqrt(np.log(n) / n),
        "root of n only": np.log(t) / np.sqrt(n),
        "no count": np.full(len(n), np.sqrt(np.log(t))),
        "root of ln t only": np.sqrt(np.log(t)) / n,
        "log10": np.sqrt(np.log10(t) / n),
        "one more": np.sqrt(np.log(t) / (n + 1)),
        "two": np.sqrt(2 * np.log(t) / n),
        "c inside": np.sqrt(c * np.log(t) / n) / c,
    }[made.get("bonus", "right")]
    return np.where(pulls > 0, means + c * bonus, untried)


def _arms(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int, float]:
    pulls = rng.permutation([2, 3, 7, 20, 41])
    return rng.normal(size=5), pulls, int(pulls.sum()) + 1, float(rng.uniform(1.2, 3.0))


def _with_untried(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int, float]:
    pulls = rng.permutation([0, 0, 2, 4, 9])
    means = np.where(pulls > 0, rng.normal(size=5), 0.0)
    return means, pulls, int(pulls.sum()) + 1, float(rng.uniform(1.2, 3.0))


def _fault(says: str, bonus: str) -> Fault:
    return Fault(says, lambda *inputs: _scored(*inputs, bonus=bonus))


check_ucb_scores = Exercise(
    item="10.3",
    lecture=LECTURE,
    name="ucb_scores",
    title="The score of UCB",
    reference=ucb_scores,
    rounds={
        "arms that were all pulled": _arms,
        "an arm that was never pulled comes first": _with_untried,
        "the first pull of all, where the logarithm is 0": lambda rng: (
            np.zeros(3),
            np.zeros(3, dtype=int),
            1,
            float(rng.uniform(1.2, 3.0)),
        ),
    },
    faults=(
        _fault(
            "t and n are exchanged in the bonus: what is rarely pulled gets the most", "swapped"
        ),
        _fault("the square root is missing", "no root"),
        _fault("the logarithm is missing: the bonus grows with ln t", "no logarithm"),
        _fault("the logarithm is of the arm's own pulls; it is of t, all pulls", "its own pulls"),
        _fault("the root is of n only; it is of the whole fraction ln t / n", "root of n only"),
        _fault(
            "the root is of ln t only; it is of the whole fraction ln t / n", "root of ln t only"
        ),
        _fault("ln is the natural logarithm: `np.log`, not `np.log10`", "log10"),
        _fault("the bonus is divided by n + 1 pulls; n are meant", "one more"),
        _fault("the bonus is the same for all: divide by each arm's pulls", "no count"),
        _fault("the 2 under the root belongs to another version: here c alone scales it", "two"),
        _fault("c is under the root; it stands before it", "c inside"),
        Fault(
            "an arm that was never pulled gets its mean; its bonus has no bound: give it inf",
            lambda means, pulls, t, c: np.where(pulls > 0, _scored(means, pulls, t, c), means),
        ),
        Fault(
            "an arm that was never pulled counts as pulled once; give it inf",
            lambda means, pulls, t, c: _scored(means, np.maximum(pulls, 1), t, c),
        ),
        Fault(
            "the bonus is subtracted",
            lambda means, pulls, t, c: np.where(
                pulls > 0, 2 * means - _scored(means, pulls, t, c), np.inf
            ),
        ),
        Fault(
            "the mean is missing: this is the bonus alone",
            lambda means, pulls, t, c: _scored(0 * means, pulls, t, c),
        ),
        Fault(
            "the bonus is missing: these are the means",
            lambda means, pulls, t, c: np.where(pulls > 0, means, np.inf),
        ),
    ),
    hints=(
        "What does an arm deserve that was pulled rarely, and one that was never pulled?",
        "For the arms that were pulled: mean + c·√(ln t / n). Begin with an array of `np.inf`, so"
        " that the others come first.",
        """
        def ucb_scores(means, pulls, t, c):
            scores = np.full(len(means), ...)
            tried = pulls > 0
            scores[tried] = means[tried] + c * np.sqrt(...)
            return scores
        """,
    ),
)
