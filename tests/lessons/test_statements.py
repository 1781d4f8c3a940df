"""Every statement of every room is measured, and comes out as its author expects."""

import pytest

from course_utils.exam.statements import Statements
from course_utils.exam.statements.contingent import contingent
from course_utils.runtime import one_thread
from tests.lessons import rooms

ITEMS = [item for item in rooms.items().values() if isinstance(item, Statements)]
STATEMENTS = {
    f"{item.entry.lecture}, {one.topic}: {one.text[:40]}": one
    for item in ITEMS
    for one in item.pool.statements
}
MEASUREMENTS = list(dict.fromkeys(one.measurement for one in STATEMENTS.values()))


def name(measurement):
    return f"{measurement.__module__.removeprefix('course_utils.lessons.')}.{measurement.__name__}"


def test_there_are_statements_to_test():
    assert len(STATEMENTS) >= 40


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_measurement_says_what_the_author_expects(statement):
    finding = statement.finding()
    assert finding.holds is statement.expected, (
        f"measured {finding.holds}, expected {statement.expected}: {finding.evidence}"
    )
    assert any(character.isdigit() for character in finding.evidence)
    assert len(finding.evidence) < 330
    assert contingent(statement), (
        f"it is {'true' if finding.holds else 'false'} whatever {statement.measurement.__name__}"
        " measures: let what makes it true compare a measured number with another one"
    )


@pytest.mark.parametrize("measurement", MEASUREMENTS, ids=name)
def test_what_is_measured_again_says_the_same(measurement):
    found = {one: one.finding() for one in STATEMENTS.values() if one.measurement is measurement}
    with one_thread():
        again = measurement.__wrapped__()
    assert {one: one.finding_of(again) for one in found} == found


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.entry.lecture}, {item.id}")
def test_the_exams_own_statements_are_in_the_pool_and_on_different_topics(item):
    stray = [one.text for one in item.exam() if one not in item.pool.statements]
    assert not stray, f"the exam's own form has statements that are not in the pool: {stray}"
    topics = [one.topic for one in item.exam()]
    assert len({*topics}) == len(topics), (
        f"the exam's own form has two statements on one topic: {topics}; take another one"
    )
