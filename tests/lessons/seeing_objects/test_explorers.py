"""What the lecture's explorers compute."""

import numpy as np

from course_utils.lessons.seeing_objects import sets
from course_utils.lessons.seeing_objects.counting import WAYS
from course_utils.lessons.seeing_objects.explorers import (
    capacity_alarm,
    kept_and_dropped,
    room_fills_up,
)
from course_utils.lessons.seeing_objects.explorers.pictures import coloured, outlines


def at(explorer, **settings):
    return explorer.compute(**explorer.complete(settings))


def test_the_room_fills_up_and_both_networks_count_it():
    few, many = at(room_fills_up, people=2), at(room_fills_up, people=20)
    assert few.room.people == 2
    assert np.array_equal(many.room.heads[:2], few.room.heads)
    assert many.numbers[1] < 10 < many.numbers[2]
    assert at(room_fills_up, people=0).room.people == 0


def test_nms_drops_more_the_lower_its_threshold():
    strict, loose = at(kept_and_dropped, threshold=0.1), at(kept_and_dropped, threshold=0.9)
    assert len(strict.dropped) > len(loose.dropped)
    assert strict.boxes < loose.boxes
    everything = [len(one.right) + len(one.wrong) + len(one.dropped) for one in (strict, loose)]
    assert everything[0] == everything[1]


def test_the_lowest_score_moves_the_point_and_not_the_average_precision():
    low, high = at(kept_and_dropped, score=0.2), at(kept_and_dropped, score=0.7)
    assert low.precision == high.precision
    assert low.at[0] > high.at[0]
    assert low.at[1] < high.at[1]


def test_more_overlap_asked_for_finds_fewer():
    assert at(kept_and_dropped, least=0.9).precision < at(kept_and_dropped, least=0.3).precision


def test_an_earlier_alarm_misses_less_and_rings_more_for_nothing():
    early, late = (at(capacity_alarm, above=a).alarms[WAYS[1]] for a in (-3, 3))
    assert early.missed < late.missed
    assert early.false > late.false
    assert at(capacity_alarm, way=WAYS[0]).alarms[WAYS[0]].missed > 0.9
    assert len(at(capacity_alarm).people) == len(sets.near_capacity().people)


def test_regions_are_coloured_each_and_boxes_are_closed_lines():
    picture = coloured(np.array([[0, 1], [2, 1]]))
    assert picture.shape == (2, 2, 3)
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) == 3
    (line,) = outlines(np.array([[1.0, 2, 3, 5]]))
    assert line.tolist() == [[1, 2], [3, 2], [3, 5], [1, 5], [1, 2]]
