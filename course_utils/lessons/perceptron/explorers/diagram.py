"""The perceptron as a diagram: today's number on every edge, and the boundary it draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from course_utils import style
from course_utils.data import ENZYMES
from course_utils.explorers import Explorable, Point, Slider
from course_utils.lessons.perceptron.drawing import ARROWS, HEIGHT, PLACES, RADIUS, WIDTH, Role
from course_utils.lessons.perceptron.model import Perceptron
from course_utils.typography import number

_MEAN = ENZYMES.x.mean(axis=0)
_SCALE = (ENZYMES.x - _MEAN).max(axis=0)
_HIGH = (160.0, 24.0)

PATIENT = Point(
    "patient",
    value=(22, 8),
    x=(0, _HIGH[0]),
    y=(0, _HIGH[1]),
    step=(2, 1),
    units=("µl", "µl"),
    on="blood",
    label="the patient",
    help="The two concentrations that are measured; drag the diamond.",
)


@dataclass(frozen=True)
class Flow:
    """What flows through the perceptron for one patient."""

    patient: tuple[float, float]  # µl
    z: np.ndarray  # (2,), normalized with the training data's statistics
    model: Perceptron
    total: float
    answer: float
    right: int  # of the four training patients


def _compute(w1: float, w2: float, bias: float, patient: tuple[float, float]) -> Flow:
    model = Perceptron((w1, w2), bias)
    z = (np.array(patient) - _MEAN) / _SCALE
    labels = np.where(ENZYMES.zombie, 1, -1)
    answers = model.predict((ENZYMES.x - _MEAN) / _SCALE)
    return Flow(
        patient=patient,
        z=z,
        model=model,
        total=float(model.sum(z[None])[0]),
        answer=float(model.predict(z[None])[0]),
        right=int((answers == labels).sum()),
    )


def _draw(figure: Figure) -> Callable[[Flow], None]:
    graph, plane = figure.subplots(1, 2, width_ratios=[1.75, 1])
    figure.subplots_adjust(left=0.01, right=0.985, bottom=0.2, top=0.9, wspace=0.13)
    show_graph, show_plane = _draw_graph(graph), _draw_plane(plane)

    def update(data: Flow) -> None:
        show_graph(data)
        show_plane(data)

    return update


def named_parts() -> Figure:
    """Return the drawing with the name of every part, and no numbers."""
    figure, axes = plt.subplots(figsize=(6.0, 3.0))
    figure.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.9)
    _draw_parts(axes, "input 1", "input 2")
    axes.set_title("A Rosenblatt perceptron and its parts")
    symbols: dict[Role, str] = {
        "input 1": "$x_1$",
        "input 2": "$x_2$",
        "bias": "$b$",
        "sum": "$z$",
        "output": r"$\hat y$",
        "weight 1": "weight $w_1$",
        "weight 2": "weight $w_2$",
    }
    for role, symbol in symbols.items():
        _text(axes, role, bbox=_ground() if role.startswith("weight") else None)(symbol)
    return figure


def _draw_parts(axes: Axes, *inputs: str) -> None:
    """Draw inputs, weights, bias, sum, sign and output where exam item 3.2 draws them."""
    axes.set(xlim=(0, WIDTH - 30), ylim=(HEIGHT + 35, -15), aspect="equal")
    axes.axis("off")
    ink = axes.title.get_color()
    shape = {"fill": False, "ec": ink, "lw": 1.5}
    for role in ("input 1", "input 2", "bias", "sum", "output"):
        axes.add_patch(Circle(PLACES[role], RADIUS + 8, **shape))
    x, y = PLACES["activation"]
    box = FancyBboxPatch(
        (x - RADIUS, y - RADIUS), 2 * RADIUS, 2 * RADIUS, boxstyle="round,pad=8", **shape
    )
    axes.add_patch(box)
    axes.plot([x - 20, x, x, x + 20], [y + 16, y + 16, y - 16, y - 16], color=ink, lw=1.5)
    for start, end in ARROWS:
        _arrow(axes, PLACES[start], PLACES[end], ink)
    names: dict[Role, str] = {
        "input 1": inputs[0],
        "input 2": inputs[1],
        "bias": "bias",
        "sum": "sum",
        "activation": "sign",
        "output": "output",
    }
    for role, name in names.items():
        _text(axes, role, 50 if role in ("input 2", "bias") else -48, 10)(name)


def _text(
    axes: Axes, role: Role, down: float = 0, size: float = 11, **settings: Any
) -> Callable[[str], None]:
    """Put an empty text at a part, and return what sets it."""
    x, y = PLACES[role]
    return axes.text(x, y + down, "", ha="center", va="center", size=size, **settings).set_text


def _draw_graph(axes: Axes) -> Callable[[Flow], None]:
    """Draw the parts with today's number on every edge."""
    axes.set_title("What flows through it")
    _draw_parts(axes, *ENZYMES.features[:2])

    def text(
        role: Role, down: float = 0, size: float = 11, **settings: Any
    ) -> Callable[[str], None]:
        return _text(axes, role, down, size, **settings)

    values = {role: text(role) for role in ("input 1", "input 2", "bias", "sum", "output")}
    edges = {role: text(role, bbox=_ground()) for role in ("weight 1", "weight 2")}
    how = {
        "input 1": text("input 1", 46, 9),
        "input 2": text("input 2", -44, 9),
        "output": text("output", 48, 10),
    }

    def update(data: Flow) -> None:
        for i, role in enumerate(("input 1", "input 2")):
            values[role](_short(data.z[i]))
            raw, mean, scale = (number(v) for v in (data.patient[i], _MEAN[i], _SCALE[i]))
            how[role](f"({raw} − {mean}) / {scale}")
            weight = data.model.weights[i]
            edges[f"weight {i + 1}"](f"× {number(weight)} = {_short(weight * data.z[i])}")
        values["bias"](number(data.model.bias))
        values["sum"](_short(data.total))
        values["output"](number(data.answer))
        how["output"]("a zombie" if data.answer > 0 else "no zombie")

    return update


def _ground() -> dict[str, Any]:
    """Return the ground of a text that stands on a line."""
    return {"facecolor": plt.rcParams["figure.facecolor"], "edgecolor": "none", "pad": 1.5}


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], ink: str) -> None:
    """Draw an arrow from rim to rim."""
    a, b = np.array(start), np.array(end)
    along = (b - a) / np.linalg.norm(b - a)
    style_ = {"arrowstyle": "-|>", "color": ink, "lw": 1.3, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", b - (RADIUS + 11) * along, a + (RADIUS + 11) * along, arrowprops=style_)


def _draw_plane(axes: Axes) -> Callable[[Flow], None]:
    """Draw patients in µl, and the boundary between the answers."""
    axes.set_label("blood")
    axes.set(
        title="Which side is the patient on?",
        xlabel=f"{ENZYMES.features[0]} (µl)",
        ylabel=f"{ENZYMES.features[1]} (µl)",
        xlim=(-5, _HIGH[0] + 5),
        ylim=(-1, _HIGH[1] + 1),
    )
    (side,) = axes.fill([], [], color=style.PREDICTION, alpha=0.14, lw=0)
    (line,) = axes.plot([], [], color=style.REFERENCE)
    for zombie, marker, colour, label in (
        (False, "o", style.DATA, "no zombie"),
        (True, "s", style.PREDICTION, "zombie"),
    ):
        places = ENZYMES.x[ENZYMES.zombie == zombie].T
        axes.plot(*places, marker, color=colour, ms=9, mec="white", label=label)
    (patient,) = axes.plot([], [], "D", color=style.REFERENCE, ms=9, mec="white", label="patient")
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.45, -0.17),
        ncols=3,
        fontsize=9,
        handletextpad=0.2,
        columnspacing=1,
    )

    def update(data: Flow) -> None:
        patient.set_data(*([value] for value in data.patient))
        w = np.array(data.model.weights) / _SCALE
        bias = data.model.bias - w @ _MEAN
        corners = np.array([[-50.0, -20.0], [250, -20], [250, 50], [-50, 50]])
        inside, border = _half_plane(corners, w, bias)
        side.set_xy(inside)
        line.set_data(*border.T)

    return update


def _half_plane(corners: np.ndarray, w: np.ndarray, bias: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the part of a polygon (corners, 2) where w·x + b ≥ 0, and the ends of its border."""
    z = corners @ w + bias
    inside, border = [], []
    for here, there, a, b in zip(corners, np.roll(corners, -1, 0), z, np.roll(z, -1), strict=True):
        if a >= 0:
            inside.append(here)
        if (a >= 0) != (b >= 0):
            crossing = here + a / (a - b) * (there - here)
            inside.append(crossing)
            border.append(crossing)
    return np.reshape(inside, (-1, 2)), np.reshape(border, (-1, 2))


def _short(value: float) -> str:
    """Return a number with two digits after the point at most."""
    return number(round(float(value), 2))


def _describe(data: Flow) -> str:
    products = zip(data.model.weights, data.z, strict=True)
    terms = [f"{_bracketed(weight)} · {_bracketed(z)}" for weight, z in products]
    if data.model.bias:
        terms.append(_bracketed(data.model.bias))
    zombie = "a zombie" if data.answer > 0 else "no zombie"
    return (
        f"The patient's normalized values are {_short(data.z[0])} and {_short(data.z[1])}: the sum"
        f" is {' + '.join(terms)} = {_short(data.total)}, its sign"
        f" {number(data.answer)}, so {zombie}. Of the four training patients,"
        f" {data.right} {'is' if data.right == 1 else 'are'} classified as they turned out."
    )


def _bracketed(value: float) -> str:
    return f"({_short(value)})" if value < 0 else _short(value)


def _numbers(data: Flow) -> dict[str, str]:
    return {
        "sum": _short(data.total),
        "sign of the sum": number(data.answer),
        "training patients right": f"{data.right} of 4",
    }


def _weight(name: str, value: float, label: str, what: str) -> Slider:
    return Slider(name, -4, 4, value=value, step=0.25, unit="", label=label, help=what)


diagram = Explorable(
    name="diagram",
    title="The perceptron as a diagram",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        _weight("w1", 1, "weight w₁", "By what normalized Braineatase is multiplied."),
        _weight("w2", 3, "weight w₂", "By what normalized Prettysmelliase is multiplied."),
        _weight("bias", 0, "bias b", "What is added to the two products; it shifts the boundary."),
        PATIENT,
    ],
    presets={
        "the exam's": {"w1": 1, "w2": 3},
        "on the boundary": {"w1": 1, "w2": 3, "patient": (82, 8)},
        "both weights 1": {"w1": 1, "w2": 1, "bias": -1},
    },
    snapshots=[
        {"w1": 1, "w2": 3},
        {"w1": 1, "w2": 3, "bias": 2},
        {"w1": 1, "w2": 1, "bias": -1, "patient": (122, 16)},
        {"w1": -2, "w2": 1, "patient": (122, 12)},
    ],
    size=(9.4, 4.2),
)
