"""The bank as a list."""

import json

import pytest

from course_utils.exam import blueprint, listing
from tests.exam.paper_examples import Any, whole_exam


def test_every_item_is_listed_with_or_without_a_question():
    lines = listing.lines({"1.1": Any("1.1")})
    assert [line.id for line in lines] == list(blueprint.ITEMS)
    first, second = lines[:2]
    assert (first.points, first.kind, first.lecture) == (1, "mark all", "normalization")
    assert first.title
    assert first.guess is not None
    assert (second.title, second.guess) == ("", None)


def test_guess_is_the_mean_over_blind_answers():
    # One right statement of three, none above: 1 for {a}, 0.5 for {a, b} and {a, c}, of 9 answers.
    (line,) = [line for line in listing.lines({"1.1": Any("1.1")}) if line.title]
    assert line.guess == pytest.approx(2 / 9, abs=1e-4)


def test_missing_items_and_points():
    items = whole_exam()
    del items["7.1"], items["2.1"]
    assert listing.missing(items) == ["2.1", "7.1"]
    told = json.loads(json.dumps(listing.as_json(items)))
    assert told["points"] == 66
    assert told["points_with_question"] == 60
    assert told["missing"] == ["2.1", "7.1"]
    assert len(told["items"]) == 29
