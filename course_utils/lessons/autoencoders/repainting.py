"""The networks of lecture 11 that repaint what is erased: denoising autoencoders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import torch

from course_utils.computed import Computed
from course_utils.data.holes import filled, rectangles
from course_utils.lessons.autoencoders import digits, stacks
from course_utils.seeds import seeds

SIDES = (3, 5)
"""The shortest and the longest side of a hole, in pixels."""
HIDDEN, BATCH, STEPS, RATE = 192, 64, 600, 8e-3
SEEDS = seeds(5)


@dataclass(frozen=True)
class Training:
    """How a network is trained.

    Attributes
    ----------
    power
        2 if errors are squared, 1 if their magnitude counts.
    hole_only
        Whether the loss is the mean over the hole; otherwise over the whole picture.
    given, wanted
        What the network is shown, and what it is to give: the picture 'erased' or 'clean'.
    mixed
        Whether the digits held out are random ones instead of whole sheets.
    """

    power: int = 2
    hole_only: bool = True
    given: str = "erased"
    wanted: str = "clean"
    mixed: bool = False


SQUARE = Training()
MAGNITUDE = Training(power=1)
WHOLE = Training(hole_only=False)
SAME_HANDS = Training(mixed=True)
COPIES_THE_DAMAGE = Training(wanted="erased")
NEVER_SAW_A_HOLE = Training(given="clean", hole_only=False)

_LONG = (SQUARE, MAGNITUDE, WHOLE, SAME_HANDS)
_SHORT = (SQUARE, COPIES_THE_DAMAGE, NEVER_SAW_A_HOLE)
SHORT_STEPS = 200


@dataclass(frozen=True)
class Repainter:
    """A trained network.

    Attributes
    ----------
    layers
        Weights and biases of two layers.
    losses
        The loss of each step of its training, (steps,).
    """

    layers: list[np.ndarray]
    losses: np.ndarray

    def __call__(self, pictures: np.ndarray, hole: np.ndarray) -> np.ndarray:
        """Return what it paints, (count, 8, 8) from 0 to 1, the visible part included.

        It is shown the pictures with 0 in the hole, and the hole.
        """
        painted = stacks.run(self.layers, _inputs(filled(pictures, hole, 0), hole))
        return np.clip(painted, 0, 1).reshape(pictures.shape)


Repainters: TypeAlias = dict[tuple[Training, int], Repainter]


def _inputs(pictures: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """Return what the network reads: 64 pixels, then 64 numbers that are 1 in the hole."""
    count = len(pictures)
    return np.concatenate([pictures.reshape(count, -1), hole.reshape(count, -1)], axis=1)


def _split(training: Training, seed: int) -> digits.Digits:
    """Return the digits that a network is trained and tested with."""
    return digits.mixed(seed) if training.mixed else digits.load(seed)


def repainter(training: Training, seed: int) -> Repainter:
    """Return a network of one of `SEEDS`, trained for 600 steps; all are trained at once."""
    trained: Repainters = _TRAINED(ways=_LONG, steps=STEPS)
    return trained[training, seed]


def briefly(training: Training, seed: int) -> Repainter:
    """Return a network that was trained for 200 steps, also in a wrong way."""
    trained: Repainters = _BRIEFLY(ways=_SHORT, steps=SHORT_STEPS)
    return trained[training, seed]


def repainters(ways: Sequence[Training], steps: int) -> Repainters:
    """Return a trained network for each way and seed; those of one seed see the same holes."""
    rngs = [np.random.default_rng(seed) for seed in SEEDS]
    parts = [[_split(way, seed).x_train for seed in SEEDS] for way in ways]
    first = stacks.initial((2 * digits.PIXELS, HIDDEN, digits.PIXELS), rngs)
    copies = [p.detach().repeat(len(ways), 1, 1) for p in first]
    parameters = [p.requires_grad_() for p in copies]

    def each(values: Sequence[float]) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float64).repeat_interleave(len(SEEDS))[
            :, None, None
        ]

    squared = each([float(way.power == 2) for way in ways]) > 0
    everywhere = each([float(not way.hole_only) for way in ways])
    sees_all = each([float(way.given == "clean") for way in ways])
    wants_all = each([float(way.wanted == "clean") for way in ways])

    def losses() -> torch.Tensor:
        chosen = [rng.integers(len(x), size=BATCH) for rng, x in zip(rngs, parts[0], strict=True)]
        drawn = np.stack([rectangles(BATCH, (digits.SIDE,) * 2, SIDES, rng) for rng in rngs])
        clean = np.stack([x[i] for of_way in parts for x, i in zip(of_way, chosen, strict=True)])
        x = torch.tensor(clean, dtype=torch.float64).flatten(2)
        hole = torch.tensor(drawn, dtype=torch.float64).flatten(2).repeat(len(ways), 1, 1)
        erased = x * (1 - hole)
        seen = torch.lerp(erased, x, sees_all)
        flags = hole * (1 - sees_all)
        error = stacks.forward(parameters, torch.cat([seen, flags], dim=2))
        error = error - torch.lerp(erased, x, wants_all)
        error = torch.where(squared, error * error, error.abs())
        weight = torch.maximum(hole, everywhere)
        return (error * weight).sum(dim=(1, 2)) / weight.sum(dim=(1, 2))

    history = stacks.train(parameters, losses, steps, RATE)
    names = [(way, seed) for way in ways for seed in SEEDS]
    return {
        name: Repainter(stacks.arrays(parameters, i), history[:, i]) for i, name in enumerate(names)
    }


_TRAINED = Computed(repainters, ways=(_LONG,), steps=(STEPS,))
_BRIEFLY = Computed(repainters, ways=(_SHORT,), steps=(SHORT_STEPS,))
