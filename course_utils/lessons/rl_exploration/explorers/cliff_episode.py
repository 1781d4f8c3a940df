"""What happens along the cliff: an episode's falls, and where a table of values leads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from course_utils.lessons.rl_exploration import worlds
from course_utils.lessons.rl_exploration.learning import Step

EPISODES = 400
MEAN = 20
"""How many episodes the mean of the latest is over."""

FALL = -100.0
"""The reward of a step off the cliff."""


@dataclass(frozen=True)
class Episode:
    """An episode: the table after it, its steps, and the rewards of all up to it."""

    table: np.ndarray  # (states, actions), nan where the agent is never in
    steps: list[Step]
    returns: np.ndarray  # (episodes up to this one,)
    best: float  # what an episode brings at best that explores as much

    @property
    def numbers(self) -> np.ndarray:
        """The numbers of the episodes so far, from 1 to its own."""
        return np.arange(1, len(self.returns) + 1)

    @property
    def falls(self) -> int:
        """How often the agent fell in this episode."""
        return sum(reward == FALL for _, _, reward in self.steps)

    @property
    def recent(self) -> float:
        """The mean reward of the last episodes."""
        return float(self.returns[-MEAN:].mean())


@cache
def cliff_states() -> list[int]:
    """Return the states from which one falls: those that no step leads to."""
    world = worlds.cliff()
    reached = {t[1] for actions in world.P.values() for each in actions.values() for t in each}
    return sorted(set(world.P) - reached)


@cache
def goal_state() -> int:
    """Return the state in which an episode terminates."""
    world = worlds.cliff()
    ends = {t[1] for actions in world.P.values() for each in actions.values() for t in each if t[3]}
    (goal,) = ends
    return goal


def route(table: np.ndarray) -> tuple[int, int] | None:
    """Return in how many moves the best actions lead to the goal, at least and at most.

    They differ where several actions are equally good. None if one of the ways falls or comes back
    to where it was.
    """
    world = worlds.cliff()
    onward: dict[int, tuple[int, int] | None] = {}

    def moves(state: int) -> tuple[int, int] | None:
        if state in onward:
            return onward[state]
        onward[state] = None  # as long as it is not known: who comes back here goes in a circle
        ways = []
        for action in np.flatnonzero(table[state] == table[state].max()):
            ((_, after, reward, terminated),) = world.P[state][int(action)]
            way = None if reward == FALL else (0, 0) if terminated else moves(after)
            if way is None:
                return None
            ways.append(way)
        onward[state] = 1 + min(low for low, _ in ways), 1 + max(high for _, high in ways)
        return onward[state]

    return moves(world.start)
