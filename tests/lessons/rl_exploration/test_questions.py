"""The questions of lecture 10."""

import random

import pytest

from course_utils.lessons.rl_exploration.bandits import Policy, race
from course_utils.lessons.rl_exploration.exploring_question import SHARES
from course_utils.lessons.rl_exploration.questions import item_2_2, item_by_hand


def test_the_update_by_hand_is_what_one_finds_by_hand():
    (table,) = item_by_hand.canonical().parts
    values = [entry.value for entry in table.entries.values()]
    # r = −2, γ = 0.5: the best next action is worth 8, the one taken 4
    assert values == [2, 4, 0, 3, -2, 2]


def test_every_update_by_hand_moves_the_value():
    for seed in range(300):
        step = item_by_hand.draw(random.Random(seed))
        assert step.old not in vars(item_by_hand.solve(step)).values()


def test_a_wrong_target_is_followed_through():
    (table,) = item_by_hand.canonical().parts
    answer = table.key() | {"0.0": "4", "0.1": "5"}
    remarks = table.mark(answer).remarks
    assert remarks["0.0"].outcome == "wrong"
    assert table.mark(answer).points == table.points - item_by_hand.points / 6


def test_the_exams_question_gives_a_point_for_each_word():
    (part,) = item_2_2.canonical().parts
    assert [criterion.points for criterion in part.rubric] == [1, 1]
    assert part.earned(part.full) == 2
    assert part.earned(part.partial) == 1


def test_variants_measure_what_they_claim():
    seen = set()
    for seed in range(60):
        question = item_2_2.question(seed)
        (part,) = question.parts
        assert part.points == 2
        assert any("Measured" in criterion.why for criterion in part.rubric)
        seen.add(part.rubric[0].says.split(":")[0])
    assert {"It only exploits", "It only explores", "Exploiting"} <= seen


@pytest.mark.parametrize("share", SHARES)
def test_a_share_that_falls_is_better_in_the_long_run_than_any_that_is_asked_about(share):
    fixed, falling = (
        race(Policy(epsilon=share, decays=decays), 3, runs=500).regret for decays in (False, True)
    )
    assert falling[-300:].mean() < fixed[-300:].mean()
    assert falling.sum(axis=0).mean() < fixed.sum(axis=0).mean()
