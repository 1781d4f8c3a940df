"""A verdict's buttons in real JupyterLab, by mouse and by keys."""

import pytest

from tests.browser.guidelines import violations
from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

IMPORT = "from course_utils.lessons.start_here.exercises import check_mean_square"
STUB = "def mean_square(x):\n    # Your code here.\n    ...\n\n\ncheck_mean_square(mean_square)"
WRONG = "def mean_square(x):\n    return x.mean() ** 2\n\n\ncheck_mean_square(mean_square)"
SOLUTION = "A solution — A first exercise"


@pytest.fixture
def page_of(jupyterlab, open_notebook):
    """Return a notebook, and its page, after a cell with a check was run."""
    opened = []

    def page(name, source):
        write_notebook(jupyterlab.folder / name, IMPORT, source)
        notebook = open_notebook(name)
        opened.append(notebook)
        notebook.run_all()
        assert notebook.error_outputs() == []
        notebook.page.get_by_role("button", name="Show a solution").wait_for()
        return notebook, notebook.page

    yield page
    assert [notebook.errors for notebook in opened] == [[]] * len(opened)


def test_help_is_given_step_by_step_by_keys(page_of):
    notebook, page = page_of("tried.ipynb", WRONG)
    page.get_by_role("button", name="Hint", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Nudge, 1 of 3 —").wait_for()
    page.keyboard.press("Space")
    page.get_by_text("Hint, 2 of 3 —").wait_for()  # not the button that offers it
    page.keyboard.press("b")  # would insert a cell if JupyterLab heard it
    page.keyboard.press("Enter")
    page.get_by_text("Scaffold, 3 of 3 —").wait_for()
    assert violations(notebook) == []
    # Nothing is left to be hinted at, and the focus goes on to the other button.
    page.keyboard.press("Enter")
    page.get_by_text(SOLUTION).wait_for()
    assert len(notebook.cells()) == 2


def test_who_has_tried_nothing_is_asked_once_before_a_solution_is_shown(page_of):
    notebook, page = page_of("untried.ipynb", STUB)
    page.get_by_role("button", name="Show a solution").click()
    page.get_by_role("button", name="Nothing is tried yet").wait_for()
    assert page.get_by_text(SOLUTION).count() == 0
    page.get_by_role("button", name="Nothing is tried yet").click()
    page.get_by_text(SOLUTION).wait_for()
    (output,) = notebook.cells()[1]["outputs"]
    assert "".join(output["data"]["text/plain"]).startswith("○ Not started")
