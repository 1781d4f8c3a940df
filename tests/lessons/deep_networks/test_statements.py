"""Exam item 1.6: its key, its variants, and its readings of the study."""

from collections import Counter
from functools import cache

from course_utils.exam import MarkAll
from course_utils.lessons.deep_networks import measurements
from course_utils.lessons.deep_networks.questions import item_1_6
from course_utils.lessons.deep_networks.statements import POOL

SEEDS = range(1000)


@cache
def part(seed: int | None) -> MarkAll:
    (found,) = item_1_6.question(seed).parts
    assert isinstance(found, MarkAll)
    return found


def test_none_of_the_exams_four_statements_is_true() -> None:
    assert [option.correct for option in part(None).options] == [False] * 4
    assert part(None).key() == {"none": "x"}
    words = ("Dropout", "Recurrent", "later layers", "Tanh")
    for word, option in zip(words, part(None).options, strict=True):
        assert word in option.text


def test_the_key_of_every_variant_is_what_an_examiner_says() -> None:
    true = {one.text for one in POOL.statements if one.expected}
    for seed in SEEDS:
        right = {f: "x" for f, option in part(seed).fields.items() if option.text in true}
        assert part(seed).key() == (right or {"none": "x"})


def test_no_statement_of_a_variant_touches_another_and_all_are_asked() -> None:
    topics = {one.text: one.topic for one in POOL.statements}
    used = Counter(option.text for seed in SEEDS for option in part(seed).options)
    assert set(used) == set(topics)
    for seed in SEEDS:
        assert len({topics[option.text] for option in part(seed).options}) == 4


def test_clipping_is_a_reading_of_pytorchs_own() -> None:
    found = measurements.clipped()
    assert found.before < -4
    assert abs(found.kept - 0.1) < 1e-3  # the limit lies below the norm, so something is clipped
    assert abs(found.after - found.before) < 1e-5
