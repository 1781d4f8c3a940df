"""The canonical exam, sat in real JupyterLab with all keys, with none, and through a restart."""

from collections.abc import Iterator
from typing import Any

import ipywidgets as widgets
import nbformat
import pytest

from course_utils.exam.blueprint import EXAM
from course_utils.exam.model import Part, Question
from course_utils.lessons.room import all_items
from course_utils.runtime import REPOSITORY

pytestmark = pytest.mark.browser

REMEMBER = 'import os\n\nos.environ.pop("COURSE_FORGET", None)  # here, answers are to be kept'
FIELD_HAS_FOCUS = "() => document.activeElement.closest('.course-question-parts') !== null"
CONTROLS = ".course-question-parts :is(input, textarea, select):visible"


@pytest.fixture(scope="module")
def questions():
    """The exam's questions; half a minute of trainings decides them, too long for collecting."""
    return [item.canonical() for id_, item in all_items().items() if id_ in EXAM.items]


@pytest.fixture(scope="module")
def window(jupyterlab, browser):
    folder = jupyterlab.folder / "exam"
    folder.mkdir()
    lecture = nbformat.read(REPOSITORY / "notebooks" / "14-mock-exam.ipynb", as_version=4)
    lecture.cells.insert(0, nbformat.v4.new_code_cell(REMEMBER))
    nbformat.write(lecture, folder / "14-mock-exam.ipynb")
    notebook = jupyterlab.open("exam/14-mock-exam.ipynb", browser)
    notebook.show_only_notebook()
    run(notebook)
    yield notebook
    notebook.close()


@pytest.fixture
def notebook(window):
    yield window
    assert window.errors == []


def controls_of(part: Part) -> list[widgets.Widget]:
    """The part's fields with its key in them, in the order in which they stand on the page."""
    editor = part.editor(lambda field, typed: None)
    key = part.key()
    editor.restore({"text": key["text"]} if part.self_marked else key)
    return list(fields_in(editor.box))


def fields_in(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    if isinstance(widget, widgets.Text | widgets.Textarea | widgets.Checkbox | widgets.Dropdown):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from fields_in(child)


def key_of(question: Question) -> list[Any]:
    """What the question's fields hold when it is answered with its key, page order."""
    return [field.value for part in question.parts for field in controls_of(part)]


def run(notebook) -> None:
    """Run the notebook and bring the room into view: cells far away are not in the page."""
    notebook.run_all()
    assert notebook.error_outputs() == []
    notebook.page.evaluate(
        """() => {
            const { content } = window.jupyterapp.shell.currentWidget;
            const isRoom = (cell) => cell.model.sharedModel.source.includes('exam_room()');
            return content.scrollToItem(content.widgets.findIndex(isRoom), 'start');
        }"""
    )
    notebook.page.wait_for_selector(".course-room-title")


def click(notebook, text: str) -> None:
    notebook.page.locator(".course-room button:visible", has_text=text).first.click()


def go(notebook, question: Question) -> None:
    notebook.page.locator(f'.course-room-overview [data-id="{question.id}"]').click()
    notebook.page.wait_for_selector(f'.course-room-page [data-question="{question.id}"]')
    notebook.page.wait_for_selector(".course-question-parts :is(input, textarea, select)")


def answer(notebook, question: Question) -> None:
    go(notebook, question)
    fields = notebook.page.locator(CONTROLS)
    tags = fields.evaluate_all("fields => fields.map(field => field.tagName)")
    for i, (tag, value) in enumerate(zip(tags, key_of(question), strict=True)):
        if tag == "SELECT":
            fields.nth(i).select_option(value)
        elif value is True:
            fields.nth(i).check()
        elif value:  # what is neither to be ticked nor filled in is left as it was at the start
            fields.nth(i).fill(value)
    notebook.page.wait_for_selector(f'[data-id="{question.id}"][data-state="begun"]')


def held(notebook, question: Question) -> list[Any]:
    go(notebook, question)
    return notebook.page.locator(CONTROLS).evaluate_all(
        "fields => fields.map(field => field.type === 'checkbox' ? field.checked : field.value)"
    )


def hand_in(notebook) -> None:
    click(notebook, "Hand in")
    click(notebook, "Hand in for marking")
    notebook.page.wait_for_selector(".course-room-total", timeout=60_000)


def total(notebook) -> float:
    return float(notebook.page.locator(".course-room-total b").text_content())


def start_again(notebook) -> None:
    click(notebook, "Back to the start")
    click(notebook, "Begin the exam")
    notebook.page.wait_for_selector(".course-room-overview button")


def test_the_sheet_of_notes_is_composed_in_the_lecture(notebook):
    notebook.page.get_by_role("button", name="Compose sheet").click()
    notebook.page.get_by_role("link", name="Save formula-sheet.pdf").wait_for(timeout=60_000)
    size = notebook.page.locator("img.widget-image").evaluate(
        "async (image) => { await image.decode(); return [image.naturalWidth, image.offsetWidth]; }"
    )
    assert min(size) > 500


def test_with_no_answer_the_exam_gets_no_point(notebook, questions):
    click(notebook, "Begin the exam")
    click(notebook, "Hand in")
    text = notebook.page.locator(".course-room-text").text_content()
    assert f"{len(questions)} of {len(questions)} questions are empty" in text
    click(notebook, "Hand in for marking")
    notebook.page.wait_for_selector(".course-room-total")
    assert total(notebook) == 0


def test_with_all_keys_the_exam_gets_every_point_and_survives_a_restart(notebook, questions):
    start_again(notebook)
    for question in questions:
        answer(notebook, question)
    notebook.restart_kernel()
    run(notebook)
    notebook.page.wait_for_selector(".course-room-overview button")
    for question in questions:
        assert held(notebook, question) == key_of(question), question.id
    hand_in(notebook)
    by_own_ticks = [q for q in questions if any(part.self_marked for part in q.parts)]
    points = sum(question.points for question in questions)
    rubrics = sum(p.points for q in questions for p in q.parts if p.self_marked)
    assert total(notebook) == pytest.approx(points - rubrics, abs=0.005)
    for question in by_own_ticks:
        go(notebook, question)
        page = notebook.page.locator(".course-room-page")
        for number in (1, 2):
            page.get_by_role("button", name=f"Compare sample answer {number}").click()
            page.get_by_text(f"Sample answer {number}: you marked").wait_for()
        boxes = page.get_by_role("checkbox", name="Your answer:")
        assert boxes.count() > 0
        for i in range(boxes.count()):
            boxes.nth(i).check()
            # What is said of it comes below and moves the next box, maybe under the mouse.
            criterion = boxes.nth(i).locator("xpath=ancestor::*[contains(@class, '-option')][1]")
            criterion.locator(".course-question-remark").wait_for()
        notebook.page.wait_for_selector(f'[data-id="{question.id}"][data-state="right"]')
    if by_own_ticks:
        click(notebook, "Result")
        notebook.page.wait_for_selector(".course-room-total")
    assert total(notebook) == points
    states = notebook.page.locator(".course-room-overview button").evaluate_all(
        "buttons => buttons.map(button => button.dataset.state)"
    )
    assert set(states) == {"right"}


def test_chosen_errors_cost_what_they_should(notebook, questions):
    start_again(notebook)
    by_id = {question.id: question for question in questions}
    answer(notebook, by_id["1.1"])
    boxes = notebook.page.locator(CONTROLS)
    boxes.nth(key_of(by_id["1.1"]).index(False)).check()  # one of three wrong statements as well
    go(notebook, by_id["3.1"])
    notebook.page.get_by_label("Sample 1, Braineatase, normalized").fill("-1")
    notebook.page.get_by_label("Sample 2, Braineatase, normalized").fill("0.5")  # it is -0.5
    notebook.page.get_by_label("Sample 3, Braineatase, normalized").fill("half")
    click(notebook, "Hand in")
    notebook.page.get_by_text("'half' is not a number").wait_for()
    click(notebook, "Hand in for marking")
    notebook.page.wait_for_selector(".course-room-total", timeout=60_000)
    assert total(notebook) == pytest.approx(1 - 1 / 3 + 4 / 8, abs=0.005)


def test_every_key_works_from_every_field(notebook, questions):
    start_again(notebook)
    page = notebook.page

    def arrive(question):
        page.wait_for_selector(f'.course-room-page [data-question="{question.id}"]')
        page.wait_for_function(FIELD_HAS_FOCUS)

    arrive(questions[0])
    for question in questions[1:]:
        fields = page.locator(CONTROLS)
        for i in {0, fields.count() - 1}:
            fields.nth(i).focus()
            before = page.locator('[aria-current="step"]').get_attribute("data-flagged")
            page.keyboard.press("Alt+f")
            flag = "yes" if not before else ""
            page.wait_for_selector(f'[aria-current="step"][data-flagged="{flag}"]')
        fields.last.focus()
        page.keyboard.press("Alt+n")
        arrive(question)
    for question in reversed(questions[:-1]):
        page.keyboard.press("Alt+p")
        arrive(question)
    hand_in(notebook)


def test_after_begin_the_first_field_has_the_focus_and_clock_and_overview_stay_in_sight(
    notebook, questions
):
    start_again(notebook)
    page = notebook.page
    page.wait_for_function(FIELD_HAS_FOCUS)
    tallest = max(questions, key=lambda question: len(question.text()))
    go(notebook, tallest)
    page.locator(".course-room-buttons").last.scroll_into_view_if_needed()
    page.locator(".course-room-page").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function(
        "() => document.querySelector('.course-room').getBoundingClientRect().top < 0"
    )
    for part in (".course-room-time", '.course-room-overview [aria-current="step"]'):
        box = page.locator(part).bounding_box()
        assert -1 < box["y"] < 150, part
    hand_in(notebook)


def test_by_keyboard_alone(notebook, questions):
    start_again(notebook)
    page = notebook.page
    page.wait_for_selector(f'.course-room-page [data-question="{questions[0].id}"]')
    cells, active = len(notebook.cells()), notebook.active_cell()
    first = page.locator('.course-room-overview [aria-current="step"]')
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector(f'.course-room-page [data-question="{questions[1].id}"]')
    page.keyboard.press("Alt+p")
    page.wait_for_selector(f'.course-room-page [data-question="{questions[0].id}"]')
    page.wait_for_function(FIELD_HAS_FOCUS)
    page.keyboard.press("Space")  # the first statement
    page.keyboard.press("Alt+f")
    page.wait_for_selector('[aria-current="step"][data-flagged="yes"][data-state="begun"]')
    for key in "bxdj":  # JupyterLab's shortcuts for cells: they must not reach it
        page.keyboard.press(key)
    page.keyboard.press("Alt+n")
    page.wait_for_selector(f'.course-room-page [data-question="{questions[1].id}"]')
    assert (len(notebook.cells()), notebook.active_cell()) == (cells, active)
    label = page.locator(f'[data-id="{questions[0].id}"]').get_attribute("aria-label")
    assert label.endswith("begun, flagged")
    left = f"{EXAM.minutes(questions)} min left"
    assert page.locator(".course-room-time").text_content() == left
    hand_in(notebook)
