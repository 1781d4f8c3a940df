"""What decides the statements about agents that walk along a cliff or over a lake."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

import numpy as np

from course_utils.lessons.rl_exploration import worlds
from course_utils.lessons.rl_exploration.learning import Learned, Rule, first, learn
from course_utils.lessons.rl_exploration.worlds import greedy
from course_utils.seeds import seeds

_EPISODES = 1500
_LAKE: dict[str, Any] = {"episodes": _EPISODES, "rate": 0.1, "discount": 0.99}
_SURE_LAKE: dict[str, Any] = {"episodes": 1000, "rate": 0.8, "discount": 0.95}
_CLIFF: dict[str, Any] = {"episodes": 500, "rate": 0.5, "discount": 1.0}


def falling(episode: int) -> float:
    """Return an ε that falls evenly from 1 to 0 over the episodes on the lake."""
    return 1 - episode / _EPISODES


def on_the_cliff(rule: Rule, epsilon: float) -> list[Learned]:
    """Return what ten seeds learn in 500 episodes on the cliff, α = 0.5."""
    return [learn(worlds.cliff(), rule, epsilon=epsilon, seed=seed, **_CLIFF) for seed in seeds(10)]


class Cliff(NamedTuple):
    """Ten seeds with ε = 0.1, and without exploring.

    What was learned is a median, as now and then a table's greedy policy never arrives.
    """

    q_online: float  # mean
    sarsa_online: float
    q_learned: float  # median
    sarsa_learned: float
    unexploring: float  # the worst of ten learned without exploring


@cache
def cliff() -> Cliff:
    """Learn with both rules; on-line is the mean of the last 100 episodes."""
    world = worlds.cliff()

    def learned(each: Learned) -> float:
        return world.within(world.limit, greedy(each.Q))

    q, sarsa = (on_the_cliff(rule, 0.1) for rule in ("Q-learning", "SARSA"))
    return Cliff(
        q_online=float(np.mean([each.returns[-100:].mean() for each in q])),
        sarsa_online=float(np.mean([each.returns[-100:].mean() for each in sarsa])),
        q_learned=float(np.median([learned(each) for each in q])),
        sarsa_learned=float(np.median([learned(each) for each in sarsa])),
        unexploring=min(learned(each) for each in on_the_cliff("Q-learning", 0.0)),
    )


class Attainable(NamedTuple):
    """Share of episodes on the slippery lake that reach the goal."""

    in_100: float
    without_limit: float
    shortest: float


@cache
def attainable() -> Attainable:
    """Compute the best shares, and that of walking the way that is shortest on dry ground."""
    world = worlds.lake()
    shortest = greedy(worlds.lake(slippery=False).optimum(discount=0.99))
    whole = float(world.optimum()[world.start].max())
    return Attainable(world.within(world.limit), whole, world.within(world.limit, shortest))


class Lake(NamedTuple):
    """Learned shares of success on the slippery lake, means over five seeds, and a count."""

    greedy: float
    falling: float
    optimistic: float
    near_the_best: int  # seeds, optimistic, within 0.03 of the best attainable
    unmasked: float  # optimistic, and values are taken over from beyond the end


@cache
def lake() -> Lake:
    """Learn without exploring, with ε falling from 1 to 0, and from an optimistic start."""
    ways: tuple[dict[str, Any], ...] = (
        {"epsilon": 0.0},
        {"epsilon": falling},
        {"epsilon": 0.0, "start": 1.0},
        {"epsilon": 0.0, "start": 1.0, "ends": "neither"},
    )
    world = worlds.lake()

    def success(way: dict) -> np.ndarray:
        tables = [learn(world, "Q-learning", seed=s, **way, **_LAKE).Q for s in seeds(5)]
        return np.array([world.within(world.limit, greedy(table)) for table in tables])

    unexploring, with_falling, optimistic, unmasked = (success(way) for way in ways)
    return Lake(
        greedy=float(unexploring.mean()),
        falling=float(with_falling.mean()),
        optimistic=float(optimistic.mean()),
        near_the_best=int((optimistic > world.within(world.limit) - 0.03).sum()),
        unmasked=float(unmasked.mean()),
    )


class Ties(NamedTuple):
    """Of five seeds, how many learn the way over the lake that is not slippery, with ε = 0."""

    fair: int
    first: int


@cache
def ties() -> Ties:
    """Learn with fair ties and with those of `argmax`."""
    world = worlds.lake(slippery=False)

    def learning(**how: Any) -> int:
        tables = [
            learn(world, "Q-learning", epsilon=0.0, seed=seed, **how, **_SURE_LAKE).Q
            for seed in seeds(5)
        ]
        return sum(world.within(world.limit, greedy(table)) > 0.99 for table in tables)

    return Ties(learning(), learning(pick=first))


class Limits(NamedTuple):
    """The start's value on the cliff if episodes are cut off after 15 moves; −13 is exact."""

    bootstrapped: float
    cut: float


@cache
def limits() -> Limits:
    """Learn with truncation as no end, and as one."""

    def value(ends: Literal["terminated", "either"]) -> float:
        world = worlds.cliff(limit=15)
        ran = [
            learn(world, "Q-learning", epsilon=0.1, seed=s, ends=ends, **_CLIFF) for s in seeds(5)
        ]
        return float(np.mean([each.Q[world.start].max() for each in ran]))

    return Limits(value("terminated"), value("either"))


class Left(NamedTuple):
    """How likely the goal of the slippery lake is reached within 100 steps, by the first move."""

    left: float
    best_other: float


@cache
def left() -> Left:
    """Compute the best values, backward from the last step."""
    world = worlds.lake()
    values = world.table_within(world.limit)[world.start]
    going_left = world.moves.index((0, -1))
    return Left(float(values[going_left]), float(np.delete(values, going_left).max()))


class Detour(NamedTuple):
    """Moves of the best way along the cliff for one who makes a share of moves at random."""

    unexploring: int
    exploring: int
    exploring_much: int


@cache
def detour() -> Detour:
    """Compute the best exploring policies for ε = 0, 0.1 and 0.3."""
    world = worlds.cliff()
    return Detour(*(-round(_walked(world, epsilon)) for epsilon in (0.0, 0.1, 0.3)))


def _walked(world: worlds.World, epsilon: float) -> float:
    table = world.optimum(epsilon=epsilon)
    # Values that differ by rounding are ties.
    return world.within(world.limit, greedy(np.round(table, 6)))
