"""The course's own notebooks: current, executed, and paired with their sources without loss."""

import shutil
import subprocess

import nbformat
import pytest
from jupytext import writes
from jupytext.config import load_jupytext_config

from course_utils.authoring import REPOSITORY, check, find_lectures, orphans

LECTURES = find_lectures()


def test_every_committed_notebook_is_what_its_source_gives():
    assert check(LECTURES) + orphans(REPOSITORY, LECTURES) == []


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.stem)
def test_saving_a_solution_in_jupyterlab_gives_back_its_source(lecture):
    notebook = nbformat.read(lecture.solution, as_version=4)
    config = load_jupytext_config(str(lecture.solution))
    assert writes(notebook, fmt="md:myst", config=config) == lecture.source.read_text("utf-8")


def test_make_lab_shows_the_whole_course():
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    command = subprocess.run(
        ["make", "-n", "lab"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    assert "--ServerApp.root_dir=" in command
    assert "notebooks/00-start-here.ipynb" in command
