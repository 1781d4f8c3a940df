"""Every lecture in real JupyterLab: all cells run, and every control of every explorer is moved."""

import shutil

import numpy as np
import pytest

from course_utils.authoring import REPOSITORY, find_lectures
from course_utils.bench.explorer_page import explorers

pytestmark = pytest.mark.browser

LECTURES = find_lectures()


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.stem)
def test_a_lecture_runs_and_its_controls_move_the_pictures(lecture, jupyterlab, open_notebook):
    shutil.copy(lecture.student, jupyterlab.folder)
    notebook = open_notebook(lecture.student.name)
    notebook.show_only_notebook()
    notebook.run_all()
    assert notebook.error_outputs() == []
    assert notebook.not_run() == []
    shots = REPOSITORY / "test-results" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    for explorer in explorers(notebook):
        explorer.wait_until_shown()
        explorer.root.screenshot(path=shots / f"{lecture.stem}, {explorer.title}.png")
        for control in explorer.controls():
            move(explorer, control)
            explorer.reset()
    assert notebook.errors == []


def move(explorer, control):
    where = f"{explorer.title}, {control.label}"
    before, described = explorer.pixels(), explorer.description
    assert np.ptp(before) > 0, f"{where}: the picture is blank"
    pictures = explorer.sweep(control)
    assert explorer.error == "", where
    assert all(np.ptp(picture) > 0 for picture in pictures), f"{where}: a blank picture"
    assert any(np.any(picture != before) for picture in pictures), f"{where}: nothing moved"
    assert explorer.description, where
    explorer.reset()
    assert explorer.description == described, f"{where}: Reset does not bring the start back"
    assert np.array_equal(explorer.pixels(), before), f"{where}: Reset leaves another picture"


def test_widgets_answer_on_the_start_page(jupyterlab, open_notebook):
    shutil.copy(LECTURES[0].student, jupyterlab.folder)
    notebook = open_notebook(LECTURES[0].student.name)
    notebook.run_all()
    notebook.page.get_by_text("from the browser to Python and back").wait_for(timeout=20_000)
