"""`course bench explorers --all` measures any explorer, and says which one is late."""

import json

import pytest
from typer.testing import CliRunner

from course_utils.bench import every_explorer
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


def test_every_explorer_of_the_course_is_a_subject():
    names = {subject.name for subject in every_explorer.of_the_course()}
    for room in room_names():
        part = module(room, "explorers")
        assert {f"{room}.{key}" for key in (part.EXPLORERS if part else ())} <= names
    assert "normalization.descent" in names


@pytest.mark.parametrize(("measured", "status"), [([QUICK, SLOW], 0), ([QUICK, LATE], 1)])
def test_the_command_tells_each_and_fails_if_one_is_late(monkeypatch, measured, status):
    monkeypatch.setattr(every_explorer, "measure", lambda *_, **__: measured)
    run = CliRunner().invoke(app, ["bench", "explorers", "--all"])
    assert run.exit_code == status
    assert all(one.explorer in run.stdout for one in measured)
    assert ("late" in run.stdout.replace("a.late", "")) == (status == 1)
    run = CliRunner().invoke(app, ["bench", "explorers", "--all", "--json"])
    told = {one["explorer"]: one for one in json.loads(run.stdout)["explorers"]}
    assert [one["late"] for one in told.values()] == [False, status == 1]
    assert told["a.quick"]["ratio"] == 1.5
