"""Change a lecture's code so that every ``assert`` reports how it went and the next one is tried.

``assert low < 0.8`` becomes, as the third assertion of its lecture::

    __claims__.compared(2, {"low": lambda: low})
    try:
        assert low < 0.8
    except Exception as __claim__:
        __claims__.failed(2, __claim__)
    else:
        __claims__.held(2)
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import load, parse_cell

_BEGIN = """
from course_utils.authoring.claims.recorder import Recorder as __Recorder__
__claims__ = __Recorder__()
"""


@dataclass(frozen=True)
class Place:
    """Where something stands in a lecture's source, and what it says.

    Attributes
    ----------
    line
        In ``solutions/*.md``, from 1 on.
    text
        An assertion's condition; for a cell, its first line.
    """

    line: int
    text: str


@dataclass(frozen=True)
class Instrumented:
    """A lecture's notebook made to report.

    Attributes
    ----------
    notebook
        A cell that sets up, the lecture's code cells, and a cell that prints the report.
    cells
        Where each of the lecture's code cells stands.
    assertions
        Where each assertion stands, by its number.
    """

    notebook: NotebookNode
    cells: tuple[Place, ...]
    assertions: tuple[Place, ...]


def instrument(lecture: Lecture) -> Instrumented:
    """Return the code of `lecture`, made to report.

    Raises
    ------
    AuthoringError
        If its source cannot be read.
    """
    source = load(lecture)
    notebook = source.notebook
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    places = []
    assertions: list[Place] = []
    for cell in cells:
        lines = source.lines[cell.id]
        places.append(Place(lines[0], cell.source.split("\n", 1)[0]))
        reporting = _Reporting(lines, len(assertions))
        tree = reporting.visit(parse_cell(cell.source, source, cell))
        cell.source = ast.unparse(ast.fix_missing_locations(tree))
        assertions += reporting.found
    report = f"__claims__.report({lecture.room!r})"
    first, last = (nbformat.v4.new_code_cell(code) for code in (_BEGIN, report))
    notebook.cells = [first, *cells, last]
    return Instrumented(notebook, tuple(places), tuple(assertions))


class _Reporting(ast.NodeTransformer):
    """Replaces assertions, wherever in a cell they stand."""

    def __init__(self, lines: Sequence[int], number: int) -> None:
        self.found: list[Place] = []
        self._lines = lines  # of the source, by line of the cell
        self._number = number  # of the cell's first assertion

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        number = self._number + len(self.found)
        self.found.append(Place(self._lines[node.lineno - 1], ast.unparse(node.test)))
        sides = ", ".join(f"{side!r}: lambda: {side}" for side in _sides(node.test))
        # The sides last: to find them once more may change what the assertion would find.
        noted = ast.parse(
            "try:\n"
            "    pass\n"
            "except Exception as __claim__:\n"
            f"    __claims__.failed({number}, __claim__)\n"
            "else:\n"
            f"    __claims__.held({number})\n"
            f"__claims__.compared({number}, {{{sides}}})\n"
        )
        attempt = noted.body[0]
        assert isinstance(attempt, ast.Try)
        attempt.body = [node]
        return noted.body


def _sides(test: ast.expr) -> list[str]:
    """Return what a condition compares, as source; literal numbers left out."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return [side for value in test.values for side in _sides(value)]
    if isinstance(test, ast.Compare):
        sides = (test.left, *test.comparators)
        return [ast.unparse(side) for side in sides if not isinstance(side, ast.Constant)]
    return []
