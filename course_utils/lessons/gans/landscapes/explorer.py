"""Choose a landscape: the label and the noise, and a walk from one noise to another."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider, raster
from course_utils.lessons.gans.landscapes import shipped
from course_utils.lessons.gans.landscapes.judge import NONE
from course_utils.lessons.gans.landscapes.networks import CODE
from course_utils.lessons.gans.landscapes.painter import KINDS, SIDE, in_colours

_STOPS = 7
_GAP = 2


class Shown(NamedTuple):
    """What the generator draws for one label and two noises, and how the judges see it."""

    kind: int
    way: int  # in percent
    chosen: np.ndarray  # (24, 24, 3), from 0 to 1
    walk: np.ndarray  # (7, 24, 24, 3), from the first noise to the second
    kinds: np.ndarray  # (5, 24, 24, 3), the same noise under every label
    strict: np.ndarray  # (6,), probabilities
    moved: float  # distance from the picture at the walk's beginning, a pixel's mean


def noise(number: int) -> np.ndarray:
    """Return noise number `number`, standard normal, (24,)."""
    return np.random.default_rng((12, number)).standard_normal(CODE, dtype=np.float32)


def between(first: np.ndarray, second: np.ndarray, share: np.ndarray | float) -> np.ndarray:
    """Return the noise `share` of the way from one to another, along a quarter of a circle.

    Halfway along a straight line, the numbers would have only half of their variance; cos² + sin²
    is 1, so that every stop is as standard normal as the ends. That is so for two noises that were
    drawn apart; one and the same stays where it is.
    """
    if np.array_equal(first, second):
        return np.broadcast_to(first, (*np.shape(share), len(first))).copy()
    angle = np.pi / 2 * np.asarray(share, np.float32)[..., None]
    return np.cos(angle) * first + np.sin(angle) * second


@lru_cache(maxsize=64)
def _walk(kind: int, first: int, second: int) -> np.ndarray:
    stops = between(noise(first), noise(second), np.linspace(0, 1, _STOPS))
    labels = torch.full((_STOPS,), kind)
    return in_colours(shipped.generator()(torch.from_numpy(stops), labels))


def _compute(kind: str, first: int, second: int, way: int) -> Shown:
    chosen = KINDS.index(kind)
    z = torch.from_numpy(between(noise(first), noise(second), way / 100))
    x = shipped.generator()(z.expand(len(KINDS), CODE), torch.arange(len(KINDS)))
    strict = shipped.judge(strict=True)(x[chosen, None]).softmax(dim=1)[0].numpy()
    pictures, walk = in_colours(x), _walk(chosen, first, second)
    moved = float(np.abs(pictures[chosen] - walk[0]).mean())
    return Shown(chosen, way, pictures[chosen], walk, pictures, strict, moved)


def _strip(pictures: np.ndarray) -> np.ndarray:
    """Return pictures (n, 24, 24, 3) beside each other, with gaps that are transparent."""
    tiles = np.zeros((len(pictures), SIDE, SIDE + _GAP, 4), np.float32)
    tiles[:, :, :SIDE, :3] = pictures
    tiles[:, :, :SIDE, 3] = 1
    return tiles.transpose(1, 0, 2, 3).reshape(SIDE, -1, 4)[:, :-_GAP]


def _draw(figure: Figure) -> Callable[[Shown], None]:
    figure.subplots_adjust(left=0.02, right=0.98, top=0.91, bottom=0.07, wspace=0.06, hspace=0.3)
    grid = figure.add_gridspec(2, 2, width_ratios=[1, 1.9])
    large = figure.add_subplot(grid[:, 0])
    walk, kinds = figure.add_subplot(grid[0, 1]), figure.add_subplot(grid[1, 1])
    for axes in (large, walk, kinds):
        axes.set(xticks=[], yticks=[])
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
    title = large.set_title(" ")
    walk.set_title("The walk from the first noise to the second")
    kinds.set_title("The same noise under every label")
    blank = np.zeros((SIDE, SIDE, 3))
    picture = raster(large, blank)
    walked = raster(walk, _strip(np.stack([blank] * _STOPS)))
    under = raster(kinds, _strip(np.stack([blank] * len(KINDS))))
    (here,) = walk.plot([0], [SIDE + 1.2], "^", color=style.PREDICTION, ms=9, clip_on=False)
    step = SIDE + _GAP
    names = [
        kinds.text(number * step + SIDE / 2, SIDE + 4, name, ha="center", fontsize=10)
        for number, name in enumerate(KINDS)
    ]
    plain = names[0].get_color()

    def update(data: Shown) -> None:
        title.set_text(KINDS[data.kind])
        picture.set_data(data.chosen)
        walked.set_data(_strip(data.walk))
        under.set_data(_strip(data.kinds))
        here.set_xdata([data.way / 100 * (_STOPS - 1) * step + SIDE / 2])
        for number, name in enumerate(names):
            name.set_color(style.PREDICTION if number == data.kind else plain)
            name.set_fontweight("bold" if number == data.kind else "normal")

    return update


def _verdict(data: Shown) -> tuple[str, float]:
    best = int(data.strict.argmax())
    return "none of them" if best == NONE else KINDS[best], float(data.strict[best])


def _describe(data: Shown) -> str:
    said, sure = _verdict(data)
    return (
        f"Asked for {KINDS[data.kind]}, {data.way} % of the way from the first noise to the second:"
        f" the strict judge says {said!r} with probability {sure:.2f}; against the walk's beginning"
        f" a colour differs by {data.moved:.3f} on average."
    )


def _numbers(data: Shown) -> dict[str, str]:
    said, sure = _verdict(data)
    return {
        "strict judge": said,
        "probability": f"{sure:.2f}",
        "mean change since the beginning": f"{data.moved:.3f}",
    }


choose_landscape = Explorable(
    name="choose_landscape",
    title="Choose a landscape",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice(
            "kind",
            list(KINDS),
            value="mountains",
            label="environment",
            help="The label that generator and discriminator are given.",
        ),
        Slider(
            "first",
            1,
            30,
            value=1,
            unit="",
            label="first noise, number",
            help="Each number stands for 24 random numbers z.",
        ),
        Slider(
            "second",
            1,
            30,
            value=2,
            unit="",
            label="second noise, number",
            help="Where the walk ends.",
        ),
        Slider(
            "way",
            0,
            100,
            value=0,
            step=5,
            unit="%",
            label="walked",
            help="How far from the first noise to the second.",
        ),
    ],
    presets={
        "halfway": {"way": 50},
        "a lake": {"kind": "lake"},
        "a forest, another noise": {"kind": "forest", "first": 7},
    },
    snapshots=[
        {},
        {"kind": "seaside", "first": 3, "second": 4, "way": 50},
        {"kind": "forest", "first": 5, "second": 6, "way": 100},
        {"kind": "grassland", "first": 7, "second": 8, "way": 25},
    ],
    size=(9.6, 3.9),
)
