"""What decides the statements about bandits with ten arms."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.lessons.rl_exploration.bandits import (
    ARMS,
    DRIFTING,
    EPSILON_GREEDY,
    GREEDY,
    POLICIES,
    Policy,
    race,
)
from course_utils.seeds import seeds

_CONSTANT_STEP = Policy(epsilon=0.1, rate=0.1)
_RUNS = 500


class Stuck(NamedTuple):
    """Share of runs of the greedy policy on one wrong arm, and of ε-greedy."""

    greedy: float
    exploring: float


@cache
def stuck() -> Stuck:
    """Pull arms 1000 times."""
    seed = seeds(1)[0]
    return Stuck(*(float(race(p, seed, runs=_RUNS).stuck.mean()) for p in (GREEDY, EPSILON_GREEDY)))


class Late(NamedTuple):
    """Share of pulls of the best arm, and regret a pull, in the last tenth of 1000 pulls."""

    constant: float
    decaying: float
    constant_regret: float
    decaying_regret: float


@cache
def late() -> Late:
    """Compare a constant ε with one that decays."""
    ran = [
        race(POLICIES[name], seeds(1)[0], runs=_RUNS)
        for name in ("ε-greedy, ε = 0.1", "decaying ε")
    ]
    return Late(
        *(float(one.best[-100:].mean()) for one in ran),
        *(float(one.regret[-100:].mean()) for one in ran),
    )


class Optimism(NamedTuple):
    """Share of runs in which the first ten pulls are of ten different arms."""

    optimistic: float
    greedy: float


@cache
def optimism() -> Optimism:
    """Look at the first ten pulls without a random one."""

    def all_arms(policy: Policy) -> float:
        pulled = np.sort(race(policy, seeds(1)[0], runs=_RUNS).arm[:ARMS], axis=0)
        return float((pulled == np.arange(ARMS)[:, None]).all(axis=0).mean())

    return Optimism(all_arms(Policy(start=5.0)), all_arms(GREEDY))


class Steps(NamedTuple):
    """Mean regret of ε-greedy with means, and with a constant step of 0.1."""

    mean_drifting: float
    constant_drifting: float
    mean_noisy: float
    constant_noisy: float


@cache
def steps() -> Steps:
    """Compare arms whose worth walks with arms whose rewards are twice as noisy."""
    seed = seeds(1)[0]
    return Steps(
        *(
            float(race(policy, seed, runs=2 * _RUNS, **arms).total.mean())  # as in the lecture
            for arms in (DRIFTING, {"noise": 2.0})
            for policy in (EPSILON_GREEDY, _CONSTANT_STEP)
        )
    )


class Order(NamedTuple):
    """Mean regret of Thompson sampling and UCB, where arms stay and where they walk."""

    thompson: float
    ucb: float
    thompson_drifting: float
    ucb_drifting: float


@cache
def order() -> Order:
    """Compare two policies on two kinds of arms."""
    seed, both = seeds(1)[0], (POLICIES["Thompson"], POLICIES["UCB, c = 2"])
    return Order(
        *(float(race(policy, seed, runs=_RUNS).total.mean()) for policy in both),
        *(float(race(policy, seed, runs=_RUNS, **DRIFTING).total.mean()) for policy in both),
    )
