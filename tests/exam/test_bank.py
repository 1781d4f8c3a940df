import csv
import io
import random
from types import ModuleType

import pytest

from course_utils.exam import Question, ask, bank, blueprint, draw_until, listing
from course_utils.exam.blueprint import ITEMS
from course_utils.exam.exports import FORMATS, csv_
from course_utils.exam.papers import compose
from tests.exam.examples import AddItem, halves, mixed_question, statements


def module(**names: object) -> ModuleType:
    made = ModuleType("made")
    vars(made).update(names)
    return made


def test_the_blueprint_is_the_exam() -> None:
    assert len(ITEMS) == 29
    assert sum(entry.points for entry in ITEMS.values()) == 66
    assert sum(entry.points for entry in ITEMS.values() if not entry.bonus) == 60
    sections = dict.fromkeys("1234567", 0.0)
    for entry in ITEMS.values():
        sections[entry.id[0]] += entry.points
    assert list(sections.values()) == [8, 16, 12, 9, 13, 4, 4]
    assert all(entry.lecture.isidentifier() and entry.topic for entry in ITEMS.values())


def test_a_bank_holds_the_items_of_the_modules_it_is_given() -> None:
    item = AddItem()
    assert bank.load([module(item=item, again=item, other=3)]) == {"2.7": item}


def test_two_items_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match=r"2\.7 exists twice"):
        bank.load([module(a=AddItem()), module(b=AddItem())])


def test_an_item_that_the_exam_does_not_have_is_refused() -> None:
    class Stranger(AddItem):
        id = "9.9"

    with pytest.raises(ValueError, match=r"no item 9\.9"):
        bank.load([module(a=Stranger())])


class ForPractice(AddItem):
    """An item that the exam does not have."""

    entry = blueprint.Entry("01.sums", points=3, lecture="normalization", topic="sums")


def test_an_item_for_practice_says_its_points_and_its_lecture_itself() -> None:
    item = ForPractice()
    assert (item.id, item.points) == ("01.sums", 3)
    assert (item.variant(1).lecture, item.variant(1).topic) == ("normalization", "sums")
    assert ask(item).question.id == "01.sums"
    items = bank.load([module(practice=item, exam=AddItem())])
    assert list(items) == ["2.7", "01.sums"]


def test_what_goes_over_all_items_takes_one_for_practice() -> None:
    items = bank.load([module(practice=ForPractice(), exam=AddItem())])
    line = listing.lines(items)[-1]
    assert (line.id, line.kind, line.topic, line.title) == ("01.sums", "numbers", "sums", "Adding")
    assert listing.as_json(items)["points"] == 66
    assert listing.as_json(items)["points_with_question"] == 3
    assert [question.id for question in compose(items, 1).questions] == ["2.7"]
    (row,) = csv.DictReader(io.StringIO(csv_([items["01.sums"].variant(1)]).content.decode()))
    assert row["topic"] == "sums"
    for export in FORMATS.values():
        assert export([item.canonical() for item in items.values()]).content


def test_a_draw_that_fits_is_found_and_one_that_never_does_is_told() -> None:
    rng = random.Random(0)
    assert draw_until(lambda: rng.randint(1, 9), lambda n: n == 7) == 7
    with pytest.raises(RuntimeError, match="none of 50 draws fits"):
        draw_until(lambda: 1, lambda n: n == 2, tries=50)


def test_a_question_weighed_otherwise_earns_its_points_in_the_same_shares() -> None:
    question = mixed_question().worth(8)
    assert question.points == 8
    assert question.mark(({"a": "x"}, {"0.1": "3"})) == 5
    assert question.worth(8) is question
    assert all(part.mark(part.key()).points == part.points for part in question.parts)


def test_a_seed_names_one_variant() -> None:
    item = AddItem()
    assert item.variant(5).text() == item.variant(5).text()
    assert item.variant(5).text() != item.variant(6).text()
    assert item.question(None).seed is None
    assert item.question(5).seed == 5
    assert item.canonical().mark(({"0.0": "3"},)) == 3


def test_parts_carry_the_questions_points() -> None:
    with pytest.raises(ValueError, match="carry 4 points and not 5"):
        Question("1.1", "x", "t", 5, "", (statements(True, False), halves()), "")


def test_a_question_adds_its_parts_marks() -> None:
    question = mixed_question()
    assert question.mark(({"a": "x"}, {"0.1": "3"})) == 2.5
    assert "SECRET" not in question.text()
