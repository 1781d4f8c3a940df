"""The kernel is restarted while its widgets are on the page: they are out of use, and say so."""

import pytest

from tests.browser.day import EXPLORER, QUESTION, TABLE, cell, first_day, question, run_cell

pytestmark = pytest.mark.browser

SAYS = "Python was restarted: run this cell again"
WIDGETS = (
    ".course-question :is(input, button, p), .course-explorer :is(.noUi-handle, canvas, button)"
)
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
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.sessionContext.restartKernel(); }")
    page.get_by_text(SAYS).nth(3).wait_for(timeout=1000)
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


def test_widgets_say_that_python_has_stopped(open_day):
    notebook = open_day()
    notebook.run_all()
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    notebook.page.get_by_text("Python has stopped: run this cell again").nth(3).wait_for()
