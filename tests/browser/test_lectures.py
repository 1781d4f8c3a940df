"""Every lecture in real JupyterLab, as a student has it, run once for all that is asked of it."""

import json
import shutil

import pytest

from course_utils.authoring import REPOSITORY, find_lectures, own_cells
from course_utils.bench.explorer_page import explorers
from tests.browser.cut_off import cut_off
from tests.browser.guidelines import all_cells, violations

pytestmark = pytest.mark.browser

LECTURES = find_lectures()
PICTURES = ("image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json")


@pytest.fixture(scope="module", params=LECTURES, ids=lambda lecture: lecture.stem)
def opened(request, jupyterlab, browser):
    """A lecture and its notebook, open, with all cells run."""
    lecture = request.param
    shutil.copy(lecture.student, jupyterlab.folder)
    notebook = jupyterlab.open(lecture.student.name, browser)
    notebook.show_only_notebook()
    notebook.run_all(timeout=300)  # a few such runs go on at once
    yield lecture, notebook
    notebook.shut_down_kernel()
    notebook.close()


def put_out(cells):
    """Return the texts that each code cell puts out, by its id, unless they may vary."""
    return {
        cell["id"]: all_texts(cell)
        for cell in cells
        if cell["cell_type"] == "code" and not may_vary(cell)
    }


def all_texts(cell):
    return [texts(output) for output in cell["outputs"]]


def may_vary(cell):
    return "nbval-ignore-output" in cell["metadata"].get("tags", [])


def texts(output):
    if output["output_type"] == "stream":
        return {output["name"]: "".join(output["text"])}
    return {kind: "".join(text) for kind, text in output["data"].items() if kind not in PICTURES}


def stored(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_all_cells_run_and_put_out_what_is_stored(opened):
    lecture, notebook = opened
    assert notebook.error_outputs() == []
    assert notebook.not_run() == []
    cells = notebook.cells()
    assert put_out(cells) == put_out(stored(lecture.student))

    # What answers a prediction is stored with the solutions only. nbval runs no more of them than
    # what they do otherwise (`conftest.py`), so what both notebooks do is compared here.
    own = own_cells(lecture)
    code = [cell for cell in stored(lecture.solution) if cell["cell_type"] == "code"]
    common = put_out(cell for place, cell in enumerate(code) if place not in own)
    assert {cell["id"]: all_texts(cell) for cell in cells if cell["id"] in common} == common


def test_controls_move_the_pictures(opened):
    lecture, notebook = opened
    shots = REPOSITORY / "test-results" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    for explorer in explorers(notebook):
        explorer.wait_until_shown()
        explorer.root.screenshot(path=shots / f"{lecture.stem}, {explorer.title}.png")
        for control in explorer.controls():
            move(explorer, control)
    assert notebook.errors == []


def move(explorer, control):
    """Move a control from end to end and have the explorer reset."""
    where = f"{explorer.title}, {control.label}"
    before, described = explorer.digest(), explorer.description
    assert before, f"{where}: the picture is blank"
    pictures = explorer.sweep(control)
    assert explorer.error == "", where
    assert all(pictures), f"{where}: a blank picture"
    assert any(picture != before for picture in pictures), f"{where}: nothing moved"
    assert explorer.description, where
    explorer.reset()
    assert explorer.description == described, f"{where}: Reset does not bring the start back"
    assert explorer.digest() == before, f"{where}: Reset leaves another picture"


@pytest.mark.parametrize("opened", LECTURES[:1], ids=lambda lecture: lecture.stem, indirect=True)
def test_widgets_answer_on_the_start_page(opened):
    words = "from the browser to Python and back"
    opened[1].page.get_by_text(words).wait_for(timeout=20_000)


def test_a_lecture_meets_the_guidelines_and_shows_all_of_it(opened):
    _, notebook = opened
    all_cells(notebook)
    assert cut_off(notebook) == []
    begin = notebook.page.get_by_role("button", name="Begin the exam")
    if begin.count():
        assert violations(notebook) == []
        begin.click()
        notebook.page.wait_for_selector(".course-room-overview button", timeout=120_000)
    assert violations(notebook) == []
