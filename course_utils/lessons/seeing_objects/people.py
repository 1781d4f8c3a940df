"""A person of a generated room, as parts that are painted one over the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from course_utils.lessons.seeing_objects.furniture import chair
from course_utils.lessons.seeing_objects.shapes import Part

Pose = Literal["standing", "walking", "waving", "sitting"]
POSES: tuple[Pose, ...] = ("standing", "walking", "waving", "sitting")
Colour = tuple[float, float, float]
Place = tuple[float, float]

# Of a person's height; the head's is its radius, and a seated person is lower by the last.
_CHIN, _HEAD, _SHOULDER, _HIP, _SEATED = 0.73, 0.13, 0.72, 0.4, 0.2

_SKIN = ((0.98, 0.84, 0.72), (0.87, 0.68, 0.52), (0.68, 0.47, 0.33), (0.42, 0.28, 0.2))
_HAIR = ((0.12, 0.09, 0.08), (0.35, 0.21, 0.12), (0.62, 0.42, 0.18), (0.55, 0.53, 0.52))


@dataclass(frozen=True)
class Person:
    """Who stands, walks, waves or sits where.

    Attributes
    ----------
    x, y
        Where the feet are.
    height
        When standing.
    pose
        One of `POSES`.
    side
        1 or -1: to which side a step or a raised hand goes.
    away
        Whether the person turns the back to the camera.
    shirt, trousers, skin, hair
        Colours.
    """

    x: float
    y: float
    height: float
    pose: Pose
    side: int
    away: bool
    shirt: Colour
    trousers: Colour
    skin: Colour
    hair: Colour

    @property
    def head(self) -> Place:
        """The middle of the head, x and y."""
        return self._at(0, _CHIN + _HEAD - self._lower)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the whole person, hidden parts included."""
        left, top, right, bottom = zip(*(part.extent for part in self.parts()), strict=True)
        return min(left), min(top), max(right), max(bottom)

    @property
    def chair(self) -> list[Part]:
        """The chair's parts; none if the person does not sit."""
        return chair(self.x, self.y, self.height) if self.pose == "sitting" else []

    def parts(self) -> list[Part]:
        """Return the person's parts, those behind first."""
        shoulder, hip = _SHOULDER - self._lower, _HIP - self._lower
        apart = 0.19 if self.pose == "walking" else 0.09
        raised = (0.33, shoulder + 0.3) if self.pose == "waving" else (0.23, hip + 0.02)
        legs = [
            self._line(self.trousers, 0.15, (0.08 * d, hip), (0.09 * d, hip / 2), (apart * d, 0.06))
            for d in (-1, 1)
        ]
        hands = (-0.23, hip + 0.02), raised
        arms = [
            self._line(self.shirt, 0.1, (0.16 * d, shoulder - 0.04), hand)
            for d, hand in zip((-1, 1), hands, strict=True)
        ]
        palms = [self._disc(self.skin, hand, 0.05) for hand in hands]
        torso = self._line(self.shirt, 0.34, (0, shoulder - 0.13), (0, hip + 0.11))
        middle = _CHIN + _HEAD - self._lower
        head = self._disc(self.hair, (0, middle), _HEAD)
        face = [] if self.away else [self._disc(self.skin, (0.01, middle - 0.03), 0.1)]
        return [*legs, *arms, torso, *palms, head, *face]

    @property
    def _lower(self) -> float:
        return _SEATED if self.pose == "sitting" else 0

    def _at(self, aside: float, up: float) -> Place:
        """Return a place of the image, from one in heights beside and above the feet."""
        return self.x + aside * self.side * self.height, self.y - up * self.height

    def _line(self, colour: Colour, width: float, *places: Place) -> Part:
        return Part(colour, tuple(self._at(*place) for place in places), width * self.height)

    def _disc(self, colour: Colour, place: Place, radius: float) -> Part:
        (x, y), r = self._at(*place), radius * self.height
        return Part(colour, ((x - r, y - r), (x + r, y + r)), "ellipse")


def somebody(rng: np.random.Generator, x: float, y: float, height: float) -> Person:
    """Return a person at a place, about so tall, in a pose and in colours that `rng` draws."""

    def colour(low: float, high: float) -> Colour:
        red, green, blue = rng.uniform(low, high, 3).tolist()
        return red, green, blue

    return Person(
        x=x,
        y=y,
        height=float(height * rng.uniform(0.9, 1.1)),
        pose=POSES[rng.integers(len(POSES))],
        side=int(rng.choice((-1, 1))),
        away=bool(rng.random() < 0.3),
        shirt=colour(0.05, 0.95),
        trousers=colour(0.05, 0.45),
        skin=_SKIN[rng.integers(len(_SKIN))],
        hair=_HAIR[rng.integers(len(_HAIR))],
    )
