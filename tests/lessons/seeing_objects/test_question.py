"""Item 2.3: detection where things are counted, segmentation where an area is asked for."""

import random

import numpy as np

from course_utils.lessons.seeing_objects.counting_question import show
from course_utils.lessons.seeing_objects.model import regions
from course_utils.lessons.seeing_objects.questions import item_2_3
from course_utils.lessons.seeing_objects.rooms import room


def test_the_exams_form_asks_about_people_and_wants_detection():
    case = item_2_3.solve(item_2_3.exam())
    assert "number of people in a room" in case.scenario
    assert case.rubric[0].says.startswith("Object detection")
    assert sum(criterion.points for criterion in case.rubric) == 2


def test_tasks_about_an_area_want_segmentation_and_both_sorts_are_drawn():
    sorts = set()
    for seed in range(60):
        facts = item_2_3.draw(random.Random(seed))
        case = item_2_3.solve(facts)
        wanted = "Object detection" if facts.task.counts else "Semantic segmentation"
        assert case.rubric[0].says.startswith(wanted)
        assert str(facts.number) in case.scenario
        sorts.add(facts.task.counts)
    assert sorts == {True, False}


def test_the_evidence_is_that_of_the_room():
    shown = show(9, 0)
    truth = room(np.random.default_rng([9, 0]), 9)
    assert shown.people == 9
    assert shown.regions == regions(truth.mask)[1] < 9
    assert shown.masked == round(100 * truth.mask.mean()) < shown.boxed


def test_no_room_that_serves_as_evidence_could_be_counted_by_its_regions():
    assert all(show(people, seed).regions < people for people in range(8, 12) for seed in range(20))
