"""What a question says of an answer, for the notebook that is handed in: all of it, and no key."""

import pytest

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
