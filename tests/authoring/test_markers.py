import pytest
from nbformat.v4 import new_markdown_cell

from course_utils.authoring import AuthoringError
from course_utils.authoring.blanks import blank
from course_utils.authoring.markers import check_markers
from tests.authoring.conftest import source_of

NEAR_MISSES = [
    "### BEGIN SOLUTIONS",
    "###BEGIN SOLUTION",
    "# BEGIN SOLUTION",
    "## BEGIN SOLUTION",
    "#### BEGIN SOLUTION",
    "### BEGIN SOLUTION:",
    "### begin solution",
    "### Begin Solution",
    "### BEGINSOLUTION",
    "### BEGIN  SOLUTION",
    "### BEGIN\u00a0SOLUTION",
    "### BEGIN SOLUTON",
    "### BEIGN SOLUTION",
    "### BEGIN ANSWER",
    "### START SOLUTION",
    "### SOLUTION",
    "# SOLUTION",
    "# solution begins",
    "# Begin of the solution",
    "### STUBS",
    "# STUB",
    "### END OF SOLUTION",
    "# END SOLUTION",
    "### HIDDEN TESTS",
    "# BEGIN HIDDEN TESTS",
    "# BEGIN ANSWER",
    "# ANSWER",
    "# SOLUTION NO PROMPT",
    "# Your solution:",
    "# here is the answer",
    "# sample solution",
    "# Musterlösung",
    "# BEGIN LÖSUNG",
    "# ENDE LÖSUNG",
    "# ANFANG LÖSUNG",
    "# Lösung Anfang",
    "# beginn loesung",
    "# Lösungsvorschlag",
    "# Beispiellösung",
    "# BEGIN SOL",
    "# END SOL",
    "# soln",
    "# SOLUTION STUB",
    "# nbgrader: solution",
    "# SOLUTION = True",
    "# INSTRUCTOR SOLUTION",
    "# solution (do not show)",
    "# Solution for exercise 3",
    "# ANSWER KEY",
    "# TODO: solution below",
    "# YOUR CODE HERE",
    "# YOUR CODE STARTS HERE",
    "# ===== END OF YOUR CODE =====",
    "### START CODE HERE ###",
    "# START CODE HERE",
    "# \uff22\uff25\uff27\uff29\uff2e \uff33\uff2f\uff2c\uff35\uff34\uff29\uff2f\uff2e",
    "# BEGIN HIDE",
    "# begin hidden",
    "# hide",
    "#| hide",
    "# HIDDEN",
    "# END HIDDEN TESTS",
    "# instructors only",
    "# for lecturers",
    "# not for students",
    "# students: remove",
    "# Solution: y = x @ w",
    "# Solution 2: use the chain rule",
    "# Lösung: y = 2",
]


@pytest.mark.parametrize("line", NEAR_MISSES)
@pytest.mark.parametrize("before", ["", "x = 1  ", "    "])
def test_what_looks_like_a_marker_and_is_none_fails_with_file_and_line(line, before):
    body = f"def f(x):\n    y = x\n{before}{line}"
    with pytest.raises(AuthoringError, match=r"^toy\.md:202: .* looks like a marker and is none"):
        check_markers(source_of("x = 0", body))


@pytest.mark.parametrize(
    "line",
    [
        "'### BEGIN SOLUTION'",
        '"""end solution"""',
        "r'# STUB'",
        "'### BEGIN SOLUTION';",
        "('### BEGIN SOLUTION')",
        "f'# Lösung {x}'",
        "y; 'BEGIN ' 'SOLUTION'",
        "'BEGIN SOLUTION'  # to be hidden",
    ],
)
def test_so_does_a_text_that_stands_for_a_comment(line):
    with pytest.raises(AuthoringError, match=r"^toy\.md:202: .* looks like a marker and is none"):
        check_markers(source_of("x = 0", f"def f(x):\n    y = x\n    {line}\n    return y"))


@pytest.mark.parametrize("magic", ["", "%%time\n"])
def test_so_does_a_line_of_a_text_of_several(magic):
    begun = 101 if magic else 100
    with pytest.raises(AuthoringError, match=rf"^toy\.md:{begun + 2}: BEGIN SOLUTION looks like"):
        check_markers(source_of(f'{magic}"""Halve.\n\n   BEGIN SOLUTION\n"""\ny = x / 2'))


@pytest.mark.parametrize("line", ["### BEGIN SOLUTION", "###BEGIN SOLUTION", "  # end solution"])
def test_so_does_a_marker_in_text(line):
    text = new_markdown_cell(f"Write:\n\n```python\n{line}\ny = 1\n```")
    with pytest.raises(AuthoringError, match=r"^toy\.md:103: "):
        check_markers(source_of(text))


@pytest.mark.parametrize("line", ["### BEGIN SOLUTION", "### STUB", "### END SOLUTION"])
def test_a_marker_behind_code_is_none(line):
    with pytest.raises(AuthoringError, match="looks like a marker"):
        check_markers(source_of(f"x = 1  {line}"))


def test_magics_are_searched_too():
    with pytest.raises(AuthoringError, match=r"^toy\.md:101: "):
        check_markers(source_of("!echo 'it\n# BEGIN SOLUTION"))


@pytest.mark.parametrize(
    "code",
    [
        "x = 1  # the solution of the linear system",
        "color = '#E69F00'  # begin with orange",
        "# Your code here.",
        "# one thread gives everybody the same numbers",
        "print('### BEGIN SOLUTIONS')",
        "# the closed form, and where descent ends",
        "# least squares solution, up to a constant, from the beginning to the end",
        "# start: a stable solver for larger systems",
        "# the closed-form solution",
        "# the solution of the linear system is unique",
        "# a closed-form solution exists",
        "# the eigenvalues tell how stable it is\n# to be near the solution",
        "y = None  # no solution yet",
        "# full resolution",
        "# hidden",
        "# the hidden layer",
        "# hide the axes",
        "# the answers: yes and no, in this order",
        "# for students",
        "# begins at the hidden units",
        "# code for the labels",
        "# the end of the answer that this model gave",
        '"""Return the answer to everything."""',
    ],
)
def test_ordinary_comments_are_left_alone(code):
    check_markers(source_of(code, new_markdown_cell("### Exercise 1: the solution\n\n## End")))


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("### BEGIN SOLUTION\nx = 1", 200, "never ends"),
        ("x = 1\n### END SOLUTION", 201, "no partner"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", 201, "no partner"),
        ("### STUB\n# x = ...", 200, "no partner"),
        ("### BEGIN SOLUTION\nx = 1\n### STUB\n# x\n### STUB\n### END SOLUTION", 204, "no partner"),
        ("### BEGIN SOLUTION\n### END SOLUTION", 200, "is no answer"),
        ("### BEGIN SOLUTION\n\n# soon\n...\npass\n### END SOLUTION", 200, "is no answer"),
        ("### BEGIN SOLUTION\nx = 1\n### STUB\n# x = \\\ny\n### END SOLUTION", 204, "as comments"),
    ],
)
def test_markers_that_do_not_fit_fail_with_file_and_line(source, line, words):
    with pytest.raises(AuthoringError, match=words) as caught:
        blank(source_of("x = 0", source))
    assert str(caught.value).startswith(f"toy.md:{line}: ")
