"""The exam's cell unrolled: every value, and every gradient on its edge."""

from __future__ import annotations

import numpy as np

from course_utils.explorers import Explorable, Play, Slider, Switch
from course_utils.lessons.rnn_backprop.explorers.unrolled_drawing import (
    INPUTS,
    LABELS,
    MOST,
    Shown,
    draw,
    short,
)
from course_utils.lessons.rnn_backprop.unrolled import unroll


def _compute(
    w: float, h_0: float, steps: int, squashed: bool, x: tuple, y: tuple, back: int
) -> Shown:
    run = unroll(np.array(x[0][:steps]), np.array(y[0][:steps]), w, h_0, squashed)
    return Shown(run, x, y, w, max(0, steps - back), squashed)


def _describe(data: Shown) -> str:
    states = ", ".join(short(h) for h in data.run.state[1:])
    if data.broken:
        where = f"step{'s' * (len(data.broken) > 1)} {', '.join(map(str, data.broken))}"
        return (
            f"The states are {states}. At {where} the output is not between 0 and 1: the"
            " logarithm of the loss does not exist, and no gradient comes back from there."
        )
    said = f"The states are {states}, the loss is {short(data.run.loss.sum())}."
    known = data.steps - data.reached
    if known == 0:
        return f"{said} Nothing has come back yet."
    share = f"{short(data.gradient)}" if known == data.steps else f"so far {short(data.gradient)}"
    return f"{said} After {known} of {data.steps} steps back, ∂L/∂w is {share}."


def _numbers(data: Shown) -> dict[str, str]:
    gradient = "–" if data.reached == data.steps else _or_none(data.gradient)
    label = "∂L/∂w" if data.reached == 0 else "∂L/∂w so far"
    return {"loss L": _or_none(float(data.run.loss.sum())), label: gradient}


def _or_none(value: float) -> str:
    return "none" if np.isnan(value) else short(value)


unrolled = Explorable(
    name="unrolled",
    title="The unrolled cell",
    compute=_compute,
    draw=draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Play(
            "back",
            range(MOST + 1),
            value=2,
            unit="steps back",
            label="back in time",
            help="How many steps the error has come back from the last one.",
        ),
        Slider(
            "w",
            -1.5,
            1.5,
            value=0.5,
            step=0.05,
            unit="",
            label="weight w_oh",
            help="The one weight of the cell, the same at every step.",
        ),
        Slider(
            "h_0",
            -2,
            2,
            value=0.0,
            step=0.1,
            unit="",
            label="start h_0",
            help="The state before the first step.",
        ),
        Slider(
            "steps",
            1,
            MOST,
            value=2,
            step=1,
            unit="steps",
            label="length",
            help="How many steps the sequence has.",
        ),
        Switch(
            "squashed",
            label="sigmoid at the output",
            help="Whether ŷ is the sigmoid of h; in the exam's cell it is h itself.",
        ),
        INPUTS,
        LABELS,
    ],
    snapshots=[
        {"back": 0},
        {"back": 1},
        {"back": 2},
        {"steps": 5, "back": 3},
        {"steps": 5, "back": 5, "w": 1.0},
        {"steps": 5, "back": 5, "w": 1.0, "squashed": True},
    ],
    presets={
        "the exam's numbers": {"steps": 2, "back": 0, "w": 0.5},
        "an output above 1": {"steps": 5, "back": 5, "w": 1.0},
        "with a sigmoid": {"steps": 5, "back": 5, "w": 1.0, "squashed": True},
    },
    size=(9.0, 5.6),
)
