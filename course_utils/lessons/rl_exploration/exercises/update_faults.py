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

    def follows(old: float, right: float, given: Given) -> float:
        """Return what follows, with its discount: the right target less the reward."""
        return float(old + (right - old) / given["alpha"] - given["reward"])

    def unmasked(given: Given) -> float:
        """Return the right new value if the step had not terminated."""
        return alone(given | {"terminated": False})

    def half_changed(old: float, _: float, given: Given) -> float:
        """Return the new value if what follows is read when the old value is shrunk already."""
        table = given["Q"].copy()
        table[given["state"], given["action"]] = (1 - given["alpha"]) * old
        return alone(given | {"Q": table}) + given["alpha"] * (1 - given["alpha"]) * old

    def elsewhere(given: Given) -> np.ndarray:
        table = given["Q"].copy()
        table[given["after"], given["action"]] = alone(given)
        return table

    def ahead(given: Given) -> np.ndarray:
        """Update the next state, as if it were the one that was left."""
        place, table = (given["after"], given["action"]), given["Q"].copy()
        step = (alone(given) - table[given["state"], given["action"]]) / given["alpha"]
        target = table[given["state"], given["action"]] + step
        table[place] += given["alpha"] * (target - table[place])
        return table

    def whole_row(given: Given) -> np.ndarray:
        table = given["Q"].copy()
        table[given["state"]] += alone(given) - table[given["state"], given["action"]]
        return table

    def every_action(given: Given) -> np.ndarray:
        table = given["Q"].copy()
        for action in range(table.shape[1]):
            table[given["state"], action] = alone(given | {"action": action})
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
            "when terminated the target is 0; it is the reward, which still counts",
            lambda old, right, given: (
                right - given["alpha"] * given["reward"] if given["terminated"] else right
            ),
        ),
        value(
            "when terminated the reward is dropped and what follows is kept; it is the other way"
            " round: the reward alone",
            lambda old, right, given: (
                unmasked(given) - given["alpha"] * given["reward"] if given["terminated"] else right
            ),
        ),
        value(
            "when terminated the value becomes the reward at once; it moves there by α as ever",
            lambda old, right, given: given["reward"] if given["terminated"] else right,
        ),
        value(
            "when terminated the old value is not taken away from the target",
            lambda old, right, given: (
                right + given["alpha"] * old if given["terminated"] else right
            ),
        ),
        value(
            "when terminated the reward is discounted; γ belongs to what follows only",
            lambda old, right, given: (
                right - given["alpha"] * (1 - given["gamma"]) * given["reward"]
                if given["terminated"]
                else right
            ),
        ),
        value(
            "when terminated nothing is learned; the last reward is the one that matters most",
            lambda old, right, given: old if given["terminated"] else right,
        ),
        value(
            "α and 1 − α are exchanged: the old value keeps the share 1 − α",
            lambda old, right, given: old + (1 - given["alpha"]) * (right - old) / given["alpha"],
        ),
        value(
            "this is α · target alone: the old value keeps the share 1 − α, as in"
            " old + α · (target − old)",
            lambda old, right, given: right - (1 - given["alpha"]) * old,
        ),
        value(
            "the old value is lost: this is the correction α · (target − old) alone; add it",
            lambda old, right, given: right - old,
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
            "α stands before the reward only; it multiplies what follows, too",
            lambda old, right, given: right + (1 - given["alpha"]) * follows(old, right, given),
        ),
        value(
            "the highest value of the state is taken away from the target; take away that of the"
            " action that was taken",
            lambda old, right, given: (
                right + given["alpha"] * (old - given["Q"][given["state"]].max())
            ),
        ),
        value(
            "γ multiplies the next state's value only, not the old value as well",
            lambda old, right, given: right + given["alpha"] * (1 - given["gamma"]) * old,
        ),
        value(
            "the discount γ belongs to what follows only; the reward counts in full",
            lambda old, right, given: (
                right - given["alpha"] * (1 - given["gamma"]) * given["reward"]
            ),
        ),
        other(
            "the sign before γ is wrong: what follows is added to the reward",
            lambda given: {"gamma": -given["gamma"]},
        ),
        other(
            "`~` of a truth value is −1 or −2, not 1 or 0: write `not terminated`",
            lambda given: {
                "gamma": (-2 if given["terminated"] else -1) * given["gamma"],
                "terminated": False,
            },
        ),
        other("the discount γ is missing", lambda given: {"gamma": 1.0}),
        other("the rate α is missing", lambda given: {"alpha": 1.0}),
        other("the reward is missing", lambda given: {"reward": 0.0}),
        other(
            "α and γ are exchanged",
            lambda given: {"alpha": given["gamma"], "gamma": given["alpha"]},
        ),
        other(
            "`state` and `after` are exchanged",
            lambda given: {"state": given["after"], "after": given["state"]},
        ),
        value(
            "the next state's value is read from the table that is already changed: if the state"
            " stays as it is, that is another number; take it from `Q` as it was given",
            half_changed,
        ),
        fault("the wrong entry is changed: that of the next state", elsewhere),
        fault("the next state's entry is updated; it is that of the state that was left", ahead),
        fault("all actions of the state are changed; only the one that was taken is", whole_row),
        fault("every action of the state is updated; only the one that was taken is", every_action),
        fault(
            "only the change is returned; return the table with it",
            lambda given: update(**given) - given["Q"],
        ),
        fault("the new value alone is returned; return the table", alone),
    )
