"""Tell whether the committed notebooks are what their sources give, without running them."""

from __future__ import annotations

import json
from pathlib import Path

from nbformat import NotebookNode

from course_utils.authoring.blanks import blank
from course_utils.authoring.build import check_student
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.execute import WIDGET
from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import Source, load
from course_utils.authoring.verdicts import check_verdicts, has_checks
from course_utils.checks import Outcome

_FROM_RUN = {"outputs", "execution_count"}
_REBUILD = "run `course build`."


def check(lectures: list[Lecture]) -> list[str]:
    """Return what is not as the sources give it, one sentence each; empty if all is current.

    Cells, their ids and metadata are compared, and that every code cell was run and every check
    says what it must. What else the cells put out is compared by nbval, which runs them.
    """
    problems = []
    for lecture in lectures:
        try:
            complete = load(lecture)
            stubs = blank(complete)
        except AuthoringError as error:
            problems.append(str(error))
            continue
        for path, source in ((lecture.solution, complete), (lecture.student, stubs)):
            try:
                committed = _committed(path, source)
                if source is stubs:
                    check_student(complete, stubs, committed)
                else:
                    check_verdicts(complete, committed, Outcome.PASSED)
            except AuthoringError as error:
                problems.append(str(error))
        problems += missing_answers(lecture, complete)
    return problems


def missing_answers(lecture: Lecture, complete: Source) -> list[str]:
    """Return a sentence if a lecture has exercises and no answers to try them with."""
    if lecture.answers.exists() or not has_checks(complete):
        return []
    path = lecture.answers.relative_to(lecture.root).as_posix()
    return [f"{path} is missing: the right and wrong answers that the exercises are tried with."]


def orphans(root: Path, lectures: list[Lecture]) -> list[str]:
    """Return a sentence for each built notebook that has no source any more."""
    expected = {path for one in lectures for path in (one.solution, one.student)}
    found = [*(root / "solutions").glob("*.ipynb"), *(root / "notebooks").glob("*.ipynb")]
    return [
        f"{_name(path)} has no source in solutions/: delete it."
        for path in sorted(found)
        if path not in expected
    ]


def _committed(path: Path, source: Source) -> NotebookNode:
    """Return the notebook in a file if it is what the source gives."""
    notebook = stored(path)
    difference = _difference(notebook, source)
    if difference:
        raise AuthoringError(f"{_name(path)} {difference}; {_REBUILD}")
    return notebook


def stored(path: Path) -> NotebookNode:
    """Return the notebook that was built into a file, whatever its source says now.

    Raises
    ------
    AuthoringError
        If there is none.
    """
    if not path.exists():
        raise AuthoringError(f"{_name(path)} is missing: {_REBUILD}")
    try:
        return _load(path)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise AuthoringError(f"{_name(path)} is not a notebook ({error}): {_REBUILD}") from None


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _load(path: Path) -> NotebookNode:
    data = json.loads(path.read_text(encoding="utf-8-sig"))
    for cell in data["cells"]:
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = "".join(output["text"])
            for mime, value in output.get("data", {}).items():
                if isinstance(value, list):
                    output["data"][mime] = "".join(value)
    return NotebookNode({**data, "cells": [_node(cell) for cell in data["cells"]]})


def _node(cell: dict) -> NotebookNode:
    node = NotebookNode(cell)
    if "outputs" in cell:
        node.outputs = [NotebookNode(output) for output in cell["outputs"]]
    return node


def _difference(committed: NotebookNode, source: Source) -> str:
    """Return how a committed notebook differs from its source, or shows that it was not built."""
    expected = source.notebook
    if len(committed.cells) != len(expected.cells):
        return f"has {len(committed.cells)} cells, {source.name} gives {len(expected.cells)}"
    for old, new in zip(committed.cells, expected.cells, strict=True):
        for key in sorted((old.keys() | new.keys()) - _FROM_RUN, reverse=True):
            if old.get(key) != new.get(key):
                return f"is older than its source, {source.at(new)}: the cell's {key} differs"
        if old.cell_type == "code" and old.get("execution_count") is None and old.source.strip():
            return f"was never run, {source.at(new)}: the cell has no number"
        if any(WIDGET in output.get("data", {}) for output in old.get("outputs", [])):
            return f"was saved in JupyterLab, {source.at(new)}: the cell holds a live widget"
    for key in sorted((committed.keys() | expected.keys()) - {"cells"}):
        if committed.get(key) != expected.get(key):
            return f"is not as the build wrote it: the notebook's {key} differs"
    return ""
