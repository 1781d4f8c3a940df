"""A layer class of the student's beside ours: function, derivative, and many layers of it."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Own, Slider, in_words
from course_utils.lessons.activations.deep import DEEPEST, LAYERS, network
from course_utils.lessons.activations.own_layer import Run, run_layer
from course_utils.typography import number

X = np.linspace(-4, 4, 161)
_SIGNAL = np.linspace(-2, 2, 42)  # edges of the bins; what lies beyond is counted in the outermost
_DECADES = np.linspace(-16, 8, 49)
_WIDE = 118  # characters in a line of the figure's verdict, of which there are three at most


class Beside(NamedTuple):
    """Ours and yours; what is not finite in a network is in no histogram."""

    name: str
    depth: int
    ours: Run
    yours: Run | None
    apart: float  # the largest difference of the two functions; nan without yours


def _compute(ours: str, alpha: float, depth: int, gain: float, yours: Own) -> Beside:
    net = network()
    weights = net.scaled(depth, gain)
    run = run_layer(_class_of(ours, alpha), X, net.batch, weights, net.error, alpha)
    own = yours(X, net.batch, weights, net.error, alpha)
    apart = np.nan if own is None else float(np.max(np.abs(own.values - run.values)))
    return Beside(ours, depth, run, own, apart)


def _class_of(name: str, alpha: float) -> type:
    """Return a class whose constructor needs nothing, as a student's may."""

    class Ours:
        def __new__(cls) -> Any:
            return LAYERS[name](alpha)

    return Ours


def _accept(result: Any, *_: Any) -> Run:
    """Accept whatever `run_layer` gave: it has judged already."""
    assert isinstance(result, Run)
    return result


def _draw(figure: Figure) -> Callable[[Beside], None]:
    (values, slopes), (signal, gradient) = figure.subplots(2, 2)
    figure.subplots_adjust(left=0.075, right=0.985, top=0.945, bottom=0.2, hspace=0.5, wspace=0.2)
    values.set(title="Function", xlabel="input x", ylabel="f(x)", xlim=(-4, 4), ylim=(-2.2, 4.2))
    slopes.set(title="Derivative", xlabel="input x", ylabel="f′(x)")
    slopes.set(xlim=(-4, 4), ylim=(-1.1, 2.2))
    signal.set(title="Signal behind the last layer", xlim=(-2, 2))
    signal.set(xlabel="output (beyond ±2: at the edge)", ylabel="share of the outputs")
    gradient.set(title="Gradient before the first layer", xlim=(-16, 8))
    gradient.set(xlabel="its size, as a power of ten (0: at the left)", ylabel="share of them")
    for axes in (signal, gradient):  # a root, so that thin tails are seen beside a spike
        axes.set_yscale("function", functions=(lambda y: np.sqrt(np.maximum(y, 0)), np.square))
        axes.set(
            ylim=(0, 1.05), yticks=(0.01, 0.1, 0.3, 1), yticklabels=("0.01", "0.1", "0.3", "1")
        )
    gradient.axvline(0, color=style.NEUTRAL, lw=0.8, ls="--")
    lines: dict[str, list[Any]] = {"ours": [], "yours": []}
    looks: dict[str, dict[str, Any]] = {
        "ours": {"color": style.REFERENCE, "lw": 2.4, "label": "ours"},
        "yours": {"color": style.PREDICTION, "lw": 1.8, "ls": (0, (4, 1.5)), "label": "yours"},
    }
    for whose, look in looks.items():
        lines[whose].append(values.plot([], [], **look)[0])
        look = {**look, "label": "_"}  # named once
        lines[whose].append(slopes.plot([], [], **look)[0])
        step = {**look, "drawstyle": "steps-mid"}
        lines[whose] += [axes.plot([], [], **step)[0] for axes in (signal, gradient)]
    (own_slope,) = slopes.plot([], [], color=style.NEUTRAL, lw=1.4, ls=":")
    own_slope.set_label("slope of your forward")
    (first,) = slopes.plot([], [], "X", color=style.WRONG, ms=11, mec="white", label="first wrong")
    values.legend(loc="upper left")
    slopes.legend(loc="upper left")
    verdict = figure.text(0.012, 0.105, "", va="top", fontsize=9)

    def update(data: Beside) -> None:
        for whose, run in (("ours", data.ours), ("yours", data.yours)):
            f, slope, out, back = lines[whose]
            if run is None:
                for line in lines[whose]:
                    line.set_data([], [])
                continue
            jumped = np.where(run.jumps, np.nan, 1)
            f.set_data(X, np.clip(run.values * jumped, -1e3, 1e3))
            slope.set_data(X, np.clip(run.slopes, -1e3, 1e3))
            out.set_data(_middles(_SIGNAL), _shares(run.signal, _SIGNAL))
            with np.errstate(divide="ignore", invalid="ignore"):
                size = np.log10(np.abs(run.gradient))
            back.set_data(_middles(_DECADES), _shares(size, _DECADES))
        mine = data.yours
        own_slope.set_data(*((X, np.where(mine.jumps, np.nan, mine.numeric)) if mine else ([], [])))
        wrong = np.flatnonzero(mine.wrong)[:1] if mine else np.array([], dtype=int)
        height = np.clip(np.nan_to_num(mine.slopes[wrong]), -1, 2) if mine else []
        first.set_data(X[wrong], height)
        verdict.set_text(fill(_verdict(data), _WIDE))
        verdict.set_color(style.WRONG if len(wrong) else style.NEUTRAL)

    return update


def _middles(edges: np.ndarray) -> np.ndarray:
    return (edges[1:] + edges[:-1]) / 2


def _shares(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return which share of the values lies in each bin; nan is in none."""
    inside = np.clip(values[~np.isnan(values)], edges[0], edges[-1])
    return np.histogram(inside, edges)[0] / values.size


def _verdict(data: Beside) -> str:
    """Say what is wrong with yours first, or that nothing is; empty without yours."""
    if data.yours is None:
        return ""
    if data.yours.verdict:
        count = f"{int(data.yours.wrong.sum())} of {len(X)} inputs"
        return f"Yours: {data.yours.verdict}. Wrong in all: {count}."
    jumps = X[data.yours.jumps]
    where = ", ".join(number(x, ".2f") for x in jumps[:4])
    hole = f" It jumps at x = {where}: there is no slope there." if len(jumps) else ""
    same = "and its function is ours" if data.apart < 1e-6 else ""
    other = f"and its function is up to {data.apart:.3g} away from ours" if not same else ""
    return f"Yours: the derivative is that of its own forward everywhere, {same}{other}.{hole}"


def _size(run: Run, what: str) -> str:
    values = getattr(run, what)
    if not np.isfinite(values).all():
        return "not finite"
    return in_words(float(f"{values.std():.2g}"))


def _both(data: Beside, what: str) -> str:
    if data.yours is None:
        return _size(data.ours, what)
    return f"{_size(data.ours, what)}, yours {_size(data.yours, what)}"


def _describe(data: Beside) -> str:
    layers = f"{data.depth} layers" if data.depth > 1 else "one layer"
    return (
        f"Behind {layers} of {data.name} the standard deviation of the signal is"
        f" {_both(data, 'signal')}; that of the gradient, relative to"
        f" that by the outputs, is"
        f" {_both(data, 'gradient')} before the first. {_verdict(data)}".rstrip()
    )


def _numbers(data: Beside) -> dict[str, str]:
    runs = {"ours": data.ours} | ({"yours": data.yours} if data.yours else {})
    return {
        f"{what}, {whose}": _size(run, what)
        for whose, run in runs.items()
        for what in ("signal", "gradient")
    }


your_activation = Explorable(
    name="your_activation",
    title="Your activation",
    compute=_compute,
    yours=_accept,
    use=run_layer,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "ours",
            list(LAYERS),
            value="leaky ReLU",
            label="ours",
            help="The activation that is drawn in blue.",
        ),
        Slider(
            "alpha",
            0.0,
            1.0,
            value=0.1,
            step=0.05,
            unit="",
            label="α",
            help="The slope of our leaky ReLU and the depth of our ELU below 0, and what the"
            " constructor of yours gets if it takes a number.",
        ),
        Slider(
            "depth",
            1,
            DEEPEST,
            value=10,
            step=1,
            unit="layers",
            label="depth",
            help="How many layers of weights and activation the signal passes, and the gradient"
            " on its way back.",
        ),
        Slider(
            "gain",
            0.2,
            3.0,
            value=1.4,
            step=0.1,
            unit="/√n",
            label="weights' deviation",
            help="The standard deviation of the weights, in units of 1/√n for n = 64 units in every"
            " layer: 1.4 is He's, 1 Xavier's, 0.6 PyTorch's default.",
        ),
    ],
    presets={
        "20 layers of sigmoid": {"ours": "sigmoid", "depth": 20, "gain": 1.0},
        "20 layers of tanh": {"ours": "tanh", "depth": 20, "gain": 1.0},
        "20 layers of ReLU, He": {"ours": "ReLU", "depth": 20, "gain": 1.4},
    },
    snapshots=[
        {"ours": "leaky ReLU", "depth": 10},
        {"ours": "sigmoid", "depth": 20, "gain": 1.0},
        {"ours": "tanh", "depth": 20, "gain": 3.0},
        {"ours": "ELU", "alpha": 1.0, "depth": 20, "gain": 1.4},
    ],
    size=(9.0, 5.8),
)
