"""CliffWalking, episode by episode: what is learned and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils import style
from course_utils.explorers import Choice, Explorable, Play, Slider
from course_utils.lessons.rl_exploration import worlds
from course_utils.lessons.rl_exploration.explorers.map import arrows, lay_out, point
from course_utils.lessons.rl_exploration.learning import Learned, Rule, Step, learn
from course_utils.seeds import seeds
from course_utils.typography import number

_EPISODES = 400
_FALL = -100.0
_LOW = -100.0  # the lowest reward of an episode that the curve shows
_WORST = -30.0  # the value of the darkest cells
_EDGE = 0.62  # cells; a fall is drawn to just beyond the edge, not over the words there
_MEAN = 20  # episodes that the line's mean is over
_STOPS = (*range(1, 31), *range(35, 101, 5), *range(110, _EPISODES + 1, 10))


@dataclass(frozen=True)
class Shown:
    """An episode: the table after it, its steps, and the rewards of all up to it."""

    episode: int
    table: np.ndarray  # (states, actions), nan where the agent is never in
    steps: list[Step]
    returns: np.ndarray  # (episodes up to this one,)
    best: float  # what an episode brings at best that explores as much

    @property
    def falls(self) -> int:
        """How often the agent fell in this episode."""
        return sum(reward == _FALL for _, _, reward in self.steps)

    @property
    def recent(self) -> float:
        """The mean reward of the last episodes."""
        return float(self.returns[-_MEAN:].mean())


@lru_cache(maxsize=64)
def _learned(rule: Rule, epsilon: float, rate: float) -> Learned:
    return learn(
        worlds.cliff(),
        rule,
        episodes=_EPISODES,
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


def _compute(episode: int, rule: Rule, epsilon: float, rate: float) -> Shown:
    learned = _learned(rule, epsilon, rate)
    table = learned.tables[episode - 1].copy()
    table[[*_cliff(), _goal()]] = np.nan
    return Shown(
        episode, table, learned.steps[episode - 1], learned.returns[:episode], _best(epsilon)
    )


@cache
def _cliff() -> list[int]:
    """Return the states from which one falls: those that no step leads to."""
    world = worlds.cliff()
    reached = {t[1] for actions in world.P.values() for each in actions.values() for t in each}
    return sorted(set(world.P) - reached)


@cache
def _goal() -> int:
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
            way = None if reward == _FALL else (0, 0) if terminated else moves(after)
            if way is None:
                return None
            ways.append(way)
        onward[state] = 1 + min(low for low, _ in ways), 1 + max(high for _, high in ways)
        return onward[state]

    return moves(world.start)


def _line(steps: list[Step]) -> tuple[np.ndarray, np.ndarray]:
    """Return the way of an episode, columns and rows; nan where it falls and starts anew."""
    world = worlds.cliff()
    places: list[tuple[float, float]] = []
    for state, action, reward in steps:
        row, column = divmod(state, world.shape[1])
        down, right = world.moves[action]
        places.append((column, row))
        if reward == _FALL:
            places += [(column + _EDGE * right, row + _EDGE * down), (np.nan, np.nan)]
    if steps and world.P[steps[-1][0]][steps[-1][1]][0][3]:
        row, column = divmod(_goal(), world.shape[1])
        places.append((column, row - 1 + _EDGE))
    x, y = np.array(places, dtype=float).T
    return x, y


def _draw(figure: Figure) -> Callable[[Shown], None]:
    world = worlds.cliff()
    field = figure.add_axes((0.015, 0.42, 0.865, 0.51))
    curve = figure.add_axes((0.11, 0.11, 0.64, 0.235))
    lay_out(field, world)
    field.set_title("Colour: value of the best action. Arrows: the greedy policy", x=0.005)
    field.title.set_horizontalalignment("left")
    image = field.imshow(
        np.zeros(world.shape), cmap="cividis", vmin=_WORST, vmax=0, interpolation="nearest"
    )
    bar = figure.colorbar(image, cax=figure.add_axes((0.895, 0.45, 0.018, 0.45)))
    bar.set_label("reward still to come")
    bar.outline.set_visible(False)
    rows, columns = world.shape
    for state in range(rows * columns):
        row, column = divmod(state, columns)
        kind: dict[str, Any] = {"fill": False, "ec": "white", "lw": 0.8, "alpha": 0.5}
        if state in _cliff():
            kind = {"fc": style.WRONG, "ec": "none"}
        elif state == _goal():
            kind = {"fc": style.RIGHT, "ec": "none"}
        field.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, zorder=1.5, **kind))
    word: dict[str, Any] = {"ha": "center", "va": "center", "color": "white", "zorder": 4}
    field.text((columns - 1) / 2, rows - 0.75, "cliff: −100, back to the start", **word)
    field.text(columns - 1, rows - 0.75, "goal", **word)
    field.text(0, rows - 0.42, "start", ha="center", va="top", fontsize=9)
    (edge,) = field.plot([], [], color="black", lw=4.4, zorder=2.4)
    (way,) = field.plot([], [], color=style.PREDICTION, lw=2.4, zorder=2.5)
    shown = arrows(field, world)

    curve.set(
        xlabel="episode", ylabel="reward", xlim=(0, _EPISODES), ylim=(_LOW - 3, 3),
        yticks=(-100, -50, 0), yticklabels=("≤ −100", "−50", "0"),
    )  # fmt: skip
    (each,) = curve.plot([], [], ".", color=style.DATA, ms=4, label="each episode")
    (mean,) = curve.plot([], [], color=style.REFERENCE, lw=2, label=f"mean of the last {_MEAN}")
    (attainable,) = curve.plot(
        [0, _EPISODES], [0, 0], color=style.RIGHT, lw=1.5, ls="--", label="best with this ε"
    )
    curve.legend(loc="upper left", bbox_to_anchor=(1.0, 1.06), borderaxespad=0.4)
    (here,) = curve.plot([], [], "o", color=style.PREDICTION, ms=8, mec="black", clip_on=False)

    def update(data: Shown) -> None:
        image.set_data(data.table.max(axis=1).reshape(world.shape))
        point(shown, world, data.table)
        for line in (edge, way):
            line.set_data(*_line(data.steps))
        episodes = np.arange(1, data.episode + 1)
        clipped = np.maximum(data.returns, _LOW)
        each.set_data(episodes, clipped)
        mean.set_data(episodes, np.maximum(_running(data.returns), _LOW))
        here.set_data([data.episode], [clipped[-1]])
        attainable.set_ydata([data.best] * 2)

    return update


def _running(returns: np.ndarray) -> np.ndarray:
    """Return at each episode the mean of the last ones up to it."""
    total = np.concatenate([[0.0], np.cumsum(returns)])
    ends = np.arange(1, len(total))
    starts = np.maximum(ends - _MEAN, 0)
    return (total[ends] - total[starts]) / (ends - starts)


def _say(reward: float) -> str:
    return number(reward, ".1f")


def _route_in_words(data: Shown) -> str:
    found = route(data.table)
    if found is None:
        return "none that is sure"
    low, high = found
    return f"{low} moves" if low == high else f"{low} to {high} moves"


def _describe(data: Shown) -> str:
    falls = {0: "without a fall", 1: "with one fall"}.get(data.falls, f"with {data.falls} falls")
    return (
        f"Episode {data.episode} took {len(data.steps)} moves {falls} and brought"
        f" {number(data.returns[-1])}. Greedy way to the goal: {_route_in_words(data)}. The last"
        f" episodes brought {_say(data.recent)} on average; at best {_say(data.best)} is possible"
        " with this ε."
    )


def _numbers(data: Shown) -> dict[str, str]:
    return {
        "greedy way to the goal": _route_in_words(data),
        f"mean reward, last {_MEAN}": _say(data.recent),
        "best with this ε": _say(data.best),
        "falls in this episode": str(data.falls),
    }


_LATE = {"episode": _EPISODES}

cliff = Explorable(
    name="cliff",
    title="The cliff",
    compute=_compute,
    draw=_draw,
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
