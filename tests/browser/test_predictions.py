"""Predictions in real JupyterLab: made by mouse and keys, locked in, kept, compared."""

import json
import tempfile
from pathlib import Path

import pytest
from nbconvert import HTMLExporter

from tests.browser.day import markdown, wait_for
from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

CELLS = [
    """import os

from course_utils.predictions import Choice, Curve, Number, Predictions

os.environ.pop("COURSE_FORGET", None)  # here, guesses are to be kept
predict = Predictions("normalization")""",
    """predict(
    Number("steps", "How many steps?", low=1, high=1e10, log=True, unit="steps"),
    Choice("way", "Which way?", ("up", "down")),
    Curve("shape", "How does it fall?", x=(1, 54), y=(0, 1), xlabel="wines", ylabel="share"),
)""",
    """predict.reveal(
    steps=[9e7, 2e8], way="down", shape=([1, 10, 20, 54], [[0.6, 0.2, 0.1, 0.0]])
)""",
]


@pytest.fixture
def folder(jupyterlab):
    return Path(tempfile.mkdtemp(dir=jupyterlab.folder))


@pytest.fixture
def notebook(folder, open_notebook):
    write_notebook(folder / "predictions.ipynb", *CELLS)
    opened = open_notebook(f"{folder.name}/predictions.ipynb")
    yield opened
    assert opened.errors == []


def run_first_cells(notebook, count):
    notebook.page.keyboard.press("Escape")
    notebook.page.locator(".jp-Cell").first.click()
    for _ in range(count):
        notebook.command("notebook:run-cell-and-select-next")
    notebook.page.wait_for_selector(".course-prediction fieldset")


def kept(folder):
    _, *lines = (folder / "normalization.answers.jsonl").read_text("utf-8").split("\n")
    found = {}
    for told in map(json.loads, lines):
        found.setdefault(told["entry"].split("/")[0], {}).update(told["fields"])
    return found


def test_predictions_are_made_locked_in_and_held_against_what_was_measured(notebook, folder):
    page = notebook.page
    run_first_cells(notebook, 2)
    box = page.locator(".course-prediction")
    lock = box.get_by_role("button", name="Lock in")
    assert lock.is_disabled()

    number = box.get_by_label("How many steps? Number, steps")
    number.fill("ten")
    box.get_by_text("is not a number").wait_for()
    number.fill("20,000")  # twenty, or twenty thousand
    box.get_by_text("can be read in two ways: write 20000 or 20.000").wait_for()
    number.fill("1e400")
    box.get_by_text("is too large").wait_for()
    number.fill("10^3")
    number.blur()
    slider = box.get_by_label("How many steps? Scale, steps")
    before = len(notebook.cells())
    slider.focus()
    page.keyboard.press("b")  # JupyterLab's key for a new cell
    page.keyboard.press("ArrowRight")
    assert len(notebook.cells()) == before
    box.get_by_label("up", exact=True).check()

    sketch = box.get_by_role("slider", name="How does it fall?")
    place = sketch.bounding_box()
    page.mouse.move(place["x"] + 0.15 * place["width"], place["y"] + 0.2 * place["height"])
    page.mouse.down()
    page.mouse.move(place["x"] + 0.9 * place["width"], place["y"] + 0.6 * place["height"], steps=12)
    page.mouse.up()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")

    lock.click()
    box.get_by_text("Locked in: run the next cell.").wait_for()
    assert number.is_disabled()
    page.keyboard.press("Escape")
    page.locator(".jp-Cell").nth(2).locator(".jp-Cell-inputWrapper").click()
    page.keyboard.press("Escape")
    notebook.command("notebook:run-cell-and-select-next")
    page.get_by_text("too low by a factor of").wait_for()
    page.get_by_text("not as you thought").first.wait_for()
    fields = kept(folder)
    assert 1000 < float(fields["prediction steps"]["guess"]) < 1200
    assert fields["prediction way"]["guess"] == "up"
    heights = json.loads(fields["prediction shape"]["guess"])
    assert heights[2] > heights[-2] > 0
    assert fields["prediction way"]["locked"] == "yes"

    wait_for(lambda: "up, locked in" in markdown(notebook, 1), notebook)
    notebook.save()
    page.get_by_text("Locked in: run the next cell.").wait_for()
    text, _ = HTMLExporter().from_filename(folder / "predictions.ipynb")
    assert "Your prediction: up, locked in" in text
    assert "too low by a factor of" in text

    with (folder / "normalization.answers.jsonl").open("a") as file:
        file.write("\n<<<<<<< another computer's")  # as programs that synchronise files do
    notebook.restart_kernel()
    run_first_cells(notebook, 2)
    page.locator(".course-prediction").get_by_text("Locked in").wait_for()
    page.get_by_text("of normalization.answers.jsonl cannot be read").wait_for()
    again = page.locator(".course-prediction").get_by_label("up", exact=True)
    assert again.is_checked()
    assert again.is_disabled()
