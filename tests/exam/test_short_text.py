"""Texts: written first, then two samples are marked with feedback, then one's own text."""

import json
from collections.abc import Mapping

import ipywidgets as widgets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.exam import Question, ask
from course_utils.exam.kinds.short_text import SHOWN, TEXT, Criterion, Sample, ShortText
from course_utils.exam.model import Answer
from course_utils.exam.text_item import Case, TextItem
from tests.exam.test_widget import all_widgets, boxes, button, folder, shown

__all__ = ["folder"]  # its fixture keeps every test in a folder of its own

RUBRIC = (
    Criterion("It says *no*.", 1.5, "Because $x < 0$, in 87 % of the cases."),
    Criterion("It says why.", 0.5, "Because of REASON."),
)
FULL = Sample("<1>No, it is FULL</1>, <2>since it is so</2>.")
PARTIAL = Sample("<1>It is PARTIAL.</1> Because.", lacks={2: "No reason follows."})
COMPARED = {"1": "x", "2": "x"}


def text_part() -> ShortText:
    return ShortText(RUBRIC, FULL, PARTIAL)


def question() -> Question:
    return Question("2.6", "activations", "Text", 2, "Prompt?", (text_part(),), "SECRET")


def area(widget: widgets.Widget) -> widgets.Textarea:
    (found,) = [w for w in all_widgets(widget) if isinstance(w, widgets.Textarea)]
    return found


def compares(widget: widgets.Widget) -> list[widgets.Button]:
    return [w for w in all_widgets(widget) if "Compare" in getattr(w, "description", "")]


def write(asked: widgets.Widget, text: str = "No!") -> None:
    area(asked).value = text
    button(asked, "Check").click()


def test_the_points_are_those_of_ones_own_ticks() -> None:
    part = text_part()
    assert part.points == 2
    assert part.mark(part.key()).points == 2
    assert part.mark({TEXT: "no", "a": "x"}).points == 1.5
    assert part.mark({TEXT: "no", "b": "x"}).points == 0.5
    assert part.mark({TEXT: "no", "1a": "x", "2b": "x", **COMPARED}).points == 0
    assert part.expected_guess() == 0
    for text in ("", " \n"):
        assert part.mark({TEXT: text, "a": "x", "b": "x"}).points == 0


def test_every_mark_says_that_nobody_has_checked_it_and_how_well_the_samples_were_marked() -> None:
    part = text_part()
    assert part.self_marked
    says = part.mark(part.key()).remarks[""].says
    assert "Self-marked" in says
    assert "changed" not in says
    full = next(number for number, sample in part.samples.items() if sample is FULL)
    ticks = {f"{full}a": "x", f"{full}b": "x", **COMPARED}
    says = part.mark({TEXT: "no", SHOWN: "no", **ticks}).remarks[""].says
    assert "in 3 of 4 criteria" in says
    assert "changed after" in part.mark({TEXT: "new", SHOWN: "old"}).remarks[""].says


def test_what_comes_next_is_said() -> None:
    part = text_part()
    assert "write your answer" in part.problems({})[TEXT]
    assert "Mark two sample answers" in part.problems({TEXT: "no"})[SHOWN]
    assert "sample answer 1" in part.problems({TEXT: "no", SHOWN: "no"})[SHOWN]
    assert "sample answer 2" in part.problems({TEXT: "no", SHOWN: "no", "1": "x"})[SHOWN]
    assert part.problems({TEXT: "no", SHOWN: "no", **COMPARED}) == {}


def test_a_sample_is_compared_criterion_by_criterion_with_the_words_that_decide() -> None:
    part = text_part()
    number = next(number for number, sample in part.samples.items() if sample is PARTIAL)
    remarks = part.compared(number, {f"{number}b": "x"})
    assert remarks[f"{number}a"].outcome == remarks[f"{number}b"].outcome == "wrong"
    assert "“It is PARTIAL.”" in remarks[f"{number}a"].says
    assert remarks[f"{number}b"].says == "No reason follows."
    assert part.agreed(number, {f"{number}a": "x"}) == 2
    assert (part.earned(FULL), part.earned(PARTIAL)) == (2, 1.5)


def test_the_printed_form_has_lines_and_the_key_has_rubric_evidence_and_both_samples() -> None:
    part = text_part()
    assert part.text().count("---") == 4
    key = part.key_text()
    for told in ("1.5 points", "87 %", "A full answer: No, it is FULL, since it is so."):
        assert told in key
    assert "earns 1.5 of 2 points: It is PARTIAL. Because." in key
    assert "not *It says why*: No reason follows." in key
    assert "<1>" not in key


@pytest.mark.parametrize(
    ("rubric", "full", "partial", "says"),
    [
        (RUBRIC[:1], FULL, PARTIAL, "2 to 26"),
        (RUBRIC, Sample("<1>No</1>"), PARTIAL, "the full answer says why of criteria"),
        (RUBRIC, FULL, Sample("<1>No</1>"), "the partial answer says why of criteria"),
        (RUBRIC, FULL, Sample("No", lacks={1: "x", 2: "y"}), "the partial one only some"),
        (RUBRIC, FULL, FULL, "the partial one only some"),
        (RUBRIC, PARTIAL, PARTIAL, "the full answer meets every"),
    ],
)
def test_samples_that_do_not_fit_their_rubric_are_refused(rubric, full, partial, says) -> None:
    with pytest.raises(ValueError, match=says):
        ShortText(rubric, full, partial)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.sampled_from([TEXT, SHOWN, "a", "b", "c", "", "1", "2", "1a", "2b"]),
        st.text(max_size=30) | st.just("x"),
        max_size=8,
    )
)
def test_no_answer_raises_and_only_ticks_earn(answer: Mapping[str, str]) -> None:
    part = text_part()
    part.problems(answer)
    part.waits(answer)
    ticked = {field for field in "ab" if answer.get(field) == "x"}
    expected = 1.5 * ("a" in ticked) + 0.5 * ("b" in ticked)
    assert part.mark(answer).points == (expected if answer.get(TEXT, "").strip() else 0)


def test_samples_and_rubric_appear_step_by_step_and_what_appeared_stays() -> None:
    asked = ask(question())
    state = json.dumps([w.get_state() for w in all_widgets(asked)], default=str)
    assert not any(word in state for word in ("REASON", "It says", "FULL", "PARTIAL"))
    button(asked, "Check").click()
    assert "Nothing is written yet" in shown(asked)
    assert boxes(asked) == []
    write(asked)
    assert "no try used" in shown(asked)
    assert area(asked).disabled  # the text stands, in sight
    assert area(asked).value == "No!"
    assert len(boxes(asked)) == 2
    assert len(compares(asked)) == 1
    compares(asked)[0].click()
    assert "Sample answer 1: you marked" in shown(asked)
    assert len(boxes(asked)) == 4
    button(asked, "Check").click()
    assert "First mark sample answer 2" in shown(asked)
    compares(asked)[1].click()
    assert "Now mark your own answer" in shown(asked)
    assert len(boxes(asked)) == 6
    boxes(asked)[4].value = True
    button(asked, "Check").click()
    assert "1.5 of 2 points, try 1" in shown(asked)
    assert "Self-marked" in shown(asked)
    assert "REASON" in shown(asked)
    assert "“It is PARTIAL.”" in shown(asked)  # what was said of the samples is still there


def test_what_was_ticked_wrongly_at_a_sample_is_corrected_and_compared_again() -> None:
    asked = ask(question())
    write(asked)
    sample = text_part().samples["1"]
    compares(asked)[0].click()
    right = sum(not sample.words(i) for i in (1, 2))
    assert f"you marked {right} of 2 criteria" in shown(asked)
    for i, box in enumerate(boxes(asked)[:2], 1):
        box.value = bool(sample.words(i))
    compares(asked)[0].click()
    assert "you marked 2 of 2 criteria" in shown(asked)


def test_every_tick_says_whose_text_it_is_about() -> None:
    asked = ask(question())
    write(asked)
    for place in (0, 1):
        compares(asked)[place].click()
    whose = [box.description.split(">")[1].split("<")[0] for box in boxes(asked)]
    assert whose == [*["Sample answer 1: "] * 2, *["Sample answer 2: "] * 2, *["Your answer: "] * 2]
    assert [w.description[-1] for w in compares(asked)] == ["1", "2"]


def test_text_ticks_and_what_was_compared_are_there_after_a_restart() -> None:
    before = ask(question())
    write(before, "No <b>\u202e ``` $x$")
    boxes(before)[1].value = True
    compares(before)[0].click()
    after = ask(question())
    assert area(after).value == "No <b>\u202e ``` $x$"
    assert area(after).disabled
    assert [box.value for box in boxes(after)] == [False, True, False, False]
    assert "It says so" in shown(after) or "No reason follows" in shown(after)
    compares(after)[1].click()
    boxes(after)[-1].value = True
    button(after, "Check").click()
    assert "0.5 of 2 points, try 1" in shown(after)
    assert [box.value for box in boxes(ask(question()))] == [False, True, *[False] * 3, True]


def test_no_tick_is_an_honest_answer_too() -> None:
    asked = ask(question())
    write(asked, "Perhaps.")
    for place in (0, 1):
        compares(asked)[place].click()
    button(asked, "Check").click()
    assert "0 of 2 points, try 1" in shown(asked)


def test_a_text_can_be_opened_again_and_is_said_to_be_changed() -> None:
    asked = ask(question())
    write(asked, "Yes")
    for place in (0, 1):
        compares(asked)[place].click()
    button(asked, "Write on").click()
    assert not area(asked).disabled
    area(asked).value = "It says no"
    boxes(asked)[-2].value = True
    button(asked, "Check").click()
    assert "changed after the rubric" in shown(asked)


def test_an_author_writes_cases() -> None:
    class Halves(TextItem[int]):
        id = "2.1"
        title = "Halves"
        forms = 3

        def exam(self) -> int:
            return 4

        def draw(self, rng) -> int:
            return rng.choice((2, 6, 8))

        def solve(self, facts: int) -> Case:
            criteria = (Criterion("It is half.", 1, f"{facts} / 2 is {facts // 2}."), RUBRIC[1])
            return Case(f"Is {facts} even?", (*criteria, Criterion("Sure.", 0.5, "It is.")),
                        Sample("<1>Yes</1> <2>so</2> <3>sure</3>"),
                        Sample("<1>Yes</1>", lacks={2: "why?", 3: "is it?"}))  # fmt: skip

    form = Halves().variant(3)
    assert form.points == 2
    answer: Answer = form.parts[0].key()
    assert form.mark((answer,)) == 2
    assert "Is " in form.prompt
