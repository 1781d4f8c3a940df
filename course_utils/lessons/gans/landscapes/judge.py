"""Two judges of landscapes: a plain classifier, and a strict one that may say 'none of them'."""

from typing import NamedTuple, cast

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from course_utils.lessons.gans.landscapes.damage import damaged
from course_utils.lessons.gans.landscapes.painter import KINDS, pictures

NONE = len(KINDS)
"""The strict judge's sixth class."""

PICTURES, COLLECTION = 4000, 2
"""How many real pictures the judges learn from, none of which the generator sees."""

BATCH, RATE = 50, 2e-3


class Judge(nn.Module):
    """A small convolutional classifier.

    Parameters
    ----------
    strict
        Whether there is a class 'none of them'.
    """

    def __init__(self, *, strict: bool) -> None:
        super().__init__()
        self.strict = strict
        self.layers = nn.Sequential(
            nn.Conv2d(3, 24, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(24, 32, kernel_size=3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 32, kernel_size=3, stride=2, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(32 * 6 * 6, len(KINDS) + strict),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the classes' scores, (B, 5) or (B, 6), for pictures (B, 3, 24, 24)."""
        return cast(torch.Tensor, self.layers(x))

    def verdicts(self, x: torch.Tensor) -> torch.Tensor:
        """Return the class that each picture is given to, (B,)."""
        return self(x).argmax(dim=1)


class JudgeLoss(NamedTuple):
    """The cross-entropy of one step."""

    cross_entropy: float


class JudgeTraining:
    """Train a judge, step by step; a strict one sees as many damaged pictures as real ones."""

    def __init__(self, seed: int, *, strict: bool) -> None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.judge = Judge(strict=strict)
        self._rng = np.random.default_rng(seed)
        self._optimizer = torch.optim.Adam(self.judge.parameters(), RATE)

    def result(self) -> Judge:
        """Return the judge."""
        return self.judge

    def step(self) -> JudgeLoss:
        """Learn from one batch."""
        images, labels = pictures(self._rng.integers(0, PICTURES, BATCH), COLLECTION)
        x, y = torch.from_numpy(images), torch.from_numpy(labels)
        if self.judge.strict:
            x = torch.cat([x, damaged(x, self._rng)])
            y = torch.cat([y, torch.full_like(y, NONE)])
        loss = cross_entropy(self.judge(x), y)
        self._optimizer.zero_grad()
        loss.backward()
        self._optimizer.step()
        return JudgeLoss(loss.item())
