"""`course bench lectures` runs each lecture complete and blank, and says what else ran."""

import json

import pytest
from typer.testing import CliRunner

from course_utils import authoring
from course_utils.bench import machine
from course_utils.cli import app
from tests.authoring.conftest import HEADER, cell


@pytest.fixture
def lecture(monkeypatch, tmp_path):
    (tmp_path / "solutions").mkdir()
    text = (
        HEADER + "# 01 Toy\n\n" + cell("import time\ntime.sleep(0.3)", "solution") + cell("x = 1")
    )
    (tmp_path / "solutions" / "01-toy.md").write_text(text, encoding="utf-8")
    found = authoring.find_lectures(root=tmp_path)
    monkeypatch.setattr(authoring, "find_lectures", lambda names: found)


@pytest.mark.slow
def test_lectures_are_timed_complete_and_blank(lecture):
    result = CliRunner().invoke(app, ["bench", "lectures", "--json"])
    (line,) = json.loads(result.output)["lectures"]
    assert line["lecture"] == "01-toy"
    assert 0.3 < line["solutions"] < 60
    assert 0 < line["notebooks"] < 60


@pytest.mark.parametrize(
    ("load", "words"),
    [(0.1, "idle (load 0.1)."), (3.0, "NOT idle (load 3.0): the times are too long.")],
)
def test_a_busy_machine_is_said(monkeypatch, load, words):
    monkeypatch.setattr(machine.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(machine.os, "getloadavg", lambda: (load, 0, 0), raising=False)
    assert machine.said(machine.machine()).endswith(f"; {words}")


def test_where_the_load_is_not_told_that_is_said(monkeypatch):
    monkeypatch.delattr(machine.os, "getloadavg", raising=False)
    assert "not known here" in machine.said(machine.machine())
