"""Everything that the course adds to JupyterLab meets axe-core's rules, in both themes.

axe-core tests a page by the Web Content Accessibility Guidelines, level AA, and by good practice.
"""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from course_utils.authoring import find_lectures
from course_utils.lessons.room import all_items
from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser

OURS = ".course-explorer, .course-question, .course-room, .course-prediction, .course-verdict"
LECTURES = find_lectures()


def violations(notebook):
    """Return what axe-core finds in both themes, a line for each element."""
    found = []
    notebook.page.add_style_tag(content="* { transition: none !important }")
    for theme in ("dark", "light"):
        notebook.set_theme(theme)
        notebook.page.wait_for_timeout(500)  # JupyterLab fails if the next theme comes any sooner
        context = {"include": [OURS], "exclude": [".jp-InputArea"]}
        result = Axe().run(notebook.page, context=context).response
        assert result["passes"], "nothing of the course was on the page"
        found += [
            f"{theme}: {rule['id']}: {rule['help']}: {node['html'][:300]}"
            f" {node['any'][0]['message'] if node['any'] else ''}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
    return found


def tall(notebook):
    """Have all cells in the page at once."""
    notebook.page.set_viewport_size({"width": 1280, "height": 20_000})
    notebook.page.wait_for_timeout(1000)


@pytest.mark.parametrize("lecture", LECTURES, ids=lambda lecture: lecture.stem)
def test_a_lecture_meets_the_guidelines(lecture, jupyterlab, open_notebook):
    shutil.copy(lecture.student, jupyterlab.folder)
    notebook = open_notebook(lecture.student.name)
    notebook.show_only_notebook()
    notebook.run_all()
    tall(notebook)
    begin = notebook.page.get_by_role("button", name="Begin the exam")
    if begin.count():
        assert violations(notebook) == []
        begin.click()
        notebook.page.wait_for_selector(".course-room-overview button")
    assert violations(notebook) == []


def test_every_question_and_its_marks_meet_the_guidelines(jupyterlab, open_notebook):
    source = "from course_utils.exam import ask\nfrom course_utils.lessons.room import all_items"
    asking = [f"ask(items[{id_!r}])" for id_ in all_items()]
    path = jupyterlab.folder / "questions.ipynb"
    write_notebook(path, f"{source}\n\nitems = all_items()", *asking)
    notebook = open_notebook("questions.ipynb")
    notebook.show_only_notebook()
    notebook.run_all()
    assert notebook.error_outputs() == []
    tall(notebook)
    assert violations(notebook) == []
    for question in notebook.page.locator(".course-question").all():
        box = question.locator("input[type=checkbox]:visible, input[type=text]:visible").first
        if box.count() and box.get_attribute("type") == "checkbox":
            box.check()
        elif box.count():
            box.fill("1")
        question.get_by_role("button", name="Check answer").click()
    notebook.page.wait_for_timeout(1500)
    reasons = notebook.page.get_by_role("button", name="Show reasons")
    for i in range(reasons.count()):
        reasons.nth(i).click()
    notebook.page.wait_for_timeout(500)
    assert violations(notebook) == []
