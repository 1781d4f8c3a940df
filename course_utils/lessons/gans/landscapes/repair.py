"""Paint what is missing in a picture: by a denoising autoencoder, or by the trained generator."""

from typing import NamedTuple, cast

import numpy as np
import torch
from torch import nn

from course_utils.data.holes import rectangles
from course_utils.lessons.gans.landscapes.networks import CODE, Generator
from course_utils.lessons.gans.landscapes.painter import SIDE, pictures
from course_utils.lessons.gans.landscapes.training import COLLECTION, PICTURES

BATCH, RATE = 48, 2e-3

DRAWS, STEPS = 400, 60
"""How many codes are tried for each picture, and how often the best is then improved."""

_RATE_Z = 0.05
_PRIOR = 0.002
"""What the squared length of a code costs beside the error of a pixel; it keeps z likely."""


def holes(count: int, rng: np.random.Generator) -> torch.Tensor:
    """Return holes (count, 1, 24, 24): 1 in a rectangle of 8 to 11 pixels a side, else 0."""
    erased = rectangles(count, (SIDE, SIDE), (8, 11), rng)
    return torch.from_numpy(erased[:, None].astype(np.float32))


class Repairer(nn.Module):
    """A denoising autoencoder as in lecture 11, for pictures: it sees all but the hole."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(4, width, kernel_size=4, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(width, 2 * width, kernel_size=4, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(2 * width, 2 * width, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(2 * width, 2 * width, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(2 * width, width, kernel_size=4, stride=2, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(width, 3, kernel_size=4, stride=2, padding=1),
        )

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return what it paints, (B, 3, 24, 24), for pictures and where their holes are."""
        return cast(torch.Tensor, self.layers(torch.cat([x * (1 - mask), mask], dim=1)))


class RepairLoss(NamedTuple):
    """The mean squared error inside the holes of a batch."""

    in_the_hole: float


class RepairTraining:
    """Train the denoising autoencoder on the generator's pictures, with fresh holes each step."""

    def __init__(self, seed: int) -> None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.network = Repairer()
        self._rng = np.random.default_rng(seed)
        self._optimizer = torch.optim.Adam(self.network.parameters(), RATE)

    def step(self) -> RepairLoss:
        """Learn from one batch."""
        x = torch.from_numpy(pictures(self._rng.integers(0, PICTURES, BATCH), COLLECTION)[0])
        mask = holes(BATCH, self._rng)
        loss = hole_errors(self.network(x, mask), x, mask).mean()
        self._optimizer.zero_grad()
        loss.backward()
        self._optimizer.step()
        return RepairLoss(loss.item())

    def result(self) -> Repairer:
        """Return the network."""
        return self.network


def hole_errors(painted: torch.Tensor, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return each picture's mean squared error inside its hole, (B,)."""
    squared = ((painted - x) ** 2 * mask).sum(dim=(1, 2, 3))
    return squared / (3 * mask.sum(dim=(1, 2, 3)))


def search(
    generator: Generator,
    x: torch.Tensor,
    mask: torch.Tensor,
    label: torch.Tensor,
    rng: np.random.Generator,
) -> torch.Tensor:
    """Return what the generator draws from the code that fits the visible pixels best.

    Of `DRAWS` random codes the best for each picture is taken, and Adam improves it. The weights of
    the generator stay as they are: what is learned is the code z (Yeh et al. 2017, who also let the
    discriminator judge; here it is z's probability that keeps the picture a likely one).

    Parameters
    ----------
    generator
        A trained generator.
    x
        Pictures (B, 3, 24, 24), of which only what the masks leave is looked at.
    mask
        Where the holes are, (B, 1, 24, 24).
    label
        The pictures' kinds, (B,).
    rng
        Where the first codes come from.

    Returns
    -------
    torch.Tensor
        Whole pictures (B, 3, 24, 24), those of the codes that were found.
    """
    tried = torch.from_numpy(rng.standard_normal((DRAWS, CODE), dtype=np.float32))
    z = torch.empty(len(x), CODE)
    for kind in label.unique():
        drawn = generator(tried, kind.expand(DRAWS))
        for place in (label == kind).nonzero()[:, 0]:
            z[place] = tried[hole_errors(drawn, x[place, None], 1 - mask[place, None]).argmin()]
    z.requires_grad_(True)
    optimizer = torch.optim.Adam([z], _RATE_Z)
    for _ in range(STEPS):
        seen = hole_errors(generator(z, label), x, 1 - mask)
        loss = (seen + _PRIOR * (z**2).mean(dim=1)).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return cast(torch.Tensor, generator(z.detach(), label))
