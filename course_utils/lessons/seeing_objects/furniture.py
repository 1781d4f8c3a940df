"""What is in a generated room beside people: walls, floor, chairs, tables, plants, daylight."""

from __future__ import annotations

import numpy as np

from course_utils.lessons.seeing_objects.shapes import COLUMNS, ROWS, WALL, Part, height_at

_CHAIR = (0.31, 0.22, 0.16)


def _shade(colour: np.ndarray) -> tuple[float, float, float]:
    red, green, blue = colour.tolist()
    return red, green, blue


def _rectangle(colour: np.ndarray, x0: float, y0: float, x1: float, y1: float) -> Part:
    return Part(_shade(colour), ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), "polygon")


def walls(rng: np.random.Generator) -> list[Part]:
    """Return wall and floor, and windows, a door or paintings on the wall."""
    wall, floor = rng.uniform(0.62, 0.92, 3), rng.uniform(0.35, 0.65) * np.array([1, 0.86, 0.7])
    parts = [
        _rectangle(wall, 0, 0, COLUMNS, WALL),
        _rectangle(floor, 0, WALL, COLUMNS, ROWS),
        _rectangle(np.array([0.95, 0.94, 0.9]), 0, WALL - 0.6, COLUMNS, WALL),
    ]
    middle = COLUMNS / 2
    for edge in np.arange(-9, 10) * 4.0:  # boards that meet at a vanishing point
        ends = (middle + edge, WALL), (middle + 2.4 * edge, ROWS)
        parts.append(Part(_shade(0.88 * floor), ends, 0.25))
    kinds = (_window, _door, _painting)
    for left in np.flatnonzero(rng.random(3) < 0.75) * 16 + rng.uniform(1, 5):
        parts += kinds[rng.integers(len(kinds))](float(left), rng)
    return parts


def _window(left: float, _: np.random.Generator) -> list[Part]:
    frame, sky = np.array([0.97, 0.97, 0.95]), np.array([0.62, 0.82, 0.97])
    panes = [_rectangle(sky, x, 2.1, x + 3.7, 7.9) for x in (left + 0.6, left + 4.7)]
    return [_rectangle(frame, left, 1.5, left + 9, 8.5), *panes]


def _door(left: float, _: np.random.Generator) -> list[Part]:
    knob = Part((0.9, 0.8, 0.4), ((left + 4.6, 6), (left + 5.4, 6.8)), "ellipse")
    return [_rectangle(np.array([0.5, 0.33, 0.2]), left, 1.2, left + 6, WALL), knob]


def _painting(left: float, rng: np.random.Generator) -> list[Part]:
    frame = _rectangle(np.array([0.35, 0.25, 0.15]), left, 2.5, left + 7, 8)
    return [frame, _rectangle(rng.uniform(0.2, 0.9, 3), left + 0.7, 3.2, left + 6.3, 7.3)]


def tables_and_plants(rng: np.random.Generator) -> list[tuple[float, list[Part]]]:
    """Return one to three of them, each with the y of its feet."""
    things = []
    for _ in range(rng.integers(1, 4)):
        x, y = rng.uniform(4, COLUMNS - 4), rng.uniform(WALL + 4, ROWS - 1)
        thing = _table if rng.random() < 0.65 else _plant
        things.append((float(y), thing(rng, x, y, height_at(y))))
    return things


def _table(rng: np.random.Generator, x: float, y: float, h: float) -> list[Part]:
    colour = rng.uniform(0.3, 0.75) * np.array([1, 0.75, 0.5])
    wide = rng.uniform(0.45, 0.7) * h
    legs = [
        Part(_shade(0.7 * colour), ((foot, y - 0.35 * h), (foot, y)), 0.07 * h)
        for foot in (x - 0.75 * wide, x + 0.75 * wide)
    ]
    top = (x - wide, y - 0.48 * h), (x + wide, y - 0.28 * h)
    return [*legs, Part(_shade(colour), top, "ellipse")]


def _plant(rng: np.random.Generator, x: float, y: float, h: float) -> list[Part]:
    sides = ((-0.12, 0.25), (0.12, 0.25), (0.08, 0), (-0.08, 0))
    pot = Part((0.7, 0.4, 0.28), tuple((x + d * h, y - u * h) for d, u in sides), "polygon")
    green = (0.2, rng.uniform(0.4, 0.6), 0.22)
    leaves = [
        Part(green, ((x, y - 0.25 * h), (x + d * h, y - u * h)), 0.09 * h)
        for d, u in ((-0.25, 0.5), (-0.1, 0.68), (0.08, 0.72), (0.26, 0.52))
    ]
    return [pot, *leaves]


def chair(x: float, y: float, h: float) -> list[Part]:
    """Return the chair of somebody who sits at (x, y) and is `h` tall."""
    colour = np.array(_CHAIR)
    legs = [Part(_CHAIR, ((foot, y - 0.2 * h), (foot, y)), 0.06 * h)
            for foot in (x - 0.2 * h, x + 0.2 * h)]  # fmt: skip
    return [*legs, _rectangle(colour, x - 0.23 * h, y - 0.52 * h, x + 0.23 * h, y - 0.18 * h)]


def daylight(rng: np.random.Generator, fine: int) -> np.ndarray:
    """Return how bright each painted pixel is, (rows, columns, 1): one side is brighter."""
    slope, ceiling = rng.uniform(-0.18, 0.18), rng.uniform(0, 0.12)
    x = np.linspace(-1, 1, fine * COLUMNS)[None, :, None]
    y = np.linspace(-1, 1, fine * ROWS)[:, None, None]
    return 1 + slope * x - ceiling * y
