"""The quick loop against Gymnasium, and its rules against hand-computed steps."""

import gymnasium
import numpy as np
import pytest

from course_utils.lessons.rl_exploration import worlds
from course_utils.lessons.rl_exploration.exercises.updates import q_update, sarsa_update
from course_utils.lessons.rl_exploration.learning import choose, first, learn


def on_the_environment(env, rule, seed, *, episodes, epsilon, rate, discount):
    """Learn with the exercises' updates on Gymnasium's environment itself."""
    rng = np.random.default_rng(seed)
    Q = np.zeros((env.observation_space.n, env.action_space.n))
    returns = []
    for episode in range(episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        action, total, over = choose(list(Q[state]), epsilon, rng.random), 0.0, False
        while not over:
            after, reward, terminated, truncated, _ = env.step(action)
            before = Q
            if rule == "SARSA":
                following = choose(list(Q[after]), epsilon, rng.random)
                step = (state, action, reward, after, following, terminated, rate, discount)
                Q = sarsa_update(before, *step)
            else:
                step = (state, action, reward, after, terminated, rate, discount)
                Q = q_update(before, *step)
                following = choose(list(Q[after]), epsilon, rng.random)
            state, action, total = after, following, total + reward
            over = terminated or truncated
        returns.append(total)
    return Q, returns


@pytest.mark.parametrize("rule", ["Q-learning", "SARSA"])
@pytest.mark.parametrize(
    ("name", "limit", "world"),
    [("CliffWalking-v1", 40, worlds.cliff(40)), ("FrozenLake-v1", 100, worlds.lake())],
)
def test_it_ends_with_the_table_of_gymnasium(rule, name, limit, world):
    env = gymnasium.make(name, max_episode_steps=limit)
    how = {"episodes": 150, "epsilon": 0.3, "rate": 0.2, "discount": 0.9}
    Q, returns = on_the_environment(env, rule, 7, **how)
    quick = learn(world, rule, seed=7, **how)
    np.testing.assert_allclose(quick.Q, Q, rtol=1e-12)
    np.testing.assert_array_equal(quick.returns, returns)


def test_one_step_from_zero_gives_plus_alpha():
    Q = np.zeros((2, 2))
    assert q_update(Q, 0, 1, 1.0, 1, True, 0.2, 0.9)[0, 1] == pytest.approx(0.2)
    assert sarsa_update(Q, 0, 1, 1.0, 1, 0, True, 0.2, 0.9)[0, 1] == pytest.approx(0.2)


def test_ties_are_fair_with_choose_and_not_with_first():
    random = np.random.default_rng(0).random
    values = [1.0, 0.0, 1.0, 1.0]
    counts = np.bincount([choose(values, 0.0, random) for _ in range(3000)], minlength=4)
    assert counts[1] == 0
    assert (abs(counts[[0, 2, 3]] - 1000) < 120).all()
    assert {first(values, 0.0, random) for _ in range(100)} == {0}


def test_only_the_wrong_ends_change_what_is_learned():
    cliff = worlds.cliff(15)
    how = {"episodes": 300, "epsilon": 0.1, "rate": 0.5, "discount": 1.0, "seed": 0}
    right, cut = (
        learn(cliff, "Q-learning", ends=ends, **how).Q[cliff.start].max()
        for ends in ("terminated", "either")
    )
    assert abs(right + 13) < 0.2
    assert cut > right + 0.2
    lake = worlds.lake()
    unmasked = learn(
        lake, "Q-learning", episodes=200, epsilon=0.0, rate=0.1, discount=0.99, seed=0, start=1.0,
        ends="neither",
    )  # fmt: skip
    assert unmasked.Q.max() > 1


def test_an_episodes_steps_and_table_are_kept_when_asked_for():
    cliff = worlds.cliff()
    learned = learn(
        cliff, "SARSA", episodes=5, epsilon=0.1, rate=0.5, discount=1.0, seed=1,
        keep=frozenset({1, 4}),
    )  # fmt: skip
    assert set(learned.steps) == set(learned.tables) == {1, 4}
    assert sum(reward for _, _, reward in learned.steps[4]) == learned.returns[4]
    np.testing.assert_array_equal(learned.tables[4], learned.Q)
    assert (learned.tables[1] != learned.Q).any()
