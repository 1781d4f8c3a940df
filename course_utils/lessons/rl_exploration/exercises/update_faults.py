"""The faults that an update of Q-learning and one of SARSA have in common."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks import Fault

Update = Callable[..., np.ndarray]
Given = dict[str, Any]
"""An update's inputs by their names."""


def faults_of(update: Update) -> tuple[Fault, ...]:
    """Return the faults that do not concern which value of the next state is taken over."""
    names = tuple(inspect.signature(update).parameters)

    def fault(says: str, make: Callable[[Given], Any]) -> Fault:
        return Fault(says, lambda *inputs: make(dict(zip(names, inputs, strict=True))))

    def other(says: str, change: Callable[[Given], Given]) -> Fault:
        """Return the fault that takes other inputs."""
        return fault(says, lambda given: update(**given | change(given)))

    def alone(given: Given) -> float:
        """Return the right new value."""
        return float(update(**given)[given["state"], given["action"]])

    def value(says: str, new: Callable[[float, float, Given], float]) -> Fault:
        """Return the fault that writes another value, made of the old and the right one."""

        def make(given: Given) -> np.ndarray:
            place = given["state"], given["action"]
            table = given["Q"].copy()
            table[place] = new(table[place], alone(given), given)
            return table

        return fault(says, make)

    def elsewhere(given: Given) -> np.ndarray:
        table = given["Q"].copy()
        table[given["after"], given["action"]] = alone(given)
        return table

    return (
        other(
            "after the end nothing follows: when terminated, the target is the reward alone",
            lambda given: {"terminated": False},
        ),
        value(
            "the sign of the second part is wrong: Q moves away from the target instead of"
            " towards it",
            lambda old, right, given: 2 * old - right,
        ),
        value(
            "a minus stands before α · target; it is (1 − α) · old plus α · target",
            lambda old, right, given: 2 * (1 - given["alpha"]) * old - right,
        ),
        other(
            "`terminated` is used the wrong way round",
            lambda given: {"terminated": not given["terminated"]},
        ),
        value(
            "when terminated nothing is learned; the last reward is the one that matters most",
            lambda old, right, given: old if given["terminated"] else right,
        ),
        value(
            "the old value is not taken away from the target",
            lambda old, right, given: right + given["alpha"] * old,
        ),
        value(
            "the rate α is missing before the target",
            lambda old, right, given: (
                (1 - given["alpha"]) * old + old + (right - old) / given["alpha"]
            ),
        ),
        value(
            "the discount γ belongs to what follows only; the reward counts in full",
            lambda old, right, given: (
                right - given["alpha"] * (1 - given["gamma"]) * given["reward"]
            ),
        ),
        other("the discount γ is missing", lambda given: {"gamma": 1.0}),
        other("the rate α is missing", lambda given: {"alpha": 1.0}),
        other("the reward is missing", lambda given: {"reward": 0.0}),
        other(
            "α and γ are exchanged",
            lambda given: {"alpha": given["gamma"], "gamma": given["alpha"]},
        ),
        fault("the wrong entry is changed: that of the next state", elsewhere),
        fault("the new value alone is returned; return the table", alone),
    )
