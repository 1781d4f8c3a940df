"""Rooms with people: a seeded generator of photographs, and of the truth about them.

A room is painted from shapes at any resolution. Networks see 36 × 48 pixels, people a finer picture
of the same room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from course_utils.lessons.seeing_objects.furniture import daylight, tables_and_plants, walls
from course_utils.lessons.seeing_objects.people import Person, somebody
from course_utils.lessons.seeing_objects.shapes import (
    COLUMNS,
    ROWS,
    WALL,
    Painting,
    Part,
    height_at,
    smaller,
)

_FINE = 3  # so many painted pixels a side are averaged for each pixel that a network sees
_APART = 2.8  # how near two heads may be, in pixels
_TRIES = 60
_NOISE = 0.03  # standard deviation of the camera's noise, the same in any light


@dataclass(frozen=True)
class Room:
    """A room as it was photographed, and the truth about it.

    Attributes
    ----------
    image
        float32 array (3, 36, 48), from 0 to 1.
    mask
        bool array (36, 48): the pixels of which people cover the larger part.
    heads
        float64 array (people, 2): x and y of each head's middle, in pixels from the upper left
        corner, so that the first pixel reaches from 0 to 1.
    boxes
        float64 array (people, 4): left, top, right and bottom (x₀, y₀, x₁, y₁) of each whole
        person, hidden parts included.
    picture
        The same photograph for people, without noise, float32 array (36·fine, 48·fine, 3).
    """

    image: np.ndarray
    mask: np.ndarray
    heads: np.ndarray
    boxes: np.ndarray
    picture: np.ndarray

    @property
    def people(self) -> int:
        """How many people are in the room."""
        return len(self.heads)


def room(
    rng: np.random.Generator, people: int, crowding: float = 0, light: float = 1, fine: int = _FINE
) -> Room:
    """Return a room, which `rng` furnishes and fills.

    Parameters
    ----------
    rng
        Draws everything that is not said.
    people
        How many. There are fewer if for some no place is found.
    crowding
        The share, from 0 to 1, of people who stand close to somebody else.
    light
        From 0, darkness, to 1.
    fine
        Painted pixels a side for each pixel of the image.
    """
    crowd_rng, furniture_rng, noise_rng = rng.spawn(3)
    crowd = _crowd(crowd_rng, people, crowding)
    painting = Painting(fine)
    for part in walls(furniture_rng):
        painting.add(part)
    things: list[tuple[float, list[Part], list[Part], int]] = [
        *((y, parts, [], 0) for y, parts in tables_and_plants(furniture_rng)),
        *((one.y, one.chair, one.parts(), number) for number, one in enumerate(crowd, start=1)),
    ]
    for _, nobodys, somebodys, owner in sorted(things, key=lambda thing: thing[0]):
        for part in nobodys:
            painting.add(part)
        for part in somebodys:
            painting.add(part, owner)
    colours, owners = painting.finished()
    lit = light * colours * daylight(furniture_rng, fine)
    image = smaller(lit, fine) + noise_rng.normal(0, _NOISE, (ROWS, COLUMNS, 3))
    return Room(
        image=np.clip(image, 0, 1).astype(np.float32).transpose(2, 0, 1),
        mask=smaller(owners > 0, fine) > 0.5,
        heads=np.array([one.head for one in crowd]).reshape(-1, 2),
        boxes=np.array([one.box for one in crowd]).reshape(-1, 4),
        picture=np.clip(lit, 0, 1).astype(np.float32),
    )


def _crowd(rng: np.random.Generator, people: int, crowding: float) -> list[Person]:
    """Return people, the first of whom are the same for more.

    No head is near another's or behind another's body; arms, plants and tables may hide it.
    """
    crowd: list[Person] = []
    for own in rng.spawn(people):
        close = own.random() < crowding
        for _ in range(_TRIES):
            if crowd and close:
                other = crowd[own.integers(len(crowd))]
                angle, distance = own.uniform(0, 2 * np.pi), own.uniform(3, 6)
                x = other.x + distance * np.cos(angle)
                y = other.y + 0.7 * distance * np.sin(angle)
            else:
                x, y = own.uniform(3, COLUMNS - 3), own.uniform(WALL + 2, ROWS - 1.5)
            if 2.5 < x < COLUMNS - 2.5 and WALL + 1.5 < y < ROWS - 1:
                person = somebody(own, x, y, height_at(y))
                if all(_both_seen(person, other) for other in crowd):
                    crowd.append(person)
                    break
    return crowd


def _both_seen(one: Person, other: Person) -> bool:
    """Tell whether neither's head is near the other's or behind the other's body."""
    front, back = (one, other) if one.y > other.y else (other, one)
    x, y = back.head[0] - front.head[0], back.head[1] - front.head[1]
    return math.hypot(x, y) > _APART and not (abs(x) < 0.25 * front.height and y > 0)
