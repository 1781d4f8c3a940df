from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.exam import Question, ask
from course_utils.exam.kinds.sparse_grid import Filling, SparseGrid
from tests.exam.test_widget import button, folder, shown, texts

__all__ = ["folder"]  # its fixture keeps every test in a folder of its own

UP = Filling({(0, 0): 1, (1, 1): 5}, {(0, 0): "ONE", (1, 1): "FIVE"}, "it goes up")
DOWN = Filling({(1, 1): 6}, {(1, 1): "SIX"}, "it goes down")


def grid() -> SparseGrid:
    return SparseGrid((2, 2), (UP, DOWN), 2)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"0.0": "1", "1.1": "5"}, 2),
        ({"0.0": "1", "0.1": "0", "1.0": "0,0", "1.1": "5.0"}, 2),
        ({"1.1": "6"}, 2),
        ({"0.0": "1"}, 1),
        ({"1.1": "5"}, 1),
        ({"0.0": "1", "1.1": "6"}, 1),  # of one way each: they do not fit together
        ({"0.0": "1", "1.1": "5", "0.1": "1"}, 1),
        ({"1.1": "6", "0.1": "1"}, 0),
        ({}, 0),
        ({"0.0": "0", "0.1": "0", "1.0": "0", "1.1": "0"}, 0),
        ({"0.0": "1", "0.1": "1", "1.0": "5", "1.1": "5"}, 0),
        ({"0.0": "-1", "1.1": "-5"}, 0),
        ({"0.0": "1", "1.1": "five"}, 1),
        ({"9.9": "1", "": "6"}, 0),
    ],
)
def test_the_best_right_way_counts_and_its_cells_have_to_fit(
    answer: Mapping[str, str], points: float
) -> None:
    assert grid().mark(answer).points == points


def test_every_right_way_earns_everything_and_the_key_is_one() -> None:
    part = grid()
    assert part.mark(part.key()).points == part.points == 2
    assert part.expected_guess() == 0
    assert "It goes up" in part.key_text()
    assert "It goes down" in part.key_text()
    assert "The cells that are not 0 share 2 points equally" in part.key_text()
    assert part.text().count("____") == 4
    assert "5" not in part.text()


def test_the_remarks_say_which_way_was_taken_and_what_is_wrong() -> None:
    mark = grid().mark({"1.1": "6", "0.1": "1"})
    assert "it goes down" in mark.remarks[""].says
    assert mark.remarks["1.1"].outcome == "right"
    assert mark.remarks["0.1"].outcome == "wrong"
    assert "nothing arrives here" in mark.remarks["0.1"].says
    assert set(mark.remarks) == {"", "1.1", "0.1"}


def test_what_is_no_number_is_named_by_cell() -> None:
    part = grid()
    assert set(part.problems({"0.1": "x", "1.1": "5"})) == {"0.1"}
    assert set(part.problems({"0.1": " "})) == {""}
    assert part.problems({"0.1": "1"}) == {}


@pytest.mark.parametrize(
    "fillings",
    [
        (),
        (UP, UP),
        (Filling({}, {}),),
        (Filling({(0, 0): 0}, {(0, 0): ""}),),
        (Filling({(2, 0): 1}, {(2, 0): ""}),),
    ],
)
def test_impossible_grids_are_refused(fillings: tuple[Filling, ...]) -> None:
    with pytest.raises(ValueError, match="grid"):
        SparseGrid((2, 2), fillings, 1)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.sampled_from(["0.0", "0.1", "1.0", "1.1", "2.2", ""]),
        st.one_of(st.sampled_from(["1", "5", "6", "0", "1/0", "nan"]), st.text(max_size=9)),
    )
)
def test_no_answer_raises_and_only_right_cells_earn(answer: dict[str, str]) -> None:
    part = grid()
    part.problems(answer)
    points = part.mark(answer).points
    assert 0 <= points <= 2
    if not {answer.get("0.0"), answer.get("1.1")} & {"1", "5", "6"}:
        plain = {v.strip() for v in answer.values()}
        assert points == 0 or any(v and v not in "156" for v in plain)


def test_on_the_screen_every_cell_has_a_name_and_gets_its_verdict() -> None:
    question = Question("2.7", "cnns", "Grid", 2, "Prompt", (grid(),), "SECRET")
    asked = ask(question)
    assert [text.tooltip for text in texts(asked)][:2] == ["Row 1, column 1", "Row 1, column 2"]
    texts(asked)[0].value = "1"
    texts(asked)[3].value = "5,5,5"
    button(asked, "Check").click()
    assert "row 2, column 2" in shown(asked)
    assert "no try used" in shown(asked)
    texts(asked)[3].value = "4"
    button(asked, "Check").click()
    assert "1 of 2 points, try 1" in shown(asked)
    button(asked, "Show reasons").click()
    assert "Read as the answer in which it goes up" in shown(asked)
    assert "FIVE" in shown(asked)
    assert [text.value for text in texts(ask(question))] == ["1", "", "", "4"]
