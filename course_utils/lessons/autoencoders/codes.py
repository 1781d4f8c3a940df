"""Autoencoders whose code is two numbers: deep ones, and PCA with two axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch

from course_utils.computed import Computed
from course_utils.lessons.autoencoders import digits, stacks
from course_utils.lessons.autoencoders.linear import principal_axes
from course_utils.seeds import seeds

SEEDS = seeds(5)
ENCODER, DECODER = (64, 64, 32, 2), (2, 32, 64, 64)
"""Units from layer to layer."""
STEPS, BATCH, RATE = 800, 64, 5e-3


@dataclass(frozen=True)
class Deep:
    """A trained deep autoencoder; its codes lie between −1 and 1, by a tanh."""

    encoder: list[np.ndarray]
    decoder: list[np.ndarray]

    def encode(self, pictures: np.ndarray) -> np.ndarray:
        """Return the codes (count, 2) of pictures (count, 8, 8)."""
        return np.tanh(stacks.run(self.encoder, pictures.reshape(len(pictures), -1)))

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Return the pictures (count, 8, 8) of codes (count, 2), from 0 to 1."""
        pictures = np.clip(stacks.run(self.decoder, codes), 0, 1)
        return pictures.reshape(len(codes), digits.SIDE, digits.SIDE)


@dataclass(frozen=True)
class Linear:
    """PCA with two axes; its codes are divided by the largest of the training digits."""

    mean: np.ndarray
    axes: np.ndarray
    scale: float

    @classmethod
    def of(cls, pictures: np.ndarray) -> Linear:
        """Return the PCA of pictures (count, 8, 8)."""
        x = pictures.reshape(len(pictures), -1)
        axes = principal_axes(x, 2)
        return cls(x.mean(axis=0), axes, float(np.abs((x - x.mean(axis=0)) @ axes.T).max()))

    def encode(self, pictures: np.ndarray) -> np.ndarray:
        """Return the codes (count, 2) of pictures (count, 8, 8)."""
        return (pictures.reshape(len(pictures), -1) - self.mean) @ self.axes.T / self.scale

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Return the pictures (count, 8, 8) of codes (count, 2), from 0 to 1."""
        pictures = np.clip(self.mean + self.scale * codes @ self.axes, 0, 1)
        return pictures.reshape(len(codes), digits.SIDE, digits.SIDE)


def deep(seed: int) -> Deep:
    """Return the trained network of one of `SEEDS`; all are trained at once."""
    return _TRAINED(of=tuple(SEEDS))[seed]


@cache
def linear(seed: int) -> Linear:
    """Return the PCA of the same training digits."""
    return Linear.of(digits.load(seed).x_train)


def autoencoders(of: Sequence[int]) -> dict[int, Deep]:
    """Train a network for each seed."""
    rngs = [np.random.default_rng(seed) for seed in of]
    tables = [digits.load(seed).x_train.reshape(-1, digits.PIXELS) for seed in of]
    encoder, decoder = (stacks.initial(sizes, rngs) for sizes in (ENCODER, DECODER))

    def losses() -> torch.Tensor:
        chosen = [x[r.integers(len(x), size=BATCH)] for x, r in zip(tables, rngs, strict=True)]
        x = torch.tensor(np.stack(chosen), dtype=torch.float64)
        code = torch.tanh(stacks.forward(encoder, x))
        return (stacks.forward(decoder, code) - x).square().mean(dim=(1, 2))

    stacks.train([*encoder, *decoder], losses, STEPS, RATE)
    return {
        seed: Deep(stacks.arrays(encoder, i), stacks.arrays(decoder, i))
        for i, seed in enumerate(of)
    }


_TRAINED = Computed(autoencoders, of=(tuple(SEEDS),))
