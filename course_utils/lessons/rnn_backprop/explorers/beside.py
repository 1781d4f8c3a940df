"""Backpropagation through time: the student's gradients beside ours, step by step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from textwrap import fill
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_utils import style
from course_utils.checks import NotRight, expect_shape
from course_utils.explorers import Choice, Explorable, Own, Slider
from course_utils.lessons.rnn_backprop.exercises.forward import forward
from course_utils.lessons.rnn_backprop.exercises.through_time import bptt, check_bptt
from course_utils.seeds import seeds
from course_utils.typography import number

_LONGEST = 9
_TOLERANCE = 1e-6
_ROWS = (
    ("By the state, total", r"$\partial L/\partial h_t$"),
    ("By the weight, at each step", r"$\partial L/\partial w\,|_t$"),
)

Gradients = tuple[np.ndarray, np.ndarray, float]


class Beside(NamedTuple):
    """Our gradients and the student's."""

    ours: Gradients
    yours: Gradients | None
    note: str  # why there is nothing of yours; empty if there is, or if nothing was given
    cause: str  # the likely cause of what is wrong

    @property
    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        """Ours over the steps."""
        return self.ours[:2]

    def wrong(self, row: int) -> np.ndarray:
        """Return at which steps, from 0 on, a row of yours is not ours."""
        if self.yours is None:
            return np.array([], dtype=int)
        right = np.isclose(self.yours[row], self.ours[row], rtol=_TOLERANCE, atol=_TOLERANCE)
        return np.flatnonzero(~right)


def _accept(result: Any, x: np.ndarray, *_: Any) -> Gradients:
    """Accept two arrays with an entry for each step, and a number."""
    try:
        if not isinstance(result, tuple | list) or len(result) != 3:
            raise NotRight("bptt returns three things, dL_dh, dL_dw_at and dL_dw")
        by_h, at = (
            expect_shape(name, each, x.shape).astype(np.float64)
            for name, each in zip(("dL_dh", "dL_dw_at"), result, strict=False)
        )
        total = float(expect_shape("dL_dw", result[2], ()))
    except NotRight as difference:
        raise ValueError(difference.what) from None
    if not np.isfinite([*by_h, *at, total]).all():
        raise ValueError("your function gives nan or inf for this sequence")
    return by_h, at, total


def _compute(w: float, steps: int, sequence: int, yours: Own) -> Beside:
    rng = np.random.default_rng([seeds(1)[0], sequence])
    # Inputs below 0.8 and weights up to 0.55 keep every output between 0 and 1.
    x, y = rng.uniform(0.1, 0.8, _LONGEST)[:steps], rng.integers(0, 2, _LONGEST)[:steps]
    h = forward(x, w, 0.5)[1]
    own = yours(x, y.astype(float), w, h)
    data = Beside(bptt(x, y, w, h), own, yours.note if own is None else "", "")
    return data._replace(cause=_cause(data, (x, y, w, h)))


def _cause(data: Beside, inputs: tuple[Any, ...]) -> str:
    """Return the fault of the exercise that gives exactly what the student's function gives."""
    if data.yours is None or _agrees(data.yours, data.ours):
        return ""
    for fault in check_bptt.faults:
        for version in fault.versions(bptt, check_bptt.results):
            with suppress(LookupError, ValueError):
                if _agrees(data.yours, version(*inputs)):
                    return fault.says
    return ""


def _agrees(one: Any, other: Any) -> bool:
    return all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=_TOLERANCE, atol=_TOLERANCE)
        for a, b in zip(one, other, strict=True)
    )


def _draw(figure: Figure) -> Callable[[Beside], None]:
    axes = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.08, right=0.985, wspace=0.22, bottom=0.31, top=0.9)
    rows = [_Row(each, *words) for each, words in zip(axes, _ROWS, strict=True)]
    axes[0].legend(loc="upper left", bbox_to_anchor=(-0.02, -0.22), ncols=3)
    reason = figure.text(0.08, 0.09, "", va="top", fontsize=9.5)

    def update(data: Beside) -> None:
        for place, row in enumerate(rows):
            row.show(data, place)
        reason.set_text(fill(data.note, 125, max_lines=2))

    return update


class _Row:
    """One gradient over the steps: ours as bars, yours as dots, the wrong ones red."""

    def __init__(self, axes: Axes, title: str, ylabel: str) -> None:
        self.axes = axes
        axes.set(title=title, xlabel="time step t", ylabel=ylabel, xlim=(0.4, _LONGEST + 0.6))
        axes.set_xticks(range(1, _LONGEST + 1))
        axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        axes.axhline(0, color=style.NEUTRAL, lw=0.8)
        self.ours = axes.bar(range(1, _LONGEST + 1), np.zeros(_LONGEST), 0.6, color=style.DATA)
        self.ours.set_label("ours")
        dot: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 8, "mec": "white"}
        (self.right,) = axes.plot([], [], color=style.RIGHT, label="yours, right", **dot)
        (self.wrong,) = axes.plot([], [], color=style.WRONG, label="yours, wrong", **dot)
        (self.first,) = axes.plot([], [], "o", mfc="none", mec=style.WRONG, ms=15, mew=2, ls="none")

    def show(self, data: Beside, place: int) -> None:
        """Show that gradient of both."""
        ours = np.zeros(_LONGEST)
        ours[: len(data.rows[place])] = data.rows[place]
        for bar, height in zip(self.ours, ours, strict=True):
            bar.set_height(height)
        yours = np.array([]) if data.yours is None else data.yours[:2][place]
        wrong = data.wrong(place)
        right = np.setdiff1d(np.arange(len(yours)), wrong)
        self.right.set_data(right + 1, yours[right])
        self.wrong.set_data(wrong + 1, yours[wrong])
        self.first.set_data(wrong[-1:] + 1, yours[wrong[-1:]])
        reach = _reach(max(np.abs(ours).max(), np.abs(yours).max(initial=0)))
        if reach != self.axes.get_ylim()[1]:  # Matplotlib draws all anew, also for the same limits
            self.axes.set_ylim(-reach, reach)


def _reach(largest: float) -> float:
    """Return how far the axis goes: in steps, so that it stands still while a control moves."""
    decade = 10.0 ** np.floor(np.log10(max(largest, 1.0)))
    return float(next(step * decade for step in (1, 2, 5, 10, 20) if step * decade > 1.1 * largest))


def _verdict(data: Beside) -> str:
    """Say whether yours agrees, else the loop's first wrong step; nothing if there is no yours."""
    if data.yours is None:
        return ""
    words = ("∂L/∂h", "∂L/∂w at the step")
    for row, name in enumerate(words):
        wrong = data.wrong(row)
        if len(wrong):
            said = f"Yours: coming from the end, {name} is wrong first at t = {wrong[-1] + 1}."
            return f"{said} Likely cause: {data.cause}." if data.cause else said
    ours, own = data.ours[2], data.yours[2]
    if not np.isclose(ours, own, rtol=_TOLERANCE, atol=_TOLERANCE):
        said = f"Yours: every step is right, and ∂L/∂w is {number(own)} instead of {number(ours)}."
        return f"{said} Likely cause: {data.cause}." if data.cause else said
    return "Yours agrees with ours at every step."


def _describe(data: Beside) -> str:
    return (
        f"Over {len(data.ours[0])} steps, ∂L/∂w is {number(data.ours[2])}. {_verdict(data)}".strip()
    )


def _numbers(data: Beside) -> dict[str, str]:
    yours = "–" if data.yours is None else number(data.yours[2])
    return {"∂L/∂w, ours": number(data.ours[2]), "∂L/∂w, yours": yours}


beside = Explorable(
    name="beside",
    title="Your gradients beside ours",
    compute=_compute,
    yours=_accept,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "w",
            0.2,
            0.55,
            value=0.5,
            step=0.05,
            unit="",
            label="weight w",
            help="The cell's one weight; up to 0.55 all outputs stay between 0 and 1.",
        ),
        Slider(
            "steps",
            1,
            _LONGEST,
            value=6,
            step=1,
            unit="steps",
            label="length",
            help="How many steps the sequence has.",
        ),
        Choice(
            "sequence",
            {"first": 1, "second": 2, "third": 3},
            label="sequence",
            help="Which inputs and labels the cell gets.",
        ),
    ],
    snapshots=[{"steps": 2}, {}, {"steps": _LONGEST, "sequence": 2}, {"w": 0.3, "sequence": 3}],
    presets={"one step": {"steps": 1}, "two steps": {"steps": 2}},
)
