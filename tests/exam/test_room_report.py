import re

import pytest

from course_utils.exam.room import pages
from course_utils.exam.room.attempt import Attempt, Blank, begin
from course_utils.exam.room.report import ExamReport, Marker
from tests.exam.room_examples import FEW, ITEMS, PLACES

NOW = 1000.0


def sat(answers: dict[str, dict[str, str]], items=ITEMS) -> Attempt:
    """An attempt with `answers` to first parts, handed in; fields of a rubric are ticked after."""
    attempt = begin("exam", tuple(item.canonical() for item in items.values()), NOW)
    for id_, answer in answers.items():
        for field, typed in answer.items():
            if len(field) > 1 or "text" not in answer:
                attempt = attempt.type(NOW, Blank(id_, 0, field), typed)
    attempt = attempt.submit(NOW + 60)
    for id_, answer in answers.items():
        for field, typed in answer.items():
            if len(field) == 1 and "text" in answer:
                attempt = attempt.type(NOW + 99, Blank(id_, 0, field), typed)
    return attempt


def marked(answers: dict[str, dict[str, str]], items=ITEMS) -> ExamReport:
    return Marker().report(sat(answers, items))


def keys() -> dict[str, dict[str, str]]:
    return {id_: dict(item.canonical().parts[0].key()) for id_, item in ITEMS.items()}


def test_all_keys_get_every_point_and_no_answer_none():
    assert marked(keys()).points == marked({}).out_of == 66
    assert marked({}).points == 0


def test_a_bonus_comes_on_top_and_not_into_the_denominator():
    report = marked(keys())
    assert (report.points, report.full) == (66, 60)
    shown = pages.result(report, PLACES)
    assert "</b> of 60 points <span>110 %" in shown
    assert "Up to 6 points come on top" in shown


def test_chosen_errors_cost_what_they_should():
    answers = keys()
    answers["1.1"] = {"b": "x", "a": "x"}  # one right, one of three wrong: 2/3
    answers["1.2"] = {"c": "x"}  # wrong: 0 of 1
    answers["3.1"]["0.1"] = "17"  # half of 4
    del answers["4.2"]  # 5
    answers["2.2"]["b"] = ""  # one of two criteria: 1 of 2
    report = marked(answers)
    assert report.points == pytest.approx(66 - 1 / 3 - 1 - 2 - 5 - 1)
    states = {id_: report.state(id_) for id_ in ("1.1", "1.2", "1.3", "3.1", "4.2", "2.2")}
    assert list(states.values()) == ["part", "wrong", "right", "part", "empty", "part"]


def test_texts_count_only_when_ticked_and_the_report_says_so():
    report = marked({"2.2": {"text": "It is 3."}, "3.1": {"0.0": "3"}})
    assert (report.points, report.own) == (2, 0)
    assert report.state("2.2") == "yours"
    assert report.state("5.5") == "empty"
    shown = pages.result(report, PLACES)
    assert "2 points are marked by the course, 0 are your own ticks" in shown
    assert "count only when ticked" in shown
    ticked = marked({"2.2": {"text": "It is 3.", "a": "x"}, "3.1": {"0.0": "3"}})
    assert (ticked.points, ticked.own) == (3, 1)
    assert ticked.state("2.2") == "part"


def test_points_by_section_are_the_exams():
    report = marked({})
    assert [one.out_of for one in report.by_section()] == [8, 16, 12, 9, 13, 4, 4]
    assert report.by_section()[0].name == "1 Mark all that apply"


def test_the_weakest_lecture_comes_first_with_a_link():
    report = marked({"3.1": {"0.0": "3", "0.1": "3"}})
    *rest, best = report.by_lecture()
    assert best.name == "normalization"
    assert (best.points, best.out_of) == (4, 5)
    assert {one.points for one in rest} == {0}
    assert 'href="01-normalization.ipynb#A-section"' in pages.result(report, PLACES)


def test_the_report_begins_with_the_weakest_lecture():
    shown = pages.result(Marker().report(sat({"3.1": {"0.0": "3"}}, FEW)), PLACES)
    captions = re.findall("<caption>(.*?)</caption>", shown)
    assert captions == ["By lecture, weakest first", "By section"]
    (lectures, _) = re.findall("<tbody>(.*?)</tbody>", shown)
    widths = [int(width) for width in re.findall(r"width:(\d+)%", lectures)]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


def test_what_fails_to_be_marked_costs_its_own_points_and_no_report(monkeypatch):
    attempt = sat({"3.1": {"0.0": "3"}}, FEW)
    part = type(attempt.question("1.1").parts[0])
    monkeypatch.setattr(part, "mark", lambda self, answer: 1 / 0)
    monkeypatch.setenv("COURSE_FORGET", "1")
    with pytest.raises(ZeroDivisionError):
        Marker().report(attempt)
    monkeypatch.delenv("COURSE_FORGET")
    report = Marker().report(attempt)
    assert report.points == 2
    assert "could not be marked" in report.result("1.1").marks[0].remarks[""].says


def test_an_answer_is_marked_once(monkeypatch):
    attempt = sat({"3.1": {"0.0": "3"}}, FEW)
    part = type(attempt.question("3.1").parts[0])
    mark, calls = part.mark, []
    monkeypatch.setattr(part, "mark", lambda self, a: calls.append(1) or mark(self, a))
    marker = Marker()
    assert marker.report(attempt) == marker.report(attempt)
    assert len(calls) == 1


def test_handing_in_counts_what_is_empty_flagged_and_unreadable():
    attempt = begin("exam", tuple(item.canonical() for item in FEW.values()), NOW)
    attempt = attempt.type(NOW, Blank("3.1", 0, "0.0"), "<b>abc").flag("1.2")
    shown = pages.handing_in(attempt, over=False)
    assert "4 of 5 questions are empty</b>, worth 6 points: 1.1, 1.2, 2.2, 5.5" in shown
    assert "come back to 1.2" in shown
    assert "3.1: &#x27;&lt;b&gt;abc&#x27; is not a number" in shown
    assert "cannot be changed" in shown
    assert "time is over" in pages.handing_in(attempt, over=True)


def test_how_much_of_the_exam_there_is():
    assert pages.so_far(ITEMS) == ""
    assert pages.so_far(FEW).startswith("This exam carries 10 of 66 points so far: 24 of 29")
    assert pages.so_far({}).startswith("This exam carries 0 of 66 points")


def test_without_a_kernel_sections_and_points_are_shown_and_no_key():
    text = pages.contents(FEW)
    assert "| 1 Mark all that apply | 8 | 8 | 1.1, 1.2 |" in text
    assert "| 5 Generating images | 5 | 11 + 2 | 5.5 |" in text
    assert "SECRET" not in text
    assert "10 of 66" in text
    assert "so far" not in pages.contents(ITEMS)
