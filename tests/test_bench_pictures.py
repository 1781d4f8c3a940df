"""The README's pictures are of the course as it is."""

import numpy as np
from PIL import Image

from course_utils.bench import pictures
from course_utils.exam.room.report import Marker
from course_utils.lessons.room import CURRICULUM, all_items, room, written

SOME = ("1.1", "1.3", "2.1", "3.1", "4.1")


def test_every_lecture_shows_one_explorer():
    shown = [lecture for lecture, _ in pictures.starred()]
    have_one = [name for name in written() if room(name).items or room(name).star]
    assert shown == [str(CURRICULUM[name]) for name in have_one]
    assert not {"start_here", "mock_exam"} & {*have_one}


def test_the_gallery_has_a_tile_for_each_explorer(tmp_path):
    cheap = [one for one in pictures.starred() if one[0].startswith(("01", "04"))]
    pictures.gallery(cheap * 2, tmp_path / "new" / "gallery.png")
    with Image.open(tmp_path / "new" / "gallery.png") as gallery:
        ink = np.asarray(gallery.convert("L")) < 250
    tile = ink.shape[1] // 3
    assert [ink[:, place * tile : (place + 1) * tile].any() for place in range(3)] == [True] * 3
    last = ink[ink.shape[0] * 2 // 3 :]
    assert last[:, :tile].any()
    assert not last[:, tile:].any()


def test_a_picture_loses_its_margins_only():
    picture = np.full((20, 30, 4), 255, dtype=np.uint8)
    picture[5:9, 7] = picture[6, 20] = 0
    assert pictures._trimmed(picture).shape == (4, 14, 4)
    assert np.array_equal(pictures._trimmed(picture), picture[5:9, 7:21])


def test_the_exam_of_the_report_is_partly_right(monkeypatch):
    items = {id_: item for id_, item in all_items().items() if id_ in SOME}
    monkeypatch.setattr(pictures, "all_items", lambda: items)
    report = Marker().report(pictures.sat())
    points = {one.question.id: (one.points, one.out_of) for one in report.results}
    assert [points[id_][0] == points[id_][1] for id_ in SOME] == [True, True, False, True, False]
    assert points["4.1"][0] == 0
