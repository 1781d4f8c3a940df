"""How often the likely cause is the true one, for wrong answers as students write them."""

import pytest

from course_utils.checks import Outcome
from course_utils.lessons.normalization import exercises
from tests.lessons.normalization import second_trial
from tests.lessons.normalization.trial import RAISES, TRIAL

ALL = [*TRIAL, *second_trial.TRIAL]


def check(name):
    return getattr(exercises, f"check_{name}")


def told(name, answer):
    verdict = check(name)(answer)
    assert verdict.outcome is Outcome.NOT_RIGHT, verdict
    return verdict.cause


def test_nine_of_ten_wrong_answers_are_told_the_true_cause_and_none_a_false_one():
    causes = [(name, told(name, answer), words) for name, answer, words in ALL]
    assert len(ALL) >= 165
    false = [row for row in causes if row[1] and not any(w in row[1] for w in row[2])]
    assert not false
    silent = [row for row in causes if not row[1]]
    assert len(silent) <= 0.1 * len(ALL), silent


@pytest.mark.parametrize(("name", "answer", "words"), RAISES)
def test_an_error_is_told_by_what_it_means(name, answer, words):
    assert words in repr(check(name)(answer))
