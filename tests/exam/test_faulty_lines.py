from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.exam import Question, ask
from course_utils.exam.kinds.faulty_lines import FaultyLine, FaultyLines, highlighted
from tests.exam.test_widget import boxes, button, folder, shown

__all__ = ["folder"]  # its fixture keeps every test in a folder of its own

PROGRAM = "a = 1\nb = a +\n\nif b < 0:  # <b>\n    c = b\nprint(d)\nprint(a)\n"


def part() -> FaultyLines:
    """Lines 2 and 6 are wrong; the fault of 6 can also be put right in 5; line 3 is empty."""
    return FaultyLines(
        PROGRAM, (FaultyLine(2, "NOTHING follows."), FaultyLine(6, "No `d`.", (5,))), 4
    )


def ticked(*lines: int) -> dict[str, str]:
    return {str(line): "x" for line in lines}


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        ((2, 6), 4),
        ((2, 5), 4),
        ((2, 5, 6), 4),
        ((2,), 2),
        ((5, 6), 2),
        ((2, 6, 1), 2),
        ((2, 1), 0),
        ((1, 2, 4, 5, 6, 7), 0),
        ((1, 4, 7), 0),
        ((), 0),
        ((3, 99), 0),
    ],
)
def test_a_wrong_tick_takes_away_what_a_fault_earns(lines: tuple[int, ...], points: float) -> None:
    assert part().mark(ticked(*lines)).points == points


def test_ticking_every_line_earns_nothing_if_at_most_half_of_them_are_faulty() -> None:
    for faults in range(1, 6):
        program = "\n".join(["pass"] * 10)
        whole = FaultyLines(program, tuple(FaultyLine(i + 1, "") for i in range(faults)), 1)
        assert whole.mark(dict.fromkeys(whole.fields, "x")).points == 0


def test_what_guessing_is_worth_is_counted() -> None:
    whole = FaultyLines(
        "\n".join(["pass"] * 9), (FaultyLine(1, ""), FaultyLine(5, ""), FaultyLine(9, "")), 3
    )
    guesses = [whole.mark(ticked(*lines)).points for lines in combinations(range(1, 10), 3)]
    assert whole.expected_guess() == pytest.approx(sum(guesses) / comb(9, 3))


def test_the_key_earns_everything_and_says_why() -> None:
    assert part().mark(part().key()).points == part().points == 4
    assert "Line 6 (or 5): `print(d)`. No `d`." in part().key_text()


def test_the_printed_form_numbers_the_lines_and_has_room_for_as_many_as_are_faulty() -> None:
    text = part().text()
    assert "2  b = a +" in text
    assert text.count("____") == 2
    assert "NOTHING" not in text


def test_every_tick_and_every_missed_fault_gets_its_reason() -> None:
    mark = part().mark(ticked(1, 5))
    assert mark.remarks["1"].outcome == "wrong"
    assert mark.remarks["5"].outcome == "right"
    assert "stands in line 6" in mark.remarks["5"].says
    assert "Of line 6: No `d`." in mark.remarks["5"].says
    assert part().mark(ticked(6)).remarks["6"].says == "No `d`."
    assert "Not ticked. NOTHING" in mark.remarks["2"].says
    assert "6" not in mark.remarks
    assert "1 of 2 faults found, 1 ticked without" in mark.remarks[""].says


@pytest.mark.parametrize(
    "faults",
    [(), (FaultyLine(3, ""),), (FaultyLine(8, ""),), (FaultyLine(1, ""), FaultyLine(2, "", (1,)))],
)
def test_impossible_faults_are_refused(faults: tuple[FaultyLine, ...]) -> None:
    with pytest.raises(ValueError, match="fault"):
        FaultyLines(PROGRAM, faults, 1)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.one_of(st.sampled_from("1234567"), st.text(max_size=3)), st.text(max_size=3), max_size=8
    )
)
def test_no_answer_raises_and_the_points_are_the_rule(answer: dict[str, str]) -> None:
    lines = {int(field) for field in "124567" if answer.get(field)}
    found = (2 in lines) + bool(lines & {5, 6})
    part().problems(answer)
    assert part().mark(answer).points == max(0, 2 * found - 2 * len(lines & {1, 4, 7}))


def test_on_the_screen_every_line_can_be_ticked_and_keeps_its_tick() -> None:
    question = Question("7.1", "cnns", "Program", 4, "Prompt", (part(),), "SECRET")
    asked = ask(question)
    assert len(boxes(asked)) == 6
    assert '<span class="course-code-line">5</span><code>    c' in boxes(asked)[3].description
    button(asked, "Check").click()
    assert "No line is ticked yet" in shown(asked)
    boxes(asked)[1].value = True
    boxes(asked)[5].value = True
    button(asked, "Check").click()
    assert "0 of 4 points" in shown(asked)
    button(asked, "Show reasons").click()
    assert "NOTHING follows." in shown(asked)
    assert [box.value for box in boxes(ask(question))] == [False, True, False, False, False, True]


@pytest.mark.parametrize("line", ["x = '<b>' & 1", "    # ${}`", "if True:", "'''", "é = 𝔘 ("])
def test_colours_change_no_character_of_the_code(line: str) -> None:
    import html
    import re

    shown_line = highlighted(line)
    assert html.unescape(re.sub(r"<[^>]*>", "", shown_line)) == line
    assert not re.search(r"<(?!/?span)", shown_line)
