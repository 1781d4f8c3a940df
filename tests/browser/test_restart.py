"""The kernel is restarted while its widgets are on the page: they are out of use, and say so."""

import pytest

from tests.browser.day import EXPLORER, QUESTION, TABLE, cell, first_day, question, run_cell

pytestmark = pytest.mark.browser

SAYS = "Python was restarted: run this cell again"
WIDGETS = (
    ".course-question :is(input, button, p), .course-explorer :is(.noUi-handle, canvas, button)"
)
# Timed in the page: on a busy machine it is the test that is told late.
RESTART = """says => new Promise((done) => {
    const begun = performance.now();
    const look = () => {
        const told = [...document.querySelectorAll('.course-line')];
        const passed = performance.now() - begun;
        if (told.filter((line) => line.textContent === says).length === 4) done(passed);
        else if (passed > 20_000) done(Infinity);
        else setTimeout(look, 10);
    };
    window.jupyterapp.shell.currentWidget.sessionContext.restartKernel();
    look();
})"""
PLACES = """selector => [...document.querySelectorAll(selector)]
    .filter((element) => element.getClientRects().length)
    .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const top = element.closest('.course-output').getBoundingClientRect().y;
        return [x, y - top, width, height].map(Math.round);
    })"""


def test_widgets_of_a_restarted_kernel_are_out_of_use_until_they_are_run(open_day):
    notebook = open_day()
    first_day(notebook)
    page = notebook.page
    before = page.evaluate(PLACES, WIDGETS)
    assert len(before) > 20
    assert page.evaluate(RESTART, SAYS) < 1000, "milliseconds until all four say so"
    notebook.wait_for_kernel()
    assert page.get_by_text(SAYS).count() == 4
    assert page.evaluate(PLACES, WIDGETS) == before, "nothing is shifted"

    field = question(notebook, "3.1").get_by_label("Sample 2, Braineatase, normalized")
    field.click(force=True)
    page.keyboard.type("7")
    assert field.input_value() == "", "what would be lost is not taken"
    assert (
        cell(notebook, TABLE)
        .locator("[inert]")
        .evaluate("it => Number(getComputedStyle(it).opacity)")
        < 0.7
    )

    for place in (0, QUESTION, TABLE):
        run_cell(notebook, place)
    cell(notebook, TABLE).get_by_text(SAYS).wait_for(state="detached")
    field = question(notebook, "3.1").get_by_label("Sample 1, Braineatase, normalized")
    assert field.input_value() == "−1,25"
    assert question(notebook, "1.1").get_by_label("zero mean and unit variance").is_checked()
    assert page.get_by_text(SAYS).count() == 2
    assert cell(notebook, EXPLORER).get_by_text(SAYS).is_visible()
    for theme in ("dark", "light"):
        notebook.set_theme(theme)  # which a figure would tell its kernel
    assert notebook.errors == []


BUSY = """import time
from IPython.display import display
from tests.explorers import figures

display(figures.waves())
time.sleep(600)  # so that no picture is drawn before Python stops"""


def test_widgets_say_that_python_has_stopped_and_show_what_the_notebook_holds(open_day):
    notebook = open_day()
    notebook.run_all()
    last = len(notebook.cells()) - 1
    notebook.page.evaluate(
        """([place, source]) => {
            const { content } = window.jupyterapp.shell.currentWidget;
            content.widgets[place].model.sharedModel.setSource(source);
            content.activeCellIndex = place;
            window.jupyterapp.commands.execute('notebook:run-cell');
        }""",
        [last, BUSY],
    )
    unfinished = cell(notebook, last).locator(".course-explorer")
    unfinished.get_by_role("button", name="Reset").wait_for()
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    notebook.page.get_by_text("Python has stopped: run this cell again").nth(4).wait_for()
    assert unfinished.is_hidden(), "an empty frame tells nothing"
    assert cell(notebook, last).locator("img").bounding_box()["width"] > 400
