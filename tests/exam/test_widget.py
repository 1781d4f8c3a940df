import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from course_utils import progress
from course_utils.exam import QuestionWidget, ask
from course_utils.exam.room.history import History
from tests.exam.examples import AddItem, mixed_question


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COURSE_FORGET", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def all_widgets(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from all_widgets(child)


def button(question: QuestionWidget, text: str) -> widgets.Button:
    (found,) = [
        w for w in all_widgets(question) if isinstance(w, widgets.Button) and text in w.description
    ]
    return found


def boxes(question: QuestionWidget) -> list[widgets.Checkbox]:
    return [w for w in all_widgets(question) if isinstance(w, widgets.Checkbox)]


def texts(question: QuestionWidget) -> list[widgets.Text]:
    return [w for w in all_widgets(question) if isinstance(w, widgets.Text)]


def shown(question: QuestionWidget) -> str:
    """Everything that is visible in the question, as HTML."""
    return "\n".join(
        w.value
        for w in all_widgets(question)
        if isinstance(w, widgets.HTMLMath) and w.layout.display != "none"
    )


def test_a_right_answer_gets_its_points_and_is_remembered() -> None:
    question = ask(mixed_question())
    boxes(question)[0].value = True
    for text, typed in zip(texts(question), ["3", "−5/2", ""], strict=True):
        text.value = typed
    button(question, "Check").click()
    assert "4 of 4 points, try 1." in shown(question)
    assert "Evidence 0." in shown(question)
    (best,) = progress.best()
    assert (best.lecture, best.item, best.points, best.out_of) == ("normalization", "1.1", 4, 4)


def test_partial_points_are_shown_with_a_verdict_on_every_cell() -> None:
    question = ask(mixed_question())
    boxes(question)[0].value = True
    boxes(question)[1].value = True
    texts(question)[0].value = "3"
    texts(question)[1].value = "7"
    button(question, "Check").click()
    assert "2 of 4 points, try 1. 2 entries are not right" in shown(question)
    assert "-5 / 2 = -2.5" not in shown(question)
    button(question, "Show reasons").click()
    assert "-5 / 2 = -2.5" in shown(question)


def test_points_after_the_reasons_are_told_and_not_counted() -> None:
    question = ask(mixed_question())
    boxes(question)[1].value = True
    texts(question)[0].value = "3"
    button(question, "Check").click()
    assert "1.5 of 4 points, try 1. 3 entries are not right" in shown(question)
    assert "Evidence" not in shown(question)
    boxes(question)[1].value = False
    boxes(question)[0].value = True
    button(question, "Check").click()
    assert "2.5 of 4 points, try 2 (the first: 1.5). 1 entry is not right" in shown(question)
    button(question, "Show reasons").click()
    assert "Evidence 0." in shown(question)
    texts(question)[1].value = "-2.5"
    again = ask(mixed_question())  # also after a restart
    button(again, "Check").click()
    assert "4 of 4 points, try 3 (the first: 1.5); not counted, the reasons were" in shown(again)
    (best,) = progress.best()
    assert (best.first, best.points, best.tries) == (1.5, 2.5, 2)
    assert [(one.item, one.points) for one in History().first_tries()] == [("1.1", 1.5)]


def test_a_right_answer_has_its_reasons_at_once() -> None:
    question = ask(mixed_question())
    boxes(question)[0].value = True
    for text, typed in zip(texts(question), ("3", "-2.5"), strict=False):
        text.value = typed
    button(question, "Check").click()
    assert "Evidence 0." in shown(question)
    assert button(question, "Show reasons").layout.display == "none"


def test_what_is_no_number_costs_no_try_and_stays() -> None:
    question = ask(mixed_question())
    boxes(question)[0].value = True
    texts(question)[0].value = "abc"
    button(question, "Check").click()
    assert "'abc' is not a number" in shown(question).replace("&#x27;", "'")
    assert "no try used" in shown(question)
    assert texts(question)[0].value == "abc"
    assert progress.best() == []
    texts(question)[0].value = "3"
    button(question, "Check").click()
    assert "try 1" in shown(question)


def test_html_typed_by_the_student_is_shown_and_not_used() -> None:
    question = ask(mixed_question())
    boxes(question)[0].value = True
    texts(question)[0].value = "<img src=x>"
    button(question, "Check").click()
    assert "<img" not in shown(question)
    assert "&lt;img" in shown(question)


def test_a_change_takes_the_old_verdict_away() -> None:
    question = ask(mixed_question())
    boxes(question)[0].value = True
    texts(question)[0].value = "3"
    button(question, "Check").click()
    button(question, "Show reasons").click()
    assert "Evidence" in shown(question)
    texts(question)[0].value = "4"
    assert "Evidence" not in shown(question)
    assert "Changed since" in shown(question)


def test_none_of_the_above_and_the_others_exclude_each_other() -> None:
    question = ask(mixed_question())
    first, *_, none = boxes(question)
    first.value = True
    none.value = True
    assert not first.value
    first.value = True
    assert not none.value
    kept = ask(mixed_question())
    assert [box.value for box in boxes(kept)] == [True, False, False, False]


def test_the_key_needs_a_try_or_a_second_click_and_then_no_points_count() -> None:
    question = ask(mixed_question())
    button(question, "Show key").click()
    assert "SECRET" not in shown(question)
    button(question, "without a try?").click()
    assert "SECRET" in shown(question)
    boxes(question)[0].value = True
    texts(question)[0].value = "3"
    button(question, "Check").click()
    assert "2.5 of 4 points" in shown(question)
    assert "not counted" in shown(question)
    assert progress.best() == []


def test_after_a_try_the_key_is_shown_at_once() -> None:
    question = ask(mixed_question())
    boxes(question)[1].value = True
    texts(question)[0].value = "1"
    button(question, "Check").click()
    button(question, "Show key").click()
    assert "SECRET" in shown(question)


def test_everything_typed_is_there_after_a_restart_and_the_count_of_tries() -> None:
    before = ask(mixed_question())
    boxes(before)[1].value = True
    texts(before)[0].value = "1,"
    texts(before)[2].value = "x" * 200
    texts(before)[0].value = "1,5"
    button(before, "Check").click()
    texts(before)[2].value = "2"
    button(before, "Check").click()
    after = ask(mixed_question())
    assert [box.value for box in boxes(after)] == [False, True, False, False]
    assert [text.value for text in texts(after)] == ["1,5", "", "2"]
    button(after, "Check").click()
    assert "try 2" in shown(after)


def test_two_widgets_of_one_question_keep_each_others_fields() -> None:
    one, two = ask(mixed_question()), ask(mixed_question())
    texts(one)[0].value = "1"
    texts(two)[1].value = "2"
    texts(one)[2].value = "3"
    assert [text.value for text in texts(ask(mixed_question()))] == ["1", "2", "3"]


def test_new_variants_come_in_order_and_the_last_one_is_there_after_a_restart() -> None:
    item = AddItem()
    question = ask(item)
    assert question.question.text() == item.canonical().text()
    texts(question)[0].value = "3"
    button(question, "New variant").click()
    button(question, "New variant").click()
    assert question.question.seed == 2
    texts(question)[0].value = "44"
    again = ask(item)
    assert again.question.seed == 2
    assert texts(again)[0].value == "44"
    button(again, "Back to").click()
    assert again.question.seed is None
    assert texts(again)[0].value == "3"
    assert ask(item).question.seed is None


def test_a_chosen_seed_comes_first() -> None:
    question = ask(AddItem(), seed=7)
    assert question.question.seed == 7
    button(question, "New variant").click()
    assert question.question.seed == 8
    assert ask(AddItem()).question.seed is None


def test_a_reworded_question_starts_empty_and_the_old_answer_stays_in_the_file(
    folder: Path,
) -> None:
    texts(ask(AddItem()))[0].value = "3"

    class Reworded(AddItem):
        def exam(self) -> Any:
            return type(super().exam())(5, 6)

    assert texts(ask(Reworded()))[0].value == ""
    assert '"3"' in (folder / "cnns.answers.jsonl").read_text()


def test_without_a_kernel_the_question_can_be_read_and_its_key_cannot() -> None:
    question = ask(mixed_question())
    for _ in range(2):
        bundle = question._repr_mimebundle_()
        assert bundle["text/markdown"] == bundle["text/plain"] == mixed_question().text()
        assert "application/vnd.jupyter.widget-view+json" in bundle
        button(question, "Show key").click()
    assert repr(question) == "<question 1.1, 4 points>"


def test_before_a_check_no_widget_carries_the_key() -> None:
    question = ask(mixed_question())
    state = json.dumps([w.get_state() for w in all_widgets(question)], default=str)
    assert "SECRET" not in state
    assert "Evidence" not in state


def test_every_field_has_an_accessible_name() -> None:
    question = ask(mixed_question())
    names = [text.description for text in texts(question)]
    assert names == ["Row 1, Half", "Row 2, Half", "Divisor, Half"]
    assert all(box.description for box in boxes(question))


def test_a_lecture_that_is_tested_remembers_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_FORGET", "1")
    question = ask(mixed_question())
    boxes(question)[0].value = True
    texts(question)[0].value = "3"
    button(question, "Check").click()
    assert "2.5 of 4 points, try 1." in shown(question)
    assert list(folder.iterdir()) == []


def test_where_answers_go_is_said_when_the_folder_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "normalization.answers.jsonl").mkdir()
    question = ask(mixed_question())
    texts(question)[0].value = "3"
    assert "your answers are kept in" in shown(question)
    assert texts(ask(mixed_question()))[0].value == "3"


@pytest.mark.parametrize("seed", [-1, 1.5, "7", True])
def test_a_seed_is_a_whole_number(seed: object) -> None:
    with pytest.raises(ValueError, match="A seed is a whole number from 0 on"):
        ask(mixed_question(), seed)  # type: ignore[arg-type]


def test_only_items_and_questions_can_be_asked() -> None:
    with pytest.raises(TypeError, match="needs an item"):
        ask("1.1")  # type: ignore[arg-type]


def test_a_restart_in_a_folder_that_cannot_be_written_says_at_once_where_answers_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = folder / "a-file-where-a-folder-should-be"
    blocked.touch()
    monkeypatch.setattr("pathlib.Path.cwd", lambda: blocked)
    texts(ask(mixed_question()))[0].value = "3"
    again = ask(mixed_question())
    assert texts(again)[0].value == "3"
    assert "cannot be written here" in shown(again)


def test_the_notebook_keeps_what_was_typed_and_no_mark_or_key() -> None:
    question = ask(mixed_question())
    blank = question._repr_mimebundle_()["text/markdown"]
    assert blank == question.question.text()
    boxes(question)[0].value = True
    texts(question)[0].value = "1|2 `x`"
    for name in ("Check", "Show key"):
        button(question, name).click()
    kept = question._repr_mimebundle_()["text/markdown"]
    assert kept.startswith(f"{blank}\n\n**Your answer**\n\n- ☒ Statement 0 with $a_0*b$.")
    assert r"| Row 1 | 6 | 1\|2 \`x\` |" in kept
    assert "Evidence" not in kept
    assert ask(mixed_question())._repr_mimebundle_()["text/plain"] == kept, "as after a restart"
    for text in texts(question):
        text.value = ""
    boxes(question)[0].value = False
    assert question._repr_mimebundle_()["text/markdown"] == blank
