"""LeNet: the parts of 1998, and training that is the same in both frameworks."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.lessons.cnns import lenet
from course_utils.lessons.cnns.measurements.parts import skips
from course_utils.lessons.cnns.training import trained
from course_utils.nn import lenet as framework
from course_utils.seeds import seeds


def test_the_published_network_has_the_papers_parameters_layer_by_layer() -> None:
    counted = {
        name: sum(parameter.numel() for parameter in layer.parameters())
        for name, layer in lenet.published().named_children()
    }
    papers = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10164}
    assert {name: counted[name] for name in papers} == papers
    assert sum(counted.values()) == 60_000


def test_c3_reads_three_four_or_six_maps_and_each_map_is_read_equally_often() -> None:
    assert sorted(map(len, lenet.CONNECTED)) == [3] * 6 + [4] * 9 + [6]
    assert len(set(lenet.CONNECTED)) == 16
    readers = [sum(source in maps for maps in lenet.CONNECTED) for source in range(6)]
    assert readers == [10] * 6


def test_a_partial_convolution_is_one_whose_other_weights_are_0() -> None:
    layer = lenet.PartialConvolution()
    x = torch.randn(2, 6, 14, 14)
    y = layer(x)
    for k, maps in enumerate(lenet.CONNECTED):
        weights = torch.stack([w for w, to in zip(layer.weight, layer.to, strict=True) if to == k])
        expected = nn.functional.conv2d(x[:, list(maps)], weights[None], layer.bias[k : k + 1])
        assert torch.allclose(y[:, k : k + 1], expected, atol=1e-5)


def test_subsampling_adds_four_inputs_and_learns_two_numbers_for_a_map() -> None:
    layer = lenet.Subsampling(1)
    with torch.no_grad():
        layer.weight.fill_(2.0)
        layer.bias.fill_(-1.0)
    x = torch.tensor([[1.0, 2.0], [3.0, 5.0]])[None, None]
    assert layer(x).item() == pytest.approx(2 * 11 - 1)


def test_the_scaled_tanh_maps_1_to_1() -> None:
    x = torch.tensor([-1.0, 1.0])
    assert torch.allclose(lenet.ScaledTanh()(x), x, atol=1e-4)


def test_outputs_are_squared_distances_and_the_loss_is_least_at_the_right_code() -> None:
    codes = lenet.codes()
    assert codes.shape == (10, 84)
    distances = lenet.RadialOutput()(codes)
    assert torch.allclose(distances.diagonal(), torch.zeros(10), atol=1e-4)
    assert (distances + 1e9 * torch.eye(10)).min() > 1  # no two codes are alike
    right, wrong = torch.arange(10), (torch.arange(10) + 1) % 10
    assert lenet.published_loss(distances, right) < lenet.published_loss(distances, wrong)
    by_hand = np.mean(
        [d[k] + np.log(np.exp(-0.1) + np.exp(-d).sum()) for k, d in enumerate(distances.numpy())]
    )
    assert lenet.published_loss(distances, right).item() == pytest.approx(by_hand, rel=1e-4)


def test_a_skip_connection_is_found_where_there_is_one() -> None:
    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Linear(3, 3)

        def forward(self, x):
            return x + self.inner(x)

    assert skips(lenet.published()) == 0
    assert skips(Residual()) == 1


def test_todays_variant_is_the_frameworks() -> None:
    counted = sum(parameter.numel() for parameter in lenet.modern().parameters())
    layers = [layer for layer in framework(None, modern=True).layers if layer.trainable]
    weights = sum(layer.weights.size for layer in layers)
    biases = sum(layer.bias.size for layer in layers if layer.weights.ndim == 4)
    assert counted == weights + biases


def test_training_is_the_same_whenever_it_is_done() -> None:
    first = trained(seeds(1)[0])
    trained.cache_clear()
    np.random.seed(1)  # noqa: NPY002 - what happened to the shared stream does not matter
    again = trained(seeds(1)[0])
    assert first.loss == again.loss
