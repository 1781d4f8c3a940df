"""What comes back from the last step's loss, over weight, length and nonlinearity."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider, ghost, in_words
from course_utils.seeds import seeds

_LONGEST = 60
_LOW, _HIGH = 1e-12, 1e8
_CELLS: dict[str, tuple[Callable, Callable]] = {
    "none (the exam's cell)": (lambda z: z, np.ones_like),
    "tanh": (np.tanh, lambda h: 1 - h**2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h)),
}


class OverTime(NamedTuple):
    """How the last step's loss depends on every step before."""

    back: np.ndarray  # (steps,) steps back from the last: 0, 1, …
    by_state: np.ndarray  # (steps,) |∂L_T/∂h_{T−k}|, as a share of the one at k = 0
    terms: np.ndarray  # (steps,) the share of the step in ∂L_T/∂w, as a part of all magnitudes
    total: float  # ∂L_T/∂w
    last_state: float


@cache
def _inputs() -> np.ndarray:
    return np.random.default_rng(seeds(1)[0]).normal(size=_LONGEST)


def _compute(w: float, steps: int, inside: str) -> OverTime:
    """Run h_t = f(w·(h_{t−1} + x_t)) on standard normal inputs, and back from L_T = h_T."""
    f, slope = _CELLS[inside]
    x, h = _inputs()[-steps:], np.zeros(steps + 1)
    for t in range(steps):
        h[t + 1] = f(w * (h[t] + x[t]))
    before = slope(h[1:])  # f' at each step
    by_state = np.ones(steps)
    for t in range(steps - 1, 0, -1):
        by_state[t - 1] = by_state[t] * before[t] * w
    terms = (h[:-1] + x) * before * by_state
    size = np.abs(terms).sum()
    return OverTime(
        np.arange(steps),
        np.abs(by_state)[::-1],
        np.abs(terms)[::-1] / (size or 1.0),
        float(terms.sum()),
        float(h[-1]),
    )


def _draw(figure: Figure) -> Callable[[OverTime], None]:
    states, shares = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.1, right=0.985, wspace=0.27, bottom=0.17)
    states.set(
        title="What comes back to a state",
        xlabel="steps back from the last, T − t",
        ylabel=r"$|\partial L_T/\partial h_t|$ (last step: 1)",
        yscale="log",
        xlim=(-1, _LONGEST),
        ylim=(_LOW, _HIGH),
    )
    states.axhline(1, color=style.NEUTRAL, lw=0.8)
    (line,) = states.plot([], [], "o-", color=style.GRADIENT, ms=3.5, lw=1.4)
    shares.set(
        title="Where the gradient of w is from",
        xlabel="steps back from the last, T − t",
        ylabel="share of the terms up to there",
        xlim=(-1, _LONGEST),
        ylim=(0, 1.04),
    )
    shares.axhline(0.99, color=style.RIGHT, lw=1, ls="--")
    shares.text(_LONGEST, 0.965, "99 %", ha="right", va="top", fontsize=9)
    (part,) = shares.plot([], [], "o-", color=style.GRADIENT, ms=3.5, lw=1.4)
    ghost(line, part)

    def update(data: OverTime) -> None:
        line.set_data(data.back, np.clip(data.by_state, _LOW / 100, _HIGH * 100))
        part.set_data(data.back, np.cumsum(data.terms))

    return update


def _three(value: float) -> str:
    return in_words(float(f"{value:.3g}"))


def _horizon(data: OverTime) -> int:
    """Return how many of the latest steps make 99 % of the gradient's terms."""
    return int(np.argmax(np.cumsum(data.terms) >= 0.99)) + 1


def _describe(data: OverTime) -> str:
    far = _three(float(data.by_state[-1]))
    return (
        f"The first of {len(data.back)} steps gets {far} times what the last state gets; the"
        f" latest {_horizon(data)} make 99 % of the terms of ∂L/∂w, which is"
        f" {_three(data.total)}."
    )


def _numbers(data: OverTime) -> dict[str, str]:
    return {
        "left at the first step": _three(float(data.by_state[-1])),
        "steps that make 99 %": str(_horizon(data)),
        "∂L/∂w": _three(data.total),
    }


over_time = Explorable(
    name="over_time",
    title="Gradient over time",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "w",
            -1.5,
            1.5,
            value=0.9,
            step=0.05,
            unit="",
            label="weight w",
            help="The cell's one weight; every step back multiplies by it.",
        ),
        Slider(
            "steps",
            2,
            _LONGEST,
            value=40,
            step=1,
            unit="steps",
            label="length T",
            help="How long the sequence is; the loss is that of its last step alone.",
        ),
        Choice(
            "inside",
            list(_CELLS),
            label="nonlinearity in the cell",
            help="What is applied to w·(h + x); its slope is a further factor of every step.",
        ),
    ],
    snapshots=[
        {"w": 0.5},
        {"w": 0.9},
        {"w": 1.2},
        {"w": 1.2, "inside": "tanh"},
        {"w": 1.2, "inside": "sigmoid"},
        {"w": 1.0},
    ],
    presets={
        "it explodes": {"w": 1.2},
        "with tanh inside": {"w": 1.2, "inside": "tanh"},
    },
)
