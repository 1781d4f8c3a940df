"""What the explorers of lecture 10 say and show."""

import numpy as np
import pytest

from course_utils.lessons.rl_exploration import explorers
from course_utils.lessons.rl_exploration.explorers.bandit_race import _apart
from course_utils.lessons.rl_exploration.explorers.cliff_drawing import way_of
from course_utils.lessons.rl_exploration.explorers.cliff_episode import route
from course_utils.lessons.rl_exploration.worlds import cliff


def shown(**settings):
    return explorers.cliff.evaluate(explorers.cliff.complete(settings))


def test_the_cliff_tells_the_way_the_fall_and_what_is_possible():
    late = shown(episode=400, epsilon=0.0)
    assert late.numbers["greedy way to the goal"] == "13 moves"
    assert late.numbers["best with this ε"] == "−13.0"
    early = shown(episode=1)
    assert "with" in early.description
    assert early.data.falls == sum(r == -100 for _, _, r in early.data.steps)


@pytest.mark.parametrize(("epsilon", "moves"), [(0.0, 13), (0.1, 15), (0.3, 17)])
def test_a_route_is_counted(epsilon, moves):
    assert route(cliff().optimum(epsilon=epsilon)) == (moves, moves)


def test_equally_good_actions_are_all_followed():
    table = cliff().optimum()
    up, right, down, _ = range(4)
    table[24, up] = table[24, right]  # above the start: a row higher is as good,
    table[12, down] -= 1  # and from there only to the right
    assert route(table) == (13, 15)
    table[24, down] = table[24, right]  # back to the start, as often as it is drawn
    assert route(table) is None


def test_a_route_that_runs_in_a_circle_or_falls_is_none():
    world = cliff()
    table = np.zeros((48, 4))
    table[:, world.moves.index((0, -1))] = 1  # left, for ever
    assert route(table) is None
    table[:, world.moves.index((0, 1))] = 2  # right, off the cliff
    assert route(table) is None


def test_the_way_of_an_episode_enters_the_cliff_where_it_falls_and_ends_at_the_goal():
    world = cliff()
    up, right, down, _ = range(4)
    fall = (world.start, right, -100.0)
    x, y = way_of([fall, (36, up, -1.0)])
    np.testing.assert_array_equal(x, [0, 0.62, np.nan, 0])
    np.testing.assert_array_equal(y, [3, 3, np.nan, 3])
    x, y = way_of([(35, down, -1.0)])
    assert (x[-1], y[-1]) == (11, 2.62)


def test_the_presets_of_the_race_are_the_lectures_policies():
    race = explorers.bandit_race
    for settings in race.presets.values():
        data = race.data(settings)
        ends = [curve.mean[-1] for curve in data.usual.values()]
        assert any(np.isclose(data.yours.mean[-1], end) for end in ends)
        assert np.isclose(data.yours.ranks.sum(), 1)


def test_the_labels_of_the_race_are_near_their_lines_and_apart():
    heights = {"low": 50.0, "a": 160.0, "b": 160.0, "c": 170.0}
    placed = _apart(heights)
    at = np.array(list(placed.values()))
    assert np.diff(at).min() > 20
    assert placed["low"] == 50
    assert np.isclose(at[1:].mean(), np.mean([160, 160, 170]))  # moved both ways
