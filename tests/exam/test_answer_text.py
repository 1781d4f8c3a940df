"""What a question says of an answer, for the notebook that is handed in: all of it, and no key."""

from html import escape

import pytest

from course_utils.exam.markup import block, escaped
from course_utils.lessons.room import all_items

ITEMS = all_items()


@pytest.mark.parametrize("item", ITEMS)
def test_an_answer_is_told_as_it_was_typed(item):
    question = ITEMS[item].canonical()
    for part in question.parts:
        assert part.answer_text({}) == ""
        assert part.answer_text(part.key())
    answers = [part.key() for part in question.parts]
    told = question.answered_text(answers)
    assert told.startswith(question.text() + "\n\n**Your answer**\n\n")
    assert not question.derivation or question.derivation not in told
    assert question.answered_text([{} for _ in question.parts]) == question.text()


@pytest.mark.parametrize("item", ITEMS)
def test_a_rubric_that_was_ticked_is_not_told(item):
    for part in ITEMS[item].canonical().parts:
        if part.self_marked:
            key = part.key()
            assert part.answer_text(key) == part.answer_text({"text": key["text"]})


TYPED = [
    "1. first", "2) second", "- a list", "+ more", "---", "# heading", "title\n===", "*a* _b_ `c`",
    "[a](b) ![c](d)", "$x$ $$y$$", r"\(x\) \[y\] \frac{1}{2}", "<b> & &lt;", "a | b", "~~c~~",
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_is_shown_and_not_read_as_markdown(typed):
    assert block(escaped(typed)) == f"<p>{escape(typed)}</p>\n"
    assert r"\\" not in escaped(typed), "JupyterLab takes it for the beginning of a formula"


def test_plain_words_and_numbers_stay_as_they_are():
    words = "No: −1.0 (or -0.5) is below 2 + 3, in min-max terms. Right!"
    assert escaped(words) == words


def test_a_text_is_quoted_line_by_line():
    (part,) = ITEMS["2.6"].canonical().parts
    told = part.answer_text({"text": " No. \n\n- flat\n- jumps\n"})
    assert told == "> No.\n>\n> \\- flat\n>\n> \\- jumps"
