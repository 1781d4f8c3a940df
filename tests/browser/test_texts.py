"""A question in words, in real JupyterLab: written, two samples marked, then one's own text."""

import tempfile
from pathlib import Path

import pytest

from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

CELLS = [
    """import os

from course_utils.exam import ask
from course_utils.lessons.activations.questions import item_2_6

os.environ.pop("COURSE_FORGET", None)  # here, answers are to be kept""",
    "ask(item_2_6)",
]


@pytest.fixture
def notebook(jupyterlab, open_notebook):
    folder = Path(tempfile.mkdtemp(dir=jupyterlab.folder))
    write_notebook(folder / "texts.ipynb", *CELLS)
    opened = open_notebook(f"{folder.name}/texts.ipynb")
    run(opened)
    yield opened
    assert opened.errors == []


def run(notebook):
    notebook.run_all()
    assert notebook.error_outputs() == []
    notebook.page.wait_for_selector(".course-question[aria-label]")


def test_a_text_is_written_and_marked_by_keyboard_and_is_there_after_a_restart(notebook):
    page, keyboard = notebook.page, notebook.page.keyboard
    one = page.get_by_role("group", name="Question 2.6")
    before = len(notebook.cells())
    one.get_by_role("textbox").focus()
    keyboard.type("No, it is flat outside.")
    one.get_by_role("button", name="Check answer").focus()
    keyboard.press("Enter")
    for number in (1, 2):
        ticks = one.get_by_role("checkbox", name=f"Sample answer {number}:")
        ticks.first.wait_for()
        assert ticks.count() == 3
        ticks.first.focus()
        keyboard.press("b")  # JupyterLab would insert a cell
        keyboard.press("Space")
        compare = one.get_by_role("button", name=f"Compare sample answer {number}")
        compare.focus()
        keyboard.press("Enter")
        one.get_by_role("status").get_by_text(f"Sample answer {number}: you marked").wait_for()
        assert compare.evaluate("button => document.activeElement === button")
    assert one.get_by_role("textbox").is_disabled()
    own = one.get_by_role("checkbox", name="Your answer:")
    own.first.focus()
    keyboard.press("Space")
    one.get_by_role("button", name="Check answer").click()
    one.get_by_text("1 of 2 points, try 1").wait_for()
    assert len(notebook.cells()) == before

    notebook.restart_kernel()
    run(notebook)
    one = page.get_by_role("group", name="Question 2.6")
    assert one.get_by_role("textbox").input_value() == "No, it is flat outside."
    assert one.get_by_role("checkbox").count() == 9
    assert one.get_by_role("checkbox", name="Your answer:").first.is_checked()
