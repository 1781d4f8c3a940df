"""Exercises 10.4 and 10.5: one update of Q-learning and one of SARSA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rl_exploration.exercises.choosing import LECTURE
from course_utils.lessons.rl_exploration.exercises.update_faults import faults_of


def q_update(
    Q: np.ndarray,
    state: int,
    action: int,
    reward: float,
    after: int,
    terminated: bool,
    alpha: float,
    gamma: float,
) -> np.ndarray:
    Q = Q.copy()
    target = reward if terminated else reward + gamma * Q[after].max()
    Q[state, action] += alpha * (target - Q[state, action])
    return Q


def sarsa_update(
    Q: np.ndarray,
    state: int,
    action: int,
    reward: float,
    after: int,
    following: int,
    terminated: bool,
    alpha: float,
    gamma: float,
) -> np.ndarray:
    Q = Q.copy()
    target = reward if terminated else reward + gamma * Q[after, following]
    Q[state, action] += alpha * (target - Q[state, action])
    return Q


Inputs = tuple[np.ndarray, int, int, float, int, bool, float, float]


def _step(rng: np.random.Generator, terminated: bool) -> Inputs:
    """Return a step between two different states, with values that are no special ones."""
    Q = rng.normal(size=(5, 4)) + rng.choice([-4.0, 4.0])
    state, after = (int(s) for s in rng.choice(5, 2, replace=False))
    action = int(rng.integers(4))
    rates = float(rng.uniform(0.2, 0.4)), float(rng.uniform(0.7, 0.95))
    return (Q, state, action, float(rng.normal(3, 1)), after, terminated, *rates)


def _against_a_wall(rng: np.random.Generator) -> Inputs:
    """Return a step that changes nothing, by the best action: its own value is what follows."""
    Q, state, _, reward, _, _, alpha, gamma = _step(rng, terminated=False)
    return Q, state, int(Q[state].argmax()), reward, state, False, alpha, gamma


def _against_it_again(rng: np.random.Generator) -> tuple[Any, ...]:
    """Return the same step, with the same action to follow."""
    *before, terminated, alpha, gamma = _against_a_wall(rng)
    _, _, action, _, _ = before
    return *before, action, terminated, alpha, gamma


def _with_following(rng: np.random.Generator, terminated: bool) -> tuple[Any, ...]:
    """Return a step whose next action is not the best one, nor has the number of this one."""
    Q, state, action, reward, after, terminated, alpha, gamma = _step(rng, terminated)
    others = sorted(set(range(4)) - {int(Q[after].argmax()), action})
    following = int(rng.choice(others))
    return Q, state, action, reward, after, following, terminated, alpha, gamma


def _worth(says: str, worth: Callable[..., float]) -> Fault:
    """Return the fault of Q-learning that takes over `worth` from the next state."""

    def answer(
        Q: np.ndarray, state: int, action: int, reward: float, after: int, *rest: Any
    ) -> np.ndarray:
        # The right update, if the next state's actions all have that value.
        follows = Q.copy()
        follows[after] = worth(Q, state, action, after)
        new = Q.copy()
        new[state, action] = q_update(follows, state, action, reward, after, *rest)[state, action]
        return new

    return Fault(says, answer)


def _sarsa_worth(says: str, worth: Callable[..., float]) -> Fault:
    """Return the fault of SARSA that takes over `worth` from the next state."""

    def answer(
        Q: np.ndarray,
        state: int,
        action: int,
        reward: float,
        after: int,
        following: int,
        *rest: Any,
    ) -> np.ndarray:
        same = _worth(says, lambda *inputs: worth(*inputs, following))
        return same.make(Q, state, action, reward, after, *rest)

    return Fault(says, answer)


def _exchanged(
    Q: np.ndarray,
    state: int,
    action: int,
    reward: float,
    after: int,
    following: int,
    *rest: Any,
) -> np.ndarray:
    return sarsa_update(Q, state, following, reward, after, action, *rest)


def _next_taken_away(
    Q: np.ndarray,
    state: int,
    action: int,
    reward: float,
    after: int,
    following: int,
    *rest: Any,
) -> np.ndarray:
    _, alpha, _ = rest
    new = sarsa_update(Q, state, action, reward, after, following, *rest)
    new[state, action] += alpha * (Q[state, action] - Q[after, following])
    return new


check_q_update = Exercise(
    item="10.4",
    lecture=LECTURE,
    name="q_update",
    title="One update of Q-learning",
    reference=q_update,
    results=("Q",),
    rounds={
        "a step in the middle of an episode": lambda rng: _step(rng, terminated=False),
        "a step that terminates": lambda rng: _step(rng, terminated=True),
        "a step against a wall, where the state stays as it is": _against_a_wall,
    },
    faults=(
        *faults_of(q_update),
        _worth(
            "it takes the best value of the state that was left; take that of the next state",
            lambda Q, state, action, after: Q[state].max(),
        ),
        _worth(
            "it takes the highest value of the whole table; take that of the next state",
            lambda Q, state, action, after: Q.max(),
        ),
        _worth(
            "it takes the mean over the next state's actions; take the highest",
            lambda Q, state, action, after: Q[after].mean(),
        ),
        _worth(
            "it takes the lowest value of the next state; take the highest",
            lambda Q, state, action, after: Q[after].min(),
        ),
        _worth(
            "it adds up the values of the next state; take the highest",
            lambda Q, state, action, after: Q[after].sum(),
        ),
        _worth(
            "it takes the highest value of this action over all states; take that of the next"
            " state over all actions",
            lambda Q, state, action, after: Q[:, action].max(),
        ),
        _worth(
            "it takes the number of the best action and not its value: `max`, not `argmax`",
            lambda Q, state, action, after: float(Q[after].argmax()),
        ),
        _worth(
            "it takes the next state's value of the same action; take the highest",
            lambda Q, state, action, after: Q[after, action],
        ),
    ),
    hints=(
        "What is the step worth by what was just seen, and how far does the old value move there?",
        "The target is the reward, plus γ times the highest value of the next state unless the"
        " episode has terminated. Move `Q[state, action]` by α times its distance to the target,"
        " in a copy of the table.",
        """
        def q_update(Q, state, action, reward, after, terminated, alpha, gamma):
            Q = Q.copy()
            target = reward if terminated else ...
            Q[state, action] += alpha * (...)
            return Q
        """,
    ),
)


check_sarsa_update = Exercise(
    item="10.5",
    lecture=LECTURE,
    name="sarsa_update",
    title="One update of SARSA",
    reference=sarsa_update,
    results=("Q",),
    rounds={
        "a step in the middle of an episode": lambda rng: _with_following(rng, terminated=False),
        "a step that terminates": lambda rng: _with_following(rng, terminated=True),
        "a step against a wall, where the state stays as it is": _against_it_again,
    },
    faults=(
        _sarsa_worth(
            "this is Q-learning: it takes the highest value; take that of the action that follows",
            lambda Q, state, action, after, following: Q[after].max(),
        ),
        *faults_of(sarsa_update),
        _sarsa_worth(
            "it takes the action of this step in the next state; take the one that follows",
            lambda Q, state, action, after, following: Q[after, action],
        ),
        _sarsa_worth(
            "it takes the following action's value in the state that was left; take the next state",
            lambda Q, state, action, after, following: Q[state, following],
        ),
        _sarsa_worth(
            "it takes the number of the following action and not its value in the next state",
            lambda Q, state, action, after, following: float(following),
        ),
        _sarsa_worth(
            "it takes the lowest value of the next state; take that of the action that follows",
            lambda Q, state, action, after, following: Q[after].min(),
        ),
        _sarsa_worth(
            "it takes the mean over the next state's actions: that is expected SARSA under random"
            " play",
            lambda Q, state, action, after, following: Q[after].mean(),
        ),
        Fault("`action` and `following` are exchanged", _exchanged),
        Fault(
            "the next action's value is taken away from the target; take away the old value, that"
            " of the action that was taken",
            _next_taken_away,
        ),
    ),
    hints=(
        "Which one thing differs from Q-learning?",
        "Where Q-learning takes the highest value of the next state, SARSA takes the value of the"
        " action that will really be taken there.",
        """
        def sarsa_update(Q, state, action, reward, after, following, terminated, alpha, gamma):
            Q = Q.copy()
            target = reward if terminated else reward + gamma * ...
            Q[state, action] += ...
            return Q
        """,
    ),
)
