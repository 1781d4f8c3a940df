import json
from collections.abc import Mapping

import ipywidgets as widgets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.exam import Question, ask
from course_utils.exam.kinds.short_text import SHOWN, TEXT, Criterion, ShortText
from tests.exam.test_widget import all_widgets, boxes, button, folder, shown

__all__ = ["folder"]  # its fixture keeps every test in a folder of its own


def text_part() -> ShortText:
    rubric = (
        Criterion("It says *no*.", 1.5, "Because $x < 0$."),
        Criterion("It says why.", 0.5, "Because of REASON."),
    )
    return ShortText(rubric, "No, since EXAMPLE.")


def question() -> Question:
    return Question("2.6", "activations", "Text", 2, "Prompt?", (text_part(),), "SECRET")


def area(widget: widgets.Widget) -> widgets.Textarea:
    (found,) = [w for w in all_widgets(widget) if isinstance(w, widgets.Textarea)]
    return found


def test_the_points_are_those_of_the_ticks() -> None:
    part = text_part()
    assert part.points == 2
    assert part.mark(part.key()).points == 2
    assert part.mark({TEXT: "no", "a": "x"}).points == 1.5
    assert part.mark({TEXT: "no", "b": "x"}).points == 0.5
    assert part.mark({TEXT: "no"}).points == 0
    assert part.expected_guess() == 0


def test_ticks_without_a_text_earn_nothing() -> None:
    assert text_part().mark({"a": "x", "b": "x"}).points == 0
    assert text_part().mark({TEXT: " \n", "a": "x", "b": "x"}).points == 0


def test_every_mark_says_that_nobody_has_checked_it() -> None:
    part = text_part()
    assert part.self_marked
    assert "Self-marked" in part.mark(part.key()).remarks[""].says
    changed = {TEXT: "new", SHOWN: "old", "a": "x"}
    assert "changed after the rubric" in part.mark(changed).remarks[""].says
    assert "changed" not in part.mark(part.key()).remarks[""].says


def test_before_the_rubric_was_shown_there_is_nothing_to_mark() -> None:
    part = text_part()
    assert "write your answer" in part.problems({})[TEXT]
    assert "write your answer" in part.problems({"a": "x"})[TEXT]
    assert "own marker" in part.problems({TEXT: "no"})[SHOWN]
    assert part.problems({TEXT: "no", SHOWN: "no"}) == {}
    assert part.problems({TEXT: "no", "a": "x"}) == {}


def test_the_printed_form_has_lines_and_no_rubric() -> None:
    assert text_part().text().count("---") == 4
    assert "EXAMPLE" in text_part().key_text()
    assert "1.5 points" in text_part().key_text()


def test_a_rubric_of_a_size_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 26"):
        ShortText((), "")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.sampled_from([TEXT, SHOWN, "a", "b", "c", ""]), st.text(max_size=30), max_size=6
    )
)
def test_no_answer_raises_and_only_ticks_earn(answer: Mapping[str, str]) -> None:
    part = text_part()
    part.problems(answer)
    ticked = {field for field in "ab" if answer.get(field) == "x"}
    expected = 1.5 * ("a" in ticked) + 0.5 * ("b" in ticked)
    assert part.mark(answer).points == (expected if answer.get(TEXT, "").strip() else 0)


def test_the_rubric_appears_after_the_first_check_and_stays() -> None:
    asked = ask(question())
    state = json.dumps([w.get_state() for w in all_widgets(asked)], default=str)
    assert "REASON" not in state
    assert "It says" not in state
    assert boxes(asked) == []
    button(asked, "Check").click()
    assert "Nothing is written yet" in shown(asked)
    assert boxes(asked) == []
    area(asked).value = "No!"
    button(asked, "Check").click()
    assert "no try used" in shown(asked)
    assert "tick what your text says" in shown(asked)
    first, _ = boxes(asked)
    assert "It says <em>no</em>" in first.description
    first.value = True
    button(asked, "Check").click()
    assert "1.5 of 2 points, try 1" in shown(asked)
    assert "Self-marked" in shown(asked)
    assert "REASON" in shown(asked)


def test_no_tick_is_an_honest_answer_too() -> None:
    asked = ask(question())
    area(asked).value = "Perhaps."
    button(asked, "Check").click()
    button(asked, "Check").click()
    assert "0 of 2 points, try 1" in shown(asked)


def test_text_and_ticks_are_there_after_a_restart() -> None:
    before = ask(question())
    area(before).value = "No <b>\u202e ``` $x$"
    button(before, "Check").click()
    boxes(before)[1].value = True
    after = ask(question())
    assert area(after).value == "No <b>\u202e ``` $x$"
    assert [box.value for box in boxes(after)] == [False, True]
    button(after, "Check").click()
    assert "0.5 of 2 points, try 1" in shown(after)


def test_a_text_changed_after_the_rubric_is_said_to_be() -> None:
    asked = ask(question())
    area(asked).value = "Yes"
    button(asked, "Check").click()
    area(asked).value = "It says no"
    boxes(asked)[0].value = True
    button(asked, "Check").click()
    assert "changed after the rubric" in shown(asked)
