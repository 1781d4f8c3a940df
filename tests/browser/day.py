"""A notebook of a student's day, and what the tests of its days do with it."""

CELLS = [
    """import os

from course_utils.exam import ask
from course_utils.lessons.normalization import explorers
from course_utils.lessons.normalization.questions import item_1_1, item_3_1

os.environ.pop("COURSE_FORGET", None)  # here, answers are to be kept""",
    "ask(item_1_1)",
    "ask(item_3_1)",
    "explorers.descent()",
    "import ipywidgets\n\nipywidgets.IntSlider(3)",
    "print(never_made)",
]
QUESTION, TABLE, EXPLORER, SLIDER = range(1, 5)
TICKED = "A common choice is to give every feature zero mean and unit variance."
LOST = "widget model not found"  # what ipywidgets writes on the console


def first_day(notebook):
    """Run everything, answer a little, and save."""
    notebook.run_all()
    question(notebook, "1.1").get_by_label("zero mean and unit variance").check()
    question(notebook, "3.1").get_by_label("Sample 1, Braineatase, normalized").fill("−1,25")
    for cell in (QUESTION, TABLE):
        wait_for(lambda c=cell: "Your answer" in markdown(notebook, c), notebook)
    notebook.save()
    assert notebook.errors == []


def end(notebook):
    """End the kernel and close the window."""
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    notebook.close()


def question(notebook, item):
    return notebook.page.get_by_role("group", name=f"Question {item}")


def cell(notebook, place):
    return notebook.page.locator(f'.jp-Notebook-cell[data-windowed-list-index="{place}"]')


def markdown(notebook, place):
    return notebook.cells()[place]["outputs"][0]["data"]["text/markdown"]


def wait_for(condition, notebook):
    for _ in range(100):
        if condition():
            return
        notebook.page.wait_for_timeout(50)
    raise AssertionError("this did not come to pass in 5 s")


def run_cell(notebook, place):
    notebook.page.evaluate(
        """place => {
            window.jupyterapp.shell.currentWidget.content.activeCellIndex = place;
            return window.jupyterapp.commands.execute('notebook:run-cell');
        }""",
        place,
    )
