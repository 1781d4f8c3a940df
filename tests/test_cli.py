import csv
import re
from functools import partial

import pytest
from typer.testing import CliRunner

from course_utils import authoring
from course_utils.cli import app
from course_utils.cli.common import console
from course_utils.exam import blueprint
from course_utils.exam.exports import FORMATS
from course_utils.lessons.room import all_items


def run(*arguments):
    result = CliRunner().invoke(app, list(arguments))
    assert "Traceback" not in result.output
    return result.exit_code, re.sub(r"\s+", " ", result.output)


def test_the_doctor_finds_this_machine_healthy(remembering):
    code, output = run("doctor")
    assert code == 0
    assert "OK Python" in output
    assert "FAIL" not in output


def test_the_help_names_every_format():
    assert " | ".join(FORMATS) in run("exam", "export", "--help")[1]


def test_one_lecture_is_told_of_in_the_singular():
    assert "1 lecture is as its source gives it." in run("build", "--check", "14")[1]


def test_an_unknown_lecture_is_one_sentence_and_exit_status_1():
    code, output = run("build", "no-such-lecture")
    assert code == 1
    assert output.startswith(
        "There is no lecture 'no-such-lecture'. The lectures are: 00-start-here"
    )


def test_a_bad_name_for_a_new_lecture_is_one_sentence():
    code, output = run("new-lecture", "Not A Name")
    assert code == 1
    assert "is no name for a lecture" in output


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--format", "csv", "--out"),
        ("sheet", "--out"),
        ("paper", "--out"),
    ],
)
def test_a_place_that_cannot_be_written_is_one_sentence(arguments, tmp_path):
    (tmp_path / "file").write_text("in the way")
    code, output = run("exam", *arguments, str(tmp_path / "file" / "result"))
    assert code == 1
    assert re.search(r"file(/result)? cannot be written: [A-Z][a-z ]+\.", output), output
    assert "Errno" not in output


def test_items_and_variants_to_export_can_be_chosen(tmp_path):
    out = tmp_path / "some.csv"
    chosen = ("--items", "1.1, 3.1", "--seed", "4", "--count", "3", "--out", str(out))
    code, output = run("exam", "export", "--format", "csv", *chosen)
    assert code == 0, output
    lines = list(csv.DictReader(out.read_text("utf-8-sig").splitlines(keepends=True)))
    assert [(line["id"], line["seed"]) for line in lines] == [
        (id_, seed) for id_ in ("1.1", "3.1") for seed in "456"
    ]
    assert output.count("by hand") == 2  # a note for each item


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--items", "1.1,9.9", "--seed", "1"), "has no item 9.9"),
        (("--count", "2"), "add --seed N"),
        (("--seed", "-1"), "from 0 on"),
        (("--items", ","), "',' names no item"),
    ],
)
@pytest.mark.parametrize("command", [("paper",), ("export", "--format", "csv")])
def test_a_choice_that_makes_no_sense_is_one_sentence(command, arguments, says, tmp_path):
    code, output = run("exam", *command, *arguments, "--out", str(tmp_path / "out"))
    assert code == 1
    assert says in " ".join(output.split())


def test_a_list_of_topics_without_one_is_one_sentence(tmp_path):
    code, output = run("exam", "sheet", "--topics", ",", "--out", str(tmp_path / "sheet.pdf"))
    assert (code, "names no topic: choose from" in output) == (1, True), output


@pytest.mark.parametrize("arguments", [("export", "--format", "csv"), ("sheet",)])
def test_missing_folders_are_made(arguments, tmp_path):
    out = tmp_path / "new" / "folder" / "result"
    code, output = run("exam", *arguments, "--out", str(out))
    assert code == 0, output
    assert out.stat().st_size > 100


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            PermissionError(13, "Permission denied", "solutions/20-new.md"),
            "solutions/20-new.md cannot be written: Permission denied.",
        ),
        (
            OSError(28, "No space left on device"),
            "The result cannot be written: No space left on device.",
        ),
    ],
)
def test_a_course_that_cannot_be_written_is_one_sentence(monkeypatch, error, sentence):
    def refused(name):
        raise error

    monkeypatch.setattr("course_utils.authoring.new_lecture", refused)
    code, output = run("new-lecture", "new")
    assert (code, output.strip()) == (1, sentence)


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (90, "item points about guess lecture"),
        (80, "item points about guess"),
        (200, "item points about guess lecture kind title"),
        (24, "item points"),
    ],
)
def test_the_bank_has_a_whole_line_for_each_item_and_a_total(monkeypatch, width, columns):
    monkeypatch.setattr(console, "width", width)
    result = CliRunner().invoke(app, ["exam", "bank"])
    head, *rows, total = result.output.splitlines()
    assert head.split() == columns.split()
    practice = [id_ for id_ in all_items() if id_ not in blueprint.ITEMS]
    assert [row.split()[0] for row in rows] == [*blueprint.ITEMS, *practice]
    assert max(map(len, rows)) <= width
    assert "…" not in result.output
    if "about" in columns:
        assert all(entry.topic in result.output for entry in blueprint.ITEMS.values())
    held = [id_ for id_ in all_items() if id_ in blueprint.ITEMS]
    points = sum(blueprint.ITEMS[item].points for item in held)
    assert total.startswith(f"{len(held)} of 29 questions, {points:g} of 66 points are in the bank")


def test_one_form_of_a_question_is_shown_with_its_key():
    code, output = run("exam", "show", "3.1", "--seed", "4")
    question = all_items()["3.1"].variant(4)
    assert code == 0
    assert output.startswith("**Question 3.1, variant 4 · Normalizing a table** (4 points)")
    for text in (question.prompt, question.parts[0].key_text(), question.derivation):
        assert re.sub(r"\s+", " ", text) in output
    assert "variant" not in run("exam", "show", "3.1")[1].split("·")[0]


def test_an_item_that_the_bank_lacks_is_one_sentence():
    code, output = run("exam", "show", "9.9")
    assert (code, output.split(";")[0]) == (1, "The bank has no item 9.9")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("3.1,1.1",), "'3.1,1.1' names 2 items; write one id, such as 3.1."),
        (("",), "write one id"),
        ((",",), "names no item"),
        (("3.1", "--seed", "-1"), "from 0 on"),
    ],
)
def test_what_is_not_one_question_is_not_taken_for_the_first(arguments, says):
    code, output = run("exam", "show", *arguments)
    assert (code, says in output) == (1, True), output


@pytest.mark.parametrize(
    ("arguments", "exit_status", "says"),
    [
        (("bench", "framework", "--threads", "0"), 2, "greater than or equal to 1"),
        (("bench", "framework", "--rounds", "-3"), 2, "greater than or equal to 1"),
        (("bench", "framework", "--only", "zzz"), 1, "No case's name contains 'zzz'"),
        (("build", "02", "--jobs", "0"), 2, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_measured_or_built_is_one_sentence(arguments, exit_status, says):
    code, output = run(*arguments)
    assert code == exit_status
    assert says in " ".join(output.split())


ABOUT_LECTURES = pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["build", "--check"],
        ["build", "--words"],
        ["try", "01"],
        ["new-lecture", "new"],
        ["status"],
        ["status", "--json"],
        ["status", "--readme"],
        ["claims", "01"],
        ["bench", "lectures"],
        ["bench", "pictures"],
    ],
    ids=" ".join,
)


@ABOUT_LECTURES
def test_without_the_courses_folder_that_is_one_sentence(monkeypatch, tmp_path, command):
    there_is_none = partial(authoring.check_folder, tmp_path)  # as in an installed wheel
    monkeypatch.setattr(authoring, "check_folder", there_is_none)
    code, output = run(*command)
    assert code == 1
    assert f"no folder solutions/ in {tmp_path}: run this in the course's folder" in output
    assert list(tmp_path.iterdir()) == []


@ABOUT_LECTURES
def test_in_another_folder_the_course_is_left_alone(monkeypatch, tmp_path, command):
    (tmp_path / "solutions").mkdir()  # a copy, perhaps
    monkeypatch.chdir(tmp_path)
    code, output = run(*command)
    assert code == 1
    assert f"course is in {authoring.REPOSITORY}, and you are in {tmp_path}: run this in" in output


def test_a_folder_inside_of_the_courses_will_do(monkeypatch):
    monkeypatch.chdir(authoring.REPOSITORY / "tests")
    assert run("build", "--check", "14")[0] == 0
