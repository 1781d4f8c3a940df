"""`course bench explorers --all` measures any explorer, and says which one is late."""

import json

import pytest
from typer.testing import CliRunner

from course_utils.bench import BenchError, every_explorer
from course_utils.bench.every_explorer import Measured, Subject, measure_one
from course_utils.cli import app
from course_utils.lessons.room import module, room_names

QUICK = Measured("a.quick", "scale", 30.0, 20.0, slow=False)
LATE = Measured("a.late", "scale", 50.0, 20.0, slow=False)
SLOW = Measured("a.slow", "scale", 500.0, 20.0, slow=True)


@pytest.mark.browser
def test_an_explorer_is_measured_beside_the_empty_round_trip(jupyterlab, browser):
    cell = "import time\nfrom tests.explorers import figures\n"
    cell += "figures.waves(compute=lambda **s: time.sleep(0.3) or figures.compute(**s))"
    measured = measure_one(Subject("waves", cell), jupyterlab, browser, moves=2)
    assert (measured.explorer, measured.control) == ("waves", "scale")
    assert measured.explorer_ms > measured.round_trip_ms + 200 > 200


@pytest.mark.browser
def test_a_grid_in_which_minus_begins_a_number_is_measured(jupyterlab, browser):
    cell = "from tests.explorers import demonstration as d\nd.pooling()"
    measured = measure_one(Subject("numbers", cell), jupyterlab, browser, moves=2)
    assert measured.ratio > 0


def test_every_explorer_of_the_course_is_a_subject():
    names = {subject.name for subject in every_explorer.of_the_course()}
    for room in room_names():
        part = module(room, "explorers")
        assert {f"{room}.{key}" for key in (part.EXPLORERS if part else ())} <= names
    assert "normalization.descent" in names


@pytest.fixture
def measuring(monkeypatch):
    """Let the command find the given explorers in the course, already measured."""

    def of(*measured):
        known = {one.explorer: one for one in measured}
        monkeypatch.setattr(
            every_explorer, "of_the_course", lambda: [Subject(n, "") for n in known]
        )
        monkeypatch.setattr(
            every_explorer, "measure", lambda subjects, **_: (known[one.name] for one in subjects)
        )

    return of


@pytest.mark.parametrize(("measured", "status"), [([QUICK, SLOW], 0), ([QUICK, LATE], 1)])
def test_the_command_tells_each_and_fails_if_one_is_late(measuring, measured, status):
    measuring(*measured)
    run = CliRunner().invoke(app, ["bench", "explorers", "--all"])
    assert run.exit_code == status
    assert all(one.explorer in run.stdout for one in measured)
    assert ("LATE" in run.stdout) == (status == 1)
    run = CliRunner().invoke(app, ["bench", "explorers", "--all", "--json"])
    told = {one["explorer"]: one for one in json.loads(run.stdout)["explorers"]}
    assert [one["late"] for one in told.values()] == [False, status == 1]
    assert told["a.quick"]["ratio"] == 1.5


def test_only_some_are_measured_and_a_name_that_none_has_is_told(measuring):
    measuring(QUICK, LATE)
    run = CliRunner().invoke(app, ["bench", "explorers", "--only", "quick"])
    assert run.exit_code == 0
    assert "a.quick" in run.stdout
    assert "a.late" not in run.stdout
    run = CliRunner().invoke(app, ["bench", "explorers", "--only", "queck"])
    assert run.exit_code == 1
    assert "'queck'" in run.stderr


def test_what_was_measured_is_told_before_the_next_is_begun(monkeypatch):
    def measure(subjects, **_):
        yield QUICK
        raise BenchError("The browser went away.")

    monkeypatch.setattr(every_explorer, "measure", measure)
    run = CliRunner().invoke(app, ["bench", "explorers", "--all"])
    assert run.exit_code == 1
    assert "a.quick" in run.stdout
    assert "went away" in run.stderr
