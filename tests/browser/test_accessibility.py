"""Every question and its marks meet axe-core's rules, in both themes; lectures: test_lectures."""

import pytest

from course_utils.lessons.room import all_items
from tests.browser.guidelines import tall, violations
from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser


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
