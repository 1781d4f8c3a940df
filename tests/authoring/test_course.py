"""The course's own notebooks: current, executed, and paired with their sources without loss."""

import shutil
import subprocess

import nbformat
import pytest
from jupytext import writes
from jupytext.config import load_jupytext_config
from typer.testing import CliRunner

from course_utils.authoring import REPOSITORY, find_lectures
from course_utils.cli import app

LECTURES = find_lectures()


def test_every_committed_notebook_is_what_its_source_gives():
    result = CliRunner().invoke(app, ["build", "--check"])
    assert result.exit_code == 0, result.output
    assert f"{len(LECTURES)} lectures are as their sources give them." in result.output


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
