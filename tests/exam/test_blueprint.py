"""An exam is a file that a lecturer can write."""

import csv
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course_utils.cli import app
from course_utils.exam import blueprint
from course_utils.exam.blueprint import EXAM, ITEMS, BlueprintError
from course_utils.exam.papers import compose, tools, typeset
from tests.exam.paper_examples import whole_exam

OTHER = """
course = "Learning machines"
title = "Second sitting"
university = "University of Nowhere"
date = "1 April 2031"
minutes_per_point = 2
rules = ["Be quiet."]

[[sections]]
title = "By hand"
items = [{ id = "3.1", points = 8 }, { id = "2.7", bonus = true }]

[[sections]]
number = "B"
title = "In words"
items = [{ id = "2.2" }]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "other.toml"
    path.write_text(OTHER, encoding="utf-8")
    return path


def test_the_courses_exam_has_90_minutes_for_60_points_and_six_more() -> None:
    assert EXAM.minutes(ITEMS.values()) == 90
    assert EXAM.points(ITEMS.values()) == (60, 6)
    assert EXAM.heading("3.1") == "3 A perceptron"
    assert EXAM.section("9.9") is None
    assert not EXAM.is_bonus("9.9")


def test_a_mark_at_the_files_beginning_is_read_over(file: Path) -> None:
    plain = blueprint.read(file, ITEMS)
    file.write_text("\ufeff" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert blueprint.read(file, ITEMS) == plain


def test_another_exam_needs_ids_only_and_may_weigh_its_items_otherwise(file: Path) -> None:
    exam = blueprint.read(file, ITEMS)
    assert exam.points(exam.items.values()) == (10, 3)
    assert exam.minutes(exam.items.values()) == 20
    assert [str(section) for section in exam.sections] == ["1 By hand", "B In words"]
    assert exam.items["2.2"] == ITEMS["2.2"]
    paper = compose(whole_exam(), None, exam)
    assert [question.id for question in paper.questions] == ["3.1", "2.7", "2.2"]
    first = paper.questions[0]
    assert first.points == 8
    assert first.mark(tuple(part.key() for part in first.parts)) == 8


def test_its_paper_says_nothing_of_the_courses_exam(file: Path) -> None:
    paper = compose(whole_exam(), 4, blueprint.read(file, ITEMS))
    typst = tools.typst_of(typeset.fragments(paper))
    for write in (typeset.document, typeset.key_document):
        text = write(paper, typst)
        assert "Deep Learning" not in text
        assert "90" not in re.sub(r"\d+(mm|pt|%|em)", "", text.split(typeset.LOOK)[1])
        assert "Learning machines" in text
    cover = typeset.document(paper, typst)
    for told in ("University of Nowhere", "1 April 2031", "Be quiet.", "20 minutes", "By hand"):
        assert told in cover


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "By hand"', "", "section 1: title is a text in quotation marks"),
        ('"3.1", points = 8', '"9.9"', "item '9.9' is not in the question bank"),
        ("points = 8", 'points = "8"', "item '3.1': points is a number above 0"),
        ("points = 8", "points = true", "item '3.1': points is a number above 0"),
        ("points = 8", "points = nan", "item '3.1': points is a number above 0"),
        ("points = 8", "worth = 8", "an item of section 1 has no 'worth', only id, points"),
        ('"2.7"', '"3.1"', "item '3.1' occurs twice"),
        ("minutes_per_point = 2", "", "the exam: minutes_per_point is a number above 0"),
        ("bonus = true", 'kind = "essay"', "item '2.7': kind is one of mark all, numbers"),
        ("bonus = true", 'bonus = "yes"', "item '2.7': bonus is true or false"),
        ('["Be quiet."]', '"Be quiet."', "rules is a list of texts"),
        ("[[sections]]", "[sections.one]", "the exam needs a list of sections"),
        ('course = "Learning machines"', "course = ", "is not TOML in UTF-8"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(
    file: Path, old: str, new: str, says: str
) -> None:
    count = 2 if old == "[[sections]]" else 1
    text = OTHER.replace(old, new, 1)
    if count == 2:
        text = text.replace(old, "[sections.two]")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BlueprintError, match=re.escape(says)) as error:
        blueprint.read(file, ITEMS)
    assert "other.toml" in str(error.value)


def test_the_command_prints_another_exam_and_says_what_is_wrong(file: Path, tmp_path: Path) -> None:
    def run(name: str) -> tuple[int, str]:
        out = ["--out", str(tmp_path / "papers"), "--no-key"]
        done = CliRunner().invoke(app, ["exam", "paper", "--blueprint", str(tmp_path / name), *out])
        return done.exit_code, done.output

    code, output = run("other.toml")
    assert code == 0, output
    assert (tmp_path / "papers/paper-exam.pdf").read_bytes().startswith(b"%PDF")
    code, output = run("missing.toml")
    assert (code, output.strip()) == (
        1,
        f"{tmp_path / 'missing.toml'} cannot be read: No such file or directory.",
    )
    file.write_text(OTHER.replace('"2.2"', '"x"'), encoding="utf-8")
    code, output = run("other.toml")
    assert code == 1
    assert "item 'x' is not in the question bank" in output


def test_the_command_exports_another_exam(file: Path, tmp_path: Path) -> None:
    def run(form: str, *more: str) -> tuple[int, str, Path]:
        out = tmp_path / form
        asked = ["exam", "export", "--format", form, "--out", str(out), "--blueprint", str(file)]
        done = CliRunner().invoke(app, [*asked, *more])
        return done.exit_code, done.output, out

    exam = blueprint.read(file, ITEMS)
    code, output, out = run("csv")
    assert code == 0, output
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines(keepends=True)))
    assert list(dict.fromkeys(row["id"] for row in rows)) == list(exam.items)
    for id_, entry in exam.items.items():
        parts = [row for row in rows if row["id"] == id_]
        assert sum(float(row["points"]) for row in parts) == pytest.approx(entry.points)
        assert {row["bonus"] for row in parts} == {"yes" if entry.bonus else "no"}
    code, output, out = run("qti")
    assert code == 0, output
    test = zipfile.ZipFile(out).read("test.xml").decode()
    assert "Learning machines" in test
    assert "Deep Learning" not in test
    code, output, out = run("moodle")
    assert code == 0, output
    assert f"$course$/top/{exam.title}/" in out.read_text("utf-8")
    code, output, _ = run("csv", "--items", "1.1")
    assert (code, output.strip()) == (
        1,
        "There is no question to export: of this exam's items none is chosen.",
    )
