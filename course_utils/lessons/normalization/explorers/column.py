"""One column of numbers under every method, and under the student's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.checks import attempt
from course_utils.explorers import Explorer, Slider
from course_utils.lessons.normalization.model import METHODS

Transformed = Callable[[np.ndarray], np.ndarray]

_COLUMN = np.array([42.0, 62.0, 82.0, 102.0, 122.0])


@dataclass(frozen=True)
class Data:
    """The column x and what every method makes of it, and why the student's has no values."""

    rows: dict[str, np.ndarray]
    note: str = ""


def column(yours: Transformed | None = None) -> Explorer:
    """Explore what each method does to one column of values when one of them moves away.

    Parameters
    ----------
    yours
        The student's own normalization, which takes a float64 array (samples, 1) and returns one
        of the same shape; shown beside ours. A blank one is left out.
    """
    written = attempt(yours, _COLUMN[:, None]).written
    rows = [*METHODS, *(["yours"] if written else [])][1:]

    def compute(outlier: float, copies: int) -> Data:
        x = np.concatenate([np.repeat(_COLUMN[:-1], copies), [outlier]])[:, None]
        z = {name: METHODS[name]().fit(x).transform(x)[:, 0] for name in rows if name != "yours"}
        if not written:
            return Data({"x": x[:, 0], **z})
        tried = attempt(yours, x, limit=2.0).of_shape(x.shape)
        own = tried.value[:, 0] if tried else np.full(len(x), np.nan)
        return Data({"x": x[:, 0], **z, "yours": own}, tried.note)

    def draw(figure: Figure) -> Callable[[Data], None]:
        before, after = figure.subplots(2, 1, height_ratios=[2, len(rows) + 1])
        figure.subplots_adjust(left=0.2, right=0.97, top=0.91, bottom=0.13, hspace=0.62)
        before.set(
            title="The column", xlim=(0, 1020), ylim=(-1, 1), yticks=[], xlabel="value in µl"
        )
        after.set(
            title="The same column, normalized",
            xlabel="normalized value, no unit",
            xlim=(-3.2, 6.8),
            ylim=(len(rows) - 0.4, -0.6),
            yticks=range(len(rows)),
            yticklabels=rows,
        )
        after.axvline(0, color=style.NEUTRAL, lw=0.8)
        after.axvline(1, color=style.NEUTRAL, lw=0.8, ls="--")
        marks = {"color": style.DATA, "ms": 9, "ls": "none", "marker": "o", "mec": "white"}
        star = {**marks, "color": style.WRONG, "marker": "D", "ms": 8}
        lines = {"x": (before.plot([], [], **marks)[0], before.plot([], [], **star)[0])}
        for name in rows:
            lines[name] = (after.plot([], [], **marks)[0], after.plot([], [], **star)[0])

        def update(data: Data) -> None:
            copies = (len(data.rows["x"]) - 1) // (len(_COLUMN) - 1)
            stacked = np.tile(0.17 * (np.arange(copies) - (copies - 1) / 2), len(_COLUMN) - 1)
            for height, (name, values) in enumerate(data.rows.items()):
                y = 0 if name == "x" else height - 1
                ordinary, moved = lines[name]
                ordinary.set_data(values[:-1], stacked if name == "x" else np.full(len(stacked), y))
                moved.set_data(values[-1:], [y])

        return update

    def describe(data: Data) -> str:
        ours = {n: z for n, z in data.rows.items() if n != "x" and not np.isnan(z).any()}
        spread = ", ".join(f"{_rounded(np.ptp(z[:-1]))} ({name})" for name, z in ours.items())
        largest = ", ".join(_rounded(z.max()) for z in ours.values())
        yours = f" Yours has no values: {data.note}." if data.note else ""
        return f"The other values spread over {spread}. The largest values are {largest}.{yours}"

    return Explorer(
        name="column",
        title="One value moves away",
        compute=compute,
        draw=draw,
        describe=describe,
        controls=[
            Slider(
                "outlier",
                0,
                1000,
                value=122,
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
        snapshots=[
            {"outlier": 122.0, "copies": 1},
            {"outlier": 400.0, "copies": 1},
            {"outlier": 1000.0, "copies": 1},
            {"outlier": 1000.0, "copies": 10},
        ],
        size=(9.0, 4.5),
    )


def _rounded(value: float) -> str:
    return f"{round(float(value), 2) + 0.0:.2f}"
