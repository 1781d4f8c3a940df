"""Stacks of networks, linear and deep autoencoders, and repainters."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.data.holes import filled
from course_utils.lessons.autoencoders import codes, digits, linear, repainting, scores, stacks
from course_utils.seeds import seeds

FIRST, *_ = SEEDS = seeds(5)


def test_a_stack_computes_what_its_networks_compute_one_by_one() -> None:
    rngs = [np.random.default_rng(seed) for seed in SEEDS]
    parameters = stacks.initial((6, 5, 4), rngs)
    x = torch.tensor(np.random.default_rng(9).normal(size=(5, 3, 6)), dtype=torch.float64)
    together = stacks.forward(parameters, x)
    for i, samples in enumerate(x):
        layers = stacks.arrays(parameters, i)
        one = nn.Sequential(nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 4)).double()
        with torch.no_grad():
            for parameter, array in zip(one.parameters(), layers, strict=True):
                parameter.copy_(torch.tensor(array.T.reshape(parameter.shape)))
            assert torch.allclose(one(samples), together[i], atol=1e-6)
        assert np.allclose(stacks.run(layers, samples.numpy()), together[i].detach(), atol=1e-6)


def test_networks_of_a_stack_are_trained_apart() -> None:
    target = torch.tensor([[[3.0]], [[-2.0]]])
    start = torch.zeros(2, 1, 1, requires_grad=True)
    history = stacks.train([start], lambda: ((start - target) ** 2).sum(dim=(1, 2)), 400, 0.1)
    assert history.shape == (400, 2)
    assert torch.allclose(start, target, atol=0.02)


def test_the_covariance_gives_the_error_of_the_digits_themselves() -> None:
    one = linear.trained()[0]
    x = digits.load(FIRST).x_train.reshape(-1, 64)
    centred = x - x.mean(axis=0)
    reconstructed = centred @ one.encoder.T @ one.decoder.T
    assert ((centred - reconstructed) ** 2).sum(axis=1).mean() == pytest.approx(one.error)
    assert one.error == pytest.approx(one.best, rel=1e-3)


def test_angles_of_known_spaces() -> None:
    plane = np.eye(4)[:2]
    tilted = np.array([[1.0, 0, 0, 0], [0, 1, 1, 0]])
    assert linear.largest_angle(plane, tilted) == pytest.approx(45)
    assert linear.largest_angle(plane, np.eye(4)[2:]) == pytest.approx(90)
    assert linear.largest_angle(plane, np.array([[1.0, 1, 0, 0], [1, -2, 0, 0]])) < 1e-5


@pytest.mark.parametrize("trained", [codes.deep, codes.linear])
def test_codes_are_two_numbers_in_the_square(
    trained: Callable[[int], codes.Deep | codes.Linear],
) -> None:
    autoencoder, x = trained(FIRST), digits.load(FIRST).x_train
    found = autoencoder.encode(x)
    assert found.shape == (len(x), 2)
    assert np.abs(found).max() <= 1
    decoded = autoencoder.decode(found)
    assert decoded.shape == x.shape
    assert ((decoded - x) ** 2).mean() < ((x.mean(axis=0) - x) ** 2).mean()


def test_a_repainter_does_not_see_what_is_erased() -> None:
    paint, given = repainting.repainter(repainting.SQUARE, FIRST), scores.case(FIRST)
    painted = paint(given.clean, given.hole)
    assert painted.shape == given.clean.shape
    assert 0 <= painted.min() <= painted.max() <= 1
    assert np.array_equal(paint(filled(given.clean, given.hole, 7.0), given.hole), painted)
    assert not np.allclose(paint(given.clean, ~given.hole), painted)


def test_each_training_makes_a_network_of_its_own() -> None:
    given = scores.case(FIRST)
    trainings = (repainting.SQUARE, repainting.MAGNITUDE, repainting.WHOLE)
    painted = [repainting.repainter(way, FIRST)(given.clean, given.hole) for way in trainings]
    assert all(np.abs(painted[0] - other).mean() > 0.005 for other in painted[1:])
    assert not np.allclose(painted[1], painted[2])


def test_a_repainter_knows_the_losses_of_its_own_training() -> None:
    ways = (repainting.SQUARE, repainting.COPIES_THE_DAMAGE, repainting.NEVER_SAW_A_HOLE)
    losses = [repainting.briefly(way, FIRST).losses for way in ways]
    assert all(one.shape == (repainting.SHORT_STEPS,) and one.min() > 0 for one in losses)
    blank, copied = losses[1][-1], losses[2][-1]  # both are easier than what a hole asks for
    assert max(blank, copied) < 0.2 * losses[0][-1]


def test_the_truth_has_no_error_and_the_mean_digit_the_pixels_variance() -> None:
    given = scores.case(FIRST)
    truth = scores.of_truth(FIRST)
    assert (truth.square, truth.magnitude, truth.visible, truth.lost) == (0, 0, 0, 0)
    spread = (given.clean - given.known.mean(axis=0)) ** 2
    assert scores.of_mean(FIRST).square == pytest.approx(spread[given.hole].mean())
    assert scores.of_neighbours(5, FIRST).square < scores.of_neighbours(1, FIRST).square
    assert scores.scores(np.zeros_like(given.clean), given).lost == 1


def test_with_a_half_erased_the_network_beats_the_mean_digit_but_not_on_the_eights() -> None:
    network, mean = [], []
    for seed in SEEDS:
        parts = digits.load(seed)
        half = np.zeros(parts.x_test.shape, dtype=bool)
        half[:, :, 4:] = True
        painted = repainting.repainter(repainting.SQUARE, seed)(parts.x_test, half)
        for found, picture in ((network, painted), (mean, parts.x_train.mean(axis=0))):
            errors = ((picture - parts.x_test) ** 2)[:, :, 4:].mean(axis=(1, 2))
            found.append((errors.mean(), errors[parts.y_test == 8].mean()))
    (all_digits, eights), (all_mean, eights_mean) = np.mean(network, axis=0), np.mean(mean, axis=0)
    assert all_digits < 0.95 * all_mean
    assert eights > 0.95 * eights_mean
