import json
import os
import shutil
import subprocess
import sys

import pytest

from course_utils.authoring import AuthoringError, find_lectures, new_lecture
from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import read
from course_utils.lessons.room import CURRICULUM, room_names
from course_utils.runtime import REPOSITORY


def headings(lecture):
    texts = [cell.source for cell in read(lecture).cells if cell.cell_type == "markdown"]
    return [line for text in texts for line in text.splitlines() if line.startswith("#")]


COPIED = ("course_utils", "solutions", "notebooks", "tests", "conftest.py", "pyproject.toml")
MYPY_CACHE = ".mypy_cache"  # which `make lint` leaves behind: mypy then reads only what is new


@pytest.fixture(scope="module")
def course_with_a_new_lecture(tmp_path_factory):
    """A copy of the course with a lecture that nobody has changed yet, in its own folder."""
    root = tmp_path_factory.mktemp("course")
    for name in (*COPIED, *([MYPY_CACHE] if (REPOSITORY / MYPY_CACHE).is_dir() else [])):
        copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy
        copy(REPOSITORY / name, root / name)
    new_lecture("some-example", root)
    return root


def run(root, *command, **said):
    """Run a command in that course, with its own course_utils."""
    done = subprocess.run(
        [sys.executable, *command], cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True, text=True, check=False, **said,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def course_commands(root, *commands):
    """Return what commands of that course say, one after another in one interpreter."""
    asked = {" ".join(command): (command, {}) for command in commands}
    answers = root / "answers.json"
    run(root, "-m", "tests.commands", str(answers), input=json.dumps(asked))
    told = json.loads(answers.read_text(encoding="ascii"))
    for said, status in told.values():
        assert status == 0, said
    return [said for said, _ in told.values()]


@pytest.mark.slow
def test_a_new_lecture_runs_and_has_all_that_a_lecture_needs(course_with_a_new_lecture):
    root = course_with_a_new_lecture
    (lecture,) = find_lectures(["some-example"], root=root)
    built, checked, tried, shown = course_commands(
        root,
        ("build", lecture.stem),
        ("build", "--check", lecture.stem),
        ("try", "some-example", "--all"),
        ("exam", "show", f"{lecture.number}.hand", "--seed", "1"),
    )
    assert built.count("OK ") == 2
    assert "1 lecture is as its source gives it." in checked

    notebook = lecture.student.read_text(encoding="utf-8")
    assert "○ Not started" in notebook
    assert "beta * y[-1]" not in notebook
    assert '"image/png"' in notebook, "the explorer leaves a picture"

    for words in (
        "an explorer is shown in its lecture", "a right answer of any style", "an item is sound",
        "the measurement says what the author expects", "the key is what one finds by hand",
    ):  # fmt: skip
        assert words in tried
    assert "FAIL" not in tried
    assert "**Key**" in shown

    code = (f"course_utils/lessons/{lecture.room}", f"tests/lessons/{lecture.room}")
    run(root, "-m", "ruff", "check", *code)
    run(root, "-m", "ruff", "format", "--check", *code)
    run(root, "-m", "mypy", "-p", f"course_utils.lessons.{lecture.room}")


def test_a_new_lecture_has_the_shape_of_lecture_01(course):
    root = course("# A")
    new_lecture("gans", root)
    new = Lecture(root, "12-gans")
    first = Lecture(REPOSITORY, "01-normalization")
    for word in ("## Exam questions", "## Pitfalls", "## References", "### Explorer: ",
                 "### Exercise 1: "):  # fmt: skip
        assert [h for h in headings(new) if h.startswith(word)], word
        assert [h for h in headings(first) if h.startswith(word)], word
    for label in ("**You will**\n\n- ", "**Time** ", "· **You need** ", "· **Exam items** ",
                  "**Predict.** ", "**Run.** ", "**Explain.** ", "**Try.** (1) "):  # fmt: skip
        assert label in new.source.read_text(encoding="utf-8"), label
        assert label in first.source.read_text(encoding="utf-8"), label
    assert "**Exam items** 5.1, 5.2, 5.3, 5.4\n" in new.source.read_text(encoding="utf-8")


@pytest.mark.parametrize("given", ["perceptron", "02-perceptron"])
def test_a_room_that_is_older_than_its_lecture_keeps_what_it_has(course, given):
    root = course("# A")
    room = root / "course_utils" / "lessons" / "perceptron"
    (room / "explorers").mkdir(parents=True)  # a package instead of a module
    (room / "model.py").write_text("mine")
    files = [path.relative_to(root).as_posix() for path in new_lecture(given, root)]
    assert files[0] == "solutions/02-perceptron.md"
    names = {path.rsplit("/")[-1] for path in files[1:] if path.startswith("course_utils")}
    assert names == {
        "__init__.py", "exercises.py", "formulas.py", "questions.py", "statements.py",
    }  # fmt: skip
    assert (room / "model.py").read_text() == "mine"
    assert not (room / "explorers.py").exists()


def test_every_room_without_a_lecture_can_get_one(course):
    root = course("# A", stem="99-toy")
    written = {lecture.room for lecture in find_lectures()}
    for name in set(room_names()) - written:
        source = new_lecture(name.replace("_", "-"), root)[0]
        assert headings(Lecture(root, source.stem))[0] == f"# {CURRICULUM[name]}"


def test_a_number_may_be_given(course):
    assert new_lecture("06-gans", course("# A"))[0].name == "06-gans.md"


def test_an_unplanned_lecture_gets_the_smallest_number_that_is_neither_used_nor_planned(course):
    root = course("# A", stem="15-toy")
    course("# B", stem="17-other")
    assert new_lecture("diffusion-models", root)[0].name == "16-diffusion-models.md"
    assert headings(Lecture(root, "16-diffusion-models"))[0] == "# 16 Diffusion models"
    assert new_lecture("transformers", root)[0].name == "18-transformers.md"


@pytest.mark.parametrize("name", ["Batch Norm", "../evil", "6-gans", "", "gans_2", "-"])
def test_what_is_no_name_is_refused(course, name):
    with pytest.raises(AuthoringError, match="is no name for a lecture"):
        new_lecture(name, course("# A"))


@pytest.mark.parametrize("name", ["class", "15-lambda", "import", "taken"])
def test_a_room_that_could_not_be_imported_or_would_hide_a_module_is_refused(course, name):
    root = course("# A")
    lessons = root / "course_utils" / "lessons"
    lessons.mkdir(parents=True, exist_ok=True)
    (lessons / "taken.py").touch()
    with pytest.raises(AuthoringError, match="a word of Python or a module that is there"):
        new_lecture(name, root)
    assert not list(lessons.glob("*/"))


@pytest.mark.parametrize("name", ["toy", "05-toy", "01-other"])
def test_nothing_is_overwritten(course, name):
    root = course("# Mine")
    with pytest.raises(AuthoringError, match="There is already 01-toy"):
        new_lecture(name, root)
    assert "# Mine" in (root / "solutions" / "01-toy.md").read_text()
