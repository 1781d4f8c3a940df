"""`course try` runs a room's tests and says in sentences what holds."""

import pytest
from typer.testing import CliRunner

from course_utils.authoring import AuthoringError, find_lectures, rehearse
from course_utils.cli import app
from tests.authoring.conftest import cell

TESTS = """
import pytest


@pytest.mark.parametrize("room", ["toy-1", "toy-2", "other-3"])
def test_no_number_is_two(room):
    assert room[-1] != "2", f"{room} is two"


@pytest.mark.browser
def test_toy_is_shown():
    raise AssertionError


@pytest.mark.long
def test_toy_lasts():
    pass
"""
OPTION = """
def pytest_addoption(parser):
    parser.addoption("--room")
"""
LECTURE = "# 01 Toy\n\n" + cell("x = 1")
CHECK = "from course_utils.lessons.toy.exercises import check_toy\n\ncheck_toy(1)"


def toy(course, tests=TESTS, text=LECTURE):
    root = course(text)
    (root / "tests" / "lessons").mkdir(parents=True)
    (root / "tests" / "lessons" / "test_rooms.py").write_text(tests, encoding="utf-8")
    (root / "tests" / "lessons" / "conftest.py").write_text(OPTION, encoding="utf-8")
    (root / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\nmarkers = ["slow", "browser", "alone", "long"]\n',
        encoding="utf-8",
    )
    return find_lectures(root=root)[0]


def test_the_tests_of_the_room_are_told_in_sentences(course):
    source, numbers = rehearse(toy(course))
    assert (source.held, source.problems) == (1, ())
    assert (numbers.what, numbers.held) == ("no number is two", 1)
    assert len(numbers.problems) == 1
    assert numbers.problems == ("toy-2: toy-2 is two",)


def test_what_takes_long_is_tried_when_asked_for(course):
    *_, last = rehearse(toy(course), everything=True)
    assert (last.what, last.held) == ("toy lasts", 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# 02 Toy\n\n" + cell("x = 1"), "solutions/01-toy.md:12: a lecture begins with its title"),
        ("# 01 Toy\n\n" + cell("x = 1  # BEGIN SOLUTION"), "looks like a marker"),
        ("# 01 Toy\n\n" + cell(CHECK), "tests/lessons/toy/answers.py is missing"),
    ],
)
def test_what_is_wrong_with_the_source_comes_first(course, text, reason):
    *_, last = rehearse(toy(course, text=text))
    assert reason in last.problems[0]


@pytest.mark.parametrize(
    ("tests", "reason"),
    [
        ("def test_other(): pass", "has no test of the room 'toy'"),
        ("import no_such_module", "No module named 'no_such_module'"),
    ],
)
def test_tests_that_are_missing_or_cannot_run_are_told(course, tests, reason):
    try:
        said = [problem for tried in rehearse(toy(course, tests)) for problem in tried.problems]
    except AuthoringError as error:
        said = [str(error)]
    assert reason in said[0]


def test_what_the_room_raises_is_told_with_its_line(course):
    model = "course_utils/lessons/toy/model.py"
    lecture = toy(
        course,
        f"from runpy import run_path\n\ndef test_toy(): run_path({model!r})['halve'](0)\n",
    )
    (lecture.root / model).parent.mkdir(parents=True)
    (lecture.root / model).write_text("def halve(x):\n    return 1 / x\n", encoding="utf-8")
    *_, told = rehearse(lecture)
    assert told.problems == (f"{model}:2: ZeroDivisionError: division by zero",)


def test_the_command_says_what_failed_and_exits_with_1(monkeypatch, course):
    lecture = toy(course)
    monkeypatch.setattr("course_utils.authoring.find_lectures", lambda names: [lecture])
    result = CliRunner().invoke(app, ["try", "toy"])
    assert result.exit_code == 1
    first, second, third = result.output.splitlines()[:3]
    assert first == "OK      1  the source reads, and its answers become stubs"
    assert second == "FAIL    1  no number is two"
    assert third.strip().startswith("toy-2: ")
