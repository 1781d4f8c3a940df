import copy
import json
import re
from pathlib import Path
from textwrap import dedent

import pytest
from typer.testing import CliRunner

from course_utils import authoring
from course_utils.authoring import build, check, find_lectures, orphans
from course_utils.cli import app
from tests.authoring.conftest import cell

CHECKED = "# 01 Toy\n\n" + cell(
    """
    from course_utils.lessons.start_here.exercises import check_mean_square

    def mean_square(x):
        \"\"\"Return the mean of the squares.\"\"\"
        ### BEGIN SOLUTION
        return (x * x).sum() / x.size
        ### END SOLUTION

    check_mean_square(mean_square)
    """
)
LECTURE = "# 01 Toy\n\n" + cell(
    """
    import random

    import ipywidgets
    from course_utils.runtime import forgets

    def double(x):
        \"\"\"Return x doubled.\"\"\"
        ### BEGIN SOLUTION
        twice_as_much = x + x
        return twice_as_much
        ### END SOLUTION

    print(forgets(), double(2))
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
    course(LECTURE.replace("# 01 Toy", "# 01 New title"))
    problems = check(find_lectures(root=root))
    assert (
        "solutions/01-toy.ipynb is older than its source, solutions/01-toy.md:12: the cell's source"
        in problems[0]
    )
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
    assert "would show a line of an answer" in check(find_lectures(root=root))[0]

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
    ("source", "line", "words"),
    [
        ("print(1)\nraise ValueError('no such data')", 16, "ValueError: no such data"),
        ("x = 1\nassert x > 2", 16, "AssertionError in `assert x > 2`"),
        ("def f(x):\n    return 1 / x\n\n\nf(0)", 16, "ZeroDivisionError: division by zero"),
        ("x = 1\n\nimport warnings\nwarnings.warn('old')", 18, "a warning is shown: UserWarn"),
        ("object()", 15, "a memory address is shown"),
        ("import os\nos._exit(1)", 15, "the kernel died"),
        (
            "import time\nprint(time.time_ns())",
            15,
            r"different things \(`\d+`, then `\d+`\); seed",
        ),
        ("print({'a', 'b', 'c', 'd', 'e', 'f', 'g'})", 15, "sort what comes from a set"),
    ],
)
def test_a_cell_that_raises_warns_or_varies_fails_the_build_once(course, source, line, words):
    root = course("# 01 Toy\n\n" + cell(source))
    (root / "notebooks" / "01-toy.ipynb").write_text("the former one")
    (result,) = build(find_lectures(root=root), jobs=3)
    assert result.path == root / "solutions" / "01-toy.ipynb"
    assert re.match(rf"solutions/01-toy\.md:{line}: .*{words}", result.error), result.error
    assert not result.path.exists()
    assert (root / "notebooks" / "01-toy.ipynb").read_text() == "the former one"


@pytest.mark.slow
def test_an_error_in_a_function_of_an_earlier_cell_is_told_where_it_was_raised(course):
    root = course("# 01 Toy\n\n" + cell("def f(x):\n    return 1 / x") + cell("f(0)"))
    (result,) = build(find_lectures(root=root), draft=True)
    assert result.error == "solutions/01-toy.md:16: ZeroDivisionError: division by zero"


@pytest.mark.slow
def test_of_an_error_in_a_room_its_line_is_told_as_well(course):
    write = """
        from pathlib import Path
        from runpy import run_path

        room = Path("course_utils/lessons/toy")
        room.mkdir(parents=True)
        (room / "model.py").write_text("def halve(x):\\n    return 1 / x\\n")
        run_path(str(room / "model.py"))["halve"](0)
    """
    root = course("# 01 Toy\n\n" + cell(dedent(write).strip()))
    (result,) = build(find_lectures(root=root), draft=True)
    assert result.error == (
        "solutions/01-toy.md:21: ZeroDivisionError: division by zero"
        " (at course_utils/lessons/toy/model.py:2)"
    )


@pytest.mark.slow
def test_the_two_notebooks_share_heavy_results_and_the_second_run_has_its_own(course):
    noting = """
        from pathlib import Path
        from course_utils.runtime import computed_folder

        with Path("../log").open("a") as log:
            print(computed_folder(), file=log)
        """
    root = course("# 01 Toy\n\n" + cell(noting))
    assert [b.error for b in built(root).values()] == ["", ""]
    told = (root / "log").read_text().split()
    assert sorted(Path(folder).name for folder in told) == ["0", "0", "1"]
    assert not any(Path(folder).parent.exists() for folder in told)
    built(root)
    assert len(set((root / "log").read_text().split())) == 4, "each build computes anew"


@pytest.mark.slow
def test_only_one_way_to_build_is_taken_at_a_time():
    result = CliRunner().invoke(app, ["build", "--words", "--draft"])
    assert result.exit_code == 2
    assert "--words, give one" in result.output


def test_words_change_without_a_run_and_code_does_not(course):
    root = course("# 01 Toy\n\nOld words.\n\n" + cell("from time import time_ns\ntime_ns() > 0"))
    assert [b.error for b in built(root).values()] == ["", ""]
    source = root / "solutions/01-toy.md"
    outputs = [load(root, folder)["cells"][-1] for folder in ("solutions", "notebooks")]
    source.write_text(source.read_text().replace("Old words.", "New words."))
    lectures = find_lectures(root=root)
    assert "solutions/01-toy.md:12: the cell's" in check(lectures)[0]
    assert [b.error for b in authoring.reword(lectures)] == ["", ""]
    assert check(lectures) == []
    for folder, cells in zip(("solutions", "notebooks"), outputs, strict=True):
        assert load(root, folder)["cells"][-2]["source"][-1] == "New words."
        assert load(root, folder)["cells"][-1] == cells
    written = (root / "solutions/01-toy.ipynb").read_bytes()
    text = source.read_text()
    for changed, why in (
        (text.replace("> 0", "> 1"), "the code has changed: run `course build`"),
        (text + cell("1"), "has 2 code cells, and had 1 when it was built"),
    ):
        source.write_text(changed)
        (failed,) = authoring.reword(lectures)
        assert why in failed.error
        assert (root / "solutions/01-toy.ipynb").read_bytes() == written


@pytest.mark.slow
def test_a_draft_is_the_complete_lecture_alone(course):
    root = course("# 01 Toy\n\n" + cell("import time\ntime.time_ns()"))
    (result,) = build(find_lectures(root=root), draft=True)
    assert (result.path.parent.name, result.error) == ("solutions", "")
    assert not (root / "notebooks" / "01-toy.ipynb").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "folder", "words"),
    [
        ("    ### BEGIN SOLUTION\n", "", "notebooks", "must say 'not started'"),
        ("sum() / x.size", "sum()", "solutions", "must pass its check. It says: ✗ Not right yet"),
        ("check_mean_square(mean", "x = check_mean_square(mean", "solutions", "is not shown"),
        ("x)\n    ###", "x)\n    ###", "", ""),
        (
            "(mean_square)\n```",
            "(mean_square)\n```\n\n```{code-cell}\ncheck_mean_square.solution()\n```",
            "solutions",
            "shows students a solution",
        ),
    ],
)
def test_the_checks_of_a_lecture_pass_and_those_of_students_are_not_started(
    course, old, new, folder, words
):
    text = CHECKED.replace(old, new)
    if "BEGIN" not in text:  # both markers are forgotten
        text = text.replace("    ### END SOLUTION\n", "")
    root = course(text)
    *passed, last = build(find_lectures(root=root), jobs=3)
    if not folder:
        assert [last.error, *[one.error for one in passed]] == ["", ""]
        return
    assert last.path.parent.name == folder
    assert re.match(rf"solutions/01-toy\.md:\d+: .*{words}", last.error), last.error
    assert not last.path.exists()


@pytest.mark.slow
def test_check_looks_at_verdicts_widgets_and_metadata_of_what_is_committed(course):
    root = course(CHECKED)
    built(root)
    (missing,) = check(find_lectures(root=root))
    assert missing.startswith("tests/lessons/toy/answers.py is missing")
    (root / "tests" / "lessons" / "toy").mkdir(parents=True)
    (root / "tests" / "lessons" / "toy" / "answers.py").touch()
    assert check(find_lectures(root=root)) == []
    path, good = root / "notebooks" / "01-toy.ipynb", load(root, "notebooks")

    def problem(change):
        changed = copy.deepcopy(good)
        change(changed, changed["cells"][1]["outputs"][0])
        path.write_text(json.dumps(changed), encoding="utf-8")
        (said,) = check(find_lectures(root=root))
        return said

    def passed(notebook, output):
        output["data"]["text/plain"] = ["✓ Passed — The mean of the squares"]

    assert "must say 'not started'" in problem(passed)
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    assert "holds a live widget" in problem(lambda _, output: output["data"].update(view))
    assert "the notebook's metadata" in problem(lambda nb, _: nb["metadata"].update(widgets={}))
    assert "the cell's metadata" in problem(lambda nb, _: nb["cells"][1]["metadata"].update(a=1))
    assert "the cell's attachments" in problem(lambda nb, _: nb["cells"][0].update(attachments={}))


def test_a_failed_build_leaves_no_empty_line(monkeypatch, course):
    root = course("# Only text")
    lectures = authoring.find_lectures(root=root)
    monkeypatch.setattr(authoring, "find_lectures", lambda names: lectures)
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split()[0] for line in lines] == ["FAIL", "solutions/01-toy.md"]
