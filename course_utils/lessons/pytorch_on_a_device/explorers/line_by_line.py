"""The exam's program, stepped line by line, with every tensor's shape, dtype and device."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import NamedTuple

from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Explorable, Play, Switch
from course_utils.lessons.pytorch_on_a_device.programs import exam_program
from course_utils.lessons.pytorch_on_a_device.stepping import Step, steps

_PROGRAM = exam_program()
_FAULTS = dict(zip(("channels", "move", "addition", "output"), _PROGRAM.bad, strict=True))
_FIRST = 7  # the class's line; those before it only import
_ROWS = 7  # tensors at most: four layers, the input, h and the output
_MOST = 13  # steps at most
_AWAY = -99  # where the mark is when all has run
_PLACES = {"device": "device", "cpu": "CPU"}


class Moment(NamedTuple):
    """The program as it is written now, and one step of it."""

    lines: tuple[str, ...]
    step: Step
    ended: bool


def _compute(step: int, channels: bool, move: bool, addition: bool, output: bool) -> Moment:
    repaired = {"channels": channels, "move": move, "addition": addition, "output": output}
    left = {i: _PROGRAM.bad[i].text for name, i in _FAULTS.items() if not repaired[name]}
    text = _PROGRAM.text(left)
    found = steps(text, _PROGRAM.network, _PROGRAM.shape)
    here = found[min(step, len(found) - 1)]
    return Moment(tuple(text.splitlines()[_FIRST - 1 :]), here, step >= len(found) - 1)


def _draw(figure: Figure) -> Callable[[Moment], None]:
    code, table = figure.subplots(1, 2, width_ratios=[1.28, 1])
    figure.subplots_adjust(left=0.02, right=0.99, top=0.92, bottom=0.03, wspace=0.05)
    count = len(_PROGRAM.right) - _FIRST + 1
    for axes in (code, table):
        axes.set_axis_off()
        axes.set(xlim=(0, 1), ylim=(count, -0.5))
    code.set_title("Marked: the line that comes next, or has raised", loc="left")
    table.set_title("Tensors before it runs", loc="left")
    ink = code.xaxis.label.get_color()
    mono = {"family": "monospace", "fontsize": 8.6, "va": "center"}
    numbers = [
        code.text(0.035, y, "", ha="right", color=style.NEUTRAL, **mono) for y in range(count)
    ]
    lines = [code.text(0.05, y, "", color=ink, **mono) for y in range(count)]
    (mark,) = code.plot([], [], ">", color=style.REFERENCE, ms=8, clip_on=False)
    columns = (0.0, 0.3, 0.66, 0.86)
    for x, word in zip(columns, ("name", "shape", "dtype", "where"), strict=True):
        table.text(x, 0, word, fontsize=9, va="center", color=style.NEUTRAL)
    rows = [
        [table.text(x, y, "", fontsize=9, va="center", color=ink) for x in columns]
        for y in range(1, _ROWS + 1)
    ]
    error = table.text(0, _ROWS + 1.2, "", va="top", color=style.WRONG, fontsize=9)

    def update(data: Moment) -> None:
        raised = data.step.line - _FIRST if data.step.error else None
        for y, (number, text) in enumerate(zip(numbers, lines, strict=True)):
            shown = data.lines[y] if y < len(data.lines) else ""
            number.set_text(str(y + _FIRST) if shown.strip() else "")
            text.set_text(shown)
            text.set_color(style.WRONG if y == raised else ink)
        line = data.step.line - _FIRST
        mark.set_data([-0.015], [line] if data.step.line else [_AWAY])
        mark.set_color(style.WRONG if data.step.error else style.REFERENCE)
        held = [*data.step.layers, *data.step.values]
        for y, row in enumerate(rows):
            one = held[y] if y < len(held) else None
            words = ("",) * len(columns)
            if one is not None:
                words = (one.name, str(one.shape), one.dtype, _PLACES[one.device])
            for text, word in zip(row, words, strict=True):
                text.set_text(word)
            row[-1].set_color(style.WRONG if words[-1] == "CPU" else style.RIGHT)
        said = f"Line {data.step.line} raises {data.step.error}" if data.step.error else ""
        error.set_text(fill(said, 56))

    return update


def _describe(data: Moment) -> str:
    held = {one.name: one for one in data.step.values}
    last = held.get("output") or held.get("h") or held.get("images")
    told = ""
    if last is not None:
        told = f" {last.name} has shape {last.shape} and is on the {_PLACES[last.device]}."
    if data.step.error:
        return f"Line {data.step.line} raises {data.step.error.rstrip('.')}.{told}"
    if not data.step.line:
        return f"All lines have run.{told}"
    made = (
        f" {len(data.step.layers)} layers are made."
        if len(data.step.layers) != 1
        else (" 1 layer is made.")
    )
    line = data.lines[data.step.line - _FIRST].strip()
    return f"Line {data.step.line} comes next: {line}.{made}{told}"


def _numbers(data: Moment) -> dict[str, str]:
    held = {one.name: one for one in data.step.values}
    h = held.get("h")
    return {
        "line": "done" if not data.step.line else str(data.step.line),
        "h": "–" if h is None else f"{h.shape}, {_PLACES[h.device]}",
    }


def _repair(name: str, label: str, what: str) -> Switch:
    return Switch(name, label=label, help=what)


line_by_line = Explorable(
    name="line_by_line",
    title="Line by line",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Play(
            "step",
            range(_MOST),
            unit="lines at most",
            per_second=1,
            label="run",
            help="How many lines of the constructor and of forward may run; an error ends it.",
        ),
        _repair("channels", "second takes 100 channels", "The second convolution: 100 for 10."),
        _repair("move", "the input stays where it is", "forward begins with images itself."),
        _repair("addition", "nothing is added", "The line that adds the input is taken out."),
        _repair("output", "h is returned", "Without the layer that was never made."),
    ],
    presets={
        "as in the exam": {"step": 12},
        "the input stays": {"step": 12, "move": True},
        "all four repaired": {
            "step": 12,
            "channels": True,
            "move": True,
            "addition": True,
            "output": True,
        },
    },
    snapshots=[
        {"step": 5},
        {"step": 12},
        {"step": 12, "move": True},
        {"step": 12, "move": True, "channels": True},
        {"step": 12, "move": True, "channels": True, "addition": True},
        {"step": 12, "move": True, "channels": True, "addition": True, "output": True},
    ],
    size=(9.6, 4.4),
)
