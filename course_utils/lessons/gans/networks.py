"""The generator and the discriminator of the ring, one for each seed, trained side by side.

All parameters of a network are one row of a tensor (networks, parameters). So one batched product
serves all seeds, and an optimizer's step is a line of arithmetic through which a gradient can go.

Numbers have 64 bits. With 32, two processors that round differently soon see a unit of a ReLU on
in one training and off in the other, and part ways; with 64 the same samples come out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from course_utils.lessons.gans.ring import PRECISION

NOISE = 16
HIDDEN = 48
DIMENSIONS = 3
"""Of each kernel of the mini-batch layer."""

Shape = tuple[int, int]
Draws = Sequence[torch.Generator]
"""Random numbers, a generator of them for each network."""


def noise(count: int, draws: Draws) -> Tensor:
    """Return the generator's input, standard normal, (networks, count, 16)."""
    return torch.stack(
        [torch.randn(count, NOISE, generator=draw, dtype=PRECISION) for draw in draws]
    )


def _first(shapes: Sequence[Shape], gains: Sequence[float], draws: Draws) -> Tensor:
    """Return normal parameters (networks, all) with the variance ``gain / inputs``."""
    scales = [
        torch.full((math.prod(shape),), math.sqrt(gain / shape[0]), dtype=PRECISION)
        for shape, gain in zip(shapes, gains, strict=True)
    ]
    scale = torch.cat(scales)
    return torch.stack(
        [scale * torch.randn(len(scale), generator=draw, dtype=PRECISION) for draw in draws]
    )


def _taken_apart(parameters: Tensor, shapes: Sequence[Shape]) -> list[Tensor]:
    """Return weights and biases (networks, inputs, units) of parameters (networks, all)."""
    parts = parameters.split([math.prod(shape) for shape in shapes], dim=1)
    return [part.unflatten(1, shape) for part, shape in zip(parts, shapes, strict=True)]


class Generator:
    """16 → 48 → 48 → 2, tanh."""

    _SHAPES = ((NOISE, HIDDEN), (1, HIDDEN), (HIDDEN, HIDDEN), (1, HIDDEN), (HIDDEN, 2), (1, 2))

    def first(self, draws: Draws) -> Tensor:
        """Return the first parameters: a tenth of the usual scale in the last layer, a blob."""
        return _first(self._SHAPES, (2, 0, 2, 0, 0.02, 0), draws)

    def __call__(self, parameters: Tensor, z: Tensor) -> Tensor:
        """Return samples (networks, count, 2) of noise (networks, count, 16)."""
        w1, b1, w2, b2, w3, b3 = _taken_apart(parameters, self._SHAPES)
        h = torch.baddbmm(b1, z, w1).tanh()
        h = torch.baddbmm(b2, h, w2).tanh()
        return torch.baddbmm(b3, h, w3)


@dataclass(frozen=True)
class Discriminator:
    """2 → 48 → 48 → 1, ReLU; `kernels` add mini-batch discrimination before the last layer."""

    kernels: int = 0

    @property
    def _shapes(self) -> list[Shape]:
        last = HIDDEN + self.kernels
        shapes = [(2, HIDDEN), (1, HIDDEN), (HIDDEN, HIDDEN), (1, HIDDEN), (last, 1), (1, 1)]
        return shapes + [(HIDDEN, self.kernels * DIMENSIONS)] * bool(self.kernels)

    def first(self, draws: Draws) -> Tensor:
        """Return the first parameters: the last layer is 0, so that every logit is 0 at first."""
        return _first(self._shapes, (2, 0, 2, 0, 0, 0, 1)[: len(self._shapes)], draws)

    def __call__(self, parameters: Tensor, x: Tensor) -> Tensor:
        """Return the logits (networks, batches, samples) of x (networks, batches, samples, 2).

        Samples are compared within their own batch only, so real and generated ones are two.
        """
        h, m = self._hidden(parameters, x.flatten(1, 2))
        if m is not None:
            near = closeness(m.unflatten(1, x.shape[1:3]))
            h = torch.cat([h, near.flatten(1, 2)], dim=2)
        return self._last(parameters, h).unflatten(1, x.shape[1:3])

    def among(self, parameters: Tensor, x: Tensor, others: Tensor) -> Tensor:
        """Return the logits (networks, points) of points that come one by one among `others`.

        Both have the shape (networks, …, 2).
        """
        h, m = self._hidden(parameters, x)
        _, theirs = self._hidden(parameters, others)
        if m is not None and theirs is not None:
            apart = torch.cdist(m.transpose(1, 2), theirs.transpose(1, 2), p=1)
            h = torch.cat([h, torch.exp(-apart).mean(dim=3).transpose(1, 2)], dim=2)
        return self._last(parameters, h)

    def _hidden(self, parameters: Tensor, x: Tensor) -> tuple[Tensor, Tensor | None]:
        """Return the last hidden layer of x (networks, points, 2), and what the kernels see."""
        w1, b1, w2, b2, _, _, *t = _taken_apart(parameters, self._shapes)
        h = torch.baddbmm(b1, x, w1).relu()
        h = torch.baddbmm(b2, h, w2).relu()
        return h, torch.bmm(h, t[0]).unflatten(2, (self.kernels, DIMENSIONS)) if t else None

    def _last(self, parameters: Tensor, h: Tensor) -> Tensor:
        weights, bias = _taken_apart(parameters, self._shapes)[4:6]
        return torch.baddbmm(bias, h, weights).squeeze(2)


def closeness(m: Tensor) -> Tensor:
    """Return `model.closeness` of every batch: (…, samples, kernels, dimensions) without the last.

    ``cdist`` never makes the differences of all pairs, which would take most of the time.
    """
    by_kernel = m.transpose(-3, -2)
    near = torch.exp(-torch.cdist(by_kernel, by_kernel, p=1))
    others = (near.sum(dim=-1) - 1) / (m.shape[-3] - 1)
    return others.transpose(-2, -1)
