"""Where on its curve each unit is, layer by layer, and how much gradient gets through."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider, ghost, in_words
from course_utils.lessons.activations.deep import (
    DEEPEST,
    Passage,
    maker,
    network,
    passage,
    saturated,
)

_Z = np.linspace(-8, 8, 321)
_EDGES = np.linspace(-8, 8, 41)
_STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "ReLU": 1.0, "leaky ReLU": 1.0}
_LAYERS = np.arange(1, DEEPEST + 1)
_LEAST, _MOST = 1e-18, 1e9


class Saturation(NamedTuple):
    """One network of 20 layers, and one of its layers."""

    values: np.ndarray  # f at `_Z`
    steep: np.ndarray  # f at `_Z` where its slope is not small, nan elsewhere
    share: np.ndarray  # (DEEPEST,), of saturated units
    through: Passage
    layer: int
    name: str


def _compute(activation: str, gain: float, scale: float, layer: int) -> Saturation:
    net = network()
    net = net._replace(batch=scale * net.batch)
    make = maker(activation)
    through = passage(net, make, net.scaled(DEEPEST, gain))
    probe = make()
    values = probe.forward(_Z)
    slopes = probe.backward(np.ones_like(_Z))
    steepest = _STEEPEST[activation]
    steep = np.where(slopes < steepest / 20, np.nan, values)
    share = saturated(through.slopes, steepest)
    return Saturation(values, steep, share, through, layer, activation)


def _draw(figure: Figure) -> Callable[[Saturation], None]:
    (curve, share), (sums, gradient) = figure.subplots(2, 2)
    figure.subplots_adjust(left=0.08, right=0.985, top=0.94, bottom=0.115, hspace=0.55, wspace=0.22)
    curve.set(title="The activation", xlabel="sum z", ylabel="f(z)")
    curve.set(xlim=(-8, 8), ylim=(-1.3, 2.3))
    (flat,) = curve.plot([], [], color=style.WRONG, lw=2.5, label="saturated")
    (steep,) = curve.plot([], [], color=style.REFERENCE, lw=2.5, label="steep enough")
    curve.legend(loc="upper left")
    sums.set(title="Where the layer's units are", xlabel="sum z (beyond ±8: at the edge)")
    sums.set(ylabel="share of the units", xlim=(-8, 8), ylim=(0, 0.5))
    (bars,) = sums.plot([], [], color=style.DATA, drawstyle="steps-mid")
    share.set(title="Saturated units", xlabel="layer", ylabel="share of the layer")
    share.set(xlim=(0.5, DEEPEST + 0.5), ylim=(-0.03, 1.03), xticks=(1, 5, 10, 15, 20))
    gradient.set(title="Gradient on its way back", yscale="log")
    gradient.set(xlabel="layer (below 10⁻¹⁸: at the edge)", ylabel="relative to the outputs'")
    gradient.set(xlim=(0.5, DEEPEST + 0.5), ylim=(_LEAST, _MOST))
    gradient.set(xticks=(1, 5, 10, 15, 20), yticks=(_LEAST, 1e-12, 1e-6, 1, 1e6))
    gradient.axhline(1, color=style.NEUTRAL, lw=0.8, ls="--")
    (shares,) = share.plot([], [], "o-", color=style.WRONG, ms=4)
    (sizes,) = gradient.plot([], [], "o-", color=style.GRADIENT, ms=4)
    chosen = {"ms": 11, "mfc": "none", "mew": 2}
    (here,) = share.plot([], [], "o", color=style.WRONG, **chosen)
    (there,) = gradient.plot([], [], "o", color=style.GRADIENT, **chosen)
    ghost(shares, sizes)

    def update(data: Saturation) -> None:
        flat.set_data(_Z, data.values)
        steep.set_data(_Z, data.steep)
        z = np.clip(data.through.sums[data.layer - 1], _EDGES[0], _EDGES[-1])
        counted = np.histogram(z, _EDGES)[0] / z.size
        bars.set_data((_EDGES[1:] + _EDGES[:-1]) / 2, np.minimum(counted, 0.5))
        sizes_now = np.clip(data.through.gradient, _LEAST, _MOST)
        shares.set_data(_LAYERS, data.share)
        sizes.set_data(_LAYERS, sizes_now)
        here.set_data([data.layer], [data.share[data.layer - 1]])
        there.set_data([data.layer], [sizes_now[data.layer - 1]])

    return update


def _describe(data: Saturation) -> str:
    at = data.layer - 1
    return (
        f"In layer {data.layer} of 20 with {data.name}, {100 * data.share[at]:.0f} % of the units"
        f" are saturated; over all layers {100 * data.share.mean():.0f} %. The gradient in layer 1"
        f" is {_size(data.through.gradient[0])} times that by the outputs."
    )


def _numbers(data: Saturation) -> dict[str, str]:
    return {
        f"saturated in layer {data.layer}": f"{100 * data.share[data.layer - 1]:.0f} %",
        "saturated in all layers": f"{100 * data.share.mean():.0f} %",
        "gradient in layer 1": _size(data.through.gradient[0]),
    }


def _size(value: float) -> str:
    return in_words(float(f"{value:.1e}"))


saturation = Explorable(
    name="saturation",
    title="Where the signal saturates",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "activation",
            list(_STEEPEST),
            value="tanh",
            label="activation",
            help="The activation of all 20 layers; the leaky ReLU has slope 0.1 below 0.",
        ),
        Slider(
            "gain",
            0.2,
            4.0,
            value=1.0,
            step=0.1,
            unit="/√n",
            label="weights' deviation",
            help="The standard deviation of the weights, in units of 1/√n for n = 64 units.",
        ),
        Slider(
            "scale",
            0.1,
            10,
            value=1.0,
            steps=21,
            log=True,
            unit="×",
            label="scale of the inputs",
            help="The standard deviation of the network's inputs.",
        ),
        Slider(
            "layer",
            1,
            DEEPEST,
            value=1,
            step=1,
            unit="of 20",
            label="layer",
            help="The layer whose units are shown at the lower left and ringed at the right.",
        ),
    ],
    presets={
        "sigmoid, none saturated": {"activation": "sigmoid"},
        "tanh, two in five saturated": {"activation": "tanh", "gain": 3.0, "layer": 10},
        "inputs ten times larger": {"activation": "tanh", "scale": 10},
    },
    snapshots=[
        {"activation": "tanh"},
        {"activation": "sigmoid"},
        {"activation": "tanh", "gain": 3.0, "layer": 10},
        {"activation": "tanh", "scale": 10.0},
    ],
    size=(9.0, 5.2),
)
