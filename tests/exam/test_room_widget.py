"""The room as a student uses it, with a clock that the test sets."""

import json
import re
from pathlib import Path

import ipywidgets as widgets
import pytest

from course_utils import progress
from course_utils.exam.blueprint import EXAM
from course_utils.exam.room import ExamRoom, sitting
from course_utils.exam.room.fields import save
from tests.exam.room_examples import FEW, ITEMS, PLACES, Example, Facts
from tests.exam.room_widgets import boxes, button, go, mark_own, shown, texts, visible

SECONDS = 60 * EXAM.minutes(item.entry for item in FEW.values())


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COURSE_FORGET", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def room(clock: Time) -> ExamRoom:
    return enter(clock)


def enter(clock: Time, items=FEW) -> ExamRoom:
    return ExamRoom(items, PLACES, clock)


def submit(room: ExamRoom) -> None:
    button(room, "Hand in").click()
    button(room, "Hand in for marking").click()


def states(room: ExamRoom) -> dict[str, str]:
    return {cell["id"]: cell["state"] for cell in room._overview.cells}


def hear(room: ExamRoom, message: dict[str, str]) -> None:
    room._overview._hear(room._overview, message, [])


def tick_clock(room: ExamRoom) -> None:
    """What the browser does at zero, and every ten seconds."""
    room._clock._answer(room._clock, {"kind": "time", "theme": "light"}, [])


def put_keys(room: ExamRoom) -> None:
    """Answer every question of the attempt with its key, by its widgets."""
    for question in room.attempt.questions:
        go(room, question.id)
        (key,) = (part.key() for part in question.parts)
        if "text" in key:
            texts(room)[0].value = key["text"]
        elif texts(room):
            for field, value in zip(texts(room), key.values(), strict=True):
                field.value = value
        else:
            for letter, box in zip("abcd", boxes(room), strict=False):
                box.value = letter in key


def test_the_door_offers_three_ways_and_says_how_much_there_is(room: ExamRoom) -> None:
    assert room.attempt is None
    assert "10 of 66 points so far" in shown(room)
    assert "New to you: 1.1, 1.2, 2.2, 3.1, 5.5" in shown(room)
    assert [button(room, text).disabled for text in ("Begin the exam", "Practise")] == [False] * 2


def test_the_canonical_exam_with_all_keys_gets_every_point(clock: Time) -> None:
    room = enter(clock, ITEMS)
    button(room, "Begin the exam").click()
    put_keys(room)
    assert set(states(room).values()) == {"begun"}
    submit(room)
    assert room.report.points == 66 - 27  # texts worth 27 points wait for their ticks
    assert {id_ for id_, state in states(room).items() if state == "yours"} == {
        id_ for id_, item in ITEMS.items() if item.entry.kind == "text"
    }
    for question in room.attempt.questions:
        go(room, question.id)
        if ITEMS[question.id].entry.kind == "text":
            mark_own(room, True, True)
    assert room.report.points == 66
    assert set(states(room).values()) == {"right"}
    button(room, "Result").click()
    assert "<b>66</b> of 60 points" in shown(room)


def test_beginning_and_handing_in_show_that_they_work_and_a_second_click_does_nothing(
    room: ExamRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def watch(module: object, name: str, pressed: widgets.Button) -> None:
        work = getattr(module, name)

        def watched(*arguments: object, **named: object) -> object:
            seen.append((pressed.description, pressed.disabled))
            return work(*arguments, **named)

        monkeypatch.setattr(module, name, watched)

    begin = button(room, "Begin the exam")
    watch(sitting, "compose", begin)
    begin.click()
    begin.click()  # which waited while the kernel was busy
    assert (begin.description, begin.disabled) == ("Begin the exam", False)
    button(room, "Hand in").click()
    hand_in = button(room, "Hand in for marking")
    watch(room._sitting._marker, "report", hand_in)
    hand_in.click()
    hand_in.click()
    assert seen == [("Preparing …", True), ("Marking …", True)]
    assert room._shell._status.value == ""
    assert len(room._sitting.history.attempts()) == 1


@pytest.mark.parametrize("way", ["Begin the exam", "Begin", "Practise"])
def test_the_clock_begins_when_all_questions_are_there_and_until_then_each_is_told(
    clock: Time, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    room = enter(clock)
    told = []

    def slowly(item: Example, facts: Facts) -> int:
        clock.now += 30
        told.append(room._shell._status.value)
        return facts.a + facts.b

    monkeypatch.setattr(Example, "solve", slowly)
    begin = [w for w in visible(room) if getattr(w, "description", "") == way]
    begin[0].click()
    assert [f"Preparing question {n} of 5." in text for n, text in enumerate(told, 1)] == [True] * 5
    assert room.attempt.begun == clock.now
    assert room._shell._status.value == ""


def test_with_no_answer_there_are_no_points(room: ExamRoom) -> None:
    button(room, "Begin the exam").click()
    button(room, "Hand in").click()
    assert "5 of 5 questions are empty</b>, worth 10 points" in shown(room)
    button(room, "Hand in for marking").click()
    assert room.report.points == 0
    assert set(states(room).values()) == {"empty"}


def test_everything_is_there_after_a_restart(room: ExamRoom, clock: Time) -> None:
    button(room, "Begin the exam").click()
    boxes(room)[1].value = True
    hear(room, {"do": "flag"})
    go(room, "3.1")
    texts(room)[0].value = "½"
    clock.now += 600
    again = enter(clock)
    assert save(again.attempt) == save(room.attempt)
    assert texts(again)[0].value == "½"
    assert again._clock.seconds == SECONDS - 600
    go(again, "1.1")
    assert [box.value for box in boxes(again)] == [False, True, False, False, False]
    assert again._overview.cells[0]["flagged"]


def test_before_submission_no_widget_carries_a_key(room: ExamRoom) -> None:
    button(room, "Begin the exam").click()
    put_keys(room)
    every = [w for view in room._views.values() for w in all_below(view.box)]
    state = json.dumps([w.get_state() for w in every], default=str)
    for secret in ("SECRET", "Counting gives", "It says why", "A number alone"):
        assert secret not in state


def all_below(widget: widgets.Widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from all_below(child)


def test_after_submission_each_question_shows_answer_remarks_key_and_the_way_back(
    room: ExamRoom,
) -> None:
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "3"
    texts(room)[1].value = "4"
    submit(room)
    go(room, "3.1")
    assert [text.value for text in texts(room)] == ["3", "4"]
    assert all(text.disabled for text in texts(room))
    for part in ("2 of 4 points", "1 + 2 = 3", "SECRET derivation", "A section", "column"):
        assert part in shown(room)
    assert 'href="01-normalization.ipynb#A-section"' in shown(room)


def test_handing_in_is_final(room: ExamRoom, clock: Time) -> None:
    button(room, "Begin the exam").click()
    view = room._views["1.1"]
    box = boxes(room)[0]
    submit(room)
    typed = dict(room.attempt.typed)
    box.value = True  # a message that was still on its way
    view.restore(room.attempt)
    assert room.attempt.typed == typed
    with pytest.raises(ValueError, match="not enough values"):
        button(room, "Hand in")
    assert enter(clock).attempt is None


def test_killed_between_handing_in_and_the_report_the_report_is_there(
    room: ExamRoom, clock: Time
) -> None:
    button(room, "Begin the exam").click()
    after = room.attempt.submit(clock.now)
    room._sitting._store.change(room.attempt, after)
    again = enter(clock)
    assert again.report is not None
    assert len(again._sitting.history.attempts()) == 1
    button(again, "Back to the start").click()
    assert enter(clock).attempt is None


def test_when_the_time_is_over_answers_are_frozen_and_can_be_handed_in(
    room: ExamRoom, clock: Time
) -> None:
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "3"
    clock.now += SECONDS
    texts(room)[0].value = "4"  # too late, and before the browser has noticed
    assert room.attempt.answers("3.1") == ({"0.0": "3"},)
    assert "time is over" in shown(room)
    go(room, "3.1")
    assert texts(room)[0].value == "3"
    assert texts(room)[0].disabled
    submit(room)
    assert room.report.points == 2


def test_the_browser_tells_that_the_time_is_over(room: ExamRoom, clock: Time) -> None:
    button(room, "Begin the exam").click()
    clock.now += SECONDS - 1
    tick_clock(room)
    assert boxes(room)
    clock.now += 1
    tick_clock(room)
    assert "time is over" in shown(room)
    again = enter(clock)
    assert "time is over" in shown(again)
    go(again, "1.1")
    assert all(box.disabled for box in boxes(again))


def test_only_practice_can_be_paused_and_its_questions_are_covered(
    room: ExamRoom, clock: Time
) -> None:
    button(room, "Begin the exam").click()
    with pytest.raises(ValueError, match="not enough values"):
        button(room, "Pause")
    submit(room)
    button(room, "Back to the start").click()
    button(room, "Practise").click()
    button(room, "Pause").click()
    left = room._clock.seconds
    assert room._clock.state == "standing"
    assert boxes(room) == []
    hear(room, {"do": "next"})
    assert boxes(room) == []
    clock.now += 10_000
    again = enter(clock)
    assert boxes(again) == []
    button(again, "Go on").click()
    assert again._clock.seconds == left
    assert len(boxes(again)) == 5


def test_practice_asks_what_was_wrong_with_fresh_numbers(clock: Time) -> None:
    room = enter(clock)
    button(room, "Begin the exam").click()
    go(room, "3.1")
    for text in texts(room):
        text.value = "3"
    submit(room)
    button(room, "Back to the start").click()
    assert "Not fully right last time: 1.1, 1.2, 2.2, 5.5." in shown(room)
    button(room, "Practise").click()
    assert [q.id for q in room.attempt.questions] == ["1.1", "1.2", "2.2", "5.5"]
    assert all(q.seed is not None for q in room.attempt.questions)
    submit(room)
    button(room, "Back to the start").click()
    clock.now += 2 * 24 * 3600
    assert "Due again: 3.1." in shown(enter(clock))


def test_the_start_page_says_what_the_exam_would_give_today(clock: Time) -> None:
    room = enter(clock)
    assert "If the exam were today" not in shown(room)
    button(room, "Begin the exam").click()
    submit(room)
    button(room, "Back to the start").click()
    assert re.search(r"If the exam were today: about \d+ of 60 points", shown(room))
    assert "first tries at 5 of its 29 questions" in shown(room)
    assert re.search(r"3 A perceptron.*?<td>[\d.]+ to [\d.]+ of 12</td>", shown(room))


def test_a_fresh_variant_has_other_numbers_and_the_next_number_is_offered(room: ExamRoom) -> None:
    seed = next(w for w in visible(room) if isinstance(w, widgets.BoundedIntText))
    assert seed.value == 1
    seed.value = 7
    begin = [w for w in visible(room) if isinstance(w, widgets.Button)][1]
    begin.click()
    assert room._clock.title == "Variant 7"
    assert [q.text() for q in room.attempt.questions] == [i.variant(7).text() for i in FEW.values()]
    submit(room)
    button(room, "Back to the start").click()
    assert seed.value == 2


def test_an_earlier_report_can_be_opened_again_and_its_ticks_change_its_points(
    room: ExamRoom, clock: Time
) -> None:
    button(room, "Begin the exam").click()
    go(room, "2.2")
    texts(room)[0].value = "It is 3."
    submit(room)
    clock.now += 1000
    again = enter(clock)
    button(again, "Report").click()
    assert again.report.points == 0
    go(again, "2.2")
    mark_own(again, True, False)
    assert "1 of 2 points, by your own ticks" in shown(again)
    assert [sat.points for sat in again._sitting.history.attempts()] == [1]
    assert texts(again)[0].disabled
    third = enter(clock)
    button(third, "Report").click()
    go(third, "2.2")
    assert [box.value for box in boxes(third)][-2:] == [True, False]


def test_a_course_that_changed_takes_no_points_away_from_earlier_attempts(
    room: ExamRoom, clock: Time
) -> None:
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "3"
    submit(room)

    class Reworded(Example):
        def exam(self) -> Facts:
            return Facts(5, 6)

    again = enter(clock, {**FEW, "3.1": Reworded("3.1")})
    button(again, "Report").click()
    assert "3.1 belong to an earlier wording" in shown(again)
    assert again.report.points == 0
    assert [sat.points for sat in again._sitting.history.attempts()] == [2]


def test_leaving_needs_a_second_click_and_marks_nothing(room: ExamRoom, clock: Time) -> None:
    button(room, "Begin the exam").click()
    button(room, "Hand in").click()
    button(room, "Leave without marking").click()
    button(room, "Back to the questions").click()
    button(room, "Hand in").click()
    button(room, "Leave without marking").click()
    assert room.attempt is not None
    button(room, "Really leave?").click()
    assert room.attempt is None
    assert room._sitting.history.attempts() == []
    assert enter(clock).attempt is None


def test_what_arrives_late_is_not_typed_into_the_next_attempt(room: ExamRoom, clock: Time) -> None:
    button(room, "Begin the exam").click()
    late = boxes(room)[0]
    submit(room)
    button(room, "Back to the start").click()
    clock.now += 1
    button(room, "Begin the exam").click()
    late.value = True
    assert room.attempt.typed == {}


def test_two_windows_hand_in_once_and_both_count(room: ExamRoom, clock: Time) -> None:
    button(room, "Begin the exam").click()
    other = enter(clock)
    go(room, "3.1")
    go(other, "3.1")
    texts(room)[0].value = "3"
    texts(other)[1].value = "3"
    submit(room)
    assert room.report.points == 4
    submit(other)
    assert "in another window" in shown(other)
    assert other.report.points == 4
    assert len(room._sitting.history.attempts()) == 1


def test_what_is_typed_after_another_window_handed_in_is_refused_and_said(
    room: ExamRoom, clock: Time
) -> None:
    button(room, "Begin the exam").click()
    other = enter(clock)
    go(room, "3.1")
    go(other, "3.1")
    texts(room)[0].value = "3"
    submit(room)
    texts(other)[0].value = "4"
    assert "in another window" in shown(other)
    assert other.report is not None
    assert list(other.report.attempt.typed.values()) == ["3"]
    again = enter(clock)
    button(again, "Report").click()
    assert list(again.report.attempt.typed.values()) == ["3"]


@pytest.mark.parametrize("do", ["next", "flag", "previous"])
def test_every_action_after_another_window_handed_in_goes_to_the_report(
    room: ExamRoom, clock: Time, do: str
) -> None:
    button(room, "Begin the exam").click()
    other = enter(clock)
    submit(room)
    hear(other, {"do": do})
    assert other._page == "result"
    assert "in another window" in shown(other)


def test_an_exam_that_another_window_began_is_gone_on_with(clock: Time) -> None:
    room, other = enter(clock), enter(clock)
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "3"
    clock.now += 5
    button(other, "Begin the exam").click()
    assert "begun in another window" in shown(other)
    assert other.attempt.name == room.attempt.name
    go(other, "3.1")
    assert texts(other)[0].value == "3"


def test_what_was_typed_last_counts_in_whichever_window(room: ExamRoom, clock: Time) -> None:
    button(room, "Begin the exam").click()
    other = enter(clock)
    go(room, "3.1")
    go(other, "3.1")
    texts(room)[0].value = "1"
    texts(room)[1].value = "1"
    texts(other)[0].value = "3"
    texts(other)[1].value = "3"
    texts(other)[1].value = ""
    submit(room)
    assert list(room.report.attempt.typed.values()) == ["3"]


def test_the_keyboards_messages_walk_and_flag(room: ExamRoom) -> None:
    hear(room, {"do": "next"})  # at the door, nothing happens
    button(room, "Begin the exam").click()
    hear(room, {"do": "next"})
    assert room._overview.current == "1.2"
    hear(room, {"do": "previous"})
    hear(room, {"do": "previous"})
    assert room._overview.current == "1.1"
    hear(room, {"do": "flag"})
    assert room._overview.cells[0]["label"] == "Question 1.1, 1 point, empty, flagged"
    hear(room, {"do": "go", "to": "9.9"})
    assert "does not ask question 9.9" in shown(room)
    hear(room, {"do": "nonsense"})
    assert room._overview.current == "1.1"


def test_what_is_typed_is_never_used_as_html(room: ExamRoom) -> None:
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "<img src=x>"
    button(room, "Hand in").click()
    assert "<img" not in shown(room)
    button(room, "Hand in for marking").click()
    go(room, "3.1")
    assert "<img" not in shown(room)


def test_where_answers_go_is_said_when_the_folder_cannot_be_written(
    folder: Path, clock: Time
) -> None:
    (folder / "mock_exam.answers.jsonl").mkdir()
    room = enter(clock)
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "3"
    assert "your answers are kept in" in shown(room)
    assert texts(enter(clock))[0].value == "3"


def test_an_empty_bank_is_said_and_breaks_nothing(clock: Time) -> None:
    room = enter(clock, {})
    assert button(room, "Practise").disabled
    button(room, "Begin the exam").click()
    assert "nothing to ask" in shown(room)


def test_a_room_that_is_tested_remembers_nothing(
    folder: Path, clock: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_FORGET", "1")
    room = enter(clock)
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "3"
    submit(room)
    assert room.report.points == 2
    assert list(folder.iterdir()) == []


def test_without_a_kernel_the_room_is_a_table_and_its_name_is_the_same_everywhere(
    room: ExamRoom,
) -> None:
    bundle = room._repr_mimebundle_()
    assert bundle["text/markdown"].startswith("**Exam room**: 29 questions, 60 + 6 bonus points")
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert repr(room) == "<exam room with 5 questions>"


def test_the_exam_is_no_lecture_question_in_the_students_progress(room: ExamRoom) -> None:
    button(room, "Begin the exam").click()
    submit(room)
    assert progress.best() == []


def test_the_notebook_keeps_what_was_typed_in_the_exam_and_no_key(room: ExamRoom) -> None:
    before = room._repr_mimebundle_()["text/markdown"]
    button(room, "Begin the exam").click()
    go(room, "3.1")
    texts(room)[0].value = "−1,25"
    during = room._repr_mimebundle_()["text/markdown"]
    assert during.startswith(before)
    assert during.count("**Question") == during.count("**Your answer**") == 1
    assert "| −1,25 |" in during
    submit(room)
    assert room._repr_mimebundle_()["text/markdown"] == during
