"""Generator and discriminator of the conditional GAN; both are given the kind of landscape."""

from itertools import pairwise
from typing import cast

import torch
from torch import nn
from torch.nn.functional import leaky_relu, one_hot
from torch.nn.utils.parametrizations import spectral_norm

from course_utils.lessons.gans.landscapes.painter import KINDS

CODE = 24
"""How many numbers of noise z a picture is made from."""


class ConditionalNorm(nn.Module):
    """Batch normalization with a scale and a shift of its own for each kind."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.normalize = nn.BatchNorm2d(channels, affine=False)
        self.scale = nn.Parameter(torch.ones(len(KINDS), channels))
        self.shift = nn.Parameter(torch.zeros(len(KINDS), channels))

    def forward(self, x: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        """Normalize x (B, C, H, W), whose pictures are of the kinds `label` (B,)."""
        scale, shift = self.scale[label], self.shift[label]
        return self.normalize(x) * scale[:, :, None, None] + shift[:, :, None, None]


class Generator(nn.Module):
    """Draw a picture of a kind from noise: 6×6, then 12×12, then 24×24.

    The condition enters twice: as a one-hot vector beside the noise, and in the scale and shift of
    every normalization.
    """

    def __init__(self, wide: int = 64, narrow: int = 32) -> None:
        super().__init__()
        self.wide = wide
        self.begin = nn.Linear(CODE + len(KINDS), wide * 6 * 6)
        self.norms = nn.ModuleList(ConditionalNorm(width) for width in (wide, wide, narrow))
        self.grow = nn.ModuleList(
            # A kernel twice the stride covers every new pixel equally often. What follows takes
            # the mean off, so a bias would change nothing.
            nn.ConvTranspose2d(wide, width, kernel_size=4, stride=2, padding=1, bias=False)
            for width in (wide, narrow)
        )
        self.finish = nn.Conv2d(narrow, 3, kernel_size=3, padding=1)

    def forward(self, z: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        """Return pictures (B, 3, 24, 24) from −1 to 1 for noise (B, 24) and labels (B,)."""
        condition = one_hot(label, len(KINDS)).to(z.dtype)
        x = self.begin(torch.cat([z, condition], dim=1)).view(-1, self.wide, 6, 6)
        x = torch.relu(self.norms[0](x, label))
        for grow, norm in zip(self.grow, list(self.norms)[1:], strict=True):
            x = torch.relu(norm(grow(x), label))
        return torch.tanh(self.finish(x))


class Discriminator(nn.Module):
    """Score whether a picture is real *and* of the kind that its label says.

    The kind enters by projection (Miyato and Koyama 2018): the picture's features are scored once
    for looking real, and once more by how well they go with the vector of the kind. Spectral
    normalization keeps every layer from changing its output faster than its input.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        channels = (3, width, 2 * width, 2 * width)
        self.shrink = nn.ModuleList(
            spectral_norm(nn.Conv2d(before, after, kernel_size=4, stride=2, padding=1))
            for before, after in pairwise(channels)
        )
        self.look = spectral_norm(nn.Conv2d(2 * width, 2 * width, kernel_size=3, padding=1))
        features = 2 * width * 3 * 3
        self.real = spectral_norm(nn.Linear(features, 1))
        self.kind = spectral_norm(nn.Linear(len(KINDS), features, bias=False))

    def forward(self, x: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        """Return scores (B,) for pictures (B, 3, 24, 24) and labels (B,): high is real."""
        x = leaky_relu(self.shrink[0](x), 0.2)
        x = leaky_relu(self.shrink[1](x), 0.2)
        x = leaky_relu(self.look(x), 0.2)
        features = leaky_relu(self.shrink[2](x), 0.2).flatten(1)
        kind = self.kind(one_hot(label, len(KINDS)).to(features.dtype))
        return cast(torch.Tensor, self.real(features)[:, 0] + (features * kind).sum(dim=1))
