"""Every lecture covers its exam items in all five ways, and its explorers are quick."""

import inspect

import pytest

from course_utils.authoring.source import read
from course_utils.exam import blueprint
from course_utils.explorers import contact_sheet
from course_utils.explorers.testing import (
    assert_described,
    assert_every_control_matters,
    assert_faithful,
    assert_hands_stay,
    assert_quick,
)
from course_utils.lessons.room import CURRICULUM, exercises, module, room, room_names
from tests.lessons import rooms

LECTURES = rooms.lectures()
EXPLORERS = [
    (name, key)
    for name in LECTURES
    if (part := module(name, "explorers"))
    for key in part.EXPLORERS
]


def test_every_lecture_has_a_room_of_its_name_and_every_room_is_one_of_the_exams():
    assert set(LECTURES) <= set(room_names())
    known = {entry.lecture for entry in blueprint.ITEMS.values()} | set(LECTURES)
    assert set(room_names()) <= known


def test_lectures_rooms_and_the_exam_go_by_the_numbers_and_titles_of_the_curriculum():
    assert {entry.lecture for entry in blueprint.ITEMS.values()} <= set(CURRICULUM)
    for name, lecture in LECTURES.items():
        assert lecture.stem[:2] == CURRICULUM[name].number
        first = next(c.source for c in read(lecture).cells if c.cell_type == "markdown")
        assert first.splitlines()[0] == f"# {CURRICULUM[name]}"
    for name in room_names():
        assert room(name).title == CURRICULUM[name].title


@pytest.mark.parametrize("name", LECTURES)
def test_a_lecture_covers_all_its_exam_items(name):
    items = {item for item, entry in blueprint.ITEMS.items() if entry.lecture == name}
    assert set(room(name).items) == items
    headings = {
        line.lstrip("# ").strip()
        for cell in read(LECTURES[name]).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    }
    questions = rooms.items()
    for item, coverage in room(name).items.items():
        assert coverage.section in headings
        titles = {each.title for each in module(name, "explorers").EXPLORERS.values()}
        assert coverage.explorer in titles
        # Where no exercise practises the item, its question does.
        assert coverage.exercise in {"", *(exercise.item for exercise in exercises(name))}
        assert item in questions


@pytest.mark.parametrize("name", [n for n in LECTURES if room(n).items])
def test_a_lecture_has_two_explorers_and_three_exercises_at_least(name):
    assert len(module(name, "explorers").EXPLORERS) >= 2
    assert len(exercises(name)) >= 3


@pytest.mark.parametrize("name", [n for n in LECTURES if room(n).items])
def test_the_star_of_a_lecture_is_one_of_its_explorers(name):
    explorers = module(name, "explorers").EXPLORERS.values()
    assert room(name).star in {explorer.title for explorer in explorers}


@pytest.mark.long
@pytest.mark.parametrize(("name", "key"), EXPLORERS)
def test_an_explorer_is_shown_in_its_lecture_and_takes_every_setting_quickly(
    name, key, monkeypatch
):
    # How it looks there is compared in tests/notebooks/test_pictures.py.
    monkeypatch.setattr(contact_sheet, "bundle", lambda *_: ({}, {}))
    source = LECTURES[name].source.read_text(encoding="utf-8")
    assert f"explorers.{key}(" in source  # as Copy gives it
    specification = module(name, "explorers").EXPLORERS[key]
    assert specification.name == key
    explorer = specification()
    for control in specification.controls:
        for value in (control.samples[0], control.samples[-1]):
            explorer.set(**{control.name: value})  # an error in a callback is fatal here
        explorer.reset()
    assert_faithful(specification)
    assert_every_control_matters(specification)
    assert_described(specification)
    assert_quick(specification)
    assert_hands_stay(specification)


def test_the_students_own_function_appears_in_the_explorer_that_takes_one():
    column = module("normalization", "explorers").column
    assert "yours" in inspect.signature(column).parameters
    assert "yours" in column(lambda x: x - x.mean()).description
    assert "yours" not in column(lambda x: None).description  # blank
    assert "yours" not in column().description


def test_what_is_wrong_with_the_students_own_function_stands_in_its_explorer():
    def wrong(x):
        return x.missing

    explorer = module("normalization", "explorers").column(wrong)
    assert explorer.note.startswith("Yours: your code raises AttributeError")
    assert "return x.missing" in explorer.note
    assert "zero mean, variance 1" in explorer.description, "the other rows still work"
