"""A room fills up, and two networks count."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Explorable, Slider
from course_utils.lessons.seeing_objects.counting import counters, peaks
from course_utils.lessons.seeing_objects.detections import boxes_at
from course_utils.lessons.seeing_objects.explorers.pictures import (
    coloured,
    frames,
    outlines,
    photograph,
)
from course_utils.lessons.seeing_objects.model import regions
from course_utils.lessons.seeing_objects.rooms import Room, room
from course_utils.lessons.seeing_objects.training import trained
from course_utils.seeds import seeds

_MOST = 24
_FINE = 4


class Counted(NamedTuple):
    """A room, the regions of its mask as the network sees it, numbered, and its boxes (n, 4)."""

    room: Room
    regions: np.ndarray
    boxes: np.ndarray

    @property
    def numbers(self) -> tuple[int, int, int]:
        """People, regions and boxes."""
        return self.room.people, int(self.regions.max()), len(self.boxes)


def _compute(people: int, crowding: int, light: int, number: int) -> Counted:
    seed = seeds(1)[0]
    rng = np.random.default_rng([seed, number])
    shown = room(rng, people, crowding / 100, light / 100, fine=_FINE)
    images, nets, chosen = torch.tensor(shown.image)[None], trained(seed), counters(seed)
    numbered, _ = regions(nets.mask(images)[0] > chosen.mask_threshold)
    heat, sides = (maps[0] for maps in nets.heat(images))
    found = boxes_at(heat, sides, peaks(heat[None], chosen.heat_threshold)[0])
    return Counted(shown, numbered, found.boxes)


def _draw(figure: Figure) -> Callable[[Counted], None]:
    figure.subplots_adjust(left=0.01, right=0.99, top=0.94, bottom=0.01, wspace=0.04, hspace=0.14)
    (plain, small), (mask, boxed) = figure.subplots(2, 2)
    picture = photograph(plain, "")
    seen = photograph(small, "What the networks see: 36 × 48 pixels")
    found = photograph(mask, "")
    behind = photograph(boxed, "")
    boxes = frames(boxed, color=style.PREDICTION, lw=1.8)

    def update(data: Counted) -> None:
        picture.set_data(data.room.picture)
        seen.set_data(data.room.image.transpose(1, 2, 0))
        found.set_data(coloured(data.regions))
        behind.set_data(data.room.picture)
        boxes.set_segments(outlines(data.boxes))
        said = _counted(data)
        plain.set_title(f"The room: {said[0]}")
        mask.set_title(f"Segmentation: {said[1]} in the mask")
        boxed.set_title(f"Detection: {said[2]}")

    return update


def _counted(data: Counted) -> tuple[str, str, str]:
    """Return how many people, regions and boxes there are, in words."""
    words = (("person", "people"), ("region", "regions"), ("box", "boxes"))
    people, found, boxes = (
        f"{number} {names[number != 1]}" for number, names in zip(data.numbers, words, strict=True)
    )
    return people, found, boxes


def _describe(data: Counted) -> str:
    people, found, boxes = _counted(data)
    return f"In the room: {people}. The mask falls into {found}, the detector draws {boxes}."


def _numbers(data: Counted) -> dict[str, str]:
    names = ("people in the room", "regions of the mask", "boxes of the detector")
    return dict(zip(names, map(str, data.numbers), strict=True))


room_fills_up = Explorable(
    name="room_fills_up",
    title="The room fills up",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Slider("people", 0, _MOST, value=6, unit="people", label="people",
               help="How many are in the room. Who is there stays when others come in."),
        Slider("crowding", 0, 100, value=0, step=10, unit="%", label="crowding",
               help="The share of people who stand close to somebody else."),
        Slider("light", 10, 100, value=100, step=5, unit="%", label="light",
               help="How bright the room is; the networks were trained at 70 to 100 %."),
        Slider("number", 1, 12, value=1, unit="", label="room number",
               help="Other furniture, and other people."),
    ],
    presets={
        "one person": {"people": 1},
        "a huddle of 8": {"people": 8, "crowding": 100},
        "24 people": {"people": 24},
        "the light goes out": {"light": 25},
    },
    snapshots=[
        {},
        {"people": 16, "number": 2},
        {"people": 8, "crowding": 100, "number": 3},
        {"light": 30, "number": 4},
    ],
    size=(9.6, 7.4),
)  # fmt: skip
