"""Losses, the best discriminator, the explorers' content and the questions of lecture 12."""

import random

import numpy as np
import pytest
import torch

from course_utils.lessons.gans import measurements, model, opponents, ring
from course_utils.lessons.gans.best import GRID, Labels, Normal, best, jensen_shannon, value
from course_utils.lessons.gans.explorers.densities import densities
from course_utils.lessons.gans.explorers.watch import one_seed, watch
from course_utils.lessons.gans.questions import item_5_2, item_5_3, item_5_4
from course_utils.lessons.gans.training import BATCH, loss_of_generator, run


def test_chance_has_the_losses_that_the_lecture_says():
    chance = np.zeros(5)
    assert model.discriminator_loss(chance, chance) == pytest.approx(np.log(4))
    assert model.generator_losses(chance) == pytest.approx((-np.log(2), np.log(2)))


def test_far_logits_have_finite_losses():
    far = np.array([-1000.0, 1000.0])
    assert model.discriminator_loss(far, far) == pytest.approx(1000)
    assert model.generator_losses(far) == pytest.approx((-500, 500))


def test_the_value_of_the_best_discriminator_is_log_4_below_twice_the_divergence():
    p = Normal(0, 1)
    for q in (Normal(0, 1), Normal(2, 0.7), Normal(4, 2)):
        at_best = value(best(p, q, GRID), p, q)
        assert at_best == pytest.approx(2 * jensen_shannon(p, q) - np.log(4), abs=1e-6)
        worse = np.clip(best(p, q, GRID) + 0.01 * np.sin(GRID), 1e-6, 1 - 1e-6)
        assert value(worse, p, q) < at_best


def test_one_sided_labels_scale_and_two_sided_ones_add_what_is_generated():
    p, q, x = Normal(0, 1), Normal(3, 1), np.array([0.0, 1.5, 3.0])
    usual = best(p, q, x)
    assert best(p, q, x, Labels(0.9, 0)) == pytest.approx(0.9 * usual)
    assert best(p, q, x, Labels(0.9, 0.1)) == pytest.approx(0.9 * usual + 0.1 * (1 - usual))


def test_each_statement_of_the_slopes_is_the_derivative():
    for p in (0.01, 0.3, 0.99):
        found = measurements.slopes(p)
        assert found.minmax == pytest.approx(p)
        assert found.non_saturating == pytest.approx(1 - p)


def test_the_value_is_largest_at_the_best_logit_for_the_usual_labels():
    data = densities.compute(**{**densities.start, "mean": 1.0, "deviation": 1.5})
    assert np.argmax(data.values) == np.searchsorted(np.linspace(0, 2, 41), 1 - 1e-9)
    assert data.value == pytest.approx(2 * data.divergence - np.log(4), abs=1e-6)
    assert data.values[0] == pytest.approx(-np.log(4), abs=1e-3)


@pytest.mark.parametrize("before", densities.presets.values(), ids=densities.presets)
def test_equal_densities_are_equal_whatever_was_chosen_before(before):
    after = {**densities.start, **before, "sharpness": 0.3, **densities.presets["equal densities"]}
    data = densities.compute(**after)
    assert data.value == pytest.approx(-np.log(4))
    assert np.abs(data.push).max() < 1e-9


def test_samples_are_pushed_towards_the_data():
    data = densities.compute(**{**densities.start, "mean": 3.0})
    assert (data.push < 0).all()


@pytest.mark.parametrize("variant", ["slow", "mini-batch", "unrolled"])
def test_a_push_lowers_the_generators_loss(variant):
    data = watch.compute(variant=variant, seed=2, progress=60)
    trained = run(variant)
    now = one_seed(trained.checkpoints[data.at], 1)
    real, batch, push = (
        torch.tensor(x[None, :BATCH]) for x in (data.real, data.samples, data.push)
    )
    before, after = (
        loss_of_generator(trained.recipe, now, real, batch + share * push).item()
        for share in (0, 0.01)
    )
    assert after < before
    assert data.steps[data.at] == data.step


def test_the_surface_is_blue_where_most_points_are_real():
    """After training, what D says of real points is on average more than of generated ones."""
    data = watch.compute(variant="fast", seed=1, progress=100)
    axis = np.linspace(-3.2, 3.2, len(data.surface))

    def says(points):
        column, row = (np.abs(points[:, [k]] - axis).argmin(axis=1) for k in (0, 1))
        return data.surface[row, column].mean()

    assert says(data.real) > says(data.samples)


@pytest.mark.parametrize(("seed", "progress"), [(5, 56), (3, 92)])
def test_at_the_stops_that_the_lecture_names_the_samples_are_a_heap(seed, progress):
    samples = watch.compute(variant="slow", seed=seed, progress=progress).samples
    along = np.linalg.eigvalsh(np.cov(samples.T))[-1] ** 0.5
    assert along < np.sqrt(ring.RADIUS**2 / 2 + ring.SIGMA**2) / 2


def test_forms_of_5_3_take_all_courses_and_those_of_5_4_all_remedies():
    went = {item_5_3.draw(random.Random(i)).went for i in range(30)}
    remedies = {item_5_4.draw(random.Random(i)).remedy for i in range(30)}
    assert went == {"flat", "caught", "falls"}
    assert remedies == {"any", "batch", "ahead"}


def test_a_discriminator_is_crossed_with_the_generator_of_each_column():
    trained = run("fast")
    found = opponents.crossed(trained, (0, 10, 25))
    assert found[0] == pytest.approx([np.log(4)] * 3)  # the first discriminator says 0.5
    assert found[2, 0] < found[2, 2]
    assert np.diag(found)[1:] == pytest.approx(trained.measured.loss_d[[10, 25]].mean(1), abs=0.05)


def test_a_newcomer_finds_the_first_generator_out_at_once():
    assert opponents.newcomer("fast", 0).max() < 0.1


def test_classes_to_choose_from_differ():
    for i in range(20):
        choice = item_5_2.draw(random.Random(i))
        assert len(set(choice.classes)) == 4


def test_the_steeper_loss_is_named_for_a_discriminator_that_wins():
    facts = item_5_3.exam().__class__("pictures", 10, "caught", 0.005)
    case = item_5_3.solve(facts)
    assert "0.005" in case.rubric[1].why
    assert "0.995" in case.rubric[2].why
