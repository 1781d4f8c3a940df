"""A toy lecture with claims that hold, that fail with other seeds, and that are never reached."""

import json

import pytest
from typer.testing import CliRunner

from course_utils import authoring
from course_utils.authoring import find_lectures
from course_utils.authoring.claims import instrument, survey, trials
from course_utils.cli import app
from tests.authoring.conftest import cell

LECTURE = (
    "# 01 Toy\n\n"
    + cell(
        """
        from course_utils.seeds import seeds
        SEEDS = seeds(2)
        small, large = 1.5, 10.0 + SEEDS[0]
        print(f"the first seed is {SEEDS[0]}, twice {2 * SEEDS[0]}")
        """
    )
    + "Words between.\n\n"
    + cell(
        """
        def check(value):
            assert value < 100, "too large"


        for seed in SEEDS:
            check(seed)
        assert small < large and large < 1e3  # fails
        taken = [small]
        assert taken.pop() == 1.5  # what finds it again no longer can
        """
    )
    + cell("[1.0, 2.0][SEEDS[0]]\nassert small < 2")
    + cell("print('small' if SEEDS[0] < 1 else 'large')\nassert undefined > 3")
)


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory):
    from tests.authoring.conftest import HEADER

    root = tmp_path_factory.mktemp("course")
    (root / "solutions").mkdir()
    (root / "solutions" / "01-toy.md").write_text(HEADER + LECTURE, encoding="utf-8")
    (lecture,) = find_lectures(root=root)
    instrumented = instrument(lecture)
    return lecture, survey(
        lecture.stem, instrumented, list(trials(lecture, instrumented, (0, 1, 2)))
    )


def claims(surveyed, what):
    return [claim for claim in surveyed[1].claims if claim.what == what]


@pytest.mark.slow
def test_an_assertion_that_fails_hides_none_after_it(surveyed):
    failed = {claim.text: sorted(claim.failed) for claim in claims(surveyed, "assertion")}
    assert failed == {
        "value < 100": [1, 2],
        "small < large and large < 1000.0": [1, 2],
        "taken.pop() == 1.5": [],
        "small < 2": [1, 2],
        "undefined > 3": [0, 1, 2],
    }


@pytest.mark.slow
def test_a_failure_says_why_and_how_often(surveyed):
    why = {claim.text: claim.failed.get(1, "") for claim in claims(surveyed, "assertion")}
    assert why["value < 100"] == "AssertionError: too large (2 times)"
    assert why["small < large and large < 1000.0"] == "AssertionError"
    assert why["small < 2"] == "it was never reached"
    assert why["undefined > 3"] == "NameError: name 'undefined' is not defined"
    (cell_claim,) = [claim for claim in claims(surveyed, "cell") if claim.failed]
    assert cell_claim.text == "[1.0, 2.0][SEEDS[0]]"
    assert cell_claim.failed == dict.fromkeys((1, 2), "IndexError: list index out of range")


@pytest.mark.slow
def test_every_claim_has_its_line_in_the_source(surveyed):
    lecture, found = surveyed
    lines = lecture.source.read_text(encoding="utf-8").splitlines()
    for claim in found.claims:
        if claim.what in ("assertion", "cell"):
            first = claim.text.split(" ")[0]
            assert first in lines[claim.line - 1], claim


@pytest.mark.slow
def test_what_is_compared_has_its_range(surveyed):
    sides = {claim.text: claim.sides for claim in claims(surveyed, "assertion")}
    assert sides["small < large and large < 1000.0"] == {"small": (1.5, 1.5), "large": (10, 2010)}
    assert sides["value < 100"] == {"value": (0, 2001)}
    assert sides["undefined > 3"] == {}


@pytest.mark.slow
def test_what_is_printed_has_its_range(surveyed):
    printed = {str(line): line.others for _, line in surveyed[1].lines}
    assert printed["the first seed is 0 [1000 … 2000], twice 0 [2000 … 4000]"] == 0
    assert printed["small"] == 2


@pytest.mark.slow
def test_a_lecture_that_cannot_be_begun_has_failed(surveyed, monkeypatch):
    lecture, _ = surveyed
    instrumented = instrument(lecture)
    instrumented.notebook.cells[0].source = "raise RuntimeError('no recorder')"
    found = survey("01-toy", instrumented, list(trials(lecture, instrumented, (0,))))
    (run,) = found.failures
    assert run.what == "run"
    assert run.failed == {0: "there is no report: RuntimeError: no recorder"}


def find(monkeypatch, lecture):
    monkeypatch.setattr(authoring, "find_lectures", lambda names: [lecture] if lecture else [])


@pytest.mark.slow
def test_the_command_tells_what_fails_and_leaves_with_1(surveyed, monkeypatch):
    find(monkeypatch, surveyed[0])
    result = CliRunner().invoke(app, ["claims", "01", "--seeds", "1"])
    assert result.exit_code == 1
    assert (
        "5 assertions and 0 statements, with the lecture's own seeds and 1 other" in result.output
    )
    assert "2 of 2" in result.output  # the one that is wrong with every seed
    assert "0 [1000 … 1000]" in result.output


@pytest.mark.slow
def test_json_carries_all_of_it(surveyed, monkeypatch):
    find(monkeypatch, surveyed[0])
    result = CliRunner().invoke(app, ["claims", "--seeds", "1", "--first", "7", "--json"])
    (found,) = json.loads(result.output)
    assert result.exit_code == 1
    assert found["seed_sets"] == [0, 7]
    assert {claim["what"] for claim in found["claims"]} == {"run", "cell", "assertion"}
    assert found["lines"][0][1]["numbers"][0]["highest"] == "7000"


def test_outside_the_course_it_says_where_to_run_it(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["claims"])
    assert result.exit_code == 1
    assert "run this in the course's folder" in " ".join(result.output.split())


def test_a_course_without_lectures_is_no_success(monkeypatch):
    find(monkeypatch, None)
    result = CliRunner().invoke(app, ["claims"])
    assert result.exit_code == 1
    assert "holds no lecture to try" in result.output
