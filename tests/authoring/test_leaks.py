import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course_utils.authoring import AuthoringError
from course_utils.authoring.blanks import blank
from course_utils.authoring.leaks import answers, check_leaks
from tests.authoring.conftest import source_of
from tests.authoring.test_blanks import FUNCTION


def test_the_lines_of_an_answer_are_known_without_comments_and_spaces():
    assert answers(source_of(FUNCTION)) == ["centred=x-x.mean()", "returncentred/x.std()"]


@pytest.mark.parametrize(
    "leak",
    [
        new_code_cell("z = (x - 1)\ncentred = x - x.mean()  # spaces and comments do not hide it"),
        new_code_cell("# centred = x - x.mean()"),
        new_code_cell("centred = (\n    x - x.mean())\ncentred = \\\n    x - x.mean()"),
        new_markdown_cell("Hint: `return centred/x.std()`"),
    ],
)
def test_an_answer_that_is_visible_elsewhere_fails_the_build(leak):
    with pytest.raises(AuthoringError, match=r"^toy\.md:200: the source of this cell"):
        blank(source_of(FUNCTION, leak))


def html(text):
    return new_output("display_data", data={"text/html": f"<p>{text}</p>", "text/plain": "x"})


STATE = {"state": {"model": {"value": "return centred / x.std()"}}}


@pytest.mark.parametrize(
    ("output", "part"),
    [
        (new_output("stream", text="1\nreturn centred / x.std()"), "outputs"),
        (html("centred = x &#45; x.mean()"), "outputs"),
        (new_output("display_data", data={"application/json": STATE}), "outputs"),
        (new_output("display_data", data={}, metadata={"image/png": {"alt": FUNCTION}}), "outputs"),
        (
            new_output("error", ename="E", evalue="", traceback=["centred = x - x.mean()"]),
            "outputs",
        ),
    ],
)
def test_an_answer_in_a_stored_output_is_a_leak(output, part):
    complete = source_of(FUNCTION, "1")
    stubs = blank(complete)
    stubs.notebook.cells[1].outputs = [output]
    with pytest.raises(AuthoringError, match=rf"^toy\.md:200: the {part} of this cell"):
        check_leaks(stubs, stubs.notebook, answers(complete))


@pytest.mark.parametrize("place", ["metadata", "attachments"])
def test_so_is_one_in_a_cells_metadata_or_attachments(place):
    complete = source_of(FUNCTION, new_markdown_cell("A"))
    stubs = blank(complete)
    stubs.notebook.cells[1][place] = {"note": {"text/plain": ["return centred /\n", " x.std()"]}}
    with pytest.raises(AuthoringError, match=rf"the {place} of this cell"):
        check_leaks(stubs, stubs.notebook, answers(complete))


def test_so_is_one_in_the_state_of_widgets():
    complete = source_of(FUNCTION)
    stubs = blank(complete)
    stubs.notebook.metadata["widgets"] = STATE
    with pytest.raises(AuthoringError, match=r"^toy\.md: the notebook's metadata"):
        check_leaks(stubs, stubs.notebook, answers(complete))
