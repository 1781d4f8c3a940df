"""Build the two notebooks of each lecture from its source, and tell whether they are current."""

from __future__ import annotations

import copy
import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course_utils.authoring.blanks import answers, blank_notebook, check_leaks
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.execute import execute
from course_utils.authoring.source import Lecture, read

_FROM_SOURCE = ("cell_type", "id", "metadata", "source")


@dataclass(frozen=True)
class Built:
    """One notebook that was built: its file, how long it ran, and what went wrong, if anything."""

    path: Path
    seconds: float
    error: str = ""


def build(lectures: list[Lecture], jobs: int | None = None) -> Iterator[Built]:
    """Build both notebooks of the lectures, several at once, and yield each as it is finished.

    A notebook that fails leaves the file that was there before.

    Parameters
    ----------
    lectures
        What to build.
    jobs
        How many kernels run at once; by default as many as there are processors.
    """
    tasks: list[tuple[Path, Callable[[], None]]] = []
    for lecture in lectures:
        try:
            complete, blank, leaks = _wanted(lecture)
        except AuthoringError as error:
            yield Built(lecture.source, 0.0, str(error))
            continue
        tasks.append((lecture.solution, _job(lecture.solution, complete, [])))
        tasks.append((lecture.student, _job(lecture.student, blank, leaks)))
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        for done in as_completed([pool.submit(_timed, path, job) for path, job in tasks]):
            yield done.result()


def check(lectures: list[Lecture]) -> list[str]:
    """Return what is not as the sources give it, one sentence each; empty if all is current.

    Cells, their ids and metadata are compared, and that every code cell was run. What the cells
    put out is compared by nbval, which runs them.
    """
    problems = []
    for lecture in lectures:
        try:
            complete, blank, leaks = _wanted(lecture)
        except AuthoringError as error:
            problems.append(str(error))
            continue
        problems += _problems(lecture.solution, complete, [])
        problems += _problems(lecture.student, blank, leaks)
    return problems


def orphans(root: Path, lectures: list[Lecture]) -> list[str]:
    """Return a sentence for each built notebook that has no source any more."""
    expected = {path for one in lectures for path in (one.solution, one.student)}
    found = [*(root / "solutions").glob("*.ipynb"), *(root / "notebooks").glob("*.ipynb")]
    return [
        f"{path.parent.name}/{path.name} has no source in solutions/: delete it."
        for path in sorted(found)
        if path not in expected
    ]


def _wanted(lecture: Lecture) -> tuple[NotebookNode, NotebookNode, list[str]]:
    """Return what the source gives: complete, blank, and the lines that the blank must not show."""
    name = lecture.source.name
    complete = read(lecture)
    return complete, blank_notebook(complete, name), answers(complete, name)


def _job(path: Path, notebook: NotebookNode, leaks: list[str]) -> Callable[[], None]:
    def run() -> None:
        built = copy.deepcopy(notebook)
        name = f"{path.parent.name}/{path.name}"
        path.parent.mkdir(exist_ok=True)
        execute(built, path.parent, name)
        built.metadata = notebook.metadata  # the kernel wrote its version into it
        check_leaks(built, leaks, name)
        _write(path, built)

    return run


def _timed(path: Path, job: Callable[[], None]) -> Built:
    begin = time.perf_counter()
    try:
        job()
    except (AuthoringError, OSError) as error:
        return Built(path, time.perf_counter() - begin, str(error))
    return Built(path, time.perf_counter() - begin)


def _write(path: Path, notebook: NotebookNode) -> None:
    text = json.dumps(_plain(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    temporary = path.with_suffix(".building")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def _plain(notebook: NotebookNode) -> dict:
    """Return the notebook as JSON data, with text split into lines as the format recommends."""
    data = json.loads(json.dumps(notebook))
    for cell in data["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = output["text"].splitlines(keepends=True)
            for mime, value in output.get("data", {}).items():
                if isinstance(value, str) and mime.startswith("text/"):
                    output["data"][mime] = value.splitlines(keepends=True)
    return data


def _load(path: Path) -> NotebookNode:
    data = json.loads(path.read_text(encoding="utf-8"))
    for cell in data["cells"]:
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", []):
            output["text"] = "".join(output.get("text", ""))
            output["data"] = {k: "".join(v) for k, v in output.get("data", {}).items()}
    return NotebookNode({**data, "cells": [NotebookNode(cell) for cell in data["cells"]]})


def _problems(path: Path, expected: NotebookNode, leaks: list[str]) -> list[str]:
    """Return how a committed notebook differs from what is expected, and which answer it shows."""
    name, rebuild = f"{path.parent.name}/{path.name}", "run `course build`."
    if not path.exists():
        return [f"{name} is missing: {rebuild}"]
    try:
        committed = _load(path)
    except (OSError, KeyError, json.JSONDecodeError) as error:
        return [f"{name} is not a notebook ({error}): {rebuild}"]
    difference = _difference(committed, expected, rebuild)
    problems = [f"{name} {difference}"] if difference else []
    try:
        check_leaks(committed, leaks, path.name)
    except AuthoringError as error:
        problems.append(str(error))
    return problems


def _difference(committed: NotebookNode, expected: NotebookNode, rebuild: str) -> str:
    if len(committed.cells) != len(expected.cells):
        return (
            f"has {len(committed.cells)} cells, its source gives {len(expected.cells)}: {rebuild}"
        )
    for number, (old, new) in enumerate(zip(committed.cells, expected.cells, strict=True), start=1):
        for key in _FROM_SOURCE:
            if old.get(key) != new.get(key):
                return f"is older than its source: cell {number} differs in its {key}: {rebuild}"
        if old.cell_type == "code" and old.execution_count is None and old.source.strip():
            return f"was never run: cell {number} has no execution count: {rebuild}"
    return ""
