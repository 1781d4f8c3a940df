from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.exam import MarkAll, Option
from course_utils.exam.kinds.mark_all import NONE, all_or_nothing, per_option
from tests.exam.examples import statements

truths = st.lists(st.booleans(), min_size=1, max_size=7)
ticks = st.sets(st.sampled_from("abcdefg"))


def ticked(fields: object) -> dict[str, str]:
    return dict.fromkeys(fields, "x")  # type: ignore[call-overload]


@given(truths)
def test_the_key_earns_everything_and_nothing_ticked_earns_nothing(correct: list[bool]) -> None:
    part = statements(*correct, points=2)
    assert part.mark(part.key()).points == 2
    assert part.mark({}).points == 0


@given(truths)
def test_ticking_everything_earns_nothing_unless_everything_is_right(correct: list[bool]) -> None:
    part = statements(*correct)
    assert part.mark(ticked(part.fields)).points == float(all(correct))
    assert part.mark(ticked([*part.fields, NONE])).points == 0


@given(truths, ticks)
def test_balanced_marking_is_the_formula(correct: list[bool], chosen: set[str]) -> None:
    part = statements(*correct)
    right = [field for field, option in part.fields.items() if option.correct]
    wrong = [field for field, option in part.fields.items() if not option.correct]
    if not right or not wrong:
        share = Fraction(bool(right) and chosen.issuperset(right))
    else:
        gained = Fraction(len(chosen & set(right)), len(right))
        share = max(Fraction(0), gained - Fraction(len(chosen & set(wrong)), len(wrong)))
    assert part.mark(ticked(chosen)).points == float(share)


@given(truths, ticks, st.sampled_from("abcdefg"))
def test_a_right_tick_never_costs_and_a_wrong_one_never_earns(
    correct: list[bool], chosen: set[str], more: str
) -> None:
    part = statements(*correct)
    if more not in part.fields:
        return
    before = part.mark(ticked(chosen - {more})).points
    after = part.mark(ticked(chosen | {more})).points
    assert after >= before if part.fields[more].correct else after <= before


def test_none_of_the_above_is_right_exactly_when_no_statement_is() -> None:
    assert statements(False, False).mark(ticked([NONE])).points == 1
    assert statements(False, False).mark(ticked([NONE, "a"])).points == 0
    assert statements(False, True).mark(ticked([NONE])).points == 0
    assert statements(False, True).mark(ticked([NONE, "b"])).points == 0
    assert statements(False, False).key() == {NONE: "x"}


def test_none_of_the_above_must_be_there_to_be_the_key() -> None:
    with pytest.raises(ValueError, match="None of the above"):
        statements(False, False, none_of_the_above=False)


def test_two_equal_statements_are_refused() -> None:
    with pytest.raises(ValueError, match="equal"):
        MarkAll((Option("Same.", True, ""), Option("Same.", False, "")))


def test_other_rules_can_be_chosen() -> None:
    answer = ticked("ac")
    assert statements(True, True, False, False).mark(answer).points == 0
    assert statements(True, True, False, False, rule=per_option).mark(answer).points == 0.5
    strict = statements(True, True, False, False, rule=all_or_nothing)
    assert strict.mark(ticked("a")).points == 0
    assert strict.mark(ticked("ab")).points == 1


def test_authors_see_what_guessing_is_worth() -> None:
    # Four statements, one right, plus 'none': 17 answers, all as likely. With the right one ticked
    # and k of three wrong ones, 1 − k/3: 1 + 3·2/3 + 3·1/3 + 0 = 4.
    assert statements(True, False, False, False).expected_guess() == pytest.approx(4 / 17)
    assert statements(False, False, False).expected_guess() == pytest.approx(1 / 9)
    strict = statements(True, False, False, False, rule=all_or_nothing)
    assert strict.expected_guess() == pytest.approx(1 / 17)


def test_every_statement_gets_its_evidence_and_the_verdict_on_its_tick() -> None:
    mark = statements(True, False, True).mark(ticked("ab"))
    assert [mark.remarks[field].outcome for field in "abc"] == ["right", "wrong", "wrong"]
    assert all(f"Evidence {i}." in mark.remarks[f].says for i, f in enumerate("abc"))


def test_the_printed_form_does_not_tell_right_from_wrong() -> None:
    one = statements(True, False).text()
    assert one == statements(False, True).text()
    assert one.count("☐") == 3
    assert "Evidence" not in one


def test_an_answer_that_cannot_be_marked_says_why() -> None:
    part = statements(True, False)
    assert "tick at least one" in part.problems({})[""]
    assert "excludes" in part.problems(ticked(["a", NONE]))[""]
    assert part.problems(ticked("a")) == {}


@given(st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=5))
def test_fields_that_do_not_exist_earn_nothing(answer: dict[str, str]) -> None:
    part = statements(True, False)
    expected = 1 if answer.get("a") and not answer.get("b") and not answer.get(NONE) else 0
    assert part.mark(answer).points == expected
