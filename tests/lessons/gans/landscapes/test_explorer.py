import numpy as np
import pytest

from course_utils.explorers.testing import (
    assert_described,
    assert_every_control_matters,
    assert_faithful,
)
from course_utils.lessons.gans.landscapes.explorer import between, choose_landscape, noise
from course_utils.lessons.gans.landscapes.judge import NONE


@pytest.mark.parametrize("hold", [assert_faithful, assert_described, assert_every_control_matters])
def test_the_explorer_holds_what_all_hold(hold):
    hold(choose_landscape)


def test_a_walk_keeps_the_variance_and_ends_at_its_ends():
    first, second = noise(1), noise(2)
    assert between(first, second, 0.0) == pytest.approx(first)
    assert between(first, second, 1.0) == pytest.approx(second, abs=1e-6)
    rng = np.random.default_rng(0)
    halfway = between(rng.standard_normal(10_000), rng.standard_normal(10_000), 0.5)
    assert halfway.var() == pytest.approx(1, abs=0.05)


def test_a_walk_from_a_noise_to_itself_stays():
    data = choose_landscape.data({**choose_landscape.start, "first": 5, "second": 5, "way": 50})
    assert data.moved == 0
    assert data.walk == pytest.approx(np.stack([data.chosen] * len(data.walk)), abs=1e-6)


def test_the_strict_judge_refuses_the_forests_that_the_lecture_names():
    forest = {**choose_landscape.start, "kind": "forest"}
    said = {n: choose_landscape.data({**forest, "first": n}).strict for n in range(1, 31)}
    assert [n for n, strict in said.items() if strict.argmax() == NONE] == [12, 16, 30]


def test_the_same_noise_is_shown_under_every_label_and_along_the_walk():
    data = choose_landscape.data({"kind": "lake", "first": 4, "second": 9, "way": 0})
    assert data.chosen == pytest.approx(data.kinds[1])
    assert data.moved == pytest.approx(0, abs=1e-6)
    assert data.chosen == pytest.approx(data.walk[0], abs=1e-6)
    end = choose_landscape.data({"kind": "lake", "first": 4, "second": 9, "way": 100})
    assert end.chosen == pytest.approx(data.walk[-1], abs=1e-5)
    assert end.moved > 0.01
