"""What the checks in a built notebook must say: passed in solutions/, not started in notebooks/.

That is the gate behind all others: an answer whose markers were forgotten makes its check pass in
the student's notebook, whatever the answer looks like.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.execute import shown_text
from course_utils.authoring.source import Source, parse_cell
from course_utils.checks import Outcome


def check_verdicts(source: Source, executed: NotebookNode, wanted: Outcome) -> None:
    """Raise `AuthoringError` unless every check of an executed notebook has the wanted outcome.

    Parameters
    ----------
    source
        What was run, complete or blank.
    executed
        The notebook with its outputs.
    wanted
        `Outcome.PASSED` for a complete lecture, `Outcome.NOT_STARTED` for a blank one.
    """
    names: set[str] = set()
    for cell in executed.cells:
        if cell.cell_type != "code":
            continue
        tree = parse_cell(cell.source, source, cell)
        names |= set(_imported(tree))
        calls = list(_calls(tree, names))
        for call in calls:
            if isinstance(call.func, ast.Attribute) and call.func.attr == "solution":
                raise AuthoringError(
                    f"{source.at(cell, call.lineno)}: this shows students a solution; take"
                    " `.solution()` away, or tag the cell solution."
                )
        checked = [call for call in calls if not isinstance(call.func, ast.Attribute)]
        told = list(_told(cell))
        if len(told) < len(checked):
            raise AuthoringError(
                f"{source.at(cell, checked[-1].lineno)}: the verdict of this check is not shown;"
                " make the check the last line of its cell."
            )
        for outcome, line in told:
            if outcome is not wanted:
                place = source.at(cell, checked[0].lineno if checked else 1)
                raise AuthoringError(f"{place}: {_reason(wanted)} It says: {line}")


def has_checks(source: Source) -> bool:
    """Tell whether a lecture imports exercises."""
    cells = [cell for cell in source.notebook.cells if cell.cell_type == "code"]
    return any(list(_imported(parse_cell(cell.source, source, cell))) for cell in cells)


def _reason(wanted: Outcome) -> str:
    if wanted is Outcome.PASSED:
        return "the lecture's own answer must pass its check."
    return (
        "in the student's notebook this check must say 'not started'; is the answer between the"
        " markers, or does it stand elsewhere too?"
    )


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield the names of checks that a cell imports from a room's exercises."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and ".exercises" in f".{node.module}":
            names = [alias.asname or alias.name for alias in node.names]
            yield from (name for name in names if name.startswith("check_"))


def _calls(tree: ast.Module, names: set[str]) -> Iterator[ast.Call]:
    """Yield the calls of checks and of their methods, such as `check_mean(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func.value if isinstance(node.func, ast.Attribute) else node.func
            if isinstance(function, ast.Name) and function.id in names:
                yield node


def _told(cell: NotebookNode) -> Iterator[tuple[Outcome, str]]:
    """Yield the outcomes that a cell shows, each with its line."""
    for output in cell.get("outputs", []):
        for line in shown_text(output).splitlines():
            for outcome in Outcome:
                symbol, words = outcome.value
                if line.startswith(f"{symbol} {words}"):
                    yield outcome, line
