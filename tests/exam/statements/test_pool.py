import random
import re
from collections import Counter

import pytest

from course_utils.exam.statements import Pool, Statements
from course_utils.exam.statements.cues import cues, length_and_truth
from tests.exam.statements.examples import measurement, pool, rows, statement


def test_a_question_has_statements_on_different_topics_and_never_all_are_right():
    drawn = [pool().draw(random.Random(seed)) for seed in range(300)]
    assert {len({one.topic for one in some}) for some in drawn} == {4}
    right = Counter(sum(one.finding().holds for one in some) for some in drawn)
    assert set(right) == {0, 1, 2, 3}
    assert min(right.values()) > 25
    assert len({tuple(one.text for one in some) for some in drawn}) > 280


def test_the_same_state_draws_the_same():
    assert pool().draw(random.Random(1))[0].text == pool().draw(random.Random(1))[0].text


def test_a_draw_is_found_also_where_only_few_exist():
    """With three right, the fourth topic has the only wrong one: what came first gives way."""
    few = Pool(*(one for one in rows(4) if one.text != "Thing 3 is heavy."))
    for seed in range(200):
        assert len({one.topic for one in few.draw(random.Random(seed))}) == 4


@pytest.mark.parametrize("shown", [2, 3, 5])
def test_a_question_may_show_another_number(shown):
    drawn = [pool(shown=shown).draw(random.Random(seed)) for seed in range(100)]
    assert {len(some) for some in drawn} == {shown}
    assert {sum(one.finding().holds for one in some) for some in drawn} == set(range(shown))


def same_measurement():
    weigh = measurement()
    first, second, *rest = rows(measurement=weigh)
    return [first, second, *rest]


def repeated():
    first, *rest = rows()
    return [first, first, *rest]


def true_only():
    return [statement(f"topic {i}", f"Thing {i} is heavy.") for i in range(9)]


def with_words(true, false):
    return [
        *rows(),
        *(statement("more", f"It is {word} heavy {i}.") for i, word in enumerate(true)),
        *(statement("more", f"It is {word} light {i}.", False) for i, word in enumerate(false)),
    ]


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (rows(3), "3 topics have a true statement and 3 a false one, and a question that shows"),
        (true_only(), "9 topics have a true statement and 0 a false one"),
        (true_only(), "9 of 9 are expected to be true: about half should be"),
        (repeated(), "“Thing 0 is light.” is in it twice"),
        (same_measurement(), "is decided by weigh, as are statements on 'topic 0'"),
        (with_words(["can", "may", "can", "might"], "abcd"), "of 4 statements with 'can' or"),
        (with_words("abcd", ["always", "every", "all", "any"]), "of 4 statements with 'always'"),
    ],
)
def test_a_pool_that_cannot_serve_is_refused(statements, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Pool(*statements)


def test_words_that_are_balanced_or_rare_are_no_cue():
    assert cues(with_words(["can", "may", "x", "y"], ["can", "might", "x", "y"])) == []
    assert cues(with_words(["can", "can", "can"], ["xyz", "uvw", "rst"])) == []
    assert (
        cues(
            with_words(["scan", "Canada", "maybe", "mighty"], ["abcd", "abcdef", "abcde", "abcdef"])
        )
        == []
    )


def test_a_length_that_gives_the_truth_away_is_told():
    longer = [statement("a", f"It is heavy{' indeed' * (3 + i)}.") for i in range(3)]
    shorter = [statement("a", f"It is{' so' * i}.", False) for i in range(3)]
    assert length_and_truth(longer + shorter) > 0.8
    assert cues(longer + shorter) == [
        "true statements are longer (true ones have 40 letters on average, false ones 9):"
        " balance them"
    ]
    assert length_and_truth(longer) == 0


def test_a_length_that_nobody_sees_is_no_cue():
    true = [statement("a", f"It is as heavy as that, and that is {i}.") for i in range(3)]
    false = [
        statement("a", f"It is as heavy as that, and that is {i + 10}.", False) for i in range(3)
    ]
    assert length_and_truth(true + false) < -0.9
    assert cues(true + false) == []


def test_findings_that_leave_too_few_statements_are_no_short_question():
    wrong = [statement(f"topic {i}", f"Thing {i} is.", i < 4) for i in range(8)]
    for one in wrong:
        object.__setattr__(one, "holds", lambda m: m.heavy > m.light)  # all are true after all
    checked = Pool(*wrong)
    none_right = next(
        s for s in range(99) if random.Random(s).choices(range(4), [2, 4, 4, 2]) == [0]
    )
    with pytest.raises(ValueError, match="leave this pool too few statements for 0 right"):
        checked.draw(random.Random(none_right))


def test_the_items_key_is_what_is_found_and_not_what_is_expected():
    some = rows()
    item = Statements("1.1", Pool(*some), tuple(some[:4]), title="Things", prompt="Which?")
    for one in some:
        object.__setattr__(one, "expected", not one.expected)
    (part,) = item.canonical().parts
    assert [option.correct for option in part.options] == [False, True, False, True]
    assert part.options[1].why == "It weighs 2.0."
