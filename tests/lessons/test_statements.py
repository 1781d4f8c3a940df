"""Every statement of every room is measured, and comes out as its author expects."""

from functools import cache

import pytest

import course_utils.lessons
from course_utils.exam import bank
from course_utils.exam.statements import Statements
from course_utils.exam.statements.contingent import contingent


@cache
def statements():
    items = bank.load(bank.rooms(course_utils.lessons)).values()
    pools = [item.pool for item in items if isinstance(item, Statements)]
    return [statement for pool in pools for statement in pool.statements]


def test_there_are_statements_to_test():
    assert len(statements()) >= 40


@pytest.mark.parametrize("statement", statements(), ids=lambda one: f"{one.topic}: {one.text[:40]}")
def test_the_measurement_says_what_the_author_expects(statement):
    finding = statement.finding()
    assert finding.holds is statement.expected, finding.evidence
    assert any(character.isdigit() for character in finding.evidence)
    assert len(finding.evidence) < 330
    assert contingent(statement), "comes out the same whatever is measured"
    statement.measurement.cache_clear()
    assert statement.finding() == finding, "comes out differently when it is measured again"


@pytest.mark.parametrize(
    "item",
    [
        item
        for item in bank.load(bank.rooms(course_utils.lessons)).values()
        if isinstance(item, Statements)
    ],
    ids=lambda item: item.id,
)
def test_the_exams_own_statements_are_in_the_pool_and_on_different_topics(item):
    assert set(item.exam()) <= set(item.pool.statements)
    assert len({one.topic for one in item.exam()}) == len(item.exam())
