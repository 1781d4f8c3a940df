"""The bandits: what a policy must do whatever the arms are."""

import numpy as np
import pytest

from course_utils.lessons.rl_exploration.bandits import (
    ARMS,
    GREEDY,
    POLICIES,
    Policy,
    band,
    race,
)


def test_regret_and_rank_agree():
    ran = race(POLICIES["Thompson"], 3, runs=50, steps=60)
    assert (ran.regret >= 0).all()
    np.testing.assert_array_equal(ran.rank == 0, ran.regret == 0)
    assert ran.rank.max() < ARMS


def test_random_pulls_are_even_and_cost_the_expected_regret():
    ran = race(Policy(epsilon=1.0), 3, runs=400, steps=200)
    shares = np.bincount(ran.arm.ravel(), minlength=ARMS) / ran.arm.size
    np.testing.assert_allclose(shares, 0.1, atol=0.01)
    assert abs(ran.regret.mean() - 1.54) < 0.12  # the mean of the highest of ten normals


def test_epsilon_leaves_the_share_that_it_should():
    late = race(Policy(epsilon=0.3), 3, runs=400, steps=400).arm[-100:]
    often = np.array([np.bincount(arms, minlength=ARMS).max() for arms in late.T]) / 100
    assert abs(np.median(often) - (0.7 + 0.03)) < 0.05


def test_ucb_pulls_every_arm_once_before_any_a_second_time():
    ran = race(Policy(bonus=2.0), 3, runs=50, steps=ARMS)
    assert (np.sort(ran.arm, axis=0) == np.arange(ARMS)[:, None]).all()


def test_a_decaying_share_falls_as_one_over_t():
    policy = POLICIES["decaying ε"]
    assert [policy.exploring(t) for t in (1, 10, 100, 1000)] == pytest.approx([1, 1, 0.1, 0.01])


def test_equal_seeds_give_every_policy_the_same_arms():
    """The arms' worths differ by run as their regrets do: the worst and the best arm tell."""
    first, second = (race(p, 5, runs=300, steps=300) for p in (GREEDY, Policy(epsilon=1.0)))
    worst = second.regret.max(axis=0)
    assert (first.regret.max(axis=0) <= worst + 1e-6).all()


def test_a_walk_moves_the_best_arm_and_noise_does_not():
    def changes(**arms):
        ran = race(Policy(epsilon=1.0), 3, runs=50, steps=300, **arms)
        ranks = [ran.rank[:, run][ran.arm[:, run] == 0] for run in range(50)]
        return np.mean([len(set(rank)) > 1 for rank in ranks])

    assert changes(spread=0.0, drift=0.03) > 0.9
    assert changes(noise=2.0) == 0


def test_a_band_holds_the_mean_as_often_as_it_says():
    rng = np.random.default_rng(0)
    bands = [band(rng.normal(2.0, 3.0, 50)) for _ in range(1000)]
    inside = np.mean([low < 2 < high for low, high in bands])
    assert 0.92 < inside < 0.97


def test_stuck_is_one_arm_that_is_not_the_best():
    ran = race(GREEDY, 4, runs=300, steps=300)
    for run in np.flatnonzero(ran.stuck)[:20]:
        assert len(set(ran.arm[30:, run])) == 1
        assert ran.rank[-1, run] > 0
    assert not race(Policy(epsilon=0.5), 4, runs=100, steps=300).stuck.any()
