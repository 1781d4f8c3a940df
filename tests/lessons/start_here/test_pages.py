"""The start page's tables speak of lectures, explorers and exercises as the lectures do."""

from course_utils import progress
from course_utils.exam import blueprint
from course_utils.lessons.start_here.pages import exam_map, exam_today, my_progress


def row(item):
    (found,) = [row for row in exam_map().rows if row[0] == item]
    return found


def test_the_map_has_a_line_for_every_item():
    assert [row[0] for row in exam_map().rows] == list(blueprint.ITEMS)


def test_a_written_lecture_is_shown_with_the_titles_that_its_reader_sees():
    assert row("3.1")[3:] == (
        "01 Normalization",
        "The exam's table",
        "One value moves away",
        "The exam's table, by hand",
    )
    links = dict(zip((row[0] for row in exam_map().rows), exam_map().links, strict=True))
    assert links["3.1"] == "01-normalization.ipynb#The-exam%27s-table"


def test_an_item_without_an_exercise_is_practised_by_its_question():
    assert row("4.3")[-1] == "question 4.3"
    assert exam_map().columns[-1] == "exercise or question"
    assert all(all(row) for row in exam_map().rows)


def test_a_lecture_in_preparation_has_its_number_and_its_proper_title(monkeypatch):
    monkeypatch.setattr("course_utils.lessons.start_here.pages.written", dict)
    lectures = {row[3] for row in exam_map().rows}
    assert {f"{name} (in preparation)" for name in (
        "07 CNNs", "09 RNN backprop", "10 RL exploration", "12 GANs", "13 PyTorch on a device",
    )} <= lectures  # fmt: skip
    assert not any("_" in name for name in lectures)


def test_progress_names_the_lectures_in_their_order():
    lectures = [row[0] for row in my_progress().rows]
    assert lectures[:2] == ["00 Start here", "01 Normalization"]
    assert lectures == sorted(lectures)


def test_without_a_first_try_there_is_no_estimate(remembering):
    assert repr(exam_today()).startswith("No estimate yet")
    assert "<table>" not in exam_today()._repr_html_()


def test_first_tries_at_questions_say_what_the_exam_would_give(remembering):
    for item in ("1.1", "3.1", "2.5"):
        points = blueprint.ITEMS[item].points
        progress.record("first try", item, item, points, points)
    today = exam_today()
    assert today.above.startswith("If the exam were today: about ")
    assert "3 of its 29 questions" in today.above
    assert today.rows[-1][0] == "whole exam"
    assert len(today.rows) == 1 + len(blueprint.EXAM.sections)
    assert today.above in today._repr_html_()
