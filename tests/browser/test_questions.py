"""The exam questions in real JupyterLab: answered, kept over a restart, operable by keyboard."""

import tempfile
from pathlib import Path

import pytest

from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

CELLS = [
    """import os

from course_utils.exam import ask
from course_utils.lessons.normalization.questions import item_1_1, item_3_1

os.environ.pop("COURSE_FORGET", None)  # here, answers are to be kept""",
    "ask(item_1_1)",
    "ask(item_3_1)",
]


@pytest.fixture
def folder(jupyterlab):
    """A folder of its own for each test, since answers are kept beside the notebook."""
    return Path(tempfile.mkdtemp(dir=jupyterlab.folder))


@pytest.fixture
def notebook(folder, open_notebook):
    write_notebook(folder / "questions.ipynb", *CELLS)
    opened = open_notebook(f"{folder.name}/questions.ipynb")
    run(opened)
    yield opened
    assert opened.errors == []


def run(notebook):
    notebook.run_all()
    assert notebook.error_outputs() == []
    notebook.page.wait_for_selector(".course-question[aria-label] >> nth=1")


def question(notebook, item):
    return notebook.page.get_by_role("group", name=f"Question {item}")


def value(table, sample):
    return table.get_by_label(f"Sample {sample}, Braineatase, normalized")


def test_a_question_is_answered_marked_and_still_there_after_a_restart(notebook, folder):
    one, two = question(notebook, "1.1"), question(notebook, "3.1")
    one.get_by_label("zero mean and unit variance").check()
    one.get_by_role("button", name="Check answer").click()
    one.get_by_text("1 of 1 point, try 1.").wait_for()
    for number, text in enumerate(("-1", "−0,5", "abc", "1"), start=1):
        value(two, number).fill(text)
    two.get_by_role("button", name="Check answer").click()
    two.get_by_text("'abc' is not a number").wait_for()
    value(two, 3).fill("1/2")
    two.get_by_role("button", name="Check answer").click()
    two.get_by_text("2 of 4 points, try 1.").wait_for()
    assert (folder / "normalization.answers.jsonl").exists()

    notebook.restart_kernel()
    run(notebook)
    one, two = question(notebook, "1.1"), question(notebook, "3.1")
    assert one.get_by_label("zero mean and unit variance").is_checked()
    kept = [value(two, number).input_value() for number in range(1, 5)]
    assert kept == ["-1", "−0,5", "1/2", "1"]


def test_a_question_is_answered_by_keyboard_and_no_shortcut_gets_through(notebook):
    one = question(notebook, "1.1")
    keyboard = notebook.page.keyboard
    before = len(notebook.cells())
    one.get_by_label("A neural network needs").focus()
    for key in ("b", "a", "x", "d", "d", "Tab", "Tab", "Tab", "Space"):
        keyboard.press(key)
    assert one.get_by_label("zero mean and unit variance").is_checked()
    for key in ("Tab", "Tab", "b", "Enter"):  # past 'None of the above' to 'Check answer'
        keyboard.press(key)
    one.get_by_text("1 of 1 point, try 1.").wait_for()
    assert len(notebook.cells()) == before


def test_words_stand_out_from_their_ground_in_both_themes(notebook):
    one = question(notebook, "1.1")
    one.get_by_label("Every sample should").check()
    one.get_by_role("button", name="Check answer").click()
    one.get_by_role("button", name="Show reasons").click()
    one.get_by_text("False, ticked.").wait_for()
    for theme in ("light", "dark"):
        notebook.set_theme(theme)
        for text in ("What is true", "Every sample should", "False, ticked.", "Points after this"):
            ground, ink = one.get_by_text(text).first.evaluate(COLOURS)
            assert contrast(ground, ink) >= 4.5, (theme, text)  # WCAG 2.2, level AA
    notebook.set_theme("light")


COLOURS = """element => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    let ground = element;
    const clear = (e) => channels(getComputedStyle(e).backgroundColor)[3] === 0;
    while (clear(ground)) ground = ground.parentElement;
    return [getComputedStyle(ground).backgroundColor, getComputedStyle(element).color]
        .map(channels);
}"""


def contrast(ground, ink):
    """The contrast ratio of two sRGB colours; a translucent ink is mixed with its ground first."""

    def luminance(colour):
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (value / 255 for value in colour)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    alpha = ink[3] if len(ink) > 3 else 1.0
    mixed = [alpha * i + (1 - alpha) * g for i, g in zip(ink[:3], ground[:3], strict=True)]
    low, high = sorted((luminance(ground[:3]), luminance(mixed)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("key", ["Control+s", "Meta+s"])
def test_a_notebook_is_saved_by_key_from_a_field_and_a_button(notebook, folder, key):
    page, file = notebook.page, folder / "questions.ipynb"
    one, two = question(notebook, "1.1"), question(notebook, "3.1")
    for typed, focused in (
        ("7.25", value(two, 1)),
        ("8.25", one.get_by_role("button", name="Check answer")),
        ("9.25", one.get_by_role("checkbox").first),
    ):
        value(two, 1).fill(typed)
        page.wait_for_function(KEPT, arg=typed)
        assert typed not in file.read_text()
        focused.focus()
        page.keyboard.press(key)
        page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
        assert typed in file.read_text()


# Whether the notebook on the page, saved or not, holds a text in what a widget leaves there.
KEPT = """text => JSON.stringify(
    window.jupyterapp.shell.currentWidget.context.model.toJSON()).includes(text)"""
