"""The table of what the course has, and the README that shows it."""

import re

import pytest
from typer.testing import CliRunner

from course_utils import authoring
from course_utils.authoring import REPOSITORY, AuthoringError, find_lectures
from course_utils.authoring.status import (
    COLUMNS,
    in_readme,
    markdown,
    run_times,
    status,
    table,
    write_readme,
)
from course_utils.cli import app
from course_utils.exam import blueprint
from course_utils.lessons.room import all_items, written


def test_every_written_lecture_has_a_row_and_the_last_row_the_sums():
    *rows, sums = status()
    assert len(rows) == len(written())
    by_title = {row.lecture: row for row in rows}
    assert by_title["01 Normalization"].items == "1.1, 3.1"
    assert by_title["01 Normalization"].explorers == 3
    assert by_title["14 Mock exam"].items == "all"
    held = [item for id_, item in all_items().items() if id_ in blueprint.ITEMS]
    assert sums.items.startswith(f"{len(held)} of 29 in the bank, ")
    assert sums.items.endswith(f"{sum(item.points for item in held):g} of 66 points")
    for name in ("explorers", "exercises", "statements", "questions"):
        assert getattr(sums, name) == sum(getattr(row, name) for row in rows) > 0


def test_the_readme_shows_what_the_course_has_today():
    shown = [line.split(" | ")[: len(COLUMNS)] for line in in_readme(README).splitlines()]
    today = [line.split(" | ") for line in markdown(table(status())).splitlines()]
    clean = [[[cell.strip("| ") for cell in line] for line in lines] for lines in (shown, today)]
    assert clean[0] == clean[1], "run `course status --readme`"


README = REPOSITORY / "README.md"


def test_run_times_stand_beside_the_lectures_that_have_one(tmp_path):
    lines = table(status(), {"01": 14.2})
    assert lines[0][-1] == "run time"
    assert {line[-1] for line in lines[1:] if line[0].startswith("01")} == {"14 s"}
    assert {line[-1] for line in lines[1:] if not line[0].startswith("01")} == {""}


def test_without_new_ones_the_run_times_that_stand_in_a_readme_stay(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text("<!-- course status --><!-- end -->", encoding="utf-8")
    assert run_times(readme) is None
    write_readme(readme, markdown(table(status(), {"01": 14.2, "12": 101.0})))
    monkeypatch.setattr(authoring, "REPOSITORY", tmp_path)
    held = readme.read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["status", "--readme"]).exit_code == 0
    assert readme.read_text(encoding="utf-8") == held
    assert run_times(readme) == {"01": 14.0, "12": 101.0}
    write_readme(readme, markdown(table(status())))
    assert run_times(readme) is None


def test_the_readme_says_how_long_the_lectures_take():
    stated = re.compile(r"\*\*Time\*\* (?:about )?(\d+) minutes")
    texts = {one.room: one.source.read_text(encoding="utf-8") for one in find_lectures()}
    minutes = {name: int(said[1]) for name, text in texts.items() if (said := stated.search(text))}
    exam, *lectures = minutes.pop("mock_exam"), *minutes.values()
    text = README.read_text(encoding="utf-8")
    assert f"about {(sum(lectures) + exam) / 60:.0f} hours in all" in text
    assert f"{min(lectures)} to {max(lectures)} minutes a lecture" in text


def test_a_readme_gets_the_table_in_place_of_its_old_one(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- course status -->\nold\n<!-- end -->\nb\n", encoding="utf-8")
    for _ in range(2):
        write_readme(readme, "| new |")
        assert readme.read_text() == ("a\n<!-- course status -->\n\n| new |\n\n<!-- end -->\nb\n")
    assert in_readme(readme) == "| new |"
    readme.write_text("nothing")
    with pytest.raises(AuthoringError, match=r"README\.md has no lines"):
        write_readme(readme, "| new |")
