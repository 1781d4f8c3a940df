import pytest
from nbformat.v4 import new_code_cell

from course_utils.authoring import AuthoringError
from course_utils.authoring import blanks as module
from tests.authoring.conftest import source_of

FUNCTION = """\
def standardize(x):
    \"\"\"Return x standardized.\"\"\"
    ### BEGIN SOLUTION
    centred = x - x.mean()
    return centred / x.std()
    ### END SOLUTION


check(standardize)"""


def blank(*cells):
    return [c.source for c in module.blank(source_of(*cells)).notebook.cells]


def test_an_answer_inside_a_function_becomes_three_dots():
    (source,) = blank(FUNCTION)
    assert source == (
        'def standardize(x):\n    """Return x standardized."""\n'
        "    # Your code here.\n    ...\n\n\n"
        "check(standardize)"
    )


def test_lines_after_a_stub_keep_their_places():
    source = module.blank(source_of(FUNCTION))
    (cell,) = source.notebook.cells
    assert [source.at(cell, n) for n in (1, 3, 4, 7)] == [
        "toy.md:100", "toy.md:102", "toy.md:102", "toy.md:108",
    ]  # fmt: skip


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
    ("source", "line", "words"),
    [
        ("### BEGIN SOLUTION\ndef f(x):\n    return x\n### END SOLUTION", 200, "inside its body"),
        (
            "x = 1\n### BEGIN SOLUTION\ntable = 12345.0\n### STUB\n# tabel = ...\n### END SOLUTION"
            "\ntable",
            201,
            "no longer fits its answer: it does not define table",
        ),
        (
            "### BEGIN SOLUTION\ntable = 12345.0\n### STUB\n# table = 12345.0\n### END SOLUTION",
            200,
            "the stub is the answer itself",
        ),
        (
            "x = 1\n### BEGIN SOLUTION\ntable = 12345.0\n### STUB\n# table = = 1\n### END SOLUTION",
            201,
            r"not Python \(invalid syntax\)",
        ),
    ],
)
def test_stubs_that_do_not_fit_fail_with_file_and_line(source, line, words):
    with pytest.raises(AuthoringError, match=rf"^toy\.md:{line}: .*{words}"):
        blank("x = 0", source)
