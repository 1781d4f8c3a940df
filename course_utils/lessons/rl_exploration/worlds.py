"""Gymnasium's small worlds as arrays: what is attainable, exactly, and where actions lead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import gymnasium
import numpy as np

Outcome = tuple[float, int, float, bool]
"""Up to which random number it happens, the next state, the reward, whether it terminates."""


@dataclass(frozen=True, eq=False)
class World:
    """The transitions ``P`` of a Gymnasium environment, which all of it can be computed from.

    Attributes
    ----------
    P
        ``P[state][action]`` is a list of (probability, next state, reward, terminated).
    shape
        Rows and columns of the map; state = row · columns + column.
    start
        Where episodes begin.
    limit
        Steps after which an episode is truncated.
    moves
        For each action how it moves on the map, (rows down, columns right).
    """

    P: dict[int, dict[int, list[tuple[float, int, float, bool]]]]
    shape: tuple[int, int]
    start: int
    limit: int
    moves: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, env: gymnasium.Env) -> World:
        """Return the world of a toy-text environment that was made with a limit of steps."""
        inner: Any = env.unwrapped
        shape = inner.desc.shape if hasattr(inner, "desc") else inner.shape
        assert env.spec is not None
        sure = gymnasium.make(env.spec.id, is_slippery=False)
        return cls(
            P=inner.P,
            shape=(int(shape[0]), int(shape[1])),
            start=int(np.argmax(inner.initial_state_distrib)),
            limit=int(env.spec.max_episode_steps or 0),
            moves=found_moves(sure),
        )

    @cached_property
    def outcomes(self) -> list[list[list[Outcome]]]:
        """The transitions as lists, with cumulated probabilities, for a quick walk."""
        return [
            [
                [
                    (float(up_to), int(after), float(reward), bool(terminated))
                    for up_to, (_, after, reward, terminated) in zip(
                        np.cumsum([each[0] for each in transitions]), transitions, strict=True
                    )
                ]
                for transitions in self.P[state].values()
            ]
            for state in range(len(self.P))
        ]

    @cached_property
    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities of going on, (states, actions, states), and mean rewards.

        What terminates leads nowhere, so that no value is taken over from beyond an end.
        """
        n, k = len(self.P), len(self.moves)
        onward, reward = np.zeros((n, k, n)), np.zeros((n, k))
        for s, actions in self.P.items():
            for a, transitions in actions.items():
                for p, after, r, terminated in transitions:
                    reward[s, a] += p * r
                    onward[s, a, after] += p * (not terminated)
        return onward, reward

    def optimum(self, discount: float = 1.0, epsilon: float = 0.0) -> np.ndarray:
        """Return the best values (states, actions) if a share `epsilon` of the moves is random.

        Value iteration until nothing changes. With `epsilon` they are the values of the best
        policy among those that explore that much.
        """
        onward, reward = self.arrays
        table = np.zeros_like(reward)
        for _ in range(100_000):
            value = (1 - epsilon) * table.max(axis=1) + epsilon * table.mean(axis=1)
            new = reward + discount * onward @ value
            if np.abs(new - table).max() < 1e-11:
                return new
            table = new
        raise ArithmeticError("value iteration does not converge: does every policy arrive?")

    def within(self, steps: int, policy: np.ndarray | None = None) -> float:
        """Return the expected reward of an episode cut off after `steps`, without discount.

        `policy` holds probabilities (states, actions); without one the best possible is meant,
        which may take into account how many steps are left.
        """
        return float(_values(self.table_within(steps, policy), policy)[self.start])

    def table_within(self, steps: int, policy: np.ndarray | None = None) -> np.ndarray:
        """Return the same by state and first action, (states, actions)."""
        onward, reward = self.arrays
        table = np.zeros_like(reward)
        for _ in range(steps):
            table = reward + onward @ _values(table, policy)
        return table


def _values(table: np.ndarray, policy: np.ndarray | None) -> np.ndarray:
    """Return the values (states,) of acting by `policy`, or as well as possible."""
    values: np.ndarray = table.max(axis=1) if policy is None else (policy * table).sum(axis=1)
    return values


def greedy(table: np.ndarray, epsilon: float = 0.0) -> np.ndarray:
    """Return the probabilities (states, actions) of the ε-greedy policy; ties are shared fairly."""
    best = table.max(axis=1, keepdims=True) == table
    return (1 - epsilon) * best / best.sum(axis=1, keepdims=True) + epsilon / table.shape[1]


def found_moves(env: gymnasium.Env) -> tuple[tuple[int, int], ...]:
    """Return how each action moves on the map, found by taking it everywhere.

    Nothing is assumed about numbers: in FrozenLake action 0 is left, in CliffWalking it is up.
    """
    inner: Any = env.unwrapped
    columns = (inner.desc.shape if hasattr(inner, "desc") else inner.shape)[1]
    found = []
    for action in range(int(env.action_space.n)):  # type: ignore[attr-defined]
        seen: dict[tuple[int, int], int] = {}
        for state, actions in inner.P.items():
            ((_, after, _, _),) = actions[action]
            row, column = np.subtract(divmod(int(after), columns), divmod(state, columns))
            if abs(row) + abs(column) == 1:  # not against a wall, and not back to the start
                seen[int(row), int(column)] = seen.get((int(row), int(column)), 0) + 1
        found.append(max(seen, key=lambda move: seen[move]))
    return tuple(found)


@cache
def cliff(limit: int = 200) -> World:
    """Return CliffWalking."""
    return World.of(gymnasium.make("CliffWalking-v1", max_episode_steps=limit))


@cache
def lake(slippery: bool = True, limit: int = 100) -> World:
    """Return the 4 × 4 FrozenLake."""
    return World.of(gymnasium.make("FrozenLake-v1", is_slippery=slippery, max_episode_steps=limit))
