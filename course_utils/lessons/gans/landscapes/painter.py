"""A painter of small landscapes, who knows what is in each: the labelled data of this section.

Five kinds, 24×24 pixels in colour. Nothing in a picture is fixed: time of day, sun, clouds,
horizon, colours, and what the kind is made of are drawn anew. Shapes are given by how many pixels
deep a point lies inside them, so that their edges are smooth without painting large first.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

KINDS = ("forest", "lake", "seaside", "mountains", "grassland")
"""The five kinds; a label is an index into them."""

SIDE = 24
"""Width and height of a picture, in pixels."""

_Y, _X = np.mgrid[0:SIDE, 0:SIDE] + 0.5
_COLUMNS = _X[0]

Rgb = Sequence[float] | np.ndarray

_SKIES: tuple[tuple[Rgb, Rgb, Rgb], ...] = (  # above, at the horizon, tint of the land
    ((0.33, 0.58, 0.95), (0.76, 0.89, 1.00), (1.00, 1.00, 1.00)),
    ((0.55, 0.45, 0.72), (1.00, 0.72, 0.48), (1.02, 0.88, 0.80)),
    ((0.60, 0.65, 0.70), (0.80, 0.82, 0.85), (0.85, 0.88, 0.90)),
)
_DAY, _EVENING, _OVERCAST = range(3)


class Canvas:
    """A picture in the making: its sky is painted, the land follows from far to near.

    Parameters
    ----------
    rng
        Where all chance comes from.
    horizon
        The least and the largest height of the sky, as a share of the picture.
    """

    def __init__(self, rng: np.random.Generator, horizon: tuple[float, float]) -> None:
        self.rng = rng
        self.horizon = SIDE * rng.uniform(*horizon)
        time = rng.choice(3, p=(0.6, 0.25, 0.15))
        above, below, self.tint = map(np.array, _SKIES[time])
        down = np.clip(_Y / self.horizon, 0, 1)[..., None]
        self.rgb = self.near(above) * (1 - down) + self.near(below) * down
        if time != _OVERCAST and rng.uniform() < 0.6:
            x, y = self.across(0.1, 0.9), SIDE * rng.uniform(0.08, 0.25)
            radius = SIDE * rng.uniform(0.06, 0.09)
            self._lay(radius - np.hypot(_X - x, _Y - y), np.array((1.0, 0.95, 0.6)))
        for _ in range(rng.integers(0, 3)):
            x, y = self.across(0, 1), SIDE * rng.uniform(0.06, 0.26)
            wide, high = SIDE * rng.uniform(0.12, 0.2), SIDE * rng.uniform(0.04, 0.07)
            inside = 1 - np.hypot((_X - x) / wide, (_Y - y) / high)
            self._lay(high * inside, np.full(3, 0.97))

    def near(self, colour: Rgb, spread: float = 0.04) -> np.ndarray:
        """Return a colour near the given one."""
        return np.clip(np.asarray(colour) + self.rng.normal(0, spread, 3), 0, 1)

    def across(self, low: float, high: float) -> float:
        """Return a place between two shares of the width, in pixels."""
        return SIDE * self.rng.uniform(low, high)

    def wave(self, height: float) -> np.ndarray:
        """Return a smooth line over the columns, (24,), about `height` pixels up and down."""
        line = np.zeros(SIDE)
        for frequency in (1, 2, 3):
            turns = frequency * _COLUMNS / SIDE * self.rng.uniform(0.5, 1.1) + self.rng.uniform()
            line += height * 0.6 ** (frequency - 1) * np.sin(2 * np.pi * turns)
        return line

    def put(self, depth: np.ndarray, colour: Rgb | np.ndarray) -> None:
        """Paint a shape in the light of this time of day.

        Parameters
        ----------
        depth
            How many pixels deep each point lies inside the shape, negative outside: (24, 24).
        colour
            Red, green, blue from 0 to 1, for all points (3,) or for each (24, 24, 3).
        """
        self._lay(depth, np.asarray(colour) * self.tint)

    def _lay(self, depth: np.ndarray, colour: np.ndarray) -> None:
        cover = np.clip(depth + 0.5, 0, 1)[..., None]
        self.rgb = self.rgb * (1 - cover) + colour * cover

    def shaded(self, colour: Rgb, top: float, brighter: float = 0.35) -> np.ndarray:
        """Return a ground's colour, (24, 24, 3): darker at `top`, brighter towards the viewer."""
        down = np.clip((_Y - top) / (SIDE - top), 0, 1)
        return np.asarray(colour) * (0.8 + brighter * down)[..., None]


def _forest(rng: np.random.Generator) -> Canvas:
    canvas = Canvas(rng, (0.3, 0.42))
    top = canvas.horizon
    canvas.put(_Y - top, canvas.shaded(canvas.near((0.22, 0.36, 0.14), 0.03), top))
    conifers = rng.uniform() < 0.6
    for row, base in enumerate((0.2, 0.55, 0.95)):
        foot = top + (SIDE - top) * base
        green = canvas.near((0.08 + 0.03 * row, 0.30 + 0.06 * row, 0.13), 0.03)
        count = rng.integers(4, 6)
        for place in rng.permutation(count):
            x = SIDE * (place + rng.uniform(0.2, 0.8)) / count
            high, wide = SIDE * rng.uniform(0.34, 0.44), SIDE * rng.uniform(0.10, 0.14)
            trunk = np.minimum(0.6 - np.abs(_X - x), np.minimum(foot - _Y, _Y - foot + 0.4 * high))
            canvas.put(trunk, (0.32, 0.21, 0.12))
            crown = foot - 0.14 * high
            if conifers:
                slope = wide / (crown - (foot - high))
                inside = (_Y - (foot - high)) * slope - np.abs(_X - x)
                shape = np.minimum(inside / np.hypot(1, slope), crown - _Y)
            else:
                middle, half = foot - 0.62 * high, 0.36 * high
                shape = wide * (1 - np.hypot((_X - x) / wide, (_Y - middle) / half))
            side = np.where(x > _X, 1.15, 0.85)[..., None]
            canvas.put(shape, green * rng.uniform(0.85, 1.2) * side)
    return canvas


def _lake(rng: np.random.Generator) -> Canvas:
    canvas = Canvas(rng, (0.36, 0.46))
    far = canvas.horizon + 1
    hills = canvas.horizon - SIDE * rng.uniform(0.1, 0.18) - np.abs(canvas.wave(0.06 * SIDE))
    green = canvas.near((0.22, 0.42, 0.2), 0.03)
    canvas.put(_Y - hills, green)
    water = canvas.near((0.28, 0.52, 0.78), 0.04)
    canvas.put(_Y - far, canvas.shaded(water, far, 0.3))
    mirrored = np.minimum(far + 0.7 * (far - hills) - _Y, _Y - far)
    canvas.put(mirrored, 0.45 * water + 0.35 * green)
    shore = SIDE * rng.uniform(0.8, 0.9) + canvas.wave(0.04 * SIDE)
    canvas.put(_Y - shore, canvas.near((0.38, 0.56, 0.22), 0.04))
    for _ in range(rng.integers(2, 6)):
        x, high = canvas.across(0.02, 0.98), SIDE * rng.uniform(0.08, 0.16)
        reed = np.minimum(0.35 - np.abs(_X - x), _Y - (shore - high))
        canvas.put(reed, (0.3, 0.38, 0.12))
    return canvas


def _seaside(rng: np.random.Generator) -> Canvas:
    canvas = Canvas(rng, (0.38, 0.5))
    top = canvas.horizon
    canvas.put(_Y - top, canvas.shaded(canvas.near((0.05, 0.48, 0.66), 0.04), top, 0.4))
    slant = rng.uniform(-0.35, 0.35) * (_COLUMNS - SIDE / 2)
    beach = SIDE * rng.uniform(0.68, 0.78) + slant + canvas.wave(0.02 * SIDE)
    if rng.uniform() < 0.4:
        x, high = canvas.across(0.15, 0.85), SIDE * rng.uniform(0.16, 0.22)
        foot = top + 0.05 * SIDE
        sail = np.minimum(0.55 * (_Y - foot + high) - (_X - x), _X - x)
        canvas.put(np.minimum(sail, foot - _Y), (1, 1, 1))
        hull = np.minimum(0.7 - np.abs(_Y - foot - 0.5), 2.2 - np.abs(_X - x - 0.7))
        canvas.put(hull, (0.5, 0.24, 0.14))
    canvas.put(_Y - beach, canvas.near((0.93, 0.82, 0.57), 0.03))
    canvas.put(0.8 - np.abs(_Y - beach), (0.97, 0.97, 0.97))
    return canvas


def _mountains(rng: np.random.Generator) -> Canvas:
    canvas = Canvas(rng, (0.8, 0.86))
    rock = canvas.near(((0.46, 0.48, 0.60), (0.54, 0.44, 0.38), (0.42, 0.43, 0.46))[rng.choice(3)])
    middle = canvas.across(0.36, 0.64)
    if rng.uniform() < 0.5:  # a lower one behind, to the left or to the right
        aside = SIDE * rng.uniform(0.28, 0.38) * rng.choice((-1, 1))
        _mountain(canvas, rock, middle + aside, SIDE * rng.uniform(0.36, 0.44))
    _mountain(canvas, rock, middle, SIDE * rng.uniform(0.56, 0.68))
    meadow = canvas.horizon + canvas.wave(0.012 * SIDE)
    canvas.put(_Y - meadow, canvas.near((0.25, 0.44, 0.2), 0.03))
    return canvas


def _mountain(canvas: Canvas, rock: np.ndarray, x: float, high: float) -> None:
    """Paint one with its peak at `x`: lit from the left, with a cap of snow."""
    peak = canvas.horizon - high
    slope = canvas.rng.uniform(0.62, 0.8)
    inside = ((_Y - peak) * slope - np.abs(_X - x)) / np.hypot(1, slope)
    light = np.clip(x - _X + 0.5, 0, 1)[..., None]
    canvas.put(inside, rock * (0.62 + 0.63 * light))
    # The lower edge of the snow: tongues of it reach down.
    edge = peak + high * canvas.rng.uniform(0.36, 0.44) + 0.9 * np.cos((_X - x) * 1.6)
    canvas.put(np.minimum(inside, edge - _Y), np.ones(3) * (0.76 + 0.24 * light))


def _grassland(rng: np.random.Generator) -> Canvas:
    canvas = Canvas(rng, (0.5, 0.64))
    top = canvas.horizon
    dry = rng.uniform() < 0.3
    green = canvas.near((0.74, 0.68, 0.28) if dry else (0.45, 0.68, 0.2))
    back = top + canvas.wave(0.03 * SIDE)
    canvas.put(_Y - back, canvas.shaded(green, top))
    if rng.uniform() < 0.45:
        x, foot, size = canvas.across(0.15, 0.85), top + 0.08 * SIDE, SIDE * rng.uniform(0.09, 0.12)
        trunk = np.minimum(0.6 - np.abs(_X - x), 1.5 - np.abs(_Y - foot + 1.5))
        canvas.put(trunk, (0.35, 0.25, 0.15))
        canvas.put(size - np.hypot(_X - x, _Y - foot + 2 + size), (0.2, 0.42, 0.15))
    front = top + (SIDE - top) * rng.uniform(0.3, 0.55) + canvas.wave(0.05 * SIDE)
    canvas.put(_Y - front, canvas.shaded(green * np.array((0.86, 1.05, 0.85)), top))
    if rng.uniform() < 0.5:
        petals = ((0.95, 0.3, 0.3), (0.98, 0.9, 0.3), (0.9, 0.6, 0.9), (1, 1, 1))[rng.choice(4)]
        for _ in range(rng.integers(6, 12)):
            x, y = canvas.across(0.04, 0.96), rng.uniform(top + 4, SIDE - 1)
            canvas.put(0.4 - np.hypot(_X - x, _Y - y), petals)
    return canvas


_PAINTERS: tuple[Callable[[np.random.Generator], Canvas], ...] = (
    _forest,
    _lake,
    _seaside,
    _mountains,
    _grassland,
)


def paint(kind: int, rng: np.random.Generator) -> np.ndarray:
    """Return one picture of the kind ``KINDS[kind]``, (3, 24, 24), float32 from −1 to 1."""
    rgb = np.clip(_PAINTERS[kind](rng).rgb, 0, 1)
    return (2 * rgb.transpose(2, 0, 1) - 1).astype(np.float32)


@lru_cache(maxsize=20_000)
def _picture(number: int, seed: int) -> np.ndarray:
    image = paint(number % len(KINDS), np.random.default_rng((seed, number)))
    image.setflags(write=False)
    return image


def pictures(numbers: Iterable[int], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pictures of these numbers from the collection of a seed, and their labels.

    A collection has no end: picture number i is decided by i and the seed, and painted when it is
    first asked for. The kinds take turns, so that any five numbers in a row hold one of each.

    Returns
    -------
    tuple
        Pictures (n, 3, 24, 24), float32 from −1 to 1, and labels (n,) from 0 to 4.
    """
    chosen = [int(number) for number in numbers]
    images = np.stack([_picture(number, seed) for number in chosen])
    return images, np.array(chosen) % len(KINDS)


def in_colours(x: ArrayLike) -> np.ndarray:
    """Return pictures (n, 3, 24, 24) from −1 to 1 as (n, 24, 24, 3) from 0 to 1, to be shown."""
    return np.moveaxis((np.asarray(x) + 1) / 2, 1, -1)


def by_kind(x: ArrayLike, labels: ArrayLike) -> dict[str, np.ndarray]:
    """Return the pictures of each kind by its name, `in_colours`."""
    kinds = np.asarray(labels)
    return {kind: in_colours(x)[kinds == label] for label, kind in enumerate(KINDS)}
