import numpy as np
import pytest
import torch
from torch import nn

from course_utils.lessons.deep_networks import symmetry

SEEDS = (21, 22, 23)


def by_pytorch(mean, spread, seed, steps):
    rng = np.random.default_rng(seed)
    network = nn.Sequential(nn.Linear(2, symmetry.UNITS), nn.Tanh(), nn.Linear(symmetry.UNITS, 1))
    network.double()
    for layer, shape in ((network[0], (2, symmetry.UNITS)), (network[2], (symmetry.UNITS, 1))):
        layer.weight.data = torch.tensor(mean + spread * rng.normal(size=shape)).T
        layer.bias.data.zero_()
    optimizer = torch.optim.SGD(network.parameters(), lr=symmetry.RATE)
    for _ in range(steps):
        optimizer.zero_grad()
        logits = network(torch.tensor(symmetry.X))[:, 0]
        nn.BCEWithLogitsLoss()(logits, torch.tensor(symmetry.Y)).backward()
        optimizer.step()
    return network[0].weight.detach().numpy().T


def test_training_is_that_of_pytorch():
    trained = symmetry.train(0.5, 0.1, from_seeds=SEEDS)
    for row, seed in enumerate(SEEDS):
        steps = 10 * symmetry.EVERY
        np.testing.assert_allclose(
            trained.incoming[row, 10], by_pytorch(0.5, 0.1, seed, steps), rtol=1e-8
        )


@pytest.mark.parametrize("mean", [0.0, 0.5])
def test_units_that_start_equal_stay_equal_to_the_last_bit(mean):
    trained = symmetry.train(mean, 0.0, from_seeds=SEEDS)
    assert trained.apart.max() == 0
    assert trained.right[:, -1].max() < 4


def test_noise_in_weights_or_training_parts_them():
    assert symmetry.train(0.5, 0.1, from_seeds=SEEDS).apart[:, -1].min() > 0.1
    assert symmetry.train(0.5, 0.0, 0.25, from_seeds=SEEDS).apart[:, -1].min() > 0.01
    assert symmetry.train(0.0, 0.0, 0.25, from_seeds=SEEDS).apart.max() == 0  # nothing moves
