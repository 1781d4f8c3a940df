"""A student's three days: run, typed into, saved, opened without Python, handed in."""

import nbformat
import pytest
from nbconvert import HTMLExporter, MarkdownExporter

from tests.browser.day import (
    CELLS,
    EXPLORER,
    LOST,
    QUESTION,
    SLIDER,
    TABLE,
    TICKED,
    cell,
    end,
    first_day,
    markdown,
    question,
    run_cell,
    wait_for,
)

pytestmark = pytest.mark.browser


def test_typing_is_not_disturbed_by_what_the_notebook_keeps(open_day):
    notebook = open_day()
    notebook.run_all()
    field = question(notebook, "3.1").get_by_label("Sample 1, Braineatase, normalized")
    field.focus()
    for typed in ("1", "12", "123"):
        notebook.page.keyboard.press(typed[-1])
        wait_for(lambda t=typed: f"| {t} |" in markdown(notebook, TABLE), notebook)
    assert field.input_value() == "123"
    assert field.evaluate("field => field === document.activeElement")
    assert notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.model.dirty")
    notebook.save()
    notebook.reload()  # the kernel goes on, and so do its widgets
    field = question(notebook, "3.1").get_by_label("Sample 1, Braineatase, normalized")
    field.fill("4")
    wait_for(lambda: "| 4 |" in markdown(notebook, TABLE), notebook)
    wait_for(lambda: notebook.page.locator(".course-line:visible").count() == 0, notebook)
    assert [error for error in notebook.errors if LOST not in error] == []


def test_a_saved_notebook_shows_what_it_holds_and_how_to_go_on(open_day):
    notebook = open_day()
    first_day(notebook)
    end(notebook)

    notebook = open_day()
    page = notebook.page
    page.get_by_text("Run this cell to continue").nth(3).wait_for(timeout=10_000)
    for words in ("Error displaying widget", "Loading widget"):
        assert page.get_by_text(words).filter(visible=True).count() == 0
    assert page.get_by_text("Run this cell to continue").count() == 4
    shown = cell(notebook, QUESTION)
    assert shown.get_by_text("What is true of normalizing data").is_visible()
    assert shown.get_by_text(f"☒ {TICKED}").is_visible()
    assert cell(notebook, TABLE).get_by_role("cell", name="−1,25").is_visible()
    assert cell(notebook, EXPLORER).locator("img").bounding_box()["width"] > 400
    assert cell(notebook, SLIDER).get_by_text("IntSlider(value=3)").is_visible()
    assert [error for error in notebook.errors if LOST not in error] == []

    # One cell, before what it needs: the line says which, and does it.
    cell(notebook, QUESTION).get_by_role("button", name="Run this cell to continue").click()
    said = cell(notebook, QUESTION).locator(".course-line")
    said.get_by_text("ask comes from the cell with from course_utils.exam import ask").wait_for()
    said.get_by_role("button", name="Run the cells above first").click()
    page.get_by_role("group", name="Question 1.1").wait_for(timeout=20_000)
    assert question(notebook, "1.1").get_by_label("zero mean and unit variance").is_checked()
    assert page.get_by_text("Run this cell to continue").count() == 3

    # A name that no cell gives is the student's own slip: nothing is added to what Python says.
    run_cell(notebook, len(CELLS) - 1)
    last = cell(notebook, len(CELLS) - 1)
    last.get_by_text("NameError: name 'never_made' is not defined").wait_for()
    assert last.locator(".course-line").count() == 0
    end(notebook)


@pytest.mark.parametrize("exporter", [HTMLExporter, MarkdownExporter])
def test_what_is_handed_in_holds_what_was_typed_and_no_key(open_day, day_folder, exporter):
    notebook = open_day()
    first_day(notebook)
    question(notebook, "1.1").get_by_role("button", name="Check answer").click()
    for _ in range(2):
        question(notebook, "3.1").get_by_role("button", name="Show key").click()
    question(notebook, "3.1").get_by_text("the mean is (42 + 62 + 102 + 122)").wait_for()
    notebook.save()
    end(notebook)

    text, _ = exporter().from_filename(day_folder / "day.ipynb")
    assert f"☒ {TICKED}" in text
    assert "−1,25" in text
    assert "the mean is" not in text
    assert text.count("<img") + text.count("![png]") == 1, "the explorer's picture"
    assert "widget-view" not in text


def test_drawings_follow_the_dark_theme_and_pictures_stand_on_a_card(open_day, day_folder):
    figures = [
        "axes.plot([1, 3, 2]); show(figure, 'a line')",
        "axes.imshow([[0, 1]]); show(figure, 'an image')",
    ]
    head = "from matplotlib import pyplot as plt\nfrom course_utils.figures import show\n"
    content = nbformat.read(day_folder / "day.ipynb", as_version=4)
    content.cells = [
        nbformat.v4.new_code_cell(f"{head}figure, axes = plt.subplots(); {draw}")
        for draw in figures
    ]
    nbformat.write(content, day_folder / "day.ipynb")
    notebook = open_day()
    notebook.run_all()
    notebook.set_theme("dark")
    look = "it => [getComputedStyle(it).filter.split('(')[0], getComputedStyle(it).padding]"
    assert [cell(notebook, i).locator("img").evaluate(look) for i in range(2)] == [
        ["invert", "0px"],
        ["none", "8px"],
    ]
    notebook.set_theme("light")
