"""What is particular to lecture 06; the rest is tested for every lecture alike."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.lessons.batch_norm import model, networks, small_batches, smoothing, wandering
from course_utils.lessons.batch_norm.explorers import landscape, one_batch
from course_utils.lessons.batch_norm.questions import item_by_hand
from course_utils.nn import BatchNormalization, finite_differences


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def layer(rng):
    """Return PyTorch's layer of 3 units, with parameters that are not 1 and 0."""
    made = nn.BatchNorm1d(3).double()
    with torch.no_grad():
        made.weight.copy_(torch.tensor([1.5, -0.5, 2.0]))
        made.bias.copy_(torch.tensor([0.25, -1.0, 0.5]))
    return made


def parameters(layer):
    return layer.weight.detach().numpy(), layer.bias.detach().numpy()


@pytest.mark.parametrize("size", [2, 4, 30])
def test_model_and_framework_agree_with_pytorch_forward_and_backward(rng, layer, size):
    x, error = rng.normal(3, 2, size=(2, size, 3))
    gamma, beta = parameters(layer)
    t = torch.as_tensor(x).requires_grad_()
    y = layer(t)
    y.backward(torch.as_tensor(error))
    ours = BatchNormalization.like_pytorch(3)
    ours.weights, ours.bias = gamma, beta
    mean, variance = model.update_running(np.zeros(3), np.ones(3), x)
    for mine, theirs in (
        (model.batch_norm(x, gamma, beta), y.detach()),
        (mean, layer.running_mean),
        (variance, layer.running_var),
        (model.backward(error, x, gamma).x, t.grad),
        (ours.forward(x), y.detach()),
        (ours.backward(error), t.grad),
        (ours.running_variance, layer.running_var),
    ):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-11)
    layer.eval()
    new = rng.normal(size=(1, 3))
    expected = layer(torch.as_tensor(new)).detach()
    np.testing.assert_allclose(model.inference(new, gamma, beta, mean, variance), expected)


def test_the_intermediate_gradients_are_those_of_finite_differences(rng):
    x, error = rng.normal(size=(2, 5, 2))
    gamma, eps = np.array([1.5, -2.0]), model.EPSILON
    mean, variance = x.mean(0), x.var(0)
    centred, around = x - mean, mean.copy()

    def with_this_variance():
        return np.sum(error * gamma * centred / np.sqrt(variance + eps))

    def around_this_mean():
        deviation = np.sqrt(((x - around) ** 2).mean(0) + eps)
        return np.sum(error * gamma * (x - around) / deviation)

    found = model.backward(error, x, gamma)
    by_steps = finite_differences(with_this_variance, variance)
    np.testing.assert_allclose(found.variance, by_steps, rtol=1e-5)
    by_steps = finite_differences(around_this_mean, around)
    np.testing.assert_allclose(found.mean, by_steps, rtol=1e-5)


def test_folded_layers_do_what_two_did(rng, layer):
    weights, bias, x = rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=(6, 4))
    norm = (*parameters(layer), rng.normal(size=3), rng.uniform(1, 2, 3))
    new_weights, new_bias = model.fold(weights, bias, *norm)
    np.testing.assert_allclose(
        x @ new_weights + new_bias, model.inference(x @ weights + bias, *norm)
    )


def test_a_batch_of_one_is_refused_in_words():
    with pytest.raises(ValueError, match="two samples or more"):
        model.update_running(np.zeros(1), np.ones(1), np.ones((1, 1)))


def one_network(stack, place):
    """Return PyTorch's layers with the parameters of one network of a stack, batch norm between."""
    layers = []
    for weights, bias in zip(stack[::2], stack[1::2], strict=True):
        linear = nn.Linear(weights.shape[2], weights.shape[1])
        linear.weight.data, linear.bias.data = weights[place], bias[place, :, 0]
        layers.append(linear)
    return layers


@pytest.mark.parametrize("name", networks.HIDDEN)
def test_a_network_of_a_stack_is_the_one_that_pytorch_has(name):
    torch.manual_seed(0)
    stack = [p + 0.1 * torch.randn_like(p) for p in networks.initial(depth=3, width=8, copies=2)]
    images, labels, *_ = networks.digits()
    x, y = images[:, :20], labels[:20]
    every = len(stack[0])
    loss, gradient = networks.gradient(
        stack, x.expand(every, -1, -1), y.expand(every, -1), networks.HIDDEN[name]
    )
    *hidden, last = one_network(stack, place=7)
    h = x.T
    norms = {"batch norm": nn.BatchNorm1d, "layer norm": nn.LayerNorm}
    for linear in hidden:
        if name in norms:
            h = torch.relu(norms[name](8).double()(h @ linear.weight.T) + linear.bias)
        else:
            h = torch.relu(linear(h))
    expected = nn.functional.cross_entropy(last(h), y)
    expected.backward()
    torch.testing.assert_close(loss[7], expected.detach())
    torch.testing.assert_close(gradient[0][7], hidden[0].weight.grad, rtol=1e-3, atol=1e-5)


def test_group_norm_is_pytorchs():
    h = torch.randn(2, 8, 5, generator=torch.Generator().manual_seed(0))
    expected = nn.GroupNorm(4, 8)(h[1].T).detach().T
    torch.testing.assert_close(networks.over_units(h, groups=4)[1], expected)


def test_running_statistics_of_a_stack_are_pytorchs():
    running, theirs = small_batches.Running(networks=2), nn.BatchNorm1d(32).double()
    generator, zero = torch.Generator().manual_seed(0), torch.zeros(2, 32, 1, dtype=torch.float64)
    for _ in range(3):
        h = 2 + torch.randn(2, 32, 4, generator=generator, dtype=torch.float64)
        running(h, zero, layer=1)
        theirs(h[1].T)
    torch.testing.assert_close(running.mean[1][1, :, 0], theirs.running_mean)
    torch.testing.assert_close(running.variance[1][1, :, 0], theirs.running_var)
    running.training = False
    expected = torch.relu(theirs.eval()(h[1].T).T).detach()
    torch.testing.assert_close(running(h, zero, layer=1)[1], expected)


def test_what_is_seen_along_the_gradient_of_a_quadratic():
    # L = ½λw² at w = 1: g = λ, g' = λ(1 − kηλ), so ‖g' − g‖ / ‖g‖ = kηλ and β = λ.
    rate, curvature = 0.1, 3.0
    change = torch.tensor(smoothing.MULTIPLES)[None, :, None, None] * rate * curvature
    run = smoothing.Run(torch.ones(30, 1, 1), torch.zeros(1, 6, 1, 1), change)
    assert smoothing.effective_smoothness(run, (rate,)).item() == pytest.approx(curvature)
    assert run.gradient_change.item() == pytest.approx(4 * rate * curvature)


def test_a_run_that_diverged_is_never_the_best():
    loss = torch.stack([torch.ones(30, 2), torch.full((30, 2), torch.nan)], dim=1)
    run = smoothing.Run(loss, torch.zeros(1, 6, 2, 2), torch.zeros(1, 5, 2, 2))
    assert run.final.mean(dim=1).tolist() == [1.0, float("inf")]


def test_drift_counts_deviations_and_leaves_dead_units_out():
    before = torch.tensor([[[0.0, 2.0], [0.0, 0.0]]])  # deviation 1, and a unit that is dead
    after = before + torch.tensor([[[3.0], [5.0]]])
    assert wandering.drift([before], [after]).tolist() == [3.0]


def test_a_batch_of_one_and_a_students_list_are_told_in_words():
    alone = one_batch.evaluate(one_batch.complete({"size": 1}))
    assert "own mean" in alone.description
    assert np.allclose(alone.data.y, 0)
    assert len(alone.data.running_mean) == 1
    listed = one_batch(lambda x, gamma, beta, eps: model.batch_norm(x, gamma, beta).tolist())
    np.testing.assert_allclose(listed.data.yours, listed.data.y)
    wrong = one_batch(lambda x, *_: [1.0, 2.0])
    assert wrong.data.yours is None
    assert "shape" in wrong.note


def test_the_explorer_says_when_a_training_has_diverged():
    data = landscape.data(landscape.complete({}))
    nan = np.full_like(data.networks["batch norm"].along, np.nan)
    gone = data.networks["no normalization"]._replace(along=nan)
    told = landscape.describe(data._replace(networks={**data.networks, "no normalization": gone}))
    assert "diverged" in told
    assert "nan" not in told


def test_the_key_by_hand_is_what_one_finds_by_hand():
    (table,) = item_by_hand.canonical().parts
    values = [entry.value for entry in table.entries.values()]
    # 2, 8, 8, 2: mean 5, deviation 3; y = ±2 + 1; 0.1 · 5; 0.9 + 0.1 · 36/3
    assert values == pytest.approx([5, 9, -1, 3, 3, -1, 0.5, 2.1])


@pytest.mark.parametrize(
    ("typed", "lost"),
    [
        # σ², the four y, running mean and variance
        (["5", "36", "0", "2", "2", "0", "0.5", "5.7"], 1),  # σ² is wrong, the rest follows
        (["5", "12", "-0.732", "2.732", "2.732", "-0.732", "0.5", "2.1"], 1),  # over n − 1
        (["6", "10", "-1.53", "2.265", "2.265", "-1.53", "0.6", "2.2333"], 0.5),  # a wrong mean
        (["6", "8", "-1.828", "2.414", "2.414", "-1.828", "0.6", "1.967"], 1.5),  # and σ² as well
        (["5", "9", "-1", "3", "3", "-1", "0.5", "1.8"], 1),  # stored over n
        (["5", "-9", "0", "2", "2", "0", "0.5", "5.7"], 4),  # nothing follows from it
    ],
)
def test_what_follows_from_a_wrong_mean_or_variance_earns_its_points(typed, lost):
    (table,) = item_by_hand.canonical().parts
    marked = table.mark(dict(zip(table.entries, typed, strict=True)))
    assert marked.points == pytest.approx(table.points - lost), marked
