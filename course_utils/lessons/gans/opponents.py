"""The ring's networks against opponents with whom they were not trained.

A loss of a GAN is measured against the opponent of the moment. Against one that stands still,
losses of different steps can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from course_utils.computed import Computed
from course_utils.lessons.gans import ring
from course_utils.lessons.gans.networks import Discriminator, noise
from course_utils.lessons.gans.training import (
    BATCH,
    RATE,
    SEEDS,
    Run,
    generate,
    loss_of_discriminator,
    run,
)
from course_utils.lessons.gans.unrolling import BETAS

STEPS = 300
"""How many steps a newcomer makes."""
_JUDGED = 2000  # fresh samples of each kind, on which losses are taken


def crossed(trained: Run, looks: Sequence[int]) -> np.ndarray:
    """Return the loss of every look's discriminator against every look's generator.

    Rows are discriminators, columns generators, entries means over the seeds.
    """
    draws = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    real, z = ring.real_points(_JUDGED, draws), noise(_JUDGED, draws)
    judge, kept = Discriminator(trained.recipe.kernels), [trained.checkpoints[i] for i in looks]
    with torch.no_grad():
        both = [torch.stack([real, generate(one.generator, z)], dim=1) for one in kept]
        losses = [
            [loss_of_discriminator(judge(one.discriminator, x)).mean().item() for x in both]
            for one in kept
        ]
    return np.array(losses)


def newcomer(name: str, at: int = -1) -> np.ndarray:
    """Return the losses (seeds,) of new discriminators after some steps against old generators.

    The generators are those of a variant at a checkpoint, and stand still. It is computed once.
    """
    return _NEWCOMERS(of=(name, at))


def _newcomer(of: tuple[str, int]) -> np.ndarray:
    name, at = of
    fixed = run(name).checkpoints[at].generator
    draws = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    discriminate = Discriminator()
    d = discriminate.first(draws).requires_grad_()
    optimizer = torch.optim.Adam([d], lr=RATE, betas=BETAS, fused=True)

    def loss(count: int) -> torch.Tensor:
        with torch.no_grad():
            generated = generate(fixed, noise(count, draws))
        x = torch.stack([ring.real_points(count, draws), generated], dim=1)
        return loss_of_discriminator(discriminate(d, x))

    for _ in range(STEPS):
        (d.grad,) = torch.autograd.grad(loss(BATCH).sum(), d)
        optimizer.step()
    return loss(_JUDGED).detach().numpy()


_NEWCOMERS = Computed(_newcomer, of=(("fast", 0), ("slow", -1), ("fast", -1)))
