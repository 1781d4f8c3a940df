import re
import subprocess
import sys
from functools import cache
from typing import NamedTuple

import pytest

from course_utils.exam.statements.contingent import contingent
from course_utils.runtime import REPOSITORY
from tests.exam.statements.examples import statement, weights


def test_a_finding_is_measured_once_and_put_into_the_sentence():
    calls = []

    class Share(NamedTuple):
        share: float
        steps: int

    @cache
    def measured() -> Share:
        calls.append(1)
        return Share(0.256, 67812)

    evidence = "A share of {share:percent} ({share:.3f}) after {steps:rough} steps."
    one = statement(measurement=measured, holds=lambda m: m.share > 0.2, evidence=evidence)
    other = statement(measurement=measured, holds=lambda m: m.share > 0.3, evidence=evidence)
    assert one.finding().holds
    assert not other.finding().holds
    assert one.finding().evidence == "A share of 26 % (0.256) after 68\N{NO-BREAK SPACE}000 steps."
    assert len(calls) == 1


def test_numbers_in_a_sentence_are_written_as_the_course_writes_them():
    class Found(NamedTuple):
        apart: float
        reward: float
        name: str

    @cache
    def measured() -> Found:
        return Found(3.2e-16, -52.84, "half-steps")

    one = statement(
        measurement=measured,
        holds=lambda m: m.apart < 1,
        evidence="{name} were {apart:.0e} or {apart:.1e} apart, with {reward:.1f}.",
    )
    assert one.finding().evidence == ("half-steps were 3 · 10⁻¹⁶ or 3.2 · 10⁻¹⁶ apart, with −52.8.")
    share = statement(
        measurement=measured, holds=lambda m: m.reward < 0, evidence="It lost {reward:.1percent}."
    )
    assert share.finding().evidence == "It lost −5284.0 %."


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"measurement": lambda: 3}, "put functools.cache on <lambda>"),
        ({"measurement": cache(lambda: 3)}, "needs a measurement annotated with a NamedTuple"),
        ({"holds": lambda m: True}, "is decided without a look at what weights measured"),
        ({"holds": lambda m: len(m) == 2}, "is decided without a look"),
        ({"evidence": "It is heavy."}, "has evidence without the number that decides"),
        ({"evidence": "It weighs {light}."}, "the number that decides: ['heavy']"),
        ({"evidence": "It weighs {heavy}, {lihgt}."}, "has evidence with ['lihgt'], which"),
        ({"evidence": "It weighs {heavy:.1%}."}, "has evidence with %: write {share:percent}"),
        ({"evidence": "It weighs {heavy}"}, "end with a full stop"),
        ({"text": "It is heavy"}, "end with a full stop"),
    ],
)
def test_a_statement_that_its_measurement_cannot_decide_is_refused(changes, says):
    parts = {"measurement": weights, "holds": lambda m: m.heavy > 3} | changes
    with pytest.raises(ValueError, match=f"^statement “It is heavy.*{re.escape(says)}"):
        statement(**parts)


def test_a_measurement_that_is_read_inside_a_comprehension_counts():
    one = statement(measurement=weights, holds=lambda m: all(m.heavy > x for x in (1, 2)))
    assert one.decisive == {"heavy"}
    inner = statement(
        measurement=weights, holds=lambda m: all(x < m.heavy for _ in "a" for x in [1])
    )
    assert inner.decisive == {"heavy"}


@pytest.mark.parametrize(
    ("holds", "rests"),
    [
        (lambda m: m.heavy > 100, True),
        (lambda m: m.light == m.heavy, True),
        (lambda m: m.heavy < m.light < 1, True),
        (lambda m: m.heavy == 0 and m.light == 0, True),
        (lambda m: abs(m.heavy - 10) < 0.5, True),
        (lambda m: all(abs(m.heavy - 10) < x for x in [0.5]), True),
        (lambda m: m.heavy == m.heavy, False),
        (lambda m: m.heavy > 0 or m.heavy <= 0, False),
        (lambda m: m.heavy is None, False),
    ],
)
def test_a_verdict_that_cannot_come_out_otherwise_rests_on_nothing(holds, rests):
    assert contingent(statement(measurement=weights, holds=holds)) is rests


def test_what_is_measured_is_kept_unless_a_lecture_is_built(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_COMPUTED_DIR", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COURSE_FORGET", "0")
    code = (
        "from tests.exam.statements.examples import statement, weigh_aloud\n"
        "one = statement(measurement=weigh_aloud, holds=lambda m: m.heavy > 3)\n"
        "print(one.finding().evidence)"
    )
    run = [sys.executable, "-c", code]

    def said():
        return subprocess.run(
            run, cwd=REPOSITORY, capture_output=True, text=True, check=True
        ).stdout

    evidence = "It weighs 45678.0.\n"
    assert [said(), said()] == [f"measured\n{evidence}", evidence]
    monkeypatch.setenv("COURSE_FORGET", "1")
    assert said() == f"measured\n{evidence}", "where lectures are built it is measured again"
