"""The mock exam asks what all lectures have, and leads back to them."""

from urllib.parse import unquote

import pytest

from course_utils import lessons
from course_utils.authoring import find_lectures
from course_utils.exam import bank
from course_utils.exam.room import ExamRoom
from course_utils.lessons.mock_exam import desk

ITEMS = bank.load(bank.rooms(lessons))


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> ExamRoom:
    monkeypatch.setenv("COURSE_TEST", "1")
    return desk.exam_room()


def test_the_room_has_every_item_of_every_lecture(room):
    assert repr(room) == f"<exam room with {len(ITEMS)} questions>"
    assert "1.1" in ITEMS


def test_every_item_of_a_written_lecture_leads_to_its_section(room):
    written = {lecture.room: lecture for lecture in find_lectures()}
    assert room._places["3.1"].lecture == "01 Normalization"
    for id_, item in ITEMS.items():
        place = room._places[id_]
        lecture = written.get(item.entry.lecture)
        if lecture is None:
            assert place.href == ""
            continue
        file, _, anchor = place.href.partition("#")
        assert file == f"{lecture.stem}.ipynb"
        assert f"# {unquote(anchor).replace('-', ' ')}" in lecture.source.read_text(
            encoding="utf-8"
        ).replace("-", " ")
        assert place.explorer
