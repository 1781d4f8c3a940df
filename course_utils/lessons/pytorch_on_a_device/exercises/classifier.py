"""A small classifier and its data, for the exercises on training and evaluating."""

from __future__ import annotations

import torch
from torch import nn

_INPUTS, _CLASSES = 5, 3


def classifier(seed: int, drops: float = 0.0) -> nn.Module:
    """Return a network of 5 inputs and 3 classes, with dropout, whose weights the seed draws."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(
            nn.Linear(_INPUTS, 8), nn.Tanh(), nn.Dropout(drops), nn.Linear(8, _CLASSES)
        )


def data(seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return inputs (count, 5) and classes (count,), all at random."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, _INPUTS, generator=generator)
    return x, torch.randint(_CLASSES, (count,), generator=generator)
