"""Cells that are folded, or closed until they are run, by their tags."""

import json

import nbformat
import pytest

from course_utils.authoring import build, check, find_lectures
from course_utils.authoring.folding import MACHINE_NOTE, NOTE, conceal, fold, withhold
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
    conceal(made, student=student)
    return made.cells[0]


def test_code_that_draws_is_folded_in_both_notebooks():
    for student in (True, False):
        made = finished(student, "hide-input")
        assert made.metadata["jupyter"] == {"source_hidden": True}
        assert made.outputs[0].text == "42"


def test_the_answer_to_a_prediction_is_not_in_the_students_notebook():
    assert [output.text for output in finished(True, "reveal").outputs] == [NOTE]
    assert finished(False, "reveal").outputs[0].text == "42"


def test_what_is_about_the_machine_is_stored_in_neither_notebook_and_compared_in_none():
    for student in (True, False):
        made = finished(student, "machine", "nbval-ignore-output")
        assert [output.text for output in made.outputs] == [MACHINE_NOTE]
        assert made.metadata.tags == ["machine", "nbval-ignore-output"]


def test_other_cells_stay_as_they_are():
    for tags in ((), ("solution",)):
        made = finished(True, *tags)
        assert made.metadata == {"tags": list(tags)}
        assert made.outputs[0].text == "42"


@pytest.mark.slow
def test_notebooks_are_built_without_answers_to_predictions_and_words_about_the_machine(course):
    revealing = cell(":tags: [reveal]\n\nprint(6 * 7)")
    machine = ":tags: [machine, nbval-ignore-output]\n\n"
    root = course("# 01 Toy\n\n" + revealing + cell(machine + "print('OK')"))
    assert [b.error for b in build(find_lectures(root=root))] == ["", ""]
    outputs = {
        folder: str([one.get("outputs") for one in cells])
        for folder in ("solutions", "notebooks")
        for cells in [json.loads((root / folder / "01-toy.ipynb").read_text("utf-8"))["cells"]]
    }
    assert "42" in outputs["solutions"]
    assert "42" not in outputs["notebooks"]
    assert all("OK" not in told and "run it" in told for told in outputs.values())
    assert check(find_lectures(root=root)) == []
