"""On a slow machine, widgets come late, but they come."""

import pytest

from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

CELLS = [
    "from course_utils.exam import ask\n"
    "from course_utils.lessons.normalization import explorers\n"
    "from course_utils.lessons.normalization.questions import item_1_1",
    "ask(item_1_1)",
    "explorers.descent()",
]
# Time limits of seconds have passed before the page has done anything.
AS_IF_SLOW = """() => {
    const usual = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (limit) => usual(limit / 10000);
}"""


def test_no_time_limit_gives_up_a_widget(jupyterlab, open_notebook):
    write_notebook(jupyterlab.folder / "slow.ipynb", *CELLS)
    notebook = open_notebook("slow.ipynb")
    notebook.page.evaluate(AS_IF_SLOW)
    notebook.run_all()
    notebook.page.locator(".course-explorer canvas[data-frames]").wait_for()
    notebook.page.get_by_role("group", name="Question 1.1").wait_for()
    assert notebook.errors == []
