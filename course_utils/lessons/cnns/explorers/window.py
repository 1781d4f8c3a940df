"""Where one number of a convolution's output comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Explorable, Grid, Point, Slider
from course_utils.lessons.cnns.convolution import Sums, sums
from course_utils.lessons.cnns.explorers.cells import box, cells, factor, numbers, said

_SIDE, _KERNEL, _PADDING = 6, 3, 2
_MOST = _SIDE + 2 * _PADDING - _KERNEL + 1
_LEVELS = range(-9, 10)
_MARKED: dict[str, Any] = {"color": style.PREDICTION, "alpha": 0.45, "lw": 0}

INPUTS = Grid(
    "inputs",
    (_SIDE, _SIDE),
    levels=_LEVELS,
    numbers=True,
    value=("001111", "001111", "001111", "000111", "000011", "000001"),
    presets={"a single 1": ("000000", "000000", "001000", "000000", "000000", "000000")},
    on="inputs",
    label="inputs",
    help="The numbers of the picture: click one and type, or step it with the arrow keys.",
)
KERNEL = Grid(
    "kernel",
    (_KERNEL, _KERNEL),
    levels=_LEVELS,
    numbers=True,
    value=((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    presets={"1 to 9": ("123", "456", "789"), "all ones": ("111", "111", "111")},
    on="kernel",
    label="kernel",
    help="The weights that every window is multiplied by. The bias is 0 here.",
)
CELL = Point(
    "cell",
    value=(1, 2),
    x=(0, _MOST - 1),
    y=(0, _MOST - 1),
    step=1,
    cells=True,
    on="output",
    label="output cell (column, row)",
    help="The output that is taken apart, counted from 0; beyond the output, the last one is.",
)


class Taken(NamedTuple):
    """A convolution and one of its outputs, taken apart."""

    inputs: Any
    kernel: Any
    padding: int
    sums: Sums
    outputs: np.ndarray
    row: int
    column: int

    @property
    def products(self) -> np.ndarray:
        """The terms of the chosen output, (m, n)."""
        return self.sums.values[self.row, self.column] * np.array(self.kernel)


def _compute(
    inputs: Any, kernel: Any, stride: int, padding: int, dilation: int, cell: tuple[int, int]
) -> Taken:
    weights = np.array(kernel)
    found = sums(np.array(inputs), weights, stride, padding, dilation)
    outputs = found.outputs(weights)
    column, row = (int(min(pair)) for pair in zip(cell, np.array(outputs.T.shape) - 1, strict=True))
    return Taken(inputs, kernel, padding, found, outputs, row, column)


def _draw(figure: Figure) -> Callable[[Taken], None]:
    figure.subplots_adjust(left=0.01, right=0.99, top=0.9, bottom=0.03, wspace=0.06)
    grid = figure.add_gridspec(2, 3, width_ratios=[10, 7, 8], height_ratios=[1, 1], hspace=0.1)
    left = figure.add_subplot(grid[:, 0], label="inputs")
    show_inputs = INPUTS.artists(left, zorder=2)
    cells(left, _SIDE, _SIDE, "Inputs (grey: padding)", around=_PADDING)
    around = [
        left.text(j, i, "0", ha="center", va="center", color=style.NEUTRAL, size=10)
        for i, j in np.argwhere(np.pad(np.zeros((_SIDE, _SIDE)), _PADDING, constant_values=1))
        - _PADDING
    ]
    window = [box(left, 0, 0, 1, zorder=1.5, **_MARKED) for _ in range(_KERNEL**2)]
    middle = figure.add_subplot(grid[0, 1], label="kernel")
    show_kernel = KERNEL.artists(middle)
    middle.set_title("Kernel")
    terms = figure.add_subplot(grid[1, 1], xlim=(0, 1), ylim=(0, 1))
    terms.set_axis_off()
    lines = [
        terms.text(0.5, 0.8 - 0.2 * n, "", ha="center", va="center", size=11)
        for n in range(_KERNEL)
    ]
    total = terms.text(0.5, 0.14, "", ha="center", va="center", size=13, weight="bold")
    right = figure.add_subplot(grid[:, 2], label="output")
    cells(right, _MOST, _MOST, "Output")
    right.spines[:].set_visible(False)
    show_outputs = numbers(right, _MOST, _MOST, size=11)
    outline = box(right, -0.5, -0.5, 1, fill=False, ec=style.NEUTRAL, lw=1)
    chosen = box(right, 0, 0, 1, **_MARKED)

    def update(data: Taken) -> None:
        show_inputs(data.inputs)
        show_kernel(data.kernel)
        for text in around:
            x, y = text.get_position()
            outside = max(-x, -y, x - _SIDE + 1, y - _SIDE + 1)
            text.set_visible(outside <= data.padding)
        places = np.stack(
            np.meshgrid(data.sums.rows[data.row], data.sums.columns[data.column], indexing="ij"), -1
        )
        for patch, (i, j) in zip(window, places.reshape(-1, 2), strict=True):
            patch.set_xy((j - 0.5, i - 0.5))
        values = data.sums.values[data.row, data.column]
        for text, row, weights in zip(lines, values, data.kernel, strict=True):
            text.set_text(
                " + ".join(f"{factor(a)}·{factor(w)}" for a, w in zip(row, weights, strict=True))
            )
        total.set_text(f"sum = {said(data.products.sum())}")
        show_outputs(data.outputs)
        rows, columns = data.outputs.shape
        outline.set_bounds(-0.5, -0.5, columns, rows)
        chosen.set_xy((data.column - 0.5, data.row - 0.5))

    return update


def _describe(data: Taken) -> str:
    products = ", ".join(said(product) for product in data.products.ravel())
    value = said(data.outputs[data.row, data.column])
    return f"The output in row {data.row}, column {data.column} is {value}, the sum of {products}."


def _numbers(data: Taken) -> dict[str, str]:
    rows, columns = data.outputs.shape
    spread = [int(np.ptp(places[0]) + 1) for places in (data.sums.rows, data.sums.columns)]
    return {
        "output size": f"{rows} × {columns}",
        "inputs spanned": f"{spread[0]} × {spread[1]}",
        "this output": said(data.outputs[data.row, data.column]),
    }


window = Explorable(
    name="window",
    title="Where does this number come from?",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        INPUTS,
        KERNEL,
        CELL,
        Slider("stride", 1, 3, value=1, unit="px", label="stride s",
               help="How far the window moves from one output to the next."),
        Slider("padding", 0, _PADDING, value=0, unit="px", label="padding p",
               help="How many rows and columns of zeros are put around the inputs."),
        Slider("dilation", 1, 2, value=1, unit="px", label="dilation d",
               help="How far neighbouring weights lie apart on the inputs."),
    ],
    presets={
        "stride 2": {"stride": 2},
        "padding 1: as large as the input": {"padding": 1, "cell": (0, 0)},
        "dilation 2": {"dilation": 2},
        "a single 1 under the kernel 1 to 9": {
            "inputs": INPUTS.presets["a single 1"],
            "kernel": KERNEL.presets["1 to 9"],
        },
    },
    snapshots=[
        {},
        {"stride": 2, "padding": 1, "cell": (0, 0)},
        {"dilation": 2, "cell": (1, 1)},
        {"inputs": INPUTS.presets["a single 1"], "kernel": KERNEL.presets["1 to 9"]},
    ],
    size=(9.6, 4.3),
)  # fmt: skip
