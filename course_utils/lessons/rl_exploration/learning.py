"""Q-learning and SARSA on a world's transitions: the lecture's loop, several times as fast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from course_utils.lessons.rl_exploration.worlds import World

Rule = Literal["Q-learning", "SARSA"]
Exploring = float | Callable[[int], float]
"""ε, or what gives it for each episode, counted from 0."""


Step = tuple[int, int, float]
Random = Callable[[], float]
"""A generator's ``random``: a number from 0 to 1."""


@dataclass
class Learned:
    """What came of some episodes.

    Attributes
    ----------
    Q
        The table of values at the end, float64, (states, actions).
    returns
        Reward of each episode, without discount, (episodes,).
    tables
        The table after each of the episodes that were asked for.
    steps
        The steps of these episodes: state, action, reward.
    """

    Q: np.ndarray
    returns: np.ndarray
    tables: dict[int, np.ndarray] = field(default_factory=dict)
    steps: dict[int, list[Step]] = field(default_factory=dict)


def choose(values: list[float], epsilon: float, random: Random) -> int:
    """Return an action: any with probability `epsilon`, else one of the best, drawn fairly."""
    if random() < epsilon:
        return int(random() * len(values))
    most, chance = max(values), random()
    if values.count(most) == 1:
        return values.index(most)
    best = [action for action, value in enumerate(values) if value == most]
    return best[int(chance * len(best))]


def first(values: list[float], epsilon: float, random: Random) -> int:
    """Return an action as `choose` does, but of the best always the first."""
    return int(random() * len(values)) if random() < epsilon else values.index(max(values))


def learn(
    world: World,
    rule: Rule,
    *,
    episodes: int,
    epsilon: Exploring,
    rate: float,
    discount: float,
    seed: int,
    start: float = 0.0,
    pick: Callable[[list[float], float, Random], int] = choose,
    ends: Literal["terminated", "either", "neither"] = "terminated",
    keep: frozenset[int] = frozenset(),
) -> Learned:
    """Learn a table of values.

    It walks as Gymnasium's environment does: with the same seed it draws the same numbers, so that
    the lecture's loop on the environment itself ends with the same table.

    Parameters
    ----------
    start
        The value of every entry at first.
    pick
        How an action is chosen.
    ends
        After which end nothing is taken over from the next state. Right is "terminated".
    keep
        The episodes, counted from 0, whose table and path are to be kept.
    """
    own, ice = np.random.default_rng(seed).random, np.random.default_rng(seed).random
    outcomes, sarsa = world.outcomes, rule == "SARSA"
    table = [[float(start)] * len(world.moves) for _ in outcomes]
    learned = Learned(np.zeros(0), np.zeros(episodes))
    for episode in range(episodes):
        eps = epsilon(episode) if callable(epsilon) else epsilon
        ice()  # Gymnasium draws where the episode starts
        state, total, taken = world.start, 0.0, 0
        steps: list[Step] = []
        kept = episode in keep
        action = pick(table[state], eps, own)
        over = False
        while not over:
            chance = ice()
            possible, which = outcomes[state][action], 0
            while possible[which][0] <= chance:
                which += 1
            _, after, reward, terminated = possible[which]
            taken += 1
            over = terminated or taken >= world.limit
            stops = terminated if ends == "terminated" else over and ends == "either"
            values = table[after]
            if sarsa:
                following = pick(values, eps, own)
                worth = values[following]
            else:
                worth = max(values)
            target = reward if stops else reward + discount * worth
            table[state][action] += rate * (target - table[state][action])
            if not sarsa:
                following = pick(values, eps, own)
            if kept:
                steps.append((state, action, reward))
            state, action, total = after, following, total + reward
        learned.returns[episode] = total
        if kept:
            learned.tables[episode] = np.array(table)
            learned.steps[episode] = steps
    learned.Q = np.array(table)
    return learned
