"""Cells that are folded, or closed until they are run, by their tags."""

import json

import nbformat
import pytest

from course_utils.authoring import build, check, find_lectures
from course_utils.authoring.folding import NOTE, conceal, fold, withhold
from tests.authoring.conftest import cell


def notebook(*tags: str) -> nbformat.NotebookNode:
    """Return a notebook of one cell with an output."""
    output = nbformat.v4.new_output("stream", name="stdout", text="42")
    one = nbformat.v4.new_code_cell("1", metadata={"tags": list(tags)}, outputs=[output])
    return nbformat.v4.new_notebook(cells=[one])


def finished(student: bool, *tags: str) -> nbformat.NotebookNode:
    made = notebook(*tags)
    fold(made)
    if student:
        withhold(made)
    conceal(made)
    return made.cells[0]


def test_code_that_draws_is_folded_in_both_notebooks():
    for student in (True, False):
        made = finished(student, "hide-input")
        assert made.metadata["jupyter"] == {"source_hidden": True}
        assert made.outputs[0].text == "42"


def test_the_answer_to_a_prediction_is_not_in_the_students_notebook():
    assert [output.text for output in finished(True, "reveal").outputs] == [NOTE]
    assert finished(False, "reveal").outputs[0].text == "42"


def test_other_cells_stay_as_they_are():
    for tags in ((), ("solution",)):
        made = finished(True, *tags)
        assert made.metadata == {"tags": list(tags)}
        assert made.outputs[0].text == "42"


@pytest.mark.slow
def test_a_students_notebook_is_built_without_the_answers_to_its_predictions(course):
    root = course("# 01 Toy\n\n" + cell(":tags: [reveal]\n\nprint(6 * 7)"))
    assert [b.error for b in build(find_lectures(root=root))] == ["", ""]
    outputs = {
        folder: json.loads((root / folder / "01-toy.ipynb").read_text("utf-8"))["cells"][1][
            "outputs"
        ]
        for folder in ("solutions", "notebooks")
    }
    assert "42" in str(outputs["solutions"])
    assert "42" not in str(outputs["notebooks"])
    assert check(find_lectures(root=root)) == []
