"""What the checks in a built notebook must say: passed in solutions/, not started in notebooks/.

That is the gate behind all others: an answer whose markers were forgotten makes its check pass in
the student's notebook, whatever the answer looks like.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

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
    names: dict[str, str] = {}  # of checks and modules of checks, as the lecture and room call them
    for cell in executed.cells:
        if cell.cell_type != "code":
            continue
        tree = parse_cell(cell.source, source, cell)
        names |= dict(_imported(tree))
        calls = list(_calls(tree, names))
        for call, name in calls:
            if name == "solution":
                raise AuthoringError(
                    f"{source.at(cell, call.lineno)}: this shows students a solution; take"
                    " `.solution()` away, or tag the cell solution."
                )
        checked = [call for call, name in calls if _is_check(name)]
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


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield what a cell calls the checks and modules of checks that it imports, and their names."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        module = getattr(node, "module", "") or ""
        for alias in node.names:
            path = f"{module}.{alias.name}".split(".")
            if "exercises" in path and (path[-1] == "exercises" or _is_check(path[-1])):
                yield alias.asname or alias.name.partition(".")[0], path[-1]


def _calls(tree: ast.Module, names: Mapping[str, str]) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls of checks and of their methods, and the last name in each.

    Such as `check_mean(…)` and `exercises.check_mean.hint()`.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            first, *rest = _path(node.func) or [""]
            path = [names.get(first, ""), *rest]
            if path[0] and any(map(_is_check, path)):
                yield node, path[-1]


def _path(function: ast.expr) -> list[str]:
    """Return the names of a dotted expression; empty if it is none."""
    if isinstance(function, ast.Attribute):
        before = _path(function.value)
        return [*before, function.attr] if before else []
    return [function.id] if isinstance(function, ast.Name) else []


def _is_check(name: str) -> bool:
    return name.startswith("check_")


def _told(cell: NotebookNode) -> Iterator[tuple[Outcome, str]]:
    """Yield the outcomes that a cell shows, each with its line."""
    for output in cell.get("outputs", []):
        for line in shown_text(output).splitlines():
            for outcome in Outcome:
                symbol, words = outcome.value
                if line.startswith(f"{symbol} {words}"):
                    yield outcome, line
