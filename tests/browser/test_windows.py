"""Small windows, side bars and large letters cut nothing off; wide windows keep lines readable."""

import tempfile
from pathlib import Path

import nbformat
import pytest

from tests.browser.cut_off import cut_off
from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

TEXT = nbformat.v4.new_markdown_cell(
    "A paragraph " + "that goes on for many words " * 20 + "\n\n"
    r"$$L(w) = \frac{1}{2n} \lVert Xw - y \rVert^2, \qquad \nabla L(w) = H\,(w - w^*), \qquad"
    r" H = \frac{1}{n} X^\top X, \qquad \kappa = \frac{\lambda_{\max}}{\lambda_{\min}}$$"
)
FOLDED = nbformat.v4.new_code_cell("# a line of folded code" + 9 * ", of some length")
FOLDED.metadata["jupyter"] = {"source_hidden": True}
CELLS = [
    TEXT,
    """from course_utils.exam import ask
from course_utils.lessons.normalization import explorers
from course_utils.lessons.normalization.questions import item_1_1, item_3_1
from course_utils.predictions import Number, Predictions

ask(item_1_1)""",
    "ask(item_3_1)",
    """from course_utils.lessons.normalization.exercises import check_fit_standard

check_fit_standard(lambda x: (x.mean(axis=0), x.std(axis=0), 3))""",
    "explorers.descent()",
    FOLDED,
    'print("What was measured appears here. " * 8)',
    'Predictions("normalization")(Number("steps", "How many steps?", low=1, high=9, unit="steps"))',
]
WIDTHS = {"half a screen": 900, "enlarged to 200 %": 640}


@pytest.fixture(scope="module")
def notebook(jupyterlab, browser):
    folder = Path(tempfile.mkdtemp(dir=jupyterlab.folder))
    write_notebook(folder / "windows.ipynb", *CELLS)
    opened = jupyterlab.open(f"{folder.name}/windows.ipynb", browser)
    opened.run_all()
    yield opened
    assert opened.errors == []
    opened.close()


def resize(notebook, width):
    notebook.page.set_viewport_size({"width": width, "height": 2600})
    notebook.page.wait_for_function("w => window.innerWidth === w", arg=width)
    notebook.page.wait_for_timeout(500)


TORN_WORDS = r"""() => {
    const torn = [];
    for (const pre of document.querySelectorAll('.jp-RenderedText pre')) {
        const walk = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            for (const word of node.data.matchAll(/\S+/g)) {
                const range = document.createRange();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                if (range.getClientRects().length > 1) torn.push(word[0]);
            }
        }
    }
    return torn;
}"""


@pytest.mark.parametrize("window", WIDTHS)
def test_what_is_printed_breaks_between_words(notebook, window):
    resize(notebook, WIDTHS[window])
    printed = notebook.page.locator(".jp-RenderedText pre", has_text="What was measured")
    one_line = printed.evaluate("pre => parseFloat(getComputedStyle(pre).lineHeight)")
    assert printed.bounding_box()["height"] > 1.5 * one_line, "it breaks"
    assert notebook.page.evaluate(TORN_WORDS) == []


@pytest.mark.parametrize("window", WIDTHS)
def test_nothing_is_cut_off_in_a_small_window(notebook, window):
    resize(notebook, WIDTHS[window])
    assert cut_off(notebook) == []
    frame = notebook.page.locator(".course-explorer-scroller")
    assert frame.evaluate("e => e.scrollWidth <= e.clientWidth"), "the whole figure is in sight"


def test_the_table_of_a_question_fits_into_half_a_screen(notebook):
    resize(notebook, 900)
    grid = notebook.page.locator(".course-question-grid")
    assert grid.evaluate("e => e.scrollWidth <= e.clientWidth")


# Of every text that a reader sees: how many characters its longest line has. Code, tables and
# drawings have widths of their own.
LONGEST_LINES = """() => {
    const outer = document.querySelector('.jp-WindowedPanel-outer');
    const texts = document.createTreeWalker(outer, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const within = node.parentElement;
        if (node.length < 60 || !within.checkVisibility()) continue;
        if (within.closest('.jp-InputArea-editor, .jp-Placeholder, pre, table, svg, mjx-container'))
            continue;
        let [top, length, longest] = [-100, 0, 0];
        for (let i = 0; i < node.length; i++) {
            range.setStart(node, i);
            range.setEnd(node, i + 1);
            const [box] = range.getClientRects();
            if (!box) continue;
            if (Math.abs(box.top - top) > 5) [top, length] = [box.top, 0];
            longest = Math.max(longest, ++length);
        }
        found.push([longest, node.data.trim().slice(0, 60)]);
    }
    return found;
}"""


def test_lines_have_about_75_characters_in_a_wide_window(notebook):
    resize(notebook, 1920)
    found = notebook.page.evaluate(LONGEST_LINES)
    assert [line for line in found if line[0] > 88] == []
    assert max(found)[0] > 60
    of_what = " ".join(text for _, text in found)
    for text in ("A paragraph", "What is true of normalizing", "Condition number", "the function"):
        assert text in of_what
