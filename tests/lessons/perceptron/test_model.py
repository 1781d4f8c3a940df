"""The learning rule, separations, certificates and gates, against independent computations."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.linear_model import Perceptron as SklearnPerceptron

from course_utils.data import ENZYMES
from course_utils.lessons.perceptron.model import (
    FUNCTIONS,
    INPUTS,
    augmented,
    certificate,
    layer,
    learn,
    named,
    radius,
    separation,
    truth,
    two_layers,
)
from course_utils.lessons.perceptron.model.tasks import mislabelled, overlapping, separable

ZOMBIES = (ENZYMES.x - [82, 8]) / [40, 8]
OUTCOME = np.where(ENZYMES.zombie, 1.0, -1.0)
SEEDS = range(300, 310)


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


# The learning rule


@pytest.mark.parametrize("seed", SEEDS)
def test_in_turn_the_rule_ends_at_scikit_learns_weights(seed: int) -> None:
    x, y = separable(rng(seed), 0.1)
    theirs = SklearnPerceptron(shuffle=False, tol=None, max_iter=200).fit(x, y)
    ours = learn(x, y)
    assert ours.ended
    np.testing.assert_allclose(ours.last, [*theirs.intercept_, *theirs.coef_[0]], atol=1e-12)


def test_the_path_is_what_its_samples_add_up_to() -> None:
    x, y = overlapping(rng(1), 60)
    way = learn(x, y, rng(2), passes=5)
    steps = (y[:, None] * augmented(x))[way.learned]
    np.testing.assert_allclose(np.diff(way.path, axis=0), steps)
    assert np.all((way.path[:-1] * steps).sum(axis=1) <= 0), "each was a mistake"
    assert sum(way.in_pass) == way.mistakes == len(way.path) - 1
    assert way.survived.sum() == 5 * 60
    assert not way.ended


def test_averaged_weights_are_the_mean_over_all_samples_seen() -> None:
    x, y = overlapping(rng(3), 40)
    weights, seen = np.zeros(3), []
    for _ in range(4):
        for row in y[:, None] * augmented(x):
            seen.append(weights)
            if row @ weights <= 0:
                weights = weights + row
    np.testing.assert_allclose(learn(x, y, passes=4).averaged, np.mean(seen, axis=0))


def test_the_pocket_has_the_fewest_errors_of_the_path() -> None:
    x, y = overlapping(rng(4), 50)
    way = learn(x, y, rng(5), passes=10)
    errors = [np.sum(y * (augmented(x) @ weights) <= 0) for weights in way.path]
    assert way.errors(x, y).tolist() == errors
    kept = way.pocket(x, y)
    assert np.sum(y * (augmented(x) @ kept) <= 0) == min(errors)
    np.testing.assert_array_equal(kept, way.path[errors.index(min(errors))])


def test_it_stops_after_so_many_mistakes_or_passes() -> None:
    assert learn(ZOMBIES, OUTCOME, mistakes=7).mistakes == 7
    assert learn(ZOMBIES, OUTCOME, mistakes=0).path.tolist() == [[0, 0, 0]]
    assert len(learn(ZOMBIES, OUTCOME, passes=3).in_pass) == 3


def test_a_sample_on_the_boundary_is_a_mistake_whatever_its_label() -> None:
    for label in (-1.0, 1.0):
        way = learn(np.array([[1.0], [1.0]]), np.array([label, label]))
        assert way.mistakes == 1


# Separation


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("gap", [0.3, 0.03])
def test_no_training_makes_more_mistakes_than_the_bound(seed: int, gap: float) -> None:
    x, y = separable(rng(seed), gap)
    found = separation(x, y)
    assert found is not None
    assert found.radius == radius(x) == pytest.approx(np.sqrt(1 + (x**2).sum(axis=1)).max())
    assert np.linalg.norm(found.weights) == pytest.approx(1)
    assert found.margin == pytest.approx((y * (augmented(x) @ found.weights)).min())
    for order in range(3):
        assert learn(x, y, rng(order)).mistakes <= found.bound


@pytest.mark.parametrize("seed", SEEDS)
def test_the_margin_is_the_largest(seed: int) -> None:
    x, y = separable(rng(seed), 0.2, count=30)
    signed = y[:, None] * augmented(x)
    found = separation(x, y)
    assert found is not None
    best = minimize(
        lambda v: v @ v,
        found.weights / found.margin + 0.1,
        jac=lambda v: 2 * v,
        constraints={"type": "ineq", "fun": lambda v: signed @ v - 1, "jac": lambda _: signed},
        method="SLSQP",
    )
    assert best.success
    assert found.margin == pytest.approx(1 / np.linalg.norm(best.x), rel=1e-5)


@pytest.mark.parametrize("seed", range(300, 340))
def test_there_is_a_separation_or_a_certificate_and_never_both(seed: int) -> None:
    draw = rng(seed)
    x = draw.normal(size=(int(draw.integers(3, 9)), 2))
    y = draw.choice([-1.0, 1.0], len(x))
    found, proof = separation(x, y), certificate(x, y)
    assert (found is None) == (proof is not None)
    if proof is not None:
        assert proof.shares.min() >= 0
        for label in (-1, 1):
            own = proof.shares[y == label]
            assert own.sum() == pytest.approx(1)
            np.testing.assert_allclose(own @ x[y == label], proof.point, atol=1e-8)


def test_the_zombies_are_xor() -> None:
    assert separation(ZOMBIES, OUTCOME) is None
    proof = certificate(ENZYMES.x, OUTCOME)
    assert proof is not None
    np.testing.assert_allclose(proof.point, [82, 8])
    np.testing.assert_allclose(proof.shares, 0.5)
    for kept in map(list, combinations(range(4), 3)):
        assert separation(ZOMBIES[kept], OUTCOME[kept])
    way = learn(ZOMBIES, OUTCOME, mistakes=400)
    np.testing.assert_array_equal(way.path[4:], way.path[:-4])


def test_generated_samples_keep_their_gap_and_both_classes() -> None:
    for seed in SEEDS:
        x, y = separable(rng(seed), 0.4)
        assert x.shape == (100, 2)
        assert set(y) == {-1, 1}
        assert np.linalg.norm(x, axis=1).max() <= 1
        found = separation(x, y)
        assert found is not None
        assert found.margin >= 0.4 / np.sqrt(1 + 0.3**2) - 1e-9  # (1, x) has a line of length > 1


# Gates


def test_the_sixteen_functions_are_all_different_and_two_need_a_layer() -> None:
    tables = {tuple(truth(name)) for name in FUNCTIONS}
    assert len(tables) == 16
    assert truth("XOR").tolist() == [0, 1, 1, 0]
    assert truth("NAND").tolist() == [1, 1, 1, 0]
    none = {name for name in FUNCTIONS if separation(INPUTS, 2 * truth(name) - 1) is None}
    assert none == {"XOR", "XNOR"}


def test_gates_compute_by_the_sign_of_their_sums() -> None:
    table = np.array([[1, 1, -2.0], [1, 1, -1], [-1, -1, 1]])
    outputs = layer(table, INPUTS)
    assert [named(column) for column in outputs.T] == ["AND", "OR", "NAND"]
    assert named(two_layers(table[[1, 2, 0]], INPUTS)) == "XOR"


def test_a_tenth_of_the_training_labels_is_wrong_and_none_of_the_fresh_ones():
    x, y, fresh, label = mislabelled(rng(5), 400, 400)
    line = separation(fresh, label)
    assert line is not None
    share = np.mean(y * (augmented(x) @ line.weights) < 0)
    assert 0.05 < share < 0.15
