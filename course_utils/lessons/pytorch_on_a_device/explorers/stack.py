"""Shapes through a small convolutional network, as its settings and its input change."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import TypeAlias

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils import style
from course_utils.explorers import Explorable, Slider, Switch
from course_utils.lessons.pytorch_on_a_device.shapes import BUILT_FOR, Stage, stages

Stages: TypeAlias = tuple[Stage, ...]

_MOST = 7  # stages at most
_WIDTH = 1.7  # of a stage on the axis
_LARGEST = 56  # pixels, drawn as wide as 1.5


def _draw(figure: Figure) -> Callable[[Stages], None]:
    axes = figure.subplots()
    figure.subplots_adjust(left=0.01, right=0.99, top=0.91, bottom=0.02)
    axes.set_axis_off()
    axes.set(xlim=(-0.9, _MOST * _WIDTH - 0.8), ylim=(-2.05, 1.3))
    axes.set_title(f"A network made for pictures of {BUILT_FOR} × {BUILT_FOR}", loc="left")
    ink = axes.xaxis.label.get_color()
    boxes = [Rectangle((0, 0), 0, 0, lw=1.2) for _ in range(_MOST)]
    for box in boxes:
        axes.add_patch(box)
    places = [i * _WIDTH for i in range(_MOST)]
    above = [axes.text(x, 0, "", ha="center", va="bottom", color=ink, fontsize=9) for x in places]
    below = [axes.text(x, -0.85, "", ha="center", va="top", color=ink, fontsize=9) for x in places]
    error = axes.text(-0.8, -2.0, "", va="bottom", color=style.WRONG, fontsize=9.5)

    def update(data: Stages) -> None:
        for i, (box, x, top, bottom) in enumerate(zip(boxes, places, above, below, strict=True)):
            stage = data[i] if i < len(data) else None
            if stage is None:
                box.set_bounds(x, 0, 0, 0)
                top.set_text("")
                bottom.set_text("")
                continue
            width, height = _size(stage)
            box.set_bounds(x - width / 2, -height / 2, width, height)
            box.set_facecolor(style.WRONG if stage.shape is None else style.DATA)
            box.set_edgecolor(ink)
            top.set_text(_inner(stage))
            top.set_position((x, height / 2 + 0.06))
            count = f"{stage.parameters:,}".replace(",", " ")
            bottom.set_text(f"{stage.name}\n{count} parameters" if stage.parameters else stage.name)
        error.set_text(fill(data[-1].error, 105))

    return update


def _size(stage: Stage) -> tuple[float, float]:
    """Return width and height on the axis: maps to scale, vectors as thin columns."""
    if stage.shape is None:
        return 0.5, 0.5
    if len(stage.shape) == 2:
        return 0.12, 1.4 * min(1.0, stage.shape[1] / 5000) + 0.1
    return (max(1.5 * stage.shape[-1] / _LARGEST, 0.05),) * 2


def _inner(stage: Stage) -> str:
    """Return the shape of one sample, such as '16 × 28 × 28'."""
    return "raises" if stage.shape is None else " × ".join(map(str, stage.shape[1:]))


def _describe(data: Stages) -> str:
    whole = ", ".join(f"{stage.name} {_inner(stage)}" for stage in data)
    count = sum(stage.parameters for stage in data)
    told = data[-1].error or f"{count} parameters in all"
    return f"One sample after each layer: {whole}. {told.rstrip('.')}."


def _numbers(data: Stages) -> dict[str, str]:
    flat = next((stage for stage in data if stage.name == "flatten"), None)
    linear = next((stage for stage in data if stage.name == "linear"), None)
    gets = "–" if flat is None or flat.shape is None else str(flat.shape[1])
    wants = "–" if linear is None else str((linear.parameters - 10) // 10)
    return {"linear gets": gets, "linear expects": wants}


stack = Explorable(
    name="stack",
    title="Shapes through a stack of layers",
    compute=stages,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider(
            "side",
            8,
            48,
            value=32,
            step=2,
            unit="pixels",
            label="height and width of the input",
            help="Of every picture in the batch of 4; the network was made for 32.",
        ),
        Slider(
            "kernel",
            1,
            9,
            value=5,
            step=2,
            unit="pixels",
            label="kernel of the first convolution",
            help="Its height and width; the linear layer is made anew for it.",
        ),
        Slider(
            "stride",
            1,
            3,
            value=1,
            step=1,
            unit="pixels",
            label="its stride",
            help="How far the kernel moves from one output to the next.",
        ),
        Slider(
            "padding",
            0,
            4,
            value=0,
            step=1,
            unit="pixels",
            label="its padding",
            help="Zeros added on each side.",
        ),
        Switch(
            "pool",
            value=True,
            label="max pooling 2 × 2",
            help="Halves height and width after the first convolution.",
        ),
        Switch(
            "average",
            label="average over each map",
            help="One number for each map, instead of all its pixels.",
        ),
    ],
    presets={
        "a picture of 40 pixels": {"side": 40},
        "and an average over each map": {"side": 40, "average": True},
        "a picture too small": {"side": 8, "kernel": 9, "average": True},
    },
    snapshots=[
        {"side": 32},
        {"side": 40},
        {"side": 40, "average": True},
        {"side": 32, "stride": 2, "padding": 2, "pool": False},
    ],
    size=(9.6, 3.4),
)
