import numpy as np
import pytest
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from course_utils.data import ENZYMES, load_wine_split
from course_utils.lessons.normalization.model import METHODS, MeanMax, MinMax, Quadratic, Standard

WINE = load_wine_split(0)


@pytest.mark.parametrize(("ours", "theirs"), [(MinMax, MinMaxScaler), (Standard, StandardScaler)])
def test_normalizers_agree_with_scikit_learn_on_training_and_test_data(ours, theirs):
    norm, reference = ours().fit(WINE.x_train), theirs().fit(WINE.x_train)
    for x in (WINE.x_train, WINE.x_test):
        np.testing.assert_allclose(norm.transform(x), reference.transform(x), atol=1e-12)


def test_the_exams_table_has_mean_0_and_maximum_1():
    z = MeanMax().fit(ENZYMES.x).transform(ENZYMES.x)
    assert z.tolist() == [[-1, -1], [-0.5, 0.5], [0.5, -0.5], [1, 1]]


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda m: m.__name__)
def test_a_constant_feature_becomes_0_and_inputs_stay_as_they_are(method):
    x = np.column_stack([np.arange(10.0), np.full(10, 5.0), np.full(10, 0.1)])
    before = x.copy()
    z = method().fit(x).transform(x)
    if method is not METHODS["none"]:
        np.testing.assert_allclose(z[:, 1:], 0, atol=1e-15)  # 0.1 has a deviation of 1e-17
    assert np.array_equal(x, before)


def test_bad_input_is_told_in_words():
    with pytest.raises(ValueError, match="call fit"):
        Standard().transform(ENZYMES.x)
    for bad in (np.zeros(3), np.zeros((0, 3))):
        with pytest.raises(ValueError, match="samples, features"):
            Standard().fit(bad)


@pytest.fixture
def loss():
    rng = np.random.default_rng(1)
    x = rng.normal(2, [1, 3, 0.5], (50, 3))
    return Quadratic.of(x, x @ [1.0, -2.0, 3.0] + rng.normal(size=50))


@pytest.mark.parametrize("share", [0.3, 0.01, 1e-6])
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.99])
def test_steps_are_those_that_gradient_descent_really_takes(loss, share, rate):
    eta = rate * loss.largest_stable_rate
    steps = loss.steps_to(share, eta)
    excess = loss.excess(loss.descend(eta, steps))
    assert excess[steps] <= share * excess[0]
    assert steps == 1 or excess[steps - 1] > share * excess[0]


@pytest.mark.parametrize("rate", [0.1, 0.99, 1.02])
def test_the_excess_loss_by_its_formula_is_that_of_descent(loss, rate):
    eta = rate * loss.largest_stable_rate
    excess = loss.excess(loss.descend(eta, 100))
    assert np.allclose(loss.share_left(np.arange(101), eta), excess / excess[0])


@pytest.mark.parametrize("rate", [1.0, 1.05, 1.5])
def test_from_the_largest_stable_rate_on_descent_does_not_settle(loss, rate):
    assert loss.steps_to(0.01, rate * loss.largest_stable_rate) is None
    path = loss.descend(1.05 * loss.largest_stable_rate, 500)
    assert loss.excess(path[-1]) > loss.excess(path[0])


def test_the_condition_number_is_numpys(loss):
    assert loss.condition_number == pytest.approx(np.linalg.cond(loss.hessian))
