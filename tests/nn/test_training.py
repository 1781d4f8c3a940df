"""Iris, wine and digits: the same network in PyTorch, from the same weights, on the same batches.

Not only the accuracy but the whole course of the loss has to agree, over five seeds.
"""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits, load_iris, load_wine
from sklearn.model_selection import train_test_split

from course_utils import nn

SEEDS = range(5)


def split(load, seed):
    """Return x and y for training, x and y for testing."""
    x, y = load(return_X_y=True)
    parts = train_test_split(x, y, test_size=0.3, random_state=seed, stratify=y)
    x_train, x_test, y_train, y_test = parts
    return x_train, y_train, x_test, y_test


def dense_networks(features, classes, seed):
    ours = nn.NeuralNetwork(nn.SgdWithMomentum(2e-3, 0.9), nn.Xavier(seed), nn.Constant(0.0))
    ours.append_layer(nn.FullyConnected(features, 16))
    ours.append_layer(nn.TanH())
    ours.append_layer(nn.FullyConnected(16, classes))
    ours.append_layer(nn.SoftMax())
    ours.loss_layer = nn.CrossEntropyLoss()
    theirs = torch.nn.Sequential(
        torch.nn.Linear(features, 16), torch.nn.Tanh(), torch.nn.Linear(16, classes)
    ).double()
    optimizer = torch.optim.SGD(theirs.parameters(), 2e-3, momentum=0.9)
    copy_weights(ours, theirs)
    return ours, theirs, optimizer


def convolutional_networks(classes, seed):
    ours = nn.NeuralNetwork(nn.Adam(5e-3), nn.He(seed), nn.Constant(0.1))
    ours.append_layer(nn.Conv(1, (1, 3, 3), 8))
    normalization = nn.BatchNormalization.like_pytorch(8)
    ours.append_layer(normalization)
    ours.append_layer(nn.ReLU())
    ours.append_layer(nn.Pooling(2, 2))
    ours.append_layer(nn.Conv(2, (8, 3, 3), 16, padding=1))
    ours.append_layer(nn.ReLU())
    ours.append_layer(nn.Flatten())
    ours.append_layer(nn.FullyConnected(64, classes))
    ours.append_layer(nn.SoftMax())
    ours.loss_layer = nn.CrossEntropyLoss()
    t = torch.nn
    theirs = t.Sequential(
        *(t.Conv2d(1, 8, 3, padding=1), t.BatchNorm2d(8), t.ReLU(), t.MaxPool2d(2)),
        *(t.Conv2d(8, 16, 3, stride=2, padding=1), t.ReLU(), t.Flatten(), t.Linear(64, classes)),
    ).double()
    copy_weights(ours, theirs)
    return ours, theirs, torch.optim.Adam(theirs.parameters(), 5e-3)


def copy_weights(ours, theirs):
    modules = [module for module in theirs if hasattr(module, "weight")]
    layers = [layer for layer in ours.layers if layer.trainable]
    with torch.no_grad():
        for layer, module in zip(layers, modules, strict=True):
            dense = isinstance(layer, nn.FullyConnected)
            module.weight.copy_(torch.tensor(layer.weights[:-1].T if dense else layer.weights))
            module.bias.copy_(torch.tensor(layer.weights[-1] if dense else layer.bias))


def train_both(networks, x, y, classes, batch, iterations, seed):
    ours, theirs, optimizer = networks
    ours.data_layer = nn.ArrayData(x, nn.one_hot(y, classes), batch, rng=seed)
    ours.train(iterations, quiet=True)
    batches = nn.ArrayData(x, y, batch, rng=seed)
    losses = []
    for _ in range(iterations):
        inputs, labels = map(torch.tensor, batches.next())
        loss = torch.nn.functional.cross_entropy(theirs(inputs), labels, reduction="sum")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def accuracies(ours, theirs, x, y):
    theirs.eval()
    with torch.no_grad():
        predicted = theirs(torch.tensor(x)).argmax(dim=1).numpy()
    return (ours.test(x).argmax(axis=1) == y).mean(), (predicted == y).mean()


@pytest.mark.parametrize(
    ("load", "classes", "least"), [(load_iris, 3, 0.9), (load_wine, 3, 0.94)], ids=["iris", "wine"]
)
def test_vectors_are_learned_as_in_pytorch(load, classes, least):
    reached = []
    for seed in SEEDS:
        x, y, x_test, y_test = split(load, seed)
        mean, deviation = x.mean(axis=0), x.std(axis=0)
        x, x_test = (x - mean) / deviation, (x_test - mean) / deviation
        networks = dense_networks(x.shape[1], classes, seed)
        losses = train_both(networks, x, y, classes, 32, 200, seed)
        np.testing.assert_allclose(networks[0].loss, losses, rtol=1e-8)
        mine, yours = accuracies(*networks[:2], x_test, y_test)
        assert mine == yours
        reached.append(mine)
    assert min(reached) >= least
    assert np.mean(reached) >= 0.95


def test_digits_are_learned_as_in_pytorch():
    reached = []
    for seed in SEEDS:
        x, y, x_test, y_test = split(load_digits, seed)
        x, x_test = (a.reshape(-1, 1, 8, 8) / 16 for a in (x, x_test))
        networks = convolutional_networks(10, seed)
        losses = train_both(networks, x, y, 10, 64, 150, seed)
        # Measured: 1e-12. Adam divides by tiny numbers at first, which lets roundings grow.
        np.testing.assert_allclose(networks[0].loss, losses, rtol=1e-6, atol=1e-6)
        mine, yours = accuracies(*networks[:2], x_test, y_test)
        assert abs(mine - yours) <= 1 / len(y_test)
        reached.append(mine)
    assert min(reached) >= 0.94
