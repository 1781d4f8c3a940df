"""What is particular to lecture 05; the rest is tested for every lecture alike."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.lessons.generalization import classification, descent, model, networks, stopping
from course_utils.lessons.generalization.exercises.adam import adam_step
from course_utils.lessons.generalization.explorers import thirty
from course_utils.lessons.generalization.questions import item_1_8


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_inputs_lie_in_their_strips_and_never_close_together(rng):
    x = model.inputs(50, 10, rng)
    assert np.all(np.floor((x + 1) * 5) == np.arange(10))
    assert np.diff(x, axis=1).min() > 0.1 * 0.2


@pytest.mark.parametrize("coefficients", [3, 20, 50])
def test_a_fit_is_the_shortest_least_squares_solution(rng, coefficients):
    sets = model.training_sets(4, rng)
    weights = model.fit(sets, coefficients)
    for x, y, w in zip(*sets, weights, strict=True):
        expected = np.linalg.lstsq(model.cosines(x, coefficients), y)[0]
        np.testing.assert_allclose(w, expected, atol=1e-8)


@pytest.mark.parametrize("coefficients", [3, 50])
def test_a_penalized_fit_has_no_gradient_left(rng, coefficients):
    sets, strength = model.training_sets(4, rng), 0.3
    w = model.fit(sets, coefficients, strength)
    features = model.cosines(sets.x, coefficients)
    residual = np.einsum("snc,sc->sn", features, w) - sets.y
    gradient = np.einsum("snc,sn->sc", features, residual) + strength * w
    np.testing.assert_allclose(gradient, 0, atol=1e-10)


def test_both_terms_are_estimated_without_bias(rng):
    # Predictions with a known squared bias of 0.25 and variance of 4, three trainings at a time.
    found = np.mean(
        [model.terms(rng.normal(0.5, 2.0, (3, 200)), np.zeros(200)) for _ in range(400)],
        axis=0,
    )
    np.testing.assert_allclose(found, (0.25, 4.0), rtol=0.05)


def test_a_network_of_a_stack_learns_as_pytorchs_does():
    torch.set_num_threads(1)
    sets = networks.fresh(samples=6, sets=1)
    run = networks.train(sets, units=3, l2=0.1, steps=networks.EVERY)
    assert run.predictions.shape == (2, len(networks.SEEDS), len(model.GRID))
    generator = np.random.default_rng([networks.SEEDS[0], 0, networks.FIRST_WEIGHTS])
    drawn = [
        torch.tensor(generator.normal(size=(len(networks.SEEDS), *shape)))
        for shape in ((1, 3), (1, 3), (3, 1))
    ]
    place = 2
    network = nn.Sequential(nn.Linear(1, 3), nn.Tanh(), nn.Linear(3, 1)).double()
    with torch.no_grad():
        network[0].weight.copy_(4 * drawn[0][place].T)
        network[0].bias.copy_(2 * drawn[1][place, 0])
        network[2].weight.copy_(drawn[2][place].T / 3**0.5)
        network[2].bias.zero_()
    optimizer = torch.optim.Adam(network.parameters(), lr=networks.RATE)
    x, y = (torch.tensor(part[place])[:, None] for part in sets)
    for _ in range(networks.EVERY):
        optimizer.zero_grad()
        penalty = 0.1 * (network[2].weight ** 2).sum()
        (nn.functional.mse_loss(network(x), y) + penalty).backward()
        optimizer.step()
    grid = torch.tensor(model.GRID)[:, None]
    expected = network(grid).detach()[:, 0].numpy()
    np.testing.assert_allclose(run.predictions[1, place], expected, atol=1e-9)


def test_the_validation_loss_interpolates_between_the_grids_points():
    line = np.broadcast_to(2 * model.GRID, (3, 2, len(model.GRID)))
    x = np.array([[-1.0, 0.123], [0.5, 1.0]])
    loss = networks.validation_loss(line, model.Sets(x, 2 * x + 0.5))
    np.testing.assert_allclose(loss, 0.25)


def test_a_network_is_kept_where_its_own_validation_loss_is_lowest():
    looks = np.arange(3)[:, None, None] * np.ones((1, 2, len(model.GRID)))
    x = np.zeros((2, 4))
    validation = model.Sets(x, np.array([[1.1] * 4, [2.1] * 4]))
    kept = networks.stopped(networks.Trained(looks, looks[..., 0]), validation)
    assert kept[:, 0].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("losses", "patience", "expected"),
    [
        ([3, 2, 1, 2, 2, 0], 2, (2, 4)),  # the 0 comes too late
        ([3, 2, 1, 2, 2, 0], 4, (5, 5)),
        ([1, 2, 3], 1, (0, 1)),
        ([3, 2, 1], 1, (2, 2)),
    ],
)
def test_training_ends_when_patience_is_over(losses, patience, expected):
    assert stopping.stop(np.array(losses), patience) == expected


def test_a_steps_decay_is_adamws_and_its_l2_is_adams(rng):
    w, gradient = rng.normal(size=(2, 5))
    for make, l2, decay in ((torch.optim.Adam, 0.3, 0.0), (torch.optim.AdamW, 0.0, 0.3)):
        parameter = nn.Parameter(torch.tensor(w))
        optimizer = make([parameter], lr=0.1, weight_decay=0.3)
        ours, m, v = w, np.zeros(5), np.zeros(5)
        for k in (1, 2, 3):
            parameter.grad = torch.tensor(gradient)
            optimizer.step()
            ours, m, v = adam_step(ours, gradient, m, v, k, 0.1, l2, decay)
        np.testing.assert_allclose(ours, parameter.detach().numpy())


def test_the_terms_of_the_zero_one_loss_on_a_table_by_hand(monkeypatch):
    monkeypatch.setattr(classification, "OPTIMAL", np.array([1, 1]))
    predicted = np.array([[1, -1], [1, -1], [1, -1], [-1, 1]])
    found = classification.zero_one(predicted, np.random.default_rng(0))
    # At the first input the majority is right and 1/4 disagrees; at the second it is wrong.
    assert (found.bias, found.where_right, found.where_wrong) == (0.5, 0.125, 0.125)
    assert found.combined == pytest.approx(0.1 + 0.8 * 0.5)


def test_the_error_has_its_peak_where_weights_equal_samples():
    error = descent.of_cosines().sum(axis=2)[:, descent.COEFFICIENTS.index(12) :]
    peak = descent.COEFFICIENTS.index(20) - descent.COEFFICIENTS.index(12)
    assert set(error.argmax(axis=1)) == {peak}


def test_the_thirty_trainings_are_those_of_least_squares_whatever_the_noise():
    data = thirty.data(thirty.complete({"coefficients": 6, "noise": 0.5}))
    expected = np.linalg.lstsq(model.cosines(data.x, 6), data.y)[0]
    np.testing.assert_allclose(data.fits[0], model.cosines(model.GRID, 6) @ expected, atol=1e-9)
    distance = np.mean((data.fits - model.truth(model.GRID)) ** 2)
    assert data.bias2 + data.variance == pytest.approx(distance)


def test_a_students_decomposition_is_shown_and_what_are_no_two_numbers_is_refused():
    shown = thirty(model.decompose).data
    assert shown.yours == (shown.bias2, shown.variance)
    for wrong, says in ((3.0, "two numbers"), ((np.nan, 1), "nan"), ([[1, 2], 3], "two numbers")):
        with pytest.raises(ValueError, match=says):
            thirty.yours(wrong)


def test_the_exams_trainings_differ_widely_and_are_right_on_average():
    key = item_1_8.solve(item_1_8.exam())
    assert (key.high_bias, key.high_variance) == (False, True)
    assert key.bias < key.spread / 4
    prompt = item_1_8.canonical().prompt
    assert "differ widely" in prompt
    assert "close to the right value" in prompt
    why = {option.why for option in item_1_8.canonical().parts[0].options}
    assert why == {
        "Close to the right value on average: low bias. The trainings differ widely: high variance."
    }


def test_the_key_of_a_table_is_what_its_rows_say():
    drawn = [item_1_8.facts(seed) for seed in range(60)]
    cases = set()
    for facts in drawn:
        rows, right = np.array(facts.predictions), np.array(facts.truth)
        off = np.sqrt(np.mean((rows.mean(axis=0) - right) ** 2))
        spread = np.sqrt(np.mean(rows.var(axis=0)))
        key = item_1_8.solve(facts)
        assert (key.high_bias, key.high_variance) == (off > 5, spread > 5)
        assert not 3.5 < off < 6.5
        assert not 3.5 < spread < 6.5
        by_input, apart = np.abs(rows.mean(axis=0) - right), np.abs(rows - rows.mean(axis=0))
        assert {np.mean(by_input) > 5, np.median(by_input) > 5} == {key.high_bias}
        assert {np.mean(apart) > 5, np.median(apart) > 5} == {key.high_variance}
        cases.add((key.high_bias, key.high_variance))
    assert len(cases) == 4
