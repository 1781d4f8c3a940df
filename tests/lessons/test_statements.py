"""Every statement of every room is measured, and comes out as its author expects."""

import pytest

from course_utils.exam.statements import Statements
from course_utils.exam.statements.contingent import contingent
from course_utils.lessons.room import all_items

ITEMS = [item for item in all_items().values() if isinstance(item, Statements)]
STATEMENTS = {
    f"{item.entry.lecture}, {one.topic}: {one.text[:40]}": one
    for item in ITEMS
    for one in item.pool.statements
}


def test_there_are_statements_to_test():
    assert len(STATEMENTS) >= 40


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_measurement_says_what_the_author_expects(statement):
    finding = statement.finding()
    assert finding.holds is statement.expected, finding.evidence
    assert any(character.isdigit() for character in finding.evidence)
    assert len(finding.evidence) < 330
    assert contingent(statement), "comes out the same whatever is measured"
    statement.measurement.cache_clear()
    assert statement.finding() == finding, "comes out differently when it is measured again"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.entry.lecture}, {item.id}")
def test_the_exams_own_statements_are_in_the_pool_and_on_different_topics(item):
    assert set(item.exam()) <= set(item.pool.statements)
    assert len({one.topic for one in item.exam()}) == len(item.exam())
