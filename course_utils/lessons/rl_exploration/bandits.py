"""Bandits with ten arms: every policy of the lecture, on many runs at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

ARMS = 10
_TIES = 1e-9  # noise by which equal scores are told apart, fairly


@dataclass(frozen=True)
class Policy:
    """How an arm is chosen and how its estimate follows.

    Attributes
    ----------
    epsilon
        Share of the pulls that go to an arm drawn evenly from all.
    decays
        Whether that share falls: at step t = 1, 2, … it is min(1, 100·epsilon / t).
    start
        What every arm is thought to be worth before it was pulled.
    bonus
        c of UCB: an arm pulled n times in t steps scores its estimate + c·√(ln t / n).
    rate
        Step size of the estimates; None for 1/n, which makes them means.
    thompson
        Whether an arm's score is drawn from the posterior, with the prior N(0, 1) of its worth and
        rewards of variance 1, and not the estimate.
    """

    epsilon: float = 0.0
    decays: bool = False
    start: float = 0.0
    bonus: float = 0.0
    rate: float | None = None
    thompson: bool = False

    def exploring(self, t: int) -> float:
        """Return the share of random pulls at step t, counted from 1."""
        return min(1.0, 100 * self.epsilon / t) if self.decays else self.epsilon


GREEDY = Policy()
EPSILON_GREEDY = Policy(epsilon=0.1)
POLICIES = {
    "greedy": GREEDY,
    "ε-greedy, ε = 0.1": EPSILON_GREEDY,
    "decaying ε": Policy(epsilon=0.1, decays=True),
    "optimistic start": Policy(start=5.0, rate=0.1),
    "UCB, c = 2": Policy(bonus=2.0),
    "Thompson": Policy(thompson=True),
}

DRIFTING = {"spread": 0.0, "drift": 0.03}
"""Arms that all begin at 0 and walk."""


class Race(NamedTuple):
    """What some runs of a policy did.

    Attributes
    ----------
    regret
        Worth of the best arm minus that of the pulled one, float32, (steps, runs).
    rank
        How many arms were better than the pulled one, int8, (steps, runs).
    arm
        The arm that was pulled, int8, (steps, runs).
    """

    regret: np.ndarray
    rank: np.ndarray
    arm: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """The regret of each run, summed over its steps, (runs,)."""
        return self.regret.sum(axis=0, dtype=np.float64)

    @property
    def best(self) -> np.ndarray:
        """The share of runs that pulled the best arm, at each step, (steps,)."""
        return (self.rank == 0).mean(axis=1)

    @property
    def stuck(self) -> np.ndarray:
        """Which runs pulled one and the same arm, not the best, in the last nine tenths."""
        late = self.arm[len(self.arm) // 10 :]
        return (late == late[0]).all(axis=0) & (self.rank[-1] > 0)


def band(values: np.ndarray) -> tuple[float, float]:
    """Return the ends of a 95 % confidence interval for the mean of `values` over runs."""
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean() - half), float(values.mean() + half)


@cache
def race(
    policy: Policy,
    seed: int,
    *,
    runs: int = 2000,
    steps: int = 1000,
    spread: float = 1.0,
    drift: float = 0.0,
    noise: float = 1.0,
) -> Race:
    """Return what `runs` independent runs of `policy` do, all together.

    The arms' worth is drawn from N(0, spread²) in every run. A reward is the pulled arm's worth
    plus noise from N(0, noise²). With `drift` each arm's worth moves by a step from N(0, drift²)
    after every pull: then it is the worth itself that changes, not only what is seen of it.

    Equal seeds give every policy the same arms and the same noise.
    """
    world, own = (np.random.default_rng([seed, which]) for which in range(2))
    everyone = np.arange(runs)
    worth = spread * world.normal(size=(runs, ARMS))
    by_arm = worth.T.copy()  # NumPy compares the arms of all runs sooner along the first axis
    estimate = np.full((runs, ARMS), policy.start)
    pulls = np.zeros((runs, ARMS))
    found = Race(*(np.empty((steps, runs), dtype) for dtype in (np.float32, np.int8, np.int8)))
    for t in range(1, steps + 1):
        arm = _scores(policy, t, estimate, pulls, own).argmax(axis=1)
        if share := policy.exploring(t):
            tries = own.random(runs) < share
            arm = np.where(tries, own.integers(ARMS, size=runs), arm)
        pulled = worth[everyone, arm]
        reward = pulled + noise * world.normal(size=runs)
        pulls[everyone, arm] += 1
        step = policy.rate or 1 / pulls[everyone, arm]
        estimate[everyone, arm] += step * (reward - estimate[everyone, arm])
        found.regret[t - 1] = by_arm.max(axis=0) - pulled
        found.rank[t - 1] = (by_arm > pulled).sum(axis=0, dtype=np.int8)
        found.arm[t - 1] = arm
        if drift:
            worth += drift * world.standard_normal(worth.shape, np.float32)
            by_arm = worth.T.copy()
    return found


def _scores(
    policy: Policy, t: int, estimate: np.ndarray, pulls: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return a score for each run and arm; the highest is pulled."""
    if policy.thompson:
        # The prior N(0, 1) and n rewards of mean m give the posterior N(n m / (n + 1), 1 / (n + 1))
        believed = estimate * pulls / (pulls + 1)
        return believed + rng.standard_normal(pulls.shape, np.float32) / np.sqrt(pulls + 1)
    scores = estimate + _TIES * rng.random(estimate.shape, np.float32)
    if policy.bonus:
        tried = pulls > 0  # an arm never pulled comes first
        scores += policy.bonus * np.sqrt(np.log(t) / np.where(tried, pulls, 1))
        scores[~tried] += 1e6
    return scores
