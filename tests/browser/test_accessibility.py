"""Every question and its marks meet axe-core's rules, in both themes; lectures: test_lectures."""

import pytest

from course_utils.lessons.room import all_items
from tests.browser.guidelines import all_cells, violations
from tests.browser.written import write_notebook

pytestmark = pytest.mark.browser


ASKING = """
from course_utils.exam import ask
from course_utils.lessons.room import all_items

asked = {id_: ask(item) for id_, item in all_items().items()}
"""

# In the kernel: on a page of this height a click takes the browser a second or two.
ANSWERING = """
from ipywidgets import Button, Checkbox, Text


def to_be_seen(widget):
    if "none" != widget.layout.display and widget.layout.visibility != "hidden":
        yield widget
        for child in getattr(widget, "children", ()):
            yield from to_be_seen(child)


for question in asked.values():
    for field in [each for each in to_be_seen(question) if isinstance(each, Checkbox | Text)][:1]:
        field.value = True if isinstance(field, Checkbox) else "1"
    for text in ("Check answer", "Show reasons"):
        for each in [each for each in to_be_seen(question) if isinstance(each, Button)]:
            if each.description == text:
                each.click()
"""


def test_every_question_and_its_marks_meet_the_guidelines(jupyterlab, open_notebook):
    path = jupyterlab.folder / "questions.ipynb"
    write_notebook(path, ASKING, *(f"asked[{id_!r}]" for id_ in all_items()))
    notebook = open_notebook("questions.ipynb")
    notebook.show_only_notebook()
    notebook.run_all()
    assert notebook.error_outputs() == []
    all_cells(notebook)
    assert violations(notebook) == []
    page = notebook.page
    status = page.evaluate(
        """code => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({ code }).done.then((reply) => reply.content.status)""",
        ANSWERING,
    )
    assert status == "ok"
    page.wait_for_function(
        """() => [...document.querySelectorAll('.course-question')].every(
            (question) => question.querySelector('.course-question-says')?.textContent)"""
    )
    page.wait_for_timeout(500)
    assert violations(notebook) == []
