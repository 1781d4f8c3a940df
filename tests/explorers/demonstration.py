"""One explorer for each control that is used with the hand on the figure."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle

from course_utils import style
from course_utils.explorers import Choice, Explorable, Explorer, Grid, Play, Point, Points

# --- Points and Play: the perceptron's learning rule on samples that are dragged ----------------

SAMPLES = Points(
    "samples",
    value=((2, 3, "no"), (3, 6, "no"), (6, 3, "yes"), (8, 7, "yes")),
    x=(0, 10),
    y=(0, 10),
    classes=("no", "yes"),
    noun="sample",
    least=2,
    most=8,
    on="plane",
    label="samples",
    help="Where they are decides whether a line parts them.",
)
UPDATES = Play(
    "updates",
    range(31),
    unit="updates",
    per_second=10,
    label="learning rule",
    help="How many updates were made.",
)


def learned(samples: tuple, updates: int) -> dict[str, Any]:
    """Return the weights after so many of Rosenblatt's updates, and the mistakes they make."""
    x = np.array([[1.0, *sample[:2]] for sample in samples])
    y = np.array([1.0 if sample[2] == "yes" else -1.0 for sample in samples])
    weights = np.zeros(3)
    for _ in range(updates):
        wrong = np.flatnonzero(y * (x @ weights) <= 0)
        if not len(wrong):
            break
        weights = weights + y[wrong[0]] * x[wrong[0]]
    return {"samples": samples, "weights": weights, "wrong": int((y * (x @ weights) <= 0).sum())}


def draw_plane(figure: Any) -> Callable[[dict[str, Any]], None]:
    axes = figure.add_subplot(label="plane")
    axes.set(xlim=(-0.5, 10.5), ylim=(-0.5, 10.5), xlabel="x₁", ylabel="x₂", title="Move a sample")
    (line,) = axes.plot([], [], color=style.REFERENCE)
    show_samples = SAMPLES.artists(axes)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
    figure.subplots_adjust(right=0.85)

    def update(data: dict[str, Any]) -> None:
        show_samples(data["samples"])
        bias, first, second = data["weights"]
        x = np.array([-0.5, 10.5])
        line.set_data(x, -(bias + first * x) / second if second else np.full(2, np.nan))

    return update


def perceptron(
    compute: Callable[..., Any] = learned, draw: Any = draw_plane, slow: bool = False
) -> Explorer:
    return Explorable(
        name="perceptron",
        title="Samples that are dragged",
        compute=compute,
        draw=draw,
        describe=lambda data: (
            f"{data['wrong']} of {len(data['samples'])} samples are on the wrong side;"
            f" the weights are {np.round(data['weights'], 1).tolist()}."
        ),
        controls=[SAMPLES, UPDATES],
        snapshots=[{}, {"updates": 30}],
        size=(7.5, 4.0),
        slow=slow,
    )()


# --- Point: a place in a code, and an output cell ----------------------------------------------

CODE = Point(
    "code",
    value=(0.5, 1),
    x=(-3, 3),
    y=(-3, 3),
    on="codes",
    label="place in the code",
    help="The wave at this place is drawn.",
)


def draw_code(figure: Any) -> Callable[[Any], None]:
    figure.subplots_adjust(wspace=0.3)
    codes = figure.add_subplot(1, 2, 1, label="codes", aspect="equal")
    codes.set(xlim=(-3, 3), ylim=(-3, 3), xlabel="code 1", ylabel="code 2", title="Two numbers")
    (mark,) = codes.plot([], [], "o", color=style.DATA, ms=9, mec="white")
    wave = figure.add_subplot(1, 2, 2, ylim=(-6, 6), xlabel="time (s)", title="The wave they make")
    t = np.linspace(0, 1, 200)
    (line,) = wave.plot(t, 0 * t, color=style.PREDICTION)

    def update(code: Any) -> None:
        mark.set_data([code[0]], [code[1]])
        line.set_ydata(code[0] * np.sin(2 * np.pi * t) + code[1] * np.sin(6 * np.pi * t))

    return update


def code() -> Explorer:
    return Explorable(
        name="code",
        title="A point in a code",
        compute=lambda code: code,
        draw=draw_code,
        describe=lambda code: f"The slow wave is {code[0]:.2f} high, the fast one {code[1]:.2f}.",
        controls=[CODE],
        snapshots=[{}, {"code": (-3, 3)}],
        size=(7.5, 3.6),
    )()


# --- Grid: a digit that is drawn ---------------------------------------------------------------

SEVEN = (
    *("00000000", "01111110", "00000110", "00001100"),
    *("00011000", "00110000", "00110000", "00000000"),
)
ONE = (
    *("00000000", "00011000", "00111000", "00011000"),
    *("00011000", "00011000", "00111100", "00000000"),
)
DIGIT = Grid(
    "digit",
    (16, 16),
    levels=(0, 0.25, 0.5, 0.75, 1),
    brush=2,
    value=np.kron([[int(cell) for cell in row] for row in SEVEN], np.ones((2, 2))),
    presets={"one": np.kron([[int(cell) for cell in row] for row in ONE], np.ones((2, 2)))},
    on="drawing",
    label="your digit",
    help="What the sums are taken of.",
)


def draw_digit(figure: Any) -> Callable[[Any], None]:
    figure.subplots_adjust(left=0.02, wspace=0.1)
    show_digit = DIGIT.artists(figure.add_subplot(1, 2, 1, label="drawing", title="Draw here"))
    axes = figure.add_subplot(1, 2, 2, xlim=(0, 16), ylim=(15.5, -0.5), xlabel="ink")
    axes.set(title="Ink in each row", ylabel="row")
    bars = axes.barh(np.arange(16), np.zeros(16), color=style.DATA)

    def update(digit: Any) -> None:
        show_digit(digit)
        for bar, row in zip(bars, digit, strict=True):
            bar.set_width(sum(row))

    return update


def digit() -> Explorer:
    return Explorable(
        name="digit",
        title="A digit that is drawn",
        compute=lambda digit: digit,
        draw=draw_digit,
        describe=lambda digit: f"The digit takes {np.sum(digit):g} cells' worth of ink.",
        controls=[DIGIT],
        snapshots=[{}, {"digit": DIGIT.presets["one"]}],
        size=(7.5, 3.9),
    )()


# --- Grid of numbers, and a Point that snaps to its cells: max pooling --------------------------

INPUTS = Grid(
    "inputs",
    (4, 4),
    levels=range(-9, 100),
    numbers=True,
    value=((1, 3, 0, 2), (4, 4, 1, 0), (0, 2, 5, 1), (7, 0, 2, 2)),
    presets={"ties": ((1, 1, 2, 2), (1, 1, 2, 2), (0, 0, 5, 5), (0, 0, 5, 5))},
    on="inputs",
    label="inputs",
    help="The numbers that are pooled.",
)
CELL = Point(
    "cell",
    value=(0, 1),
    x=(0, 1),
    y=(0, 1),
    step=1,
    cells=True,
    on="outputs",
    label="output cell",
    help="The window behind this output is framed.",
)


def draw_pooling(figure: Any) -> Callable[[Any], None]:
    left = figure.add_subplot(1, 2, 1, label="inputs", title="Inputs")
    show_inputs = INPUTS.artists(left)
    window = left.add_patch(_frame(style.PREDICTION))
    right = figure.add_subplot(1, 2, 2, label="outputs", title="Outputs", aspect="equal")
    right.set(xlim=(-0.5, 1.5), ylim=(1.5, -0.5), xticks=[], yticks=[])
    chosen = right.add_patch(_frame(style.PREDICTION))
    texts = [right.text(n % 2, n // 2, "", ha="center", va="center", size=16) for n in range(4)]

    def update(data: Any) -> None:
        inputs, (column, row), outputs = data
        show_inputs(inputs)
        window.set_bounds(2 * column - 0.5, 2 * row - 0.5, 2, 2)
        chosen.set_bounds(column - 0.5, row - 0.5, 1, 1)
        for text, number in zip(texts, outputs.ravel(), strict=True):
            text.set_text(f"{number}")

    return update


def _frame(colour: str) -> Rectangle:
    return Rectangle((0, 0), 1, 1, fill=False, ec=colour, lw=3, zorder=5)


def pooling() -> Explorer:
    return Explorable(
        name="pooling",
        title="Numbers that are pooled",
        compute=lambda inputs, cell: (
            inputs,
            cell,
            np.reshape(inputs, (2, 2, 2, 2)).max(axis=(1, 3)),
        ),
        draw=draw_pooling,
        describe=lambda data: (
            f"The largest number in the window of output {data[1]} is"
            f" {data[2][data[1][1], data[1][0]]}."
        ),
        controls=[INPUTS, CELL],
        snapshots=[{}, {"inputs": INPUTS.presets["ties"], "cell": (1, 1)}],
        size=(7.5, 3.6),
    )()


# --- Grid that lets the figure through: a hole in a digit ---------------------------------------

HOLE = Grid(
    "hole",
    (8, 8),
    colours=(None, style.WRONG),
    brush=2,
    tools=("Rub out", "Bring back"),
    presets={"upper half": ("1" * 8,) * 4 + ("0" * 8,) * 4},
    on="digit",
    label="what is erased",
    help="These cells do not count.",
)
PICTURES = {"seven": SEVEN, "one": ONE}


def draw_hole(figure: Any) -> Callable[[Any], None]:
    figure.subplots_adjust(left=0.02, wspace=0.1)
    axes = figure.add_subplot(1, 2, 1, label="digit", title="Erase here")
    right = figure.add_subplot(1, 2, 2, title="What is left", xticks=[], yticks=[])
    # imshow resamples its picture anew for every frame, which takes four times as long
    edges = np.arange(9) - 0.5
    picture, left_over = (
        each.pcolormesh(edges, edges, np.zeros((8, 8)), cmap="gray", vmin=0, vmax=1, zorder=0.5)
        for each in (axes, right)
    )
    right.set(aspect="equal", ylim=(7.5, -0.5))
    show_hole = HOLE.artists(axes)

    def update(data: Any) -> None:
        pixels, hole = data
        picture.set_array(pixels)
        show_hole(hole)
        left_over.set_array(pixels * (1 - np.array(hole)))

    return update


def hole() -> Explorer:
    return Explorable(
        name="hole",
        title="A digit that is erased",
        compute=lambda shape, hole: (
            np.array([[int(cell) for cell in row] for row in PICTURES[shape]]),
            hole,
        ),
        draw=draw_hole,
        describe=lambda data: (
            f"{np.sum(data[0] * (1 - np.array(data[1])))} of {data[0].sum()} bright cells are left."
        ),
        controls=[Choice("shape", list(PICTURES), label="digit", help="What is erased."), HOLE],
        snapshots=[{}, {"shape": "one", "hole": HOLE.presets["upper half"]}],
        size=(7.5, 3.6),
    )()


ALL = [perceptron, code, digit, pooling, hole]
