"""How good drawn landscapes are: what the judges say, how varied they are, whether copied."""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch

from course_utils.data.holes import nearest as neighbours
from course_utils.lessons.gans.landscapes import shipped
from course_utils.lessons.gans.landscapes.networks import CODE, Generator
from course_utils.lessons.gans.landscapes.painter import KINDS, pictures
from course_utils.lessons.gans.landscapes.repair import hole_errors, holes, search
from course_utils.lessons.gans.landscapes.training import COLLECTION, PICTURES

UNSEEN = 3
"""The seed of a collection from which nothing was learned, neither by generator nor by judges."""

EACH = 60
"""How many pictures of each kind are drawn, and how many unseen ones they are compared with."""


def unseen(each: int = EACH) -> tuple[torch.Tensor, torch.Tensor]:
    """Return real pictures that nobody learned from, sorted by kind, and their labels."""
    numbers = np.arange(each * len(KINDS)).reshape(each, -1).T.ravel()
    images, labels = pictures(numbers, UNSEEN)
    return torch.from_numpy(images), torch.from_numpy(labels)


def codes(count: int, seed: int) -> torch.Tensor:
    """Return standard normal noise z, (count, 24)."""
    return torch.from_numpy(
        np.random.default_rng(seed).standard_normal((count, CODE), dtype=np.float32)
    )


def drawn(generator: Generator, seed: int, each: int = EACH) -> tuple[torch.Tensor, torch.Tensor]:
    """Return pictures by a generator, sorted by kind, and the labels that it was given."""
    labels = torch.arange(len(KINDS)).repeat_interleave(each)
    return generator(codes(len(labels), seed), labels), labels


def recognized(x: torch.Tensor, labels: torch.Tensor, *, strict: bool) -> list[float]:
    """Return for each kind which share of its pictures a judge gives to it."""
    right = shipped.judge(strict=strict).verdicts(x) == labels
    return [float(right[labels == kind].float().mean()) for kind in range(len(KINDS))]


def spread(x: torch.Tensor) -> float:
    """Return the mean distance between two of the pictures x (n, 3, 24, 24)."""
    distances = torch.cdist(x.flatten(1), x.flatten(1))
    return float(distances.sum() / (len(x) * (len(x) - 1)))


def nearest(x: torch.Tensor, among: torch.Tensor) -> float:
    """Return the mean distance from pictures x to the nearest of `among`."""
    return float(torch.cdist(x.flatten(1), among.flatten(1)).min(dim=1).values.mean())


class Quality(NamedTuple):
    """What is measured of drawn pictures, one number for each kind."""

    strict: list[float]
    """Share that the strict judge gives to the kind."""
    plain: list[float]
    """The same by the judge without 'none of them'."""
    spread: list[float]
    """Mean distance between two of them, as a multiple of that between unseen real ones."""
    nearest: list[float]
    """Distance to the nearest picture learned from, as a multiple of that of unseen real ones."""


@cache
def quality(seed: int) -> Quality:
    """Measure 60 pictures of each kind by the shipped generator."""
    x, labels = drawn(shipped.generator(), seed)
    spreads, distances = [], []
    for kind, real in enumerate(_real()):
        ours = x[labels == kind]
        spreads.append(spread(ours) / real.spread)
        distances.append(nearest(ours, real.learned) / real.nearest)
    return Quality(
        recognized(x, labels, strict=True), recognized(x, labels, strict=False), spreads, distances
    )


class _Real(NamedTuple):
    learned: torch.Tensor  # the pictures that the generator learned from
    spread: float  # of unseen ones
    nearest: float  # from unseen ones to those learned from


@cache
def _real() -> list[_Real]:
    """Return what drawn pictures of each kind are compared with."""
    x, labels = unseen()
    learned, learned_labels = pictures(range(PICTURES), COLLECTION)
    found = []
    for kind in range(len(KINDS)):
        among = torch.from_numpy(learned[learned_labels == kind])
        ours = x[labels == kind]
        found.append(_Real(among, spread(ours), nearest(ours, among)))
    return found


class Condition(NamedTuple):
    """What the label decides, and what the noise."""

    label_changed: list[float]
    """All kinds drawn from the same noise: the share of each that the strict judge gives to it."""
    same_sky: float
    """Distance of the sky (top quarter) between two kinds drawn from the same noise, divided by
    that between two kinds drawn from different noise."""


@cache
def measured(seed: int) -> Condition:
    """Draw 60 pictures of each kind, from fresh noise and from the same noise for all kinds."""
    own, labels = drawn(shipped.generator(), seed)
    noise = codes(EACH, seed + 1)
    shared = shipped.generator()(noise.repeat(len(KINDS), 1), labels)
    return Condition(
        recognized(shared, labels, strict=True),
        _between_skies(shared) / _between_skies(own),
    )


def _between_skies(x: torch.Tensor) -> float:
    """Return the mean distance between the skies of the n-th pictures of two kinds."""
    skies = x.view(len(KINDS), EACH, 3, *x.shape[2:])[:, :, :, :6].flatten(2)
    return float(torch.cdist(skies.transpose(0, 1), skies.transpose(0, 1)).mean())


class Repaired(NamedTuple):
    """Pictures with a hole, and what each way paints there (B, 3, 24, 24)."""

    x: torch.Tensor
    mask: torch.Tensor
    painted: dict[str, torch.Tensor]

    def errors(self) -> dict[str, torch.Tensor]:
        """Return each way's mean squared error inside the holes, (B,)."""
        return {way: hole_errors(y, self.x, self.mask) for way, y in self.painted.items()}

    def contrast(self) -> dict[str, float]:
        """Return how strongly neighbouring pixels differ in the holes; 1 is as in the truth."""
        truth = _steps(self.x, self.mask)
        return {way: _steps(y, self.mask) / truth for way, y in self.painted.items()}


def _steps(x: torch.Tensor, mask: torch.Tensor) -> float:
    inside = mask[:, :, :, 1:] * mask[:, :, :, :-1]
    return float(((x[:, :, :, 1:] - x[:, :, :, :-1]).abs() * inside).sum() / (3 * inside.sum()))


@cache
def quickly_repaired(seed: int, each: int = 6) -> Repaired:
    """Erase a rectangle in unseen pictures of each kind, and paint it in three quick ways."""
    x, _ = unseen(each)
    mask = holes(len(x), np.random.default_rng(seed))
    learned = pictures(range(PICTURES), COLLECTION)[0]
    like_it = learned[neighbours(learned, x.numpy(), mask[:, 0].numpy() > 0, 5)]
    painted = {
        "mean picture": torch.from_numpy(learned.mean(axis=0)).expand_as(x),
        "5 neighbours": torch.from_numpy(like_it.mean(axis=1)),
        "autoencoder": shipped.repairer()(x, mask),
    }
    whole = {way: torch.where(mask > 0, y, x) for way, y in painted.items()}
    return Repaired(x, mask, whole)


@cache
def repaired(seed: int, each: int = 6) -> Repaired:
    """Repair the same pictures by the generator, too."""
    rng = np.random.default_rng(seed)
    x, labels = unseen(each)
    mask = holes(len(x), rng)
    drawn = search(shipped.generator(), x, mask, labels, rng)
    by_generator = {"generator": torch.where(mask > 0, drawn, x)}
    return Repaired(x, mask, quickly_repaired(seed, each).painted | by_generator)
