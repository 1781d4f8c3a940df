"""How lecture 07 trains its networks: the same batches, whatever the framework."""

from collections.abc import Callable
from functools import cache

import numpy as np
import torch
from torch import nn

from course_utils.computed import Computed
from course_utils.lessons.cnns.digits import load
from course_utils.nn import Adam, ArrayData, NeuralNetwork, lenet, one_hot

RATE, BATCH, STEPS = 4e-3, 32, 44
"""Adam's learning rate, the size of a batch, and how many: once through the 1400 digits."""

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@cache
def trained(seed: int) -> NeuralNetwork:
    """Return LeNet, with tanh and average pooling, trained in the course's framework.

    It is trained on normalized images, and in float64, so that every machine gets the same network.
    """
    network: NeuralNetwork = Computed(train, seed=[seed])(seed=seed)
    return network


def train(seed: int) -> NeuralNetwork:
    """Do what :func:`trained` returns the result of; the training data are not kept with it."""
    network = untrained(seed)
    digits = load(seed)
    labels = one_hot(digits.y_train, 10)
    images = digits.normalized(digits.x_train)
    network.data_layer = ArrayData(images, labels, BATCH, rng=seed)
    network.train(STEPS, quiet=True)
    network.data_layer = None
    return network


def untrained(seed: int) -> NeuralNetwork:
    """Return the same network as it starts."""
    np.random.seed(seed)  # noqa: NPY002 - the framework's initializers draw from NumPy's shared stream
    return lenet(Adam(RATE, 0.9, 0.999))


def train_torch(
    network: nn.Module, seed: int, loss_of: Loss, *, normalized: bool = True
) -> list[float]:
    """Train a PyTorch network on the batches of :func:`trained`; return the loss of every step."""
    dtype = next(network.parameters()).dtype
    digits = load(seed)
    images = digits.normalized(digits.x_train) if normalized else digits.x_train
    source = ArrayData(images, digits.y_train, BATCH, rng=seed)
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    losses = []
    for _ in range(STEPS):
        x, y = map(torch.tensor, source.next())
        loss = loss_of(network(x.to(dtype)), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def accuracy(network: NeuralNetwork, seed: int, images: np.ndarray, digits: np.ndarray) -> float:
    """Return the share of `images`, from 0 to 1, that :func:`trained`'s network gets right."""
    x = load(seed).normalized(images)
    return float(np.mean(network.test(x).argmax(axis=1) == digits))
