"""Exercises 10.4 and 10.5: one update of Q-learning and one of SARSA."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.rl_exploration.exercises.choosing import LECTURE


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


def _with_following(rng: np.random.Generator, terminated: bool) -> tuple[Any, ...]:
    """Return a step whose next action is not the best one, nor has the number of this one."""
    Q, state, action, reward, after, terminated, alpha, gamma = _step(rng, terminated)
    others = sorted(set(range(4)) - {int(Q[after].argmax()), action})
    following = int(rng.choice(others))
    return Q, state, action, reward, after, following, terminated, alpha, gamma


def _set(Q: np.ndarray, state: int, action: int, value: float) -> np.ndarray:
    Q = Q.copy()
    Q[state, action] = value
    return Q


def _q(inputs: Inputs, **changed: Any) -> np.ndarray:
    """Return the right table for inputs of which some are others."""
    given: dict[str, Any] = dict(zip(inspect.signature(q_update).parameters, inputs, strict=True))
    return q_update(**given | changed)


def _target(inputs: Inputs, target: float) -> np.ndarray:
    """Return the table if it moves towards `target`."""
    table, state, action, _, _, _, alpha, _ = inputs
    old = table[state, action]
    return _set(table, state, action, old + alpha * (target - old))


def _taken_over(inputs: Inputs, worth: float) -> np.ndarray:
    """Return the table if `worth` is taken over from the next state, unless the step terminates."""
    _, _, _, reward, _, terminated, _, gamma = inputs
    return _target(inputs, reward + gamma * (0.0 if terminated else worth))


def _in_full(inputs: Inputs) -> np.ndarray:
    """Return the table if α times the target is added, and nothing taken away."""
    table, state, action, _, _, _, alpha, _ = inputs
    moved = _q(inputs)[state, action]
    return _set(table, state, action, moved + alpha * table[state, action])


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
    },
    faults=(
        Fault(
            "after the end nothing follows: when terminated, the target is the reward alone",
            lambda *inputs: _q(inputs, terminated=False),
        ),
        Fault(
            "the sign of the second part is wrong: Q moves away from the target instead of"
            " towards it",
            lambda *inputs: 2 * inputs[0] - _q(inputs),
        ),
        Fault(
            "`terminated` is used the wrong way round",
            lambda *inputs: _q(inputs, terminated=not inputs[5]),
        ),
        Fault(
            "when terminated nothing is learned; the last reward is the one that matters most",
            lambda *inputs: inputs[0].copy() if inputs[5] else _q(inputs),
        ),
        Fault(
            "the old value is not taken away from the target",
            lambda *inputs: _in_full(inputs),
        ),
        Fault("the discount γ is missing", lambda *inputs: _q(inputs, gamma=1.0)),
        Fault("the rate α is missing", lambda *inputs: _q(inputs, alpha=1.0)),
        Fault("the reward is missing", lambda *inputs: _q(inputs, reward=0.0)),
        Fault(
            "it takes the best value of the state that was left; take that of the next state",
            lambda *inputs: _taken_over(inputs, inputs[0][inputs[1]].max()),
        ),
        Fault(
            "it takes the highest value of the whole table; take that of the next state",
            lambda *inputs: _taken_over(inputs, inputs[0].max()),
        ),
        Fault(
            "it takes the mean over the next state's actions; take the highest",
            lambda *inputs: _taken_over(inputs, inputs[0][inputs[4]].mean()),
        ),
        Fault(
            "it takes the number of the best action and not its value: `max`, not `argmax`",
            lambda *inputs: _taken_over(inputs, float(inputs[0][inputs[4]].argmax())),
        ),
        Fault(
            "it takes the next state's value of the same action; take the highest",
            lambda *inputs: _taken_over(inputs, inputs[0][inputs[4], inputs[2]]),
        ),
        Fault(
            "the wrong entry is changed: that of the next state",
            lambda *inputs: _set(inputs[0], inputs[4], inputs[2], _q(inputs)[inputs[1], inputs[2]]),
        ),
        Fault(
            "α and γ are exchanged", lambda *inputs: _q(inputs, alpha=inputs[7], gamma=inputs[6])
        ),
        Fault(
            "the new value alone is returned; return the table",
            lambda *inputs: _q(inputs)[inputs[1], inputs[2]],
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


def _sarsa(inputs: tuple[Any, ...], **changed: Any) -> np.ndarray:
    """Return the right table for inputs of which some are others."""
    names = inspect.signature(sarsa_update).parameters
    return sarsa_update(**dict(zip(names, inputs, strict=True)) | changed)


def _sarsa_with(inputs: tuple[Any, ...], worth: float) -> np.ndarray:
    """Return the table if `worth` is taken over from the next state."""
    table, state, action, reward, after, _, terminated, alpha, gamma = inputs
    return _taken_over((table, state, action, reward, after, terminated, alpha, gamma), worth)


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
    },
    faults=(
        Fault(
            "this is Q-learning: it takes the highest value; take that of the action that follows",
            lambda *inputs: _sarsa_with(inputs, inputs[0][inputs[4]].max()),
        ),
        Fault(
            "after the end nothing follows: when terminated, the target is the reward alone",
            lambda *inputs: _sarsa(inputs, terminated=False),
        ),
        Fault(
            "it takes the action of this step in the next state; take the one that follows",
            lambda *inputs: _sarsa_with(inputs, inputs[0][inputs[4], inputs[2]]),
        ),
        Fault(
            "it takes the following action's value in the state that was left; take the next state",
            lambda *inputs: _sarsa_with(inputs, inputs[0][inputs[1], inputs[5]]),
        ),
        Fault(
            "it takes the mean over the next state's actions: that is expected SARSA under random"
            " play",
            lambda *inputs: _sarsa_with(inputs, inputs[0][inputs[4]].mean()),
        ),
        Fault(
            "the sign of the second part is wrong: Q moves away from the target instead of"
            " towards it",
            lambda *inputs: 2 * inputs[0] - _sarsa(inputs),
        ),
        Fault(
            "`terminated` is used the wrong way round",
            lambda *inputs: _sarsa(inputs, terminated=not inputs[6]),
        ),
        Fault("the discount γ is missing", lambda *inputs: _sarsa(inputs, gamma=1.0)),
        Fault("the rate α is missing", lambda *inputs: _sarsa(inputs, alpha=1.0)),
        Fault("the reward is missing", lambda *inputs: _sarsa(inputs, reward=0.0)),
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
