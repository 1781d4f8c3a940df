import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.authoring import AuthoringError
from course_utils.authoring.blanks import answers, blank_notebook, check_leaks

FUNCTION = """\
def standardize(x):
    \"\"\"Return x standardized.\"\"\"
    ### BEGIN SOLUTION
    centred = x - x.mean()
    return centred / x.std()
    ### END SOLUTION


check(standardize)"""


def blank(*cells):
    made = [new_code_cell(c) if isinstance(c, str) else c for c in cells]
    result = blank_notebook(new_notebook(cells=made), "toy.md")
    return [c.source for c in result.cells]


def test_an_answer_inside_a_function_becomes_three_dots():
    (source,) = blank(FUNCTION)
    assert source == (
        'def standardize(x):\n    """Return x standardized."""\n'
        "    # Your code here.\n    ...\n\n\n"
        "check(standardize)"
    )


def test_names_that_later_code_reads_are_kept():
    answer = "### BEGIN SOLUTION\nmean = 12345.0\nhelper = 678910\n### END SOLUTION"
    assert blank(answer, "print(mean)")[0] == "# Your code here.\nmean = ..."
    assert blank(answer + "\nprint(helper)")[0].startswith("# Your code here.\nhelper = ...")


def test_a_name_used_later_in_the_same_function_is_kept():
    source = (
        "def f(x):\n    ### BEGIN SOLUTION\n    y = 2 * x + 12345\n    ### END SOLUTION\n"
        "    return y"
    )
    assert blank(source)[0] == "def f(x):\n    # Your code here.\n    y = ...\n    return y"


def test_the_author_may_write_the_stub():
    source = (
        "### BEGIN SOLUTION\ntable = [[1.25, 2.5], [3.5, 4.5]]\n### STUB\n"
        "# table = [\n#     [..., ...],  # first row\n# ]\n### END SOLUTION\ncheck(table)"
    )
    assert blank(source)[0] == "table = [\n    [..., ...],  # first row\n]\ncheck(table)"


def test_a_cell_tagged_solution_is_dropped():
    solution = new_code_cell("secret_value = 12345", metadata={"tags": ["solution"]})
    assert blank("x = 1", solution, "y = 2") == ["x = 1", "y = 2"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("### BEGIN SOLUTION\nx = 1", "never ends"),
        ("x = 1\n### END SOLUTION", "no partner"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "no partner"),
        ("### BEGIN SOLUTION\ndef f(x):\n    return x\n### END SOLUTION", "inside its body"),
        (
            "### BEGIN SOLUTION\ntable = 12345.0\n### STUB\n# tabel = ...\n### END SOLUTION\ntable",
            "no longer fits its answer: it does not define table",
        ),
        (
            "### BEGIN SOLUTION\ntable = 12345.0\n### STUB\n# table = 12345.0\n### END SOLUTION",
            "the stub is the answer itself",
        ),
        (
            "### BEGIN SOLUTION\ntable = 12345.0\n### STUB\n# table = = 1\n### END SOLUTION",
            "is not Python",
        ),
    ],
)
def test_markers_and_stubs_that_do_not_fit_fail_with_file_and_cell(source, words):
    with pytest.raises(AuthoringError, match=words) as caught:
        blank("x = 0", source)
    assert str(caught.value).startswith("toy.md, cell 2")


@pytest.mark.parametrize(
    "leak",
    [
        new_code_cell("z = (x - 1)\ncentred = x - x.mean()  # spaces and comments do not hide it"),
        new_markdown_cell("Hint: `return centred/x.std()`"),
    ],
)
def test_an_answer_that_is_visible_elsewhere_fails_the_build(leak):
    with pytest.raises(AuthoringError, match=r"cell 2 of the student's notebook: its text shows"):
        blank(FUNCTION, leak)


def test_an_answer_in_a_stored_output_is_a_leak():
    notebook = new_notebook(cells=[new_code_cell(FUNCTION)])
    lines = answers(notebook, "toy.md")
    assert lines == ["centred=x-x.mean()", "returncentred/x.std()"]
    shown = new_notebook(
        cells=[new_code_cell("1", outputs=[new_output("stream", text="return centred / x.std()")])]
    )
    with pytest.raises(AuthoringError, match="its output shows"):
        check_leaks(shown, lines, "toy.md")
