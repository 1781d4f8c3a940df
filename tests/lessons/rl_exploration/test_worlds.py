"""Gymnasium's worlds: what the arrays say, against the environments themselves."""

import gymnasium
import numpy as np
import pytest

from course_utils.figures import plt
from course_utils.lessons.rl_exploration import worlds
from course_utils.lessons.rl_exploration.explorers.map import arrows, directions, lay_out, point
from course_utils.lessons.rl_exploration.worlds import World, greedy

LEFT, DOWN, RIGHT, UP = (0, -1), (1, 0), (0, 1), (-1, 0)


def test_the_two_environments_number_their_actions_differently_and_both_are_found():
    assert worlds.lake().moves == (LEFT, DOWN, RIGHT, UP)
    assert worlds.cliff().moves == (UP, RIGHT, DOWN, LEFT)


@pytest.mark.parametrize("name", ["CliffWalking-v1", "FrozenLake-v1"])
def test_an_action_moves_as_the_environment_moves(name):
    env = gymnasium.make(name, is_slippery=False, max_episode_steps=100)
    world = World.of(env)
    for action, (down, right) in enumerate(world.moves):
        env.reset(seed=0)
        env.unwrapped.s = 1 * world.shape[1] + 2 if name.startswith("C") else 9
        before = divmod(int(env.unwrapped.s), world.shape[1])
        after = divmod(env.step(action)[0], world.shape[1])
        assert tuple(np.subtract(after, before)) == (down, right)


def corridor() -> World:
    """Return a map that has one way: right, right, down, down, left, left, down to the goal."""
    desc = ["SFF", "HHF", "FFF", "GHH"]
    return World.of(gymnasium.make("FrozenLake-v1", desc=desc, is_slippery=False))


def test_the_arrows_of_a_map_with_one_way_follow_it():
    world = corridor()
    table = world.optimum(discount=0.9)
    figure, axes = plt.subplots()
    lay_out(axes, world)
    shown = arrows(axes, world)
    point(shown, world, table)
    figure.canvas.draw()
    state, walked = world.start, []
    while not walked or not world.P[state][0][0][3] or len(walked) < 7:
        place = state * len(world.moves) + int(table[state].argmax())
        right, down = shown.U[place], shown.V[place]
        assert not np.ma.is_masked(right)
        column, row = shown.XY[place]
        # On the screen y grows upwards; the arrow must lead to the next cell's place there.
        here, there = axes.transData.transform([(column, row), (column + right, row + down)])
        across, up = np.sign(np.round(there - here, 6)).astype(int)
        walked.append((-up, across))
        state = int(round(row + np.sign(down)) * world.shape[1] + round(column + np.sign(right)))
        if len(walked) == 7:
            break
    plt.close(figure)
    assert walked == [RIGHT, RIGHT, DOWN, DOWN, LEFT, LEFT, DOWN]
    assert world.shape == (4, 3)
    assert state == 9  # the goal


def test_up_is_drawn_upwards_and_equal_actions_have_an_arrow_each():
    world = worlds.lake()
    up = np.zeros((16, 4))
    up[:, world.moves.index(UP)] = 1
    right, down = directions(world, up)
    assert right.count() == down.count() == 16
    assert (right.compressed() == 0).all()
    assert (down.compressed() < 0).all()
    nobody = np.full((16, 4), np.nan)
    nobody[3] = 0.0
    assert directions(world, nobody)[0].count() == 4


def test_value_iteration_gives_the_known_optima():
    cliff, lake = worlds.cliff(), worlds.lake()
    assert np.isclose(cliff.optimum()[cliff.start].max(), -13)
    assert np.isclose(lake.optimum()[lake.start].max(), 14 / 17)
    assert 0.73 < lake.within(100) < 0.75
    assert lake.within(100) >= lake.within(100, greedy(lake.optimum()))


def test_what_a_policy_brings_is_what_walking_it_brings():
    env = gymnasium.make("FrozenLake-v1")
    lake = World.of(env)
    assert lake.limit == 100
    table = lake.optimum(discount=0.99)
    won = 0.0
    for episode in range(600):
        state, _ = env.reset(seed=0 if episode == 0 else None)
        over = False
        while not over:
            state, reward, terminated, truncated, _ = env.step(int(table[state].argmax()))
            won += reward
            over = terminated or truncated
    assert abs(won / 600 - lake.within(100, greedy(table))) < 0.07


def test_exploring_changes_which_way_along_the_cliff_is_best():
    cliff = worlds.cliff()
    ways = [
        -cliff.within(200, greedy(cliff.optimum(epsilon=epsilon).round(6)))
        for epsilon in (0.0, 0.1, 0.3)
    ]
    np.testing.assert_allclose(ways, [13, 15, 17])


def test_the_greedy_policy_shares_ties_and_explores_evenly():
    table = np.array([[1.0, 3.0, 3.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    np.testing.assert_allclose(greedy(table), [[0, 0.5, 0.5, 0], [0.25] * 4])
    np.testing.assert_allclose(greedy(table, 0.2)[0], [0.05, 0.45, 0.45, 0.05])
