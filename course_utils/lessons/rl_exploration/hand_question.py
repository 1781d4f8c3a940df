"""A practice item: one update of Q-learning and one of SARSA, by hand."""

import random
from dataclasses import dataclass

import numpy as np

from course_utils.exam import Entry, Item, NumericTable, Wording, blueprint
from course_utils.exam.kinds.numeric_table import Follow
from course_utils.lessons.rl_exploration.exercises.updates import q_update, sarsa_update
from course_utils.typography import minus, number

_ALPHA = 0.5
_ACTIONS = ("left", "down", "right", "up")


@dataclass(frozen=True)
class Step:
    """The facts: a step of an agent, the values before it, and what it does next."""

    old: int  # value of what was done
    after: tuple[int, ...]  # values of the next state's actions
    following: int  # the action taken there
    reward: int
    gamma: float


@dataclass(frozen=True)
class Key:
    """The new values: by Q-learning, by SARSA, and by both if the step terminates."""

    q_learning: float
    sarsa: float
    terminated: float


class ByHand(Item[Step, Key]):
    """One step, three updates; whatever is drawn, every number is whole, and the value moves."""

    entry = blueprint.Entry(
        "10.hand", points=3, lecture="rl_exploration", topic="one update by hand"
    )

    def exam(self) -> Step:
        """Return the step that the lecture asks first."""
        return Step(old=6, after=(4, 0, -4, 8), following=0, reward=-2, gamma=0.5)

    def draw(self, rng: random.Random) -> Step:
        """Return another step: its next action is not the best one, and each update moves."""
        after = tuple(rng.sample(range(-12, 17, 4), 4))
        following = rng.choice([a for a in range(4) if after[a] != max(after)])
        reward, gamma = rng.choice((-4, -2, 2, 4)), rng.choice((0.5, 1.0))
        targets = {
            reward,
            *(reward + gamma * follows for follows in (max(after), after[following])),
        }
        moving = [old for old in (-6, -4, -2, 2, 4, 6) if old not in targets]
        return Step(rng.choice(moving), after, following, reward, gamma)

    def solve(self, facts: Step) -> Key:
        """Return the new values, by the exercises' own functions."""
        table = np.array([[facts.old, 0, 0, 0], facts.after], dtype=float)
        step = (0, 0, facts.reward, 1)
        rates = (_ALPHA, facts.gamma)
        return Key(
            float(q_update(table, *step, False, *rates)[0, 0]),
            float(sarsa_update(table, *step, facts.following, False, *rates)[0, 0]),
            float(q_update(table, *step, True, *rates)[0, 0]),
        )

    def word(self, facts: Step, key: Key) -> Wording:
        """Return a table with a row for each update."""
        best, following = max(facts.after), facts.after[facts.following]
        rows = (
            ("Q-learning", key.q_learning, f"{facts.reward} + {facts.gamma:g} · ({best})"),
            ("SARSA", key.sarsa, f"{facts.reward} + {facts.gamma:g} · ({following})"),
            ("either, if the step terminates", key.terminated, f"{facts.reward}, the reward alone"),
        )
        values = ", ".join(
            f"{name} {number(value)}" for name, value in zip(_ACTIONS, facts.after, strict=True)
        )
        return Wording(
            title="One update by hand",
            prompt=(
                f"An action has the value {number(facts.old)}. It is taken, brings the reward"
                f" {number(facts.reward)}, and leads to a state whose actions have the values"
                f" {values}. There the agent explores and goes {_ACTIONS[facts.following]}. With"
                f" $\\alpha = {_ALPHA:g}$ and $\\gamma = {facts.gamma:g}$: towards which target"
                " does the value move, and what is it afterwards?"
            ),
            parts=(
                NumericTable(
                    columns=("", "target", "new value"),
                    rows=tuple(name for name, *_ in rows),
                    cells=tuple(
                        self._row(place, facts.old, new, why)
                        for place, (_, new, why) in enumerate(rows)
                    ),
                ),
            ),
            derivation="; ".join(
                f"{name}: {minus(why)}, and the value moves halfway there, to {number(new)}"
                for name, new, why in rows
            )
            + ".",
        )

    def _row(self, place: int, old: int, new: float, why: str) -> tuple[Entry, Entry]:
        target = old + (new - old) / _ALPHA
        return (
            Entry(target, self.points / 6, minus(why)),
            Entry(
                new,
                self.points / 6,
                f"{number(old)} + {_ALPHA:g} · ({number(target)} − ({number(old)}))",
                follow=Follow((f"{place}.0",), lambda aim: old + _ALPHA * (aim - old)),
            ),
        )


item_by_hand = ByHand()
