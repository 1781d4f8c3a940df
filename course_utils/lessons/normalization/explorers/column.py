"""One column of numbers under every method, and under the student's own."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from course_utils import style
from course_utils.explorers import Explorable, Own, Slider, ghost, same_shape
from course_utils.lessons.normalization.model import METHODS

_COLUMN = np.array([42.0, 62.0, 82.0, 102.0, 122.0])
_ROWS = [*METHODS, "yours"][1:]


class Column(NamedTuple):
    """A column and what the methods make of it; the last value is the one that moves."""

    x: np.ndarray  # (samples,)
    z: dict[str, np.ndarray]  # method → (samples,); 'yours' only if there is something to show
    note: str  # why there is nothing of yours; empty if there is, or if nothing was given


def _compute(outlier: float, copies: int, yours: Own) -> Column:
    x = np.concatenate([np.repeat(_COLUMN[:-1], copies), [outlier]])[:, None]
    z = {name: METHODS[name]().fit(x).transform(x) for name in _ROWS if name != "yours"}
    own = yours(x)
    if own is not None:
        z["yours"] = own
    note = yours.note if own is None else ""
    return Column(x[:, 0], {name: values[:, 0] for name, values in z.items()}, note)


def _draw(figure: Figure) -> Callable[[Column], None]:
    before, after = figure.subplots(2, 1, height_ratios=[2, len(_ROWS) + 1])
    figure.subplots_adjust(left=0.2, right=0.8, top=0.91, bottom=0.13, hspace=0.62)
    before.set(title="The column", xlim=(0, 1020), ylim=(-1, 1), yticks=[], xlabel="value in µl")
    after.set(
        title="The same column, normalized",
        xlabel="normalized value, no unit",
        xlim=(-3.2, 6.8),
        ylim=(len(_ROWS) - 0.4, -0.6),
        yticks=range(len(_ROWS)),
        yticklabels=_ROWS,
    )
    after.axvline(0, color=style.NEUTRAL, lw=0.8)
    after.axvline(1, color=style.NEUTRAL, lw=0.8, ls="--")
    dots = {"color": style.DATA, "ms": 9, "ls": "none", "marker": "o", "mec": "white"}
    diamond = {**dots, "color": style.WRONG, "marker": "D", "ms": 8}
    column, last = before.plot([], [], **dots)[0], before.plot([], [], **diamond)[0]
    rows = {n: (after.plot([], [], **dots)[0], after.plot([], [], **diamond)[0]) for n in _ROWS}
    ghost(last, *(line for row in rows.values() for line in row))

    def beside(axes: Axes, y: float) -> Text:
        """Return a text at the right of `axes`, level with `y`."""
        return axes.text(1.02, y, "", transform=axes.get_yaxis_transform(), va="center")

    figure.text(0.815, 0.955, "spread of the others,\ntheir distance to ◆", va="center", fontsize=9)
    words = {"µl": beside(before, 0)} | {n: beside(after, y) for y, n in enumerate(_ROWS)}
    ground = {"facecolor": after.get_facecolor(), "edgecolor": "none", "pad": 1}
    reason = after.text(-3.1, _ROWS.index("yours"), "", va="center", fontsize=9, bbox=ground)

    def update(data: Column) -> None:
        copies = (len(data.x) - 1) // (len(_COLUMN) - 1)
        stacked = np.tile(0.17 * (np.arange(copies) - (copies - 1) / 2), len(_COLUMN) - 1)
        column.set_data(data.x[:-1], stacked)
        last.set_data(data.x[-1:], [0])
        for y, (name, (ordinary, moved)) in enumerate(rows.items()):
            values = data.z.get(name, np.array([]))
            ordinary.set_data(values[:-1], np.full(len(values[:-1]), y))
            moved.set_data(values[-1:], np.full(len(values[-1:]), y))
        for name, text in words.items():
            measured = {"µl": data.x, **data.z}.get(name)
            text.set_text("" if measured is None else _apart(measured, 0 if name == "µl" else 2))
        reason.set_text(fill(data.note.removeprefix("Yours: "), 78))

    return update


def _describe(data: Column) -> str:
    rows = "; ".join(f"{name} {_apart(z)}" for name, z in data.z.items())
    return (
        f"Spread of the other values, and their mean's distance to the diamond: {rows}. The"
        f" largest values are {', '.join(f'{z.max():z.2f}' for z in data.z.values())}."
    )


def _numbers(data: Column) -> dict[str, str]:
    return {
        "mean μ": f"{data.x.mean():.0f} µl",
        "deviation σ": f"{data.x.std():.0f} µl",
        "range": f"{np.ptp(data.x):.0f} µl",
    }


def _apart(z: np.ndarray, digits: int = 2) -> str:
    """Return the spread of all values but the last, and the distance of their mean to the last."""
    spread, distance = np.ptp(z[:-1]), abs(z[-1] - z[:-1].mean())
    return f"{spread:.{digits}f}, {distance:.{digits}f}"


column = Explorable(
    name="column",
    title="One value moves away",
    compute=_compute,
    yours=same_shape,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "outlier",
            0,
            1000,
            value=600,
            step=2,
            unit="µl",
            label="the last value (diamond)",
            help="One measurement of the column; far from the others it is an outlier.",
        ),
        Slider(
            "copies",
            1,
            10,
            value=1,
            step=1,
            unit="×",
            label="each other value occurs",
            help="How often each of the other four values occurs in the column.",
        ),
    ],
    presets={
        "last value 122 µl, beside the others": {"outlier": 122},
        "last value 1000 µl": {"outlier": 1000},
        "and every other value ten times": {"outlier": 1000, "copies": 10},
    },
    snapshots=[
        {"outlier": 122, "copies": 1},
        {"outlier": 400, "copies": 1},
        {"outlier": 1000, "copies": 1},
        {"outlier": 1000, "copies": 10},
    ],
    size=(9.0, 4.5),
)
