"""The ring's measures, the networks that are trained side by side, and the steps ahead."""

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import softplus

from course_utils.lessons.gans import model, ring
from course_utils.lessons.gans.networks import (
    NOISE,
    Discriminator,
    Generator,
    closeness,
    noise,
)
from course_utils.lessons.gans.training import (
    RECIPES,
    Checkpoint,
    Recipe,
    loss_of_discriminator,
    loss_of_generator,
    train,
)
from course_utils.lessons.gans.unrolling import BETAS, RATE_AHEAD, Moments, looked_ahead

generate = Generator()


def draws(count=2, first=0):
    return [torch.Generator().manual_seed(first + i) for i in range(count)]


def unlike_the_first(discriminate):
    """Return parameters of two discriminators, also of their last layers, which are 0 at first."""
    first = discriminate.first(draws())
    return first + 0.1 * torch.randn(first.shape, generator=draws(1)[0])


def test_real_points_cover_every_mode_and_a_shifted_set_is_at_its_distance():
    points = ring.real_points(1000, draws()).numpy()
    assert [ring.modes(one) for one in points] == [8, 8]
    assert np.allclose(ring.distance(points, points), 0)
    # A shift by s along x is one by s·|cos| along a direction: on average 2s/π.
    shifted = ring.distance(points, points + np.array([0.3, 0]))
    assert shifted == pytest.approx(0.3 * 2 / math.pi, rel=0.01)


def test_a_mode_needs_one_in_a_hundred_samples():
    far = np.full((990, 2), 9.0)
    few, enough = (np.repeat(ring.CENTRES[:1], count, axis=0) for count in (9, 10))
    assert ring.modes(np.concatenate([far, few])) == 0
    assert ring.modes(np.concatenate([far, enough])) == 1


def test_networks_side_by_side_do_not_touch_each_other():
    discriminate = Discriminator(kernels=4)
    both, alone = draws(2), draws(1, first=1)
    g, d = generate.first(both), unlike_the_first(discriminate)
    z = noise(6, draws(2))
    x = generate(g, z)[:, None]
    assert torch.equal(generate.first(alone)[0], g[1])
    assert torch.allclose(generate(g[1:], z[1:]), x[1:, 0])
    assert torch.allclose(discriminate(d[1:], x[1:]), discriminate(d, x)[1:], atol=1e-6)
    assert z.shape == (2, 6, NOISE)


def test_samples_are_compared_within_their_own_batch_only():
    discriminate = Discriminator(kernels=4)
    d = unlike_the_first(discriminate)
    x = 0.3 * torch.randn(2, 2, 8, 2, generator=draws()[0], dtype=ring.PRECISION)
    moved = x.clone()
    moved[:, 0] += 0.5
    before, after = discriminate(d, x), discriminate(d, moved)
    assert torch.equal(before[:, 1], after[:, 1])
    moved = x.clone()
    moved[:, 1, 0] += 0.5
    assert not torch.allclose(before[:, 1, 1:], discriminate(d, moved)[:, 1, 1:])


def test_a_point_that_comes_alone_among_others_is_judged_as_in_a_batch_with_them():
    discriminate = Discriminator(kernels=4)
    d = unlike_the_first(discriminate)
    x = 0.3 * torch.randn(2, 1, 8, 2, generator=draws()[0], dtype=ring.PRECISION)
    alone = discriminate.among(d, x[:, 0, :1], x[:, 0, 1:])
    assert torch.allclose(alone, discriminate(d, x)[:, 0, :1], atol=1e-5)


def test_closeness_of_tensors_is_that_of_arrays():
    m = np.random.default_rng(0).normal(size=(7, 3, 2))
    assert np.allclose(closeness(torch.tensor(m)).numpy(), model.closeness(m))
    assert np.allclose(model.closeness(np.repeat(m[:1], 7, axis=0)), 1)


def small_game():
    """Return a loss of D's parameters that depends on samples, both in float64."""
    generator = draws(1)[0]
    samples = torch.randn(1, 5, 2, generator=generator, dtype=torch.float64).requires_grad_()
    real = torch.randn(1, 5, 2, generator=generator, dtype=torch.float64) + 1
    w = torch.randn(1, 2, generator=generator, dtype=torch.float64).requires_grad_()

    def loss_at(samples):
        return lambda w: (softplus(-real @ w[0]) + softplus(samples @ w[0])).mean()

    return samples, w, loss_at


def moments_of(w):
    return Moments(torch.full_like(w, 0.03).detach(), torch.full_like(w, 0.02).detach(), 4)


@pytest.mark.parametrize("detached", [True, False])
def test_looking_ahead_takes_the_steps_of_pytorchs_adam(detached):
    samples, w, loss_at = small_game()
    loss = loss_at(samples.detach())
    later = looked_ahead(loss, w, moments_of(w), steps=3, detached=detached)

    ours = w.detach().clone().requires_grad_()
    adam = torch.optim.Adam([ours], lr=RATE_AHEAD, betas=BETAS)
    first, second, made = moments_of(w)
    adam.state[ours] = {
        "step": torch.tensor(float(made)), "exp_avg": first, "exp_avg_sq": second,
    }  # fmt: skip
    for _ in range(3):
        adam.zero_grad()
        loss(ours).backward()
        adam.step()
    assert torch.allclose(later, ours, rtol=0, atol=1e-8)
    assert not torch.equal(later, w)


def test_the_gradient_goes_through_the_steps_ahead_and_differs_from_the_detached_one():
    samples, w, loss_at = small_game()

    def loss_g(samples, detached):
        later = looked_ahead(loss_at(samples), w, moments_of(w), steps=3, detached=detached)
        return softplus(-samples @ later[0]).mean()

    through, cut = (
        torch.autograd.grad(loss_g(samples, detached), samples)[0] for detached in (False, True)
    )
    tiny = 1e-6
    for i, k in ((0, 0), (3, 1)):
        up, down = samples.detach().clone(), samples.detach().clone()
        up[0, i, k] += tiny
        down[0, i, k] -= tiny
        slope = (loss_g(up, detached=True) - loss_g(down, detached=True)).item() / (2 * tiny)
        assert through[0, i, k].item() == pytest.approx(slope, rel=1e-4)
        assert abs(cut[0, i, k].item() - slope) > 1e-3 * abs(slope)


def test_moments_are_those_of_the_optimizer():
    w = torch.zeros(1, 3, requires_grad=True)
    adam = torch.optim.Adam([w], lr=0.1, betas=BETAS)
    assert Moments.of(adam, w).steps == 0
    w.grad = torch.tensor([[1.0, 2.0, 4.0]])
    adam.step()
    first, second, made = Moments.of(adam, w)
    assert torch.allclose(first, 0.5 * w.grad)
    assert torch.allclose(second, 0.001 * w.grad**2)
    assert made == 1


def test_all_variants_begin_alike_and_at_the_losses_of_chance():
    short = {name: recipe._replace(steps=25) for name, recipe in RECIPES.items()}
    runs = {name: train(recipe) for name, recipe in short.items() if name != "mini-batch"}
    for run in runs.values():
        assert np.allclose(run.measured.loss_d[0], math.log(4))
        assert np.allclose(run.measured.loss_g[0], math.log(2))
        assert torch.equal(run.checkpoints[0].generator, runs["slow"].checkpoints[0].generator)
        assert len(run.steps) == 26
        assert run.steps[-1] == 25
    last = {name: run.checkpoints[-1].generator for name, run in runs.items()}
    assert not torch.allclose(last["unrolled"], last["detached"], atol=1e-3)


def test_the_generators_loss_is_the_non_saturating_one():
    at = draws()
    discriminate = Discriminator()
    g, d = generate.first(at), discriminate.first(at) + 0.1
    real, generated = ring.real_points(64, at), generate(g, noise(64, at))
    now = Checkpoint(0, g, d, Moments(torch.zeros_like(d), torch.zeros_like(d), 0))
    loss = loss_of_generator(Recipe(0.1, 25), now, real, generated)
    logits = discriminate(d, torch.stack([real, generated], dim=1))
    for i in range(2):
        a, b = logits[i].double().numpy()
        assert loss[i].item() == pytest.approx(model.generator_losses(b)[1], rel=1e-5)
        assert loss_of_discriminator(logits)[i].item() == pytest.approx(
            model.discriminator_loss(a, b), rel=1e-5
        )


def test_a_training_forgets_how_numbers_were_rounded(monkeypatch):
    recipe = RECIPES["slow"]._replace(steps=200)
    once = train(recipe)
    first = Generator.first

    def rounded_otherwise(self, draws):
        parameters = first(self, draws)
        return parameters * (1 + 1e-15 * torch.randn(parameters.shape, dtype=parameters.dtype))

    monkeypatch.setattr(Generator, "first", rounded_otherwise)
    again = train(recipe)
    apart = (again.checkpoints[-1].generator - once.checkpoints[-1].generator).abs().max()
    assert 0 < apart < 1e-8
