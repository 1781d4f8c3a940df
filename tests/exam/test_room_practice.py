import pytest

from course_utils.exam.room.practice import DAY, LONGEST, Result, cards, pile, questions
from tests.exam.room_examples import FEW, ITEMS


def results(item: str, *days_and_points: tuple[float, float]) -> list[Result]:
    return [Result(day * DAY, item, points, 2) for day, points in days_and_points]


@pytest.mark.parametrize(
    ("history", "box", "due"),
    [
        ([(0, 2)], 0, 1),
        ([(0, 2), (1, 2)], 1, 3),
        ([(0, 2), (1, 2), (3, 2)], 2, 7),
        ([(0, 2), (1, 2), (3, 2), (7, 2)], 3, 15),
        ([(0, 2), (1, 2), (3, 2), (7, 2), (15, 2)], 4, 31),
        ([(0, 2), (1, 2), (3, 2), (7, 2), (15, 2), (31, 2)], 4, 47),
        ([(0, 2), (1, 2), (3, 1)], 0, 3),  # not fully right: back to the first box, due at once
        ([(0, 2), (1, 2), (3, 1), (4, 2)], 0, 5),  # known again: it begins from the first box
        ([(0, 2), (0.5, 2)], 0, 1.5),  # repeated too early: it does not move on
        ([(0, 0)], 0, 0),
    ],
)
def test_a_known_question_waits_twice_as_long_and_an_unknown_one_starts_again(history, box, due):
    card = cards(reversed(results("1.1", *history)))["1.1"]
    assert card.box == box
    assert card.due == due * DAY
    assert card.results == len(history)


def test_wrong_due_and_new_are_told_apart():
    held = cards(
        [
            *results("1.1", (0, 1)),
            *results("1.2", (0, 2)),
            *results("3.1", (9.5, 2)),
            *results("gone", (0, 0)),
        ]
    )
    found = pile(FEW, held, 10 * DAY)
    assert found.wrong == ("1.1",)
    assert found.due == ("1.2",)
    assert found.new == ("2.2", "5.5")
    assert found.chosen == ("1.1", "1.2")


def test_something_new_is_asked_only_if_nothing_is_wrong_or_due():
    everything = [r for id_ in FEW for r in results(id_, (0, 2))]
    assert pile(FEW, {}, 0.0).chosen == tuple(FEW)
    assert pile(FEW, cards(everything), 0.5 * DAY).chosen == ()
    assert pile(FEW, cards(everything), 1.0 * DAY).chosen == tuple(FEW)


def test_a_practice_is_short_and_the_longest_overdue_come_first():
    tried = [r for day, id_ in enumerate(ITEMS) for r in results(id_, (-day, 2))]
    chosen = pile(ITEMS, cards(tried), 10 * DAY).chosen
    assert chosen == tuple(reversed(ITEMS))[:LONGEST]


def test_the_numbers_are_fresh_each_time_and_the_same_for_the_same_history():
    first = questions(FEW, ["3.1", "1.1"], {})
    assert [question.id for question in first] == ["1.1", "3.1"]
    assert first[1].text() == questions(FEW, ["3.1"], {})[0].text()
    later = questions(FEW, ["3.1"], cards(results("3.1", (0, 1))))
    assert later[0].seed != first[1].seed
    assert later[0].seed > 9999  # above what is used for variants of the exam and in lectures
