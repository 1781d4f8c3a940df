"""Rooms to train and to count in, and networks that are trained on them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import nn

from course_utils.computed import Computed
from course_utils.lessons.seeing_objects import networks
from course_utils.lessons.seeing_objects.rooms import Room, room
from course_utils.seeds import seeds

ROOMS = 320
"""To train on; all networks have the same."""
MOST, DARKEST = 12, 0.7
"""The training rooms hold 0 to 12 people, at any crowding, and their light is from 0.7 to 1."""
MASK_STEPS, BOX_STEPS = 70, 120


@dataclass(frozen=True, eq=False)
class Rooms:
    """Many rooms: what the networks see, and what is true.

    Attributes
    ----------
    rooms
        One by one.
    images
        float32 tensor (rooms, 3, 36, 48).
    people
        int array (rooms,).
    """

    rooms: tuple[Room, ...]
    images: torch.Tensor
    people: np.ndarray


Span = tuple[float, float]
State = dict[str, torch.Tensor]


@cache
def draw_rooms(
    purpose: str,
    count: int,
    people: tuple[int, int],
    crowding: Span = (0, 0),
    light: Span = (1, 1),
) -> Rooms:
    """Return rooms with a number of people, a crowding and a light between two bounds each.

    Rooms for another `purpose` are other ones, and so are those of another seed set.
    """
    rng = np.random.default_rng([seeds(1)[0], *purpose.encode()])
    rooms = tuple(
        room(
            rng, int(rng.integers(people[0], people[1] + 1)), rng.uniform(*crowding),
            rng.uniform(*light),
        )
        for _ in range(count)
    )  # fmt: skip
    images = torch.tensor(np.stack([one.image for one in rooms]))
    return Rooms(rooms, images, np.array([one.people for one in rooms]))


def training_rooms() -> Rooms:
    """Return the rooms that every network is trained on, and every threshold chosen on."""
    return draw_rooms("training", ROOMS, (0, MOST), (0, 1), (DARKEST, 1))


@dataclass(frozen=True)
class Networks:
    """A segmentation network and a detector, trained from the same seed."""

    segmenter: nn.Sequential
    detector: nn.Sequential

    def mask(self, images: torch.Tensor) -> np.ndarray:
        """Return for each pixel the probability that a person covers it, (rooms, 36, 48)."""
        return _run(self.segmenter, images)[:, 0].sigmoid().numpy()

    def heat(self, images: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
        """Return heat maps of heads (rooms, 36, 48), and distances to the box (rooms, 4, 36, 48).

        The heat is from 0 to 1, the distances are in pixels.
        """
        output = _run(self.detector, images)
        return output[:, 0].sigmoid().numpy(), networks.SCALE * output[:, 1:].numpy()


def _run(net: nn.Sequential, images: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return torch.cat([net(networks.normalized(part)) for part in images.split(100)])


@cache
def trained(seed: int) -> Networks:
    """Return both networks, trained on the training rooms from `seed`; it takes some seconds.

    Those of the first seed, which the explorers show, compute with 64 bits while they are trained:
    every machine gets the same ones.
    """
    states = Computed(train_both, seed=[seed])(seed=seed)
    segmenter, detector = (networks.network(outputs) for outputs in (1, 5))
    for net, state in zip((segmenter, detector), states, strict=True):
        net.load_state_dict(state)
        net.eval()
    return Networks(segmenter, detector)


def train_both(seed: int) -> tuple[State, State]:
    """Return the weights of a segmenter and a detector; the first seed's are trained in float64."""
    dtype = torch.float64 if seed == seeds(1)[0] else torch.float32
    images, mask, *boxes = (part.to(dtype) for part in (training_rooms().images, *_truth()))
    return (
        networks.train(images, (mask,), networks.mask_loss, 1, MASK_STEPS, seed).state_dict(),
        networks.train(images, (*boxes,), networks.box_loss, 5, BOX_STEPS, seed).state_dict(),
    )


@cache
def _truth() -> tuple[torch.Tensor, ...]:
    """Return what is learned from the training rooms: masks, and heat, sides and near of boxes."""
    rooms = training_rooms().rooms
    each = ((one.mask, *networks.box_targets(one.heads, one.boxes)) for one in rooms)
    parts = zip(*each, strict=True)
    return tuple(torch.tensor(np.stack(part), dtype=torch.float32) for part in parts)
