"""A tiny explorer on which students try out sliders, keys and the legend."""

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Explorable, Slider, ghost
from course_utils.typography import number

_X = np.linspace(-3.0, 3.0, 200)


def _compute(weight: float, bias: float) -> tuple[float, float]:
    return weight, bias


def _draw(figure: Figure) -> Callable[[tuple[float, float]], None]:
    axes = figure.subplots()
    axes.set(
        title="One neuron", xlabel="input x", ylabel="output ŷ", xlim=(-3, 3), ylim=(-0.05, 1.05)
    )
    (line,) = axes.plot([], [], color=style.PREDICTION)
    ghost(line)
    (half,) = axes.plot([], [], "o", color=style.RIGHT, ms=9)

    def update(data: tuple[float, float]) -> None:
        weight, bias = data
        line.set_data(_X, 1 / (1 + np.exp(-(weight * _X + bias))))
        half.set_data([-bias / weight] if weight else [], [0.5] if weight else [])

    return update


def _describe(data: tuple[float, float]) -> str:
    weight, bias = data
    formula = f"ŷ = σ({number(weight, '.1f')} · x {'−' if bias < 0 else '+'} {abs(bias):.1f})"
    if not weight:
        return f"{formula}: without a weight the output is the same for every x."
    return f"{formula}: the output is one half at x = {number(-bias / weight, '.2f')}."


def _numbers(data: tuple[float, float]) -> dict[str, str]:
    weight, bias = data
    return {"one half at x =": number(-bias / weight, ".2f") if weight else "nowhere"}


neuron = Explorable(
    name="neuron",
    title="A first explorer",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "weight",
            -5,
            5,
            value=1,
            step=0.1,
            unit="",
            label="weight w",
            help="How steeply, and in which direction, the output changes.",
        ),
        Slider(
            "bias",
            -5,
            5,
            value=0,
            step=0.1,
            unit="",
            label="bias b",
            help="Moves the place where the output is one half.",
        ),
    ],
    snapshots=[
        {"weight": 1.0, "bias": 0.0},
        {"weight": 5.0, "bias": 0.0},
        {"weight": -2.0, "bias": 3.0},
    ],
    presets={
        "steep: w = 5": {"weight": 5.0},
        "falling: w = −1": {"weight": -1.0},
    },
    size=(7.5, 3.0),
)

EXPLORERS = {"neuron": neuron}
