"""What a log of training shows: losses of moving weights, with dropout, beside those after it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from course_utils.lessons.generalization.model import training_sets
from course_utils.seeds import seeds

SEEDS = seeds(5)
SAMPLES, BATCH, EPOCHS = 80, 30, 40
_VALIDATION, _UNITS, _DROPPED, _RATE = 1000, 64, 0.2, 0.02


class Log(NamedTuple):
    """Losses of each epoch, all (seeds, epochs)."""

    training: np.ndarray  # of the batches as they came, mean over the samples
    same_samples: np.ndarray  # of the training samples after the epoch, in evaluation
    validation: np.ndarray  # of 1000 other samples after the epoch, in evaluation


def _network() -> nn.Sequential:
    first = nn.Linear(1, _UNITS)
    nn.init.normal_(first.weight, std=4)
    nn.init.normal_(first.bias, std=2)
    return nn.Sequential(first, nn.Tanh(), nn.Dropout(_DROPPED), nn.Linear(_UNITS, 1))


@cache
def of_dropout() -> Log:
    """Train a network with dropout in mini-batches by Adam, for each seed."""
    mse = nn.functional.mse_loss
    found = np.zeros((len(SEEDS), EPOCHS, len(Log._fields)))
    for seed, epochs in zip(SEEDS, found, strict=True):
        torch.manual_seed(seed)
        rng = np.random.default_rng(seed)
        (x, y), (x_new, y_new) = (
            [torch.tensor(part.T, dtype=torch.float32) for part in training_sets(1, rng, size)]
            for size in (SAMPLES, _VALIDATION)
        )
        network = _network()
        optimizer = torch.optim.Adam(network.parameters(), lr=_RATE)
        for epoch in epochs:
            network.train()
            losses = []
            batches = torch.randperm(SAMPLES).split(BATCH)
            for batch in batches:
                optimizer.zero_grad()
                loss = mse(network(x[batch]), y[batch])
                loss.backward()
                optimizer.step()
                losses.append(loss.item())
            network.eval()
            with torch.no_grad():
                epoch[:] = (
                    np.average(losses, weights=[len(batch) for batch in batches]),
                    mse(network(x), y).item(),
                    mse(network(x_new), y_new).item(),
                )
    return Log(*np.moveaxis(found, 2, 0))
