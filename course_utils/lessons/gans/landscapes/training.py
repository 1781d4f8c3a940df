"""How the conditional GAN is trained, the same for some steps in the lecture and for thousands."""

import copy
from typing import NamedTuple

import numpy as np
import torch

from course_utils.lessons.gans.landscapes.networks import CODE, Discriminator, Generator
from course_utils.lessons.gans.landscapes.painter import KINDS, pictures

PICTURES, COLLECTION = 4000, 1
"""How many real pictures there are to learn from, and the seed of their collection."""

BATCH = 48
SHARES = (0.175, 0.175, 0.15, 0.35, 0.15)
"""How often each kind comes up: mountains, the hardest to learn, twice as often."""

RATE_G, RATE_D = 5e-4, 1e-3
BETAS = (0.5, 0.9)
MEMORY = 0.998
"""How much of the averaged generator is kept in a step, once it has some past."""


class Losses(NamedTuple):
    """What both players paid in one step."""

    discriminator: float
    generator: float


class GanTraining:
    """Generator and discriminator, one step after the other.

    Batches and noise are drawn by NumPy, so that every machine sees the same. The generator that
    is used in the end is the moving average of the one that plays (`averaged`).

    Parameters
    ----------
    seed
        What decides the first weights, the batches and the noise.
    """

    def __init__(self, seed: int) -> None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.generator, self.discriminator = Generator(), Discriminator()
        for network in (self.generator, self.discriminator):
            network.to(memory_format=torch.channels_last)  # so are processors faster
        self.averaged = copy.deepcopy(self.generator).eval().requires_grad_(False)
        self._rng = np.random.default_rng(seed)
        self._of_g = torch.optim.Adam(self.generator.parameters(), RATE_G, BETAS)
        self._of_d = torch.optim.Adam(self.discriminator.parameters(), RATE_D, BETAS)
        self.steps = 0

    def step(self) -> Losses:
        """Let both learn from one batch, the discriminator first."""
        real, label = self._batch()
        z = self._rng.standard_normal((BATCH, CODE), dtype=np.float32)
        drawn = self.generator(torch.from_numpy(z), label)

        # Hinge loss: a score above 1 for a real or below −1 for a drawn picture costs nothing.
        wrong_on_real = torch.relu(1 - self.discriminator(real, label)).mean()
        wrong_on_drawn = torch.relu(1 + self.discriminator(drawn.detach(), label)).mean()
        loss_d = wrong_on_real + wrong_on_drawn
        self._of_d.zero_grad()
        loss_d.backward()
        self._of_d.step()

        self.discriminator.requires_grad_(False)
        loss_g = -self.discriminator(drawn, label).mean()
        self._of_g.zero_grad()
        loss_g.backward()
        self._of_g.step()
        self.discriminator.requires_grad_(True)

        self.steps += 1
        self._average()
        return Losses(loss_d.item(), loss_g.item())

    def result(self) -> Generator:
        """Return the averaged generator."""
        return self.averaged

    def _batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        kinds = self._rng.choice(len(KINDS), BATCH, p=SHARES)
        rounds = self._rng.integers(0, PICTURES // len(KINDS), BATCH)
        images, labels = pictures(rounds * len(KINDS) + kinds, COLLECTION)
        return torch.from_numpy(images), torch.from_numpy(labels)

    def _average(self) -> None:
        kept = min(MEMORY, (1 + self.steps) / (10 + self.steps))
        now = self.generator.state_dict()
        for name, value in self.averaged.state_dict().items():
            if value.is_floating_point():
                value.lerp_(now[name], 1 - kept)
            else:
                value.copy_(now[name])


class EarlyTraining(GanTraining):
    """The same training, broken off: its generator is kept in half precision, half as large."""

    def result(self) -> Generator:
        """Return the averaged generator, with 16 bits a number."""
        return copy.deepcopy(self.averaged).half()
