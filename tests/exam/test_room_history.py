import sqlite3
from pathlib import Path

import pytest

from course_utils import progress, style
from course_utils.exam.room import plot
from course_utils.exam.room.attempt import Blank, begin
from course_utils.exam.room.history import History, Sat
from course_utils.exam.room.report import ExamReport, Marker
from tests.exam.paper_examples import whole_exam
from tests.exam.room_examples import FEW


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COURSE_FORGET", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def report(now: float, typed: str = "3", tick: str = "") -> ExamReport:
    attempt = begin("exam", tuple(item.canonical() for item in FEW.values()), now)
    attempt = attempt.type(now, Blank("3.1", 0, "0.0"), typed)
    attempt = attempt.type(now, Blank("2.2", 0, "text"), "It is 3.").submit(now + 60)
    return Marker().report(attempt.type(now + 99, Blank("2.2", 0, "a"), tick))


def test_attempts_come_back_in_order_with_their_points() -> None:
    history = History()
    history.record(report(2000.0, "4"))
    history.record(report(1000.0))
    assert [(sat.at, sat.points, sat.full) for sat in history.attempts()] == [
        (1060.0, 2, 8),  # and a bonus
        (2060.0, 0, 8),
    ]
    assert history.notice == ""


def test_full_marks_of_an_earlier_attempt_leave_the_bonus_out():
    items = whole_exam()
    for ids in (("1.1", "7.1"), ("7.1",)):
        asked = tuple(items[id_].canonical() for id_ in ids)
        attempt = begin("exam", asked, 1000.0 * len(ids)).submit(1000.0 * len(ids) + 1)
        History().record(Marker().report(attempt))
    assert [sat.full for sat in History().attempts()] == [4, 1]


def test_points_by_own_ticks_take_the_place_of_what_was_kept_before() -> None:
    history = History()
    history.record(report(500.0))
    history.record(report(1000.0))
    history.record(report(1000.0, tick="x"))
    assert history.notice == ""
    assert [sat.points for sat in history.attempts()] == [2, 3]
    assert len(history.results()) == 2 * len(FEW)


def test_questions_answered_in_lectures_are_results_as_well() -> None:
    history = History()
    progress.record("question", "cnns", "2.7", 1, 3)
    progress.record("check", "cnns", "07.1")
    history.record(report(1000.0))
    results = history.results()
    assert {result.item for result in results} == {*FEW, "2.7"}
    assert [result.known for result in results if result.item == "2.7"] == [False]


def test_a_form_that_is_seen_again_is_no_first_try() -> None:
    history = History()
    progress.record("question", "cnns", "2.7", 3, 3)  # a later try
    progress.record("first try", "cnns", "2.7", 1, 3)
    history.record(report(2000.0, "3"))
    history.record(report(1000.0, "4"))
    tried = history.first_tries()
    assert {one.item for one in tried} == {*FEW, "2.7"}
    assert [one.points for one in tried if one.item in ("2.7", "3.1")] == [0, 1]
    assert [best.item for best in progress.best()] == ["2.7"]
    assert [result.points for result in history.results() if result.item == "2.7"] == [3]


def test_the_students_progress_stays_in_the_same_file(data: Path) -> None:
    History().record(report(1000.0))
    progress.record("check", "cnns", "07.1")
    assert [best.item for best in progress.best()] == ["07.1"]
    assert [path.name for path in data.iterdir()] == ["progress.sqlite"]


def test_a_broken_file_is_kept_aside_and_stops_nothing(data: Path) -> None:
    data.mkdir()
    (data / "progress.sqlite").write_bytes(b"no database" * 500)
    history = History()
    assert history.attempts() == []
    assert "it is kept as" in history.notice
    history.record(report(1000.0))
    assert len(History().attempts()) == 1


def test_another_table_of_that_name_is_kept_aside_and_stops_nothing(data: Path) -> None:
    data.mkdir()
    with sqlite3.connect(data / "progress.sqlite") as connection:
        connection.execute("CREATE TABLE sat (other TEXT)")
    connection.close()
    history = History()
    history.record(report(1000.0))
    assert "it is kept as" in history.notice
    later = History()
    assert len(later.attempts()) == 1
    assert later.notice == ""


def test_a_folder_that_cannot_be_written_is_told_of(data: Path) -> None:
    data.touch()
    history = History()
    history.record(report(1000.0))
    assert history.attempts() == []
    assert "not being remembered" in history.notice


def test_where_nothing_is_remembered_nothing_is_remembered(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_FORGET", "1")
    history = History()
    history.record(report(1000.0))
    assert history.attempts() == []
    assert not data.exists()


def attempts() -> list[Sat]:
    return [
        Sat("a", 1.0, "exam", 33, 66),
        Sat("b", 2.0, "practice", 6, 8),
        Sat("c", 3.0, "v", 0, 1),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_plot_says_what_it_shows(theme: style.Theme) -> None:
    with style.styled(theme):
        figure, says = plot.over_attempts(attempts())
    assert says == "3 attempts; the last reached 0 %, the best 75 %."
    (axes,) = figure.axes
    assert list(axes.lines[0].get_ydata()) == [50, 75, 0]
    shown = plot.as_html(attempts(), theme)
    assert f'alt="{says}"' in shown
    assert shown == plot.as_html(attempts(), theme)


def test_one_attempt_is_no_plot() -> None:
    assert plot.as_html(attempts()[:1], "light") == ""
