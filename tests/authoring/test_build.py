import json

import pytest
from typer.testing import CliRunner

from course_utils import authoring
from course_utils.authoring import build, check, find_lectures, orphans
from course_utils.cli import app
from tests.authoring.conftest import cell

LECTURE = "# Toy\n\n" + cell(
    """
    import random

    import ipywidgets
    from course_utils.runtime import under_test

    def double(x):
        \"\"\"Return x doubled.\"\"\"
        ### BEGIN SOLUTION
        twice_as_much = x + x
        return twice_as_much
        ### END SOLUTION

    print(under_test(), double(2))
    ipywidgets.IntSlider()
    """
)


def built(root):
    return {b.path.parent.name: b for b in build(find_lectures(root=root), jobs=2)}


def load(root, folder):
    return json.loads((root / folder / "01-toy.ipynb").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_one_source_becomes_two_executed_notebooks_the_same_bytes_twice(course):
    root = course(LECTURE)
    results = built(root)
    assert [b.error for b in results.values()] == ["", ""]
    first = {folder: (root / folder / "01-toy.ipynb").read_bytes() for folder in results}
    built(root)
    assert first == {folder: (root / folder / "01-toy.ipynb").read_bytes() for folder in results}

    solution, student = load(root, "solutions"), load(root, "notebooks")
    printed = [nb["cells"][1]["outputs"][0]["text"] for nb in (solution, student)]
    assert printed == [["True 4\n"], ["True None\n"]]
    text = json.dumps(student)
    assert "twice_as_much" not in text
    assert "widget-view" not in text, "a stored view would name a model that no kernel holds"
    assert "version" not in solution["metadata"]["language_info"]
    assert check(find_lectures(root=root)) == []


@pytest.mark.slow
def test_check_names_what_is_not_as_the_source_gives_it(course):
    root = course(LECTURE)
    assert "is missing" in check(find_lectures(root=root))[0]
    built(root)
    course(LECTURE.replace("# Toy", "# New title"))
    problems = check(find_lectures(root=root))
    assert "solutions/01-toy.ipynb is older than its source: cell 1 differs" in problems[0]
    assert len(problems) == 2

    course(LECTURE)
    path = root / "notebooks" / "01-toy.ipynb"
    never_run = load(root, "notebooks")
    never_run["cells"][1]["execution_count"] = None
    path.write_text(json.dumps(never_run), encoding="utf-8")
    assert "was never run" in check(find_lectures(root=root))[0]

    leaking = load(root, "notebooks")
    leaking["cells"][1]["execution_count"] = 1
    leaking["cells"][1]["outputs"][0]["text"] = ["twice_as_much = x + x"]
    path.write_text(json.dumps(leaking), encoding="utf-8")
    assert "shows a line of an answer" in check(find_lectures(root=root))[0]

    path.write_text("not JSON", encoding="utf-8")
    assert "is not a notebook" in check(find_lectures(root=root))[0]


def test_a_notebook_without_a_source_is_named(course):
    root = course(LECTURE)
    (root / "notebooks" / "07-gone.ipynb").write_text("{}")
    assert orphans(root, find_lectures(root=root)) == [
        "notebooks/07-gone.ipynb has no source in solutions/: delete it."
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("print(1)\nraise ValueError('no such data')", "cell 2 raises ValueError: no such data"),
        ("import warnings\nwarnings.warn('old')", "cell 2 writes a warning"),
        ("object()", "cell 2 shows a memory address"),
        ("import os\nos._exit(1)", "the kernel died"),
    ],
)
def test_a_cell_that_raises_warns_or_varies_fails_the_build(course, source, words):
    root = course("# Toy\n\n" + cell(source))
    (root / "notebooks" / "01-toy.ipynb").write_text("the former one")
    results = built(root)
    assert all(words in b.error for b in results.values()), results
    assert (root / "notebooks" / "01-toy.ipynb").read_text() == "the former one"


def test_a_failed_build_leaves_no_empty_line(monkeypatch, course):
    root = course("# Only text")
    lectures = authoring.find_lectures(root=root)
    monkeypatch.setattr(authoring, "find_lectures", lambda names: lectures)
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split()[0] for line in lines] == ["FAIL", "01-toy.md"]
