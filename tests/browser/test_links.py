"""Links to a section of a notebook end at that section, from wherever they are followed."""

import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError as TooLate

from course_utils.runtime import REPOSITORY
from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

LINK = "01-normalization.ipynb#Whose-statistics%3F"
CELLS = [
    nbformat.v4.new_markdown_cell(f"[from Markdown]({LINK}) · [on this page](#Further-down)"),
    nbformat.v4.new_code_cell(
        f"import ipywidgets\n\nipywidgets.HTML('<a href=\"{LINK}\">from a widget</a>')"
    ),
    nbformat.v4.new_code_cell(
        "from course_utils.lessons.start_here.pages import exam_map\n\nexam_map()"
    ),
    nbformat.v4.new_markdown_cell("Much.\n\n" * 40 + "## Further down\n\n" + "And more.\n\n" * 40),
]


@pytest.fixture
def folder(jupyterlab):
    made = Path(tempfile.mkdtemp(dir=jupyterlab.folder))
    write_notebook(made / "links.ipynb", *CELLS)
    for name in ("01-normalization.ipynb", "14-mock-exam.ipynb"):
        shutil.copy(REPOSITORY / "notebooks" / name, made)
    return made


def state(page):
    """What the notebook in front has drawn, for whoever must find out why a link went wrong."""
    return page.evaluate(
        """() => {
            const { content, context, isVisible } = window.jupyterapp.shell.currentWidget;
            const drawn = content.widgets.filter((cell) => !cell.isPlaceholder());
            const connected = content.widgets.filter((cell) => cell.node.isConnected);
            return JSON.stringify({
                path: context.path, mode: content.notebookConfig.windowingMode, isVisible,
                ready: context.isReady, cells: content.widgets.length, drawn: drawn.length,
                connected: connected.length, active: content.activeCellIndex,
                visibility: document.visibilityState, focus: document.hasFocus(),
            });
        }"""
    )


def top_of(page, heading):
    """How far below the top of its notebook a heading stands once nothing moves any more."""
    found = page.locator(f'.jp-RenderedMarkdown :is(h2, h3)[data-jupyter-id="{heading}"]')
    try:
        found.wait_for(state="attached")
    except TooLate as error:
        raise AssertionError(f"{heading} is not on the page: {state(page)}") from error
    tops = []
    for _ in range(100):
        tops.append(
            found.evaluate(
                """it => it.getBoundingClientRect().top
                    - it.closest('.jp-Notebook').getBoundingClientRect().top"""
            )
        )
        if len(tops) > 20 and len(set(tops[-20:])) == 1:
            return tops[-1]
        page.wait_for_timeout(50)
    raise AssertionError(f"the notebook does not come to rest: {tops[-5:]}")


def assert_at_top(page, heading):
    assert -5 <= top_of(page, heading) < 200, state(page)


@pytest.mark.parametrize("name", ["from Markdown", "from a widget", "1.1"])
def test_a_link_ends_at_the_section(folder, open_notebook, name):
    notebook = open_notebook(f"{folder.name}/links.ipynb")
    notebook.show_only_notebook()
    notebook.run_all()
    notebook.page.get_by_role("link", name=name, exact=True).click()
    assert_at_top(notebook.page, "Whose-statistics?")
    assert len(notebook.page.context.pages) == 1
    assert notebook.errors == []


def test_a_link_on_the_same_page_ends_at_the_section(folder, open_notebook):
    notebook = open_notebook(f"{folder.name}/links.ipynb")
    notebook.page.get_by_role("link", name="on this page").click()
    assert_at_top(notebook.page, "Further-down")


def exam_with_a_link(folder, open_notebook):
    notebook = open_notebook(
        f"{folder.name}/14-mock-exam.ipynb", viewport={"width": 1600, "height": 900}
    )
    notebook.show_only_notebook()
    notebook.run_all()
    room = notebook.page.locator(".course-room")
    room.evaluate(
        """(room, href) => {
            const link = document.createElement('a');
            Object.assign(link, { href, target: '_blank', textContent: 'the lecture' });
            room.append(link);
        }""",
        LINK,
    )
    return notebook.page, room


def test_a_link_in_the_exam_opens_beside_the_exam(folder, open_notebook):
    page, room = exam_with_a_link(folder, open_notebook)
    page.evaluate("() => { window.jupyterapp.shell.mode = 'multiple-document'; }")
    room.get_by_role("link", name="the lecture").click()
    assert_at_top(page, "Whose-statistics?")
    assert room.is_visible()
    assert len(page.context.pages) == 1


def test_where_one_document_fills_the_page_a_link_in_the_exam_opens_another(folder, open_notebook):
    page, room = exam_with_a_link(folder, open_notebook)
    with page.context.expect_page() as opened:
        room.get_by_role("link", name="the lecture").click()
    assert_at_top(opened.value, "Whose-statistics?")
    assert room.is_visible()
