"""The study of errors by layer, against PyTorch's own modules and against the theory."""

import itertools

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.lessons.deep_networks import vanishing
from course_utils.lessons.deep_networks.vanishing import (
    ACTIVATIONS,
    INITIALIZATIONS,
    VARIANTS,
    digits,
    error_norms,
    powers,
)

SEEDS = (11, 12, 13)
DEFAULT = "PyTorch's default"
MODULES = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "ReLU": nn.ReLU, "none (linear)": nn.Identity}


def by_modules(depth, activation, initialization, variant, seed):
    """The same by modules and hooks: one network, weights in the same order."""
    rng, data = np.random.default_rng(seed), digits()
    chosen = rng.choice(len(data.x), vanishing.BATCH, replace=False)
    sigma = INITIALIZATIONS[initialization]
    sizes = [64, *[vanishing.WIDTH] * depth, 10]
    layers = []
    for n, m in itertools.pairwise(sizes):
        layer = nn.Linear(n, m, bias=False).double()
        layer.weight.data = torch.tensor(rng.normal(0, sigma(n, m), (n, m))).T
        layers.append(layer)
    errors = []
    h = torch.tensor(data.x[chosen])
    for place, layer in enumerate(layers[:-1]):
        z = layer(h)
        z.retain_grad()
        errors.append(z)
        batch_norm = nn.BatchNorm1d(vanishing.WIDTH, affine=False).double()
        a = MODULES[activation]()(batch_norm(z) if variant == "batch norm" else z)
        h = h + a if variant == "skip" and place else a
    nn.CrossEntropyLoss()(layers[-1](h), torch.tensor(data.y[chosen])).backward()
    return [z.grad.norm().item() for z in errors]


@pytest.mark.parametrize("variant", ["plain", "skip", "batch norm"])
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
@pytest.mark.parametrize("initialization", list(INITIALIZATIONS))
def test_sizes_of_errors_are_those_of_pytorchs_modules(activation, initialization, variant):
    found = error_norms(4, activation, initialization, variant, SEEDS)
    assert found.shape == (3, 4)
    for row, seed in zip(found, SEEDS, strict=True):
        expected = by_modules(4, activation, initialization, variant, seed)
        np.testing.assert_allclose(row, expected, rtol=1e-6)


@pytest.mark.parametrize("variant", VARIANTS)
def test_seeds_that_run_together_are_those_that_run_alone(variant):
    together = error_norms(5, "tanh", "Xavier", variant, SEEDS)
    alone = [error_norms(5, "tanh", "Xavier", variant, (seed,))[0] for seed in SEEDS]
    np.testing.assert_allclose(together, alone, rtol=1e-9)
    assert len({*np.round(together[:, 0], 12)}) == 3


@pytest.mark.parametrize(
    ("variant", "factor"), [("dropout", 2.0), ("dropout, mean square kept", 1.0)]
)
def test_only_inverted_dropout_doubles_the_mean_square_of_the_signal(variant, factor):
    # Linear layers of Xavier's scale keep the mean square, forward and backward.
    plain = powers(error_norms(12, "none (linear)", "Xavier", "plain", range(30)))[:, 0].mean()
    dropped = powers(error_norms(12, "none (linear)", "Xavier", variant, range(30)))[:, 0].mean()
    per_layer = 10 ** (2 * (dropped - plain) / 11)
    assert per_layer == pytest.approx(factor, rel=0.06)


@pytest.mark.parametrize(
    ("activation", "initialization", "factor"),
    [
        ("none (linear)", DEFAULT, 1 / 3),
        ("none (linear)", "Xavier", 1.0),
        ("none (linear)", "He", 2.0),
        ("ReLU", DEFAULT, 1 / 6),
        ("ReLU", "Xavier", 1 / 2),
        ("ReLU", "He", 1.0),
    ],
)
def test_the_mean_square_shrinks_per_layer_as_derived(activation, initialization, factor):
    found = powers(error_norms(20, activation, initialization, "plain", range(20)))[:, 0]
    assert 10 ** (2 * found.mean() / 19) == pytest.approx(factor, rel=0.08)


def test_pytorchs_default_is_of_the_scale_that_we_give_it():
    torch.manual_seed(0)
    weight = nn.Linear(1000, 400).weight.detach().numpy()
    assert weight.std() == pytest.approx(INITIALIZATIONS[DEFAULT](1000, 400), rel=0.01)


def test_a_signal_of_nothing_is_refused_in_words():
    for depth in (0, 1):
        with pytest.raises(ValueError, match="2 hidden layers or more"):
            error_norms(depth, "tanh", "He")
    with pytest.raises(KeyError, match="there is no variant 'no'"):
        error_norms(3, "tanh", "He", "no")
