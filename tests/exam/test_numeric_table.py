import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.exam import Entry, NumericTable
from tests.exam.examples import halves


def test_the_key_earns_everything_and_an_empty_table_nothing() -> None:
    part = halves()
    assert part.points == 3
    assert part.mark(part.key()).points == 3
    assert part.mark({}).points == 0
    assert part.expected_guess() == 0


@pytest.mark.parametrize("typed", ["3", "3,0", " 6/2 ", "2.996", "3.004"])
def test_a_number_within_the_tolerance_is_right_however_it_is_typed(typed: str) -> None:
    assert halves().mark({"0.1": typed}).points == 1.5


@pytest.mark.parametrize("typed", ["2.99", "3.01", "-3", "three", "nan", "1e999", "3 3"])
def test_anything_else_is_not(typed: str) -> None:
    assert halves().mark({"0.1": typed}).points == 0


def test_a_value_right_for_ones_own_earlier_value_earns_its_points() -> None:
    mark = halves().mark({"2.1": "4", "0.1": "1.5", "1.1": "-1.25"})
    assert mark.points == 3
    assert mark.remarks["0.1"].outcome == "followed"
    assert "follows from your own working" in mark.remarks["0.1"].says


def test_without_working_there_is_no_follow_through() -> None:
    mark = halves().mark({"0.1": "1.5", "1.1": "-1.25"})
    assert mark.points == 0
    assert mark.remarks["0.1"].outcome == "wrong"
    assert "6 / 2 = 3" in mark.remarks["0.1"].says


@pytest.mark.parametrize("divisor", ["0", "1e-320", "x", "1/0"])
def test_nothing_follows_from_impossible_working(divisor: str) -> None:
    assert halves().mark({"2.1": divisor, "0.1": "0", "1.1": "1.5"}).points == 0


def test_working_that_is_no_slip_is_refused_and_the_reason_given() -> None:
    mark = halves().mark({"2.1": "12", "0.1": "0.5"})
    assert mark.points == 0
    assert "Too large." in mark.remarks["0.1"].says
    assert halves().mark({"2.1": "12", "0.1": "3"}).points == 1.5


def test_a_wrong_sign_is_named() -> None:
    said = halves().mark({"1.1": "2.5"}).remarks["1.1"].says
    assert said == "-5 / 2 = -2.5. Look at the sign."


def test_where_another_cause_is_named_the_sign_is_not() -> None:
    said = halves().mark({"2.1": "12", "1.1": "2.5"}).remarks["1.1"].says
    assert said == "-5 / 2 = -2.5. Too large."


def test_working_alone_earns_nothing() -> None:
    assert halves().mark({"2.1": "2"}).points == 0


def test_what_is_no_number_is_named_by_cell_and_an_empty_table_as_a_whole() -> None:
    part = halves()
    assert set(part.problems({"0.1": "abc", "1.1": "-2.5"})) == {"0.1"}
    assert set(part.problems({"2.1": "1,234"})) == {"2.1"}
    assert set(part.problems({"2.1": "2"})) == {""}
    assert part.problems({"0.1": "  ", "1.1": "1"}) == {}


@given(st.dictionaries(st.sampled_from(["0.1", "1.1", "2.1", "9.9", ""]), st.text(max_size=12)))
def test_no_answer_raises(answer: dict[str, str]) -> None:
    part = halves()
    assert 0 <= part.mark(answer).points <= 3
    part.problems(answer)


def test_the_printed_form_has_blanks_where_the_key_has_numbers() -> None:
    part = halves()
    assert part.text().count("____") == 3
    assert "**−2.5**" in part.key_text()
    assert "2.5" not in part.text()


def test_the_key_says_what_each_value_earns() -> None:
    working, value, total = Entry(1, 0, ""), Entry(2, 0.5, ""), Entry(3, 1, "")
    alike = NumericTable(("", "a", "b"), ("$y$",), ((value, value),))
    assert "Each value earns 0.5 points." in alike.key_text()
    worked = NumericTable(("", "a"), ("*Working*", "$y$"), ((working,), (value,)))
    assert "Each value that is marked earns 0.5 points." in worked.key_text()
    mixed = NumericTable(("", "a"), ("*Working*", "$y$", "Sum"), ((working,), (value,), (total,)))
    assert "Each value earns, by row: $y$: 0.5 points; Sum: 1 point." in mixed.key_text()


def test_a_table_whose_cells_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        NumericTable(("", "a"), ("r",), (("1", Entry(1, 1, "")),))
