"""Ten-armed bandits: a policy and its knobs against the usual ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from sklearn.isotonic import isotonic_regression

from course_utils import style
from course_utils.computed import Computed
from course_utils.explorers import Choice, Explorable, Slider, Switch
from course_utils.lessons.rl_exploration.bandits import (
    ARMS,
    DRIFTING,
    POLICIES,
    Policy,
    band,
    race,
)
from course_utils.seeds import seeds
from course_utils.typography import number

_RUNS, _STEPS = 200, 500
_WALKS = {"stays": False, "walks": True}
_HIGHEST = 420.0  # of the axis
_MEAN, _CONSTANT = "1/n (the mean)", "0.1 (constant)"
_ESTIMATE, _DRAWN = "estimate + bonus", "drawn (Thompson)"
_EVERY = 10  # steps between the points of a curve


class Curve(NamedTuple):
    """The regret so far of a policy, mean over the runs."""

    steps: np.ndarray  # (points,)
    mean: np.ndarray  # (points,)
    low: np.ndarray  # the 95 % band of the mean
    high: np.ndarray
    ranks: np.ndarray  # (ARMS,) share of pulls of the best arm, the second best, …
    stuck: float  # share of runs on one wrong arm in the last nine tenths


class Shown(NamedTuple):
    """A policy among the usual ones."""

    yours: Curve
    usual: dict[str, Curve]


@lru_cache(maxsize=256)
def _curve(policy: Policy, walks: bool) -> Curve:
    arms = DRIFTING if walks else {}
    ran = race.__wrapped__(policy, seeds(1)[0], runs=_RUNS, steps=_STEPS, **arms)  # not kept whole
    so_far = np.cumsum(ran.regret, axis=0, dtype=np.float64)[_EVERY - 1 :: _EVERY]
    low, high = np.array([band(row) for row in so_far]).T
    return Curve(
        np.arange(_EVERY, _STEPS + 1, _EVERY),
        so_far.mean(axis=1),
        low,
        high,
        np.bincount(ran.rank.ravel(), minlength=ARMS) / ran.rank.size,
        float(ran.stuck.mean()),
    )


def usual(name: str, walks: bool) -> Curve:
    """Return what a policy of the lecture does."""
    return _curve(POLICIES[name], walks)


_USUAL = Computed(usual, name=tuple(POLICIES), walks=tuple(_WALKS.values()))


def _compute(
    epsilon: float, decays: bool, start: float, bonus: float, step: str, score: str, walks: bool
) -> Shown:
    policy = Policy(
        epsilon=epsilon,
        decays=decays,
        start=start,
        bonus=bonus,
        rate=None if step == _MEAN else 0.1,
        thompson=score == _DRAWN,
    )
    return Shown(_curve(policy, walks), {name: _USUAL(name=name, walks=walks) for name in POLICIES})


def _draw(figure: Figure) -> Callable[[Shown], None]:
    left = figure.add_axes((0.075, 0.15, 0.44, 0.75))
    right = figure.add_axes((0.755, 0.15, 0.235, 0.75))
    left.set(
        title="Regret so far (grey: the usual policies)",
        xlabel="pulls",
        ylabel="regret, mean over the runs",
        xlim=(0, _STEPS),
        ylim=(0, _HIGHEST),
    )
    others = {
        name: left.plot([], [], color=style.NEUTRAL, lw=1.3, alpha=0.8)[0] for name in POLICIES
    }
    names = {
        name: left.text(
            _STEPS * 1.02, 0, name, color=style.NEUTRAL, fontsize=9.5, va="center", clip_on=False
        )
        for name in POLICIES
    }
    band_ = left.fill_between([0, 1], 0, 0, color=style.PREDICTION, alpha=0.3, lw=0)
    (line,) = left.plot([], [], color=style.PREDICTION, lw=2.8)
    right.set(
        title="Arms pulled",
        xlabel="arm by rank, 1: the best",
        ylabel="share of the pulls",
        xlim=(0.3, ARMS + 0.7),
        ylim=(0, 1),
        xticks=range(1, ARMS + 1),
    )
    right.grid(visible=False, axis="x")
    bars = right.bar(range(1, ARMS + 1), np.zeros(ARMS), 0.75, color=style.PREDICTION)
    bars[0].set_color(style.RIGHT)

    def update(data: Shown) -> None:
        for name, curve in data.usual.items():
            others[name].set_data(curve.steps, curve.mean)
        ends = {name: curve.mean[-1] for name, curve in data.usual.items()}
        for name, y in _apart(ends).items():
            names[name].set_y(y)
        yours = data.yours
        line.set_data(yours.steps, yours.mean)
        band_.set_data(yours.steps, yours.low, yours.high)
        for bar, share in zip(bars, yours.ranks, strict=True):
            bar.set_height(share)

    return update


def _apart(heights: dict[str, float]) -> dict[str, float]:
    """Return where the labels of lines go that end at these heights: near, and not on another.

    Of all places that are a gap apart, isotonic regression finds those nearest to the heights.
    """
    names = sorted(heights, key=lambda name: heights[name])
    gaps = 0.052 * _HIGHEST * np.arange(len(names))
    placed = isotonic_regression([heights[name] for name in names] - gaps) + gaps
    return dict(zip(names, placed, strict=True))


def _describe(data: Shown) -> str:
    yours = data.yours
    better = sum(curve.mean[-1] > yours.high[-1] for curve in data.usual.values())
    return (
        f"After {_STEPS} pulls the regret is {number(yours.mean[-1], '.0f')} (95 % band"
        f" {number(yours.low[-1], '.0f')} to {number(yours.high[-1], '.0f')}, {_RUNS} runs), less"
        f" than that of {better} of the {len(data.usual)} usual policies;"
        f" {100 * yours.ranks[0]:.0f} % of the pulls were of the best arm, and"
        f" {100 * yours.stuck:.0f} % of the runs stayed on one wrong arm."
    )


def _numbers(data: Shown) -> dict[str, str]:
    yours = data.yours
    return {
        f"regret, {_STEPS} pulls": number(yours.mean[-1], ".0f"),
        "pulls of the best arm": f"{100 * yours.ranks[0]:.0f} %",
        "runs stuck on a wrong arm": f"{100 * yours.stuck:.0f} %",
    }


_OFF = {
    "epsilon": 0.0,
    "decays": False,
    "start": 0.0,
    "bonus": 0.0,
    "step": _MEAN,
    "score": _ESTIMATE,
}
_PRESETS = {
    "greedy": _OFF,
    "ε-greedy": _OFF | {"epsilon": 0.1},
    "decaying ε": _OFF | {"epsilon": 0.1, "decays": True},
    "optimistic": _OFF | {"start": 5.0, "step": _CONSTANT},
    "UCB": _OFF | {"bonus": 2.0},
    "Thompson": _OFF | {"score": _DRAWN},
}

bandit_race = Explorable(
    name="bandit_race",
    title="Bandit race",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "epsilon",
            0,
            0.5,
            value=0.1,
            step=0.01,
            unit="",
            label="exploring ε",
            help="The share of pulls that go to an arm drawn evenly from all ten.",
        ),
        Switch(
            "decays",
            label="ε decays as 1/t",
            help="Whether the share at pull t is 100·ε/t, at most 1, instead of ε.",
        ),
        Slider(
            "start",
            0,
            5,
            value=0.0,
            step=0.5,
            unit="",
            label="start Q₀",
            help="What every arm is thought to be worth before it was pulled.",
        ),
        Slider(
            "bonus",
            0,
            4,
            value=0.0,
            step=0.25,
            unit="",
            label="UCB bonus c",
            help="c of the bonus c·√(ln t / n) for an arm pulled n times in t pulls.",
        ),
        Choice(
            "step",
            (_MEAN, _CONSTANT),
            label="step size",
            help="How far an estimate moves to a new reward: 1/n makes it a mean.",
        ),
        Choice(
            "score",
            (_ESTIMATE, _DRAWN),
            label="score of an arm",
            help="The estimate plus the bonus, or a draw from the posterior, as in Thompson"
            " sampling.",
        ),
        Choice(
            "walks",
            _WALKS,
            label="worth of the arms",
            help="Whether it stays as drawn from N(0, 1), or begins at 0 and takes a random step"
            " from N(0, 0.03²) after every pull.",
        ),
    ],
    snapshots=[
        _PRESETS["greedy"],
        _PRESETS["ε-greedy"],
        _PRESETS["UCB"],
        _PRESETS["Thompson"],
        _PRESETS["Thompson"] | {"walks": True},
        _PRESETS["ε-greedy"] | {"walks": True, "step": _CONSTANT},
    ],
    presets=_PRESETS,
    size=(9.0, 3.9),
)
