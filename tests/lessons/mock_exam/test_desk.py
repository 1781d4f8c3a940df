"""The mock exam asks what all lectures have, and leads back to them."""

import re
from urllib.parse import unquote

import pytest

from course_utils.authoring import find_lectures
from course_utils.exam import MarkAll, blueprint
from course_utils.exam.fields import TICK
from course_utils.exam.kinds.mark_all import NONE, NONE_TEXT, Option
from course_utils.exam.papers import formulas
from course_utils.exam.papers.sheet_of_notes import SheetOfNotes
from course_utils.exam.room import ExamRoom, practice
from course_utils.lessons.mock_exam import desk
from course_utils.lessons.room import all_items, modules

ITEMS = all_items()
(LECTURE,) = (lecture for lecture in find_lectures() if lecture.room == "mock_exam")
SOURCE = LECTURE.source.read_text(encoding="utf-8")


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> ExamRoom:
    monkeypatch.setenv("COURSE_FORGET", "1")
    return desk.exam_room()


def test_the_room_has_every_item_of_every_lecture(room):
    assert repr(room) == f"<exam room with {len(ITEMS)} questions>"
    assert "1.1" in ITEMS


def test_every_item_of_a_written_lecture_leads_to_its_section(room):
    written = {lecture.room: lecture for lecture in find_lectures()}
    assert room._places["3.1"].lecture == "01 Normalization"
    for id_ in [id_ for id_ in ITEMS if id_ in blueprint.ITEMS]:
        place = room._places[id_]
        lecture = written.get(blueprint.ITEMS[id_].lecture)
        if lecture is None:
            assert place.href == ""
            continue
        file, _, anchor = place.href.partition("#")
        assert file == f"{lecture.stem}.ipynb"
        assert f"# {unquote(anchor).replace('-', ' ')}" in lecture.source.read_text(
            encoding="utf-8"
        ).replace("-", " ")
        assert place.explorer


def test_the_sheet_of_notes_is_in_the_lecture_and_has_formulas_of_every_room_with_questions():
    assert "\nsheet_of_notes()\n" in SOURCE
    assert "`course exam sheet`" in SOURCE
    found = {module.__name__.split(".")[-2]: module for module in modules("formulas")}
    assert set(found) == {item.entry.lecture for item in ITEMS.values()}
    assert all(3 <= len(module.FORMULAS) <= 6 for module in found.values())
    sheet = desk.sheet_of_notes()
    assert sheet.topics == list(formulas.collect(found.values()))


def test_all_formulas_of_the_course_fit_on_the_one_sheet_that_is_allowed():
    found = formulas.collect(modules("formulas"))
    page = SheetOfNotes(found).compose(found)  # more than a page would be refused
    assert page.startswith(b"%PDF")


def test_the_marking_rule_is_the_one_that_the_lecture_states():
    assert "Ticking everything earns nothing." in SOURCE  # asserted of every form: assert_sound
    part = MarkAll(tuple(Option(str(i), i < 2, "") for i in range(5)), 1)  # two of five are right
    fields = list(part.fields)
    for ticked, points in (([0], 1 / 2), ([0, 1, 2], 2 / 3), ([0, 2], 1 / 6), ([2, 3], 0)):
        assert part.mark({fields[i]: TICK for i in ticked}).points == pytest.approx(points)
    assert (
        f"tick *{NONE_TEXT.rstrip('.')}*: it earns everything then, and nothing otherwise" in SOURCE
    )
    assert part.mark({NONE: TICK}).points == 0
    none = MarkAll(tuple(Option(str(i), False, "") for i in range(5)), 1)
    assert none.mark({NONE: TICK}).points == 1


def test_the_longest_practice_takes_no_longer_than_the_lecture_says():
    (minutes,) = re.findall(r"up to (\d+) for a practice", SOURCE)
    longest = sorted((item.points for item in ITEMS.values()), reverse=True)
    assert sum(longest[: practice.LONGEST]) * blueprint.EXAM.minutes_per_point == int(minutes)
    assert practice.LONGEST == 8
    assert "**Practice** asks at most eight questions" in SOURCE
