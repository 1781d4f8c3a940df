"""The README's pictures are of the course as it is."""

import pytest
from PIL import Image

from course_utils.bench import pictures
from course_utils.exam.room.report import Marker
from course_utils.lessons.room import CURRICULUM, all_items

SOME = ("1.1", "1.3", "2.1", "3.1", "4.1")


def test_every_lecture_shows_one_explorer():
    shown = [lecture for lecture, _ in pictures.starred()]
    assert shown == [str(one) for one in CURRICULUM.values()][1:-1]  # no start page, no exam


def test_the_gallery_has_a_tile_for_each_explorer(tmp_path):
    cheap = [one for one in pictures.starred() if one[0].startswith(("01", "04"))]
    pictures.gallery(cheap * 2, tmp_path / "new" / "gallery.png")
    with Image.open(tmp_path / "new" / "gallery.png") as gallery:
        width, height = gallery.size
    assert width / height == pytest.approx(3 * 4.0 / (2 * 2.9), rel=0.01)


def test_the_exam_of_the_report_is_partly_right(monkeypatch):
    items = {id_: item for id_, item in all_items().items() if id_ in SOME}
    monkeypatch.setattr(pictures, "all_items", lambda: items)
    report = Marker().report(pictures.sat())
    points = {one.question.id: (one.points, one.out_of) for one in report.results}
    assert [points[id_][0] == points[id_][1] for id_ in SOME] == [True, True, False, True, False]
    assert points["4.1"][0] == 0
