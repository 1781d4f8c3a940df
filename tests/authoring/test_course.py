"""The course's own notebooks: current, executed, and paired with their sources without loss."""

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
