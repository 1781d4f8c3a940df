"""Exercise 10.2: a mean that is kept up to date."""

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
        Fault("the mean is not moved", lambda mean, n, reward: mean, of=("mean",)),
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
        Fault(
            "brackets are missing: the sum is divided by n + 1 as a whole",
            lambda mean, n, reward: (mean * n + reward) / n + 1 if n else np.inf,
            of=("mean",),
        ),
        Fault(
            "brackets are missing: the distance is divided by n + 1 as a whole",
            lambda mean, n, reward: mean + (reward - mean) / n + 1 if n else np.inf,
            of=("mean",),
        ),
        Fault(
            "it multiplies by the number; the distance is divided by it",
            lambda mean, n, reward: mean + (reward - mean) * (n + 1),
            of=("mean",),
        ),
        Fault(
            "brackets are missing: the whole distance, reward − mean, is divided by the number",
            lambda mean, n, reward: mean + reward - mean / (n + 1),
            of=("mean",),
        ),
        Fault(
            "the weights are exchanged: the old mean stands for n rewards, the new one for 1",
            lambda mean, n, reward: (mean + n * reward) / (n + 1),
            of=("mean",),
        ),
        Fault(
            "the old mean counts once in a sum of n + 1 rewards; it stands for n of them",
            lambda mean, n, reward: (mean + reward) / (n + 1),
            of=("mean",),
        ),
        Fault(
            "it divides by the square of the number; divide once",
            lambda mean, n, reward: mean + (reward - mean) / (n + 1) ** 2,
            of=("mean",),
        ),
        Fault(
            "the number is counted up twice",
            lambda mean, n, reward: n + 2,
            of=("n",),
        ),
        Fault(
            "it is cut to a whole number, as by `//`; divide with `/`",
            lambda mean, n, reward: (mean * n + reward) // (n + 1),
            of=("mean",),
        ),
        Fault(
            "the last reward is taken for the mean", lambda mean, n, reward: reward, of=("mean",)
        ),
        Fault(
            "brackets are missing: the whole sum, n · mean + reward, is divided",
            lambda mean, n, reward: n * mean + reward / (n + 1),
            of=("mean",),
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
