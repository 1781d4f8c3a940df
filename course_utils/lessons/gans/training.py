"""GANs on the ring: how each variant is trained, and what is measured at its checkpoints."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import softplus

from course_utils.computed import Computed
from course_utils.lessons.gans import ring
from course_utils.lessons.gans.networks import Discriminator, Draws, Generator, noise
from course_utils.lessons.gans.unrolling import BETAS, Moments, looked_ahead
from course_utils.seeds import seeds

SEEDS = seeds(5)
BATCH = 64
RATE = 5e-3
"""Learning rate of the generator."""
LOOKS = 25
"""Into so many parts a training is divided by its checkpoints."""
_LOOKED_AT = 1000  # samples of a checkpoint that are measured
_BATCHES = 4  # and batches of which the losses are taken

generate = Generator()


class Recipe(NamedTuple):
    """What differs between the variants; start, batches and the generator's optimizer do not."""

    rate: float  # learning rate of the discriminator
    steps: int
    kernels: int = 0  # of mini-batch discrimination
    ahead: int = 0  # steps that the discriminator is unrolled
    detached: bool = False  # whether the gradient is kept from going through those steps


FAST, SLOW = 2e-3, 5e-4
RECIPES = {
    "fast": Recipe(FAST, 1000),
    "slow": Recipe(SLOW, 600),
    "mini-batch": Recipe(SLOW, 400, kernels=4),
    "unrolled": Recipe(SLOW, 400, ahead=3),
    "detached": Recipe(SLOW, 400, ahead=3, detached=True),
}
"""The variants by name: one with a fast discriminator, the others with a slow one."""


class Checkpoint(NamedTuple):
    """A training after some steps; all tensors have an axis of seeds first."""

    step: int
    generator: Tensor
    discriminator: Tensor
    moments: Moments


class Measured(NamedTuple):
    """What is measured at the checkpoints, each (checkpoints, seeds)."""

    modes: np.ndarray  # covered, of 1000 samples
    distance: np.ndarray  # sliced Wasserstein, of 1000 samples and as many real points
    loss_d: np.ndarray  # mean of four fresh batches
    loss_g: np.ndarray


class Run(NamedTuple):
    """A variant's training."""

    recipe: Recipe
    checkpoints: list[Checkpoint]
    measured: Measured

    @property
    def steps(self) -> np.ndarray:
        """The steps of the checkpoints."""
        return np.array([checkpoint.step for checkpoint in self.checkpoints])


def run(name: str) -> Run:
    """Return the training of a variant; it is computed once."""
    return _RUNS[name](recipe=RECIPES[name])


def loss_of_discriminator(logits: Tensor) -> Tensor:
    """Return the loss (networks,) of logits (networks, 2, samples): real, then generated ones."""
    real, generated = logits.unbind(dim=1)
    return softplus(-real).mean(dim=1) + softplus(generated).mean(dim=1)


def met(recipe: Recipe, checkpoint: Checkpoint, real: Tensor, generated: Tensor) -> Tensor:
    """Return the parameters of the discriminator that the generator meets: steps ahead, or as is.

    They are a function of the samples, unless that is detached.
    """
    discriminate = Discriminator(recipe.kernels)

    def loss(parameters: Tensor) -> Tensor:
        logits = discriminate(parameters, torch.stack([real, generated], dim=1))
        return loss_of_discriminator(logits).sum()

    return looked_ahead(
        loss, checkpoint.discriminator, checkpoint.moments, recipe.ahead, recipe.detached
    )


def loss_of_generator(
    recipe: Recipe, checkpoint: Checkpoint, real: Tensor, generated: Tensor
) -> Tensor:
    """Return the non-saturating loss (networks,) of samples (networks, samples, 2)."""
    parameters = met(recipe, checkpoint, real, generated)
    logits = Discriminator(recipe.kernels)(parameters, generated[:, None])
    return softplus(-logits).mean(dim=(1, 2))


def train(recipe: Recipe) -> Run:
    """Train a GAN for each seed, by alternating steps."""
    draws = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    discriminate = Discriminator(recipe.kernels)
    g = generate.first(draws).requires_grad_()
    d = discriminate.first(draws).requires_grad_()
    for_g = torch.optim.Adam([g], lr=RATE, betas=BETAS, fused=True)
    for_d = torch.optim.Adam([d], lr=recipe.rate, betas=BETAS, fused=True)
    kept = []
    for step in range(recipe.steps + 1):
        if step % (recipe.steps // LOOKS) == 0:
            copies = g.detach().clone(), d.detach().clone()
            kept.append(Checkpoint(step, *copies, Moments.of(for_d, d)))
        real = ring.real_points(BATCH, draws)
        z_for_d, z_for_g = noise(2 * BATCH, draws).split(BATCH, dim=1)
        generated = generate(g.detach(), z_for_d)
        loss = loss_of_discriminator(discriminate(d, torch.stack([real, generated], dim=1)))
        (d.grad,) = torch.autograd.grad(loss.sum(), d)
        for_d.step()

        generated = generate(g, z_for_g)
        now = Checkpoint(step, g, d, Moments.of(for_d, d))
        loss = loss_of_generator(recipe, now, real, generated)
        (g.grad,) = torch.autograd.grad(loss.sum(), g)
        for_g.step()
    return Run(recipe, kept, _measured(discriminate, kept))


def _measured(discriminate: Discriminator, checkpoints: list[Checkpoint]) -> Measured:
    draws = [torch.Generator().manual_seed(seed) for seed in SEEDS]
    with torch.no_grad():
        rows = [_looked_at(discriminate, checkpoint, draws) for checkpoint in checkpoints]
    return Measured(*(np.array(column) for column in zip(*rows, strict=True)))


def _looked_at(discriminate: Discriminator, checkpoint: Checkpoint, draws: Draws) -> Measured:
    """Return what is measured at one checkpoint, each (seeds,)."""
    real = ring.real_points(_LOOKED_AT, draws)
    generated = generate(checkpoint.generator, noise(_LOOKED_AT, draws))
    batches = torch.stack([real, generated], dim=1)[:, :, : _BATCHES * BATCH]
    batches = batches.unflatten(2, (_BATCHES, BATCH)).flatten(1, 2)
    logits = discriminate(checkpoint.discriminator, batches).unflatten(1, (2, _BATCHES)).flatten(2)
    return Measured(
        np.array([ring.modes(samples) for samples in generated.numpy()]),
        ring.distance(generated.numpy(), real.numpy()),
        loss_of_discriminator(logits).numpy(),
        softplus(-logits[:, 1]).mean(dim=1).numpy(),
    )


_RUNS = {name: Computed(train, recipe=(recipe,)) for name, recipe in RECIPES.items()}
