from collections.abc import Mapping

import ipywidgets as widgets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.exam import Question, ask
from course_utils.exam.kinds.diagram import Blank, Diagram, Group
from tests.exam.test_widget import all_widgets, button, folder, shown

__all__ = ["folder"]  # its fixture keeps every test in a folder of its own

CHOICES = ("cat", "dog", "owl", "<ant>")


def pets(**settings: object) -> Diagram:
    """(1) and (2) are cat and dog in either order; (3) is the owl."""
    return Diagram(
        blanks={str(i): Blank(f"({i})", CHOICES) for i in (1, 2, 3)},
        groups=(Group("Pets", ("1", "2"), 1.5), Group("Bird", ("3",), 0.5)),
        keys=({"1": "cat", "2": "dog", "3": "owl"}, {"1": "dog", "2": "cat", "3": "owl"}),
        why={"3": "it FLIES."},
        picture=lambda chosen: f"<svg>{'+'.join(chosen.values())}</svg>",
        described="Three animals, (1) to (3).",
        **settings,  # type: ignore[arg-type]
    )


def lists(widget: widgets.Widget) -> list[widgets.Dropdown]:
    return [w for w in all_widgets(widget) if isinstance(w, widgets.Dropdown)]


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"1": "cat", "2": "dog", "3": "owl"}, 2),
        ({"1": "dog", "2": "cat", "3": "owl"}, 2),
        ({"1": "dog", "2": "cat"}, 1.5),
        ({"1": "cat", "2": "cat", "3": "owl"}, 0.5),
        ({"1": "cat"}, 0),
        ({"1": "cat", "2": "Dog"}, 0),
        ({"3": "owl", "4": "dog"}, 0.5),
        ({}, 0),
    ],
)
def test_a_group_counts_as_a_whole_and_the_best_right_answer_is_taken(
    answer: Mapping[str, str], points: float
) -> None:
    assert pets().mark(answer).points == points


def test_the_remarks_name_the_group_and_what_is_wrong() -> None:
    mark = pets().mark({"1": "dog", "2": "cat", "3": "dog"})
    assert [mark.remarks[f].outcome for f in "123"] == ["right", "right", "wrong"]
    assert "FLIES" in mark.remarks["3"].says
    assert "Pets: 1.5 points; Bird: 0 of 0.5 points" in mark.remarks[""].says


def test_guessing_is_worth_little() -> None:
    # Pets: 2 of 16 pairs earn 1.5; bird: 1 of 4 earns 0.5.
    assert pets().expected_guess() == pytest.approx(1.5 / 8 + 0.5 / 4, abs=0.03)
    assert pets().expected_guess() == pets().expected_guess()


def test_the_printed_form_says_the_drawing_in_words() -> None:
    text = pets().text()
    assert text.startswith("Three animals")
    assert text.count("____") == 3
    assert "Choose from: cat; dog; owl; <ant>." in text
    assert "**owl**" in pets().key_text()
    assert "1 other answer" in pets().key_text()
    assert "as a whole. Pets: 1.5 points; Bird: 0.5 points." in pets().key_text()
    formula = pets(template="[1] + [2] = [3]")
    assert "____ + ____ = ____" in formula.text()
    assert "**cat** + **dog** = **owl**" in formula.key_text()


@pytest.mark.parametrize(
    ("groups", "keys", "what"),
    [
        ((Group("", ("1",), 1),), ({"1": "cat", "2": "cat"},), "exactly one group"),
        ((Group("", ("1", "2"), 1),), ({"1": "cat"},), "not on a blank's list"),
        ((Group("", ("1", "2"), 1),), ({"1": "cat", "2": "cow"},), "not on a blank's list"),
        ((Group("", ("1", "2"), 1),), (), "at least one"),
    ],
)
def test_impossible_diagrams_are_refused(
    groups: tuple[Group, ...], keys: tuple[Mapping[str, str], ...], what: str
) -> None:
    blanks = {str(i): Blank(f"({i})", CHOICES) for i in (1, 2)}
    with pytest.raises(ValueError, match=what):
        Diagram(blanks, groups, keys)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.one_of(st.sampled_from("123"), st.text(max_size=2)),
        st.one_of(st.sampled_from(CHOICES), st.text(max_size=6)),
    )
)
def test_no_answer_raises_and_the_points_are_the_rule(answer: dict[str, str]) -> None:
    part = pets()
    part.problems(answer)
    pair = {answer.get("1"), answer.get("2")} == {"cat", "dog"}
    assert part.mark(answer).points == 1.5 * pair + 0.5 * (answer.get("3") == "owl")


def question(**settings: object) -> Question:
    return Question("3.2", "perceptron", "Pets", 2, "Prompt", (pets(**settings),), "SECRET")


def test_the_drawing_follows_the_choices_which_are_there_after_a_restart() -> None:
    asked = ask(question())
    first, _, third = lists(asked)
    assert [menu.tooltip for menu in lists(asked)] == ["(1)", "(2)", "(3)"]
    button(asked, "Check").click()
    assert "Nothing is chosen yet" in shown(asked)
    first.value = "cat"
    third.value = "<ant>"
    drawings = [w.value for w in all_widgets(asked) if type(w) is widgets.HTML]
    assert any("cat+" in value for value in drawings)
    button(asked, "Check").click()
    assert "0 of 2 points" in shown(asked)
    button(asked, "Show reasons").click()
    assert "it FLIES." in shown(asked)
    again = ask(question())
    assert [menu.value for menu in lists(again)] == ["cat", "", "<ant>"]


def test_a_formula_has_its_lists_in_their_places() -> None:
    asked = ask(question(template="[1] + [2] = [3]"))
    for menu, choice in zip(lists(asked), ["dog", "cat", "owl"], strict=True):
        menu.value = choice
    button(asked, "Check").click()
    assert "2 of 2 points, try 1" in shown(asked)


def test_a_choice_that_no_longer_exists_is_restored_as_blank() -> None:
    editor = pets().editor(lambda field, typed: None)
    editor.restore({"1": "cow", "2": "dog"})
    assert editor.answer() == {"1": "", "2": "dog", "3": ""}
