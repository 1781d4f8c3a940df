"""CliffWalking, episode by episode: what is learned and what it costs."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from course_utils.explorers import Choice, Explorable, Play, Slider
from course_utils.lessons.rl_exploration import worlds
from course_utils.lessons.rl_exploration.explorers.cliff_drawing import draw
from course_utils.lessons.rl_exploration.explorers.cliff_episode import (
    EPISODES,
    MEAN,
    Episode,
    cliff_states,
    goal_state,
    route,
)
from course_utils.lessons.rl_exploration.learning import Learned, Rule, learn
from course_utils.seeds import seeds
from course_utils.typography import number

_STOPS = (*range(1, 31), *range(35, 101, 5), *range(110, EPISODES + 1, 10))


@lru_cache(maxsize=64)
def _learned(rule: Rule, epsilon: float, rate: float) -> Learned:
    return learn(
        worlds.cliff(),
        rule,
        episodes=EPISODES,
        epsilon=epsilon,
        rate=rate,
        discount=1.0,
        seed=seeds(1)[0],
        keep=frozenset(stop - 1 for stop in _STOPS),
    )


@cache
def _best(epsilon: float) -> float:
    world = worlds.cliff()
    table = world.optimum(epsilon=epsilon)[world.start]
    return float((1 - epsilon) * table.max() + epsilon * table.mean())


def _compute(episode: int, rule: Rule, epsilon: float, rate: float) -> Episode:
    learned = _learned(rule, epsilon, rate)
    table = learned.tables[episode - 1].copy()
    table[[*cliff_states(), goal_state()]] = np.nan
    steps, returns = learned.steps[episode - 1], learned.returns[:episode]
    return Episode(table, steps, returns, _best(epsilon))


def _say(reward: float) -> str:
    return number(reward, ".1f")


def _route_in_words(data: Episode) -> str:
    found = route(data.table)
    if found is None:
        return "none that is sure"
    low, high = found
    return f"{low} moves" if low == high else f"{low} to {high} moves"


def _describe(data: Episode) -> str:
    falls = {0: "without a fall", 1: "with one fall"}.get(data.falls, f"with {data.falls} falls")
    latest = f"The last {MEAN} episodes" if len(data.returns) > MEAN else "The episodes so far"
    return (
        f"Episode {data.numbers[-1]} took {len(data.steps)} moves {falls} and brought"
        f" {number(data.returns[-1])}. Greedy way to the goal: {_route_in_words(data)}."
        f" {latest} brought {_say(data.recent)} on average; at best {_say(data.best)} is possible"
        " with this ε."
    )


def _numbers(data: Episode) -> dict[str, str]:
    return {
        "greedy way to the goal": _route_in_words(data),
        f"mean reward, last {MEAN}": _say(data.recent),
        "best with this ε": _say(data.best),
        "falls in this episode": str(data.falls),
    }


_LATE = {"episode": EPISODES}

cliff = Explorable(
    name="cliff",
    title="The cliff",
    compute=_compute,
    draw=draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Play(
            "episode",
            _STOPS,
            value=1,
            unit="",
            per_second=5,
            label="episode",
            help="The episode whose way is drawn in orange; the table is that after it.",
        ),
        Choice(
            "rule",
            ("Q-learning", "SARSA"),
            label="learning rule",
            help="What an action's value is moved towards: the best action that could follow, or"
            " the one that does.",
        ),
        Slider(
            "epsilon",
            0,
            0.5,
            value=0.1,
            step=0.05,
            unit="",
            label="exploring ε",
            help="The share of moves that are drawn from all four.",
        ),
        Slider(
            "rate",
            0.1,
            1,
            value=0.5,
            step=0.1,
            unit="",
            label="learning rate α",
            help="How far a value moves towards its target in one update.",
        ),
    ],
    snapshots=[
        {"episode": 1},
        {"episode": 20},
        _LATE,
        _LATE | {"rule": "SARSA"},
        _LATE | {"epsilon": 0.0},
        _LATE | {"rule": "SARSA", "epsilon": 0.3},
    ],
    presets={
        "Q-learning, 400 episodes": _LATE,
        "SARSA, 400 episodes": _LATE | {"rule": "SARSA"},
        "no exploring": _LATE | {"epsilon": 0.0},
    },
    size=(9.0, 5.2),
)
