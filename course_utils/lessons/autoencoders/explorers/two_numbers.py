"""The plane of two-dimensional codes, and the digit that each place decodes to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Point, raster
from course_utils.lessons.autoencoders import codes, digits
from course_utils.seeds import seeds
from course_utils.typography import number

_WAYS = ("deep network", "PCA, two axes")
_EVERY = 3  # one of so many training digits is drawn


class Plane(NamedTuple):
    """The training digits' codes, by one autoencoder, and their labels.

    Each number of a code is scaled so that those of the training digits reach from −1 to 1. A deep
    network's own may all lie in one half of their range.
    """

    autoencoder: codes.Deep | codes.Linear
    middle: np.ndarray  # (2,), of the codes that are not scaled
    reach: np.ndarray  # (2,)
    places: np.ndarray  # (count, 2), the scaled codes
    known: digits.Digits

    def decode(self, place: tuple[float, float]) -> np.ndarray:
        """Return the picture (8, 8) of a scaled code."""
        return self.autoencoder.decode((self.middle + self.reach * np.array(place))[None])[0]


@cache
def _plane(way: str) -> Plane:
    seed = seeds(1)[0]
    known = digits.load(seed)
    autoencoder = codes.deep(seed) if way == _WAYS[0] else codes.linear(seed)
    found = autoencoder.encode(known.x_train)
    low, high = found.min(axis=0), found.max(axis=0)
    middle, reach = (low + high) / 2, (high - low) / 2
    return Plane(autoencoder, middle, reach, (found - middle) / reach, known)


CODE = Point(
    "code",
    value=(0, 0),
    x=(-1, 1),
    y=(-1, 1),
    on="codes",
    label="place in the code",
    help="The decoder draws the digit at this place.",
)


class Decoded(NamedTuple):
    """What a place decodes to, and the training digit whose code is nearest; pictures (8, 8)."""

    way: str
    code: tuple[float, float]
    picture: np.ndarray
    nearest: np.ndarray
    label: int
    away: float  # from its code
    unlike: float  # root mean squared difference to the most similar training digit


def _compute(code: tuple[float, float], way: str) -> Decoded:
    plane = _plane(way)
    picture = plane.decode(code)
    apart = np.linalg.norm(plane.places - code, axis=1)
    first = int(apart.argmin())
    unlike = np.sqrt(np.mean((plane.known.x_train - picture) ** 2, axis=(1, 2))).min()
    return Decoded(
        way, code, picture, plane.known.x_train[first], int(plane.known.y_train[first]),
        float(apart[first]), float(unlike),
    )  # fmt: skip


def _draw(figure: Figure) -> Callable[[Decoded], None]:
    figure.subplots_adjust(left=0.085, right=0.99, top=0.92, bottom=0.12, wspace=0.08)
    grid = figure.add_gridspec(1, 3, width_ratios=[1.5, 1, 1])
    plane_axes = figure.add_subplot(grid[0], label="codes")
    plane_axes.set(title="Codes of training digits", xlim=(-1.05, 1.05), ylim=(-1.05, 1.05))
    plane_axes.set(xlabel="first number of the code, scaled", ylabel="second number, scaled")
    marks = [
        plane_axes.plot(
            [], [], ls="none", marker=f"${digit}$", ms=5.5, color=colormaps["tab10"](digit), mew=0
        )[0]
        for digit in range(10)
    ]
    (dot,) = plane_axes.plot(
        [], [], "o", ms=13, mfc="none", mec=style.WRONG, mew=2.5, clip_on=False
    )
    panels = []
    for place in (grid[1], grid[2]):
        axes = figure.add_subplot(place)
        axes.set(xticks=[], yticks=[])
        axes.grid(visible=False)
        axes.spines[:].set_visible(True)
        panels.append(raster(axes, np.zeros((8, 8)), cmap="gray_r", vmin=0, vmax=1))
    panels[0].axes.set_title("Decoded here")
    nearest_title = panels[1].axes.set_title(" ")

    def update(data: Decoded) -> None:
        plane = _plane(data.way)
        for digit, mark in enumerate(marks):
            mark.set_data(*plane.places[plane.known.y_train == digit][::_EVERY].T)
        dot.set_data([data.code[0]], [data.code[1]])
        panels[0].set_data(data.picture)
        panels[1].set_data(data.nearest)
        nearest_title.set_text(f"Nearest code: a {data.label}")

    return update


def _describe(data: Decoded) -> str:
    x, y = (number(value, ".2f") for value in data.code)
    return (
        f"At ({x}, {y}) the nearest code, {data.away:.2f} away, is that of a {data.label};"
        f" the most similar training digit differs from the decoded picture by {data.unlike:.2f}"
        " (root mean square)."
    )


def _numbers(data: Decoded) -> dict[str, str]:
    return {
        "nearest code": f"a {data.label}",
        "how far away": f"{data.away:.2f}",
        "unlike any digit by": f"{data.unlike:.2f}",
    }


two_numbers = Explorable(
    name="two_numbers",
    title="Two numbers, one digit",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        CODE,
        Choice("way", list(_WAYS), label="autoencoder",
               help="A deep network with a code of two numbers, or PCA with two axes."),
    ],
    presets={
        "a corner": {"code": (1, -1)},
        "the middle, by PCA": {"code": (0, 0), "way": _WAYS[1]},
    },
    snapshots=[
        {},
        {"code": (0.6, 0.6)},
        {"code": (1, -1)},
        {"code": (0.4, 0.2), "way": _WAYS[1]},
    ],
    size=(9.6, 4.0),
)  # fmt: skip
