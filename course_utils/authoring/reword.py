"""Change the words of a built lecture without running it again: its code keeps its outputs."""

from __future__ import annotations

import time
from collections.abc import Iterator

from nbformat import NotebookNode

from course_utils.authoring.blanks import blank
from course_utils.authoring.build import Built, check_student, write
from course_utils.authoring.check import stored
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import Source, load


def reword(lectures: list[Lecture]) -> Iterator[Built]:
    """Write the notebooks of the lectures with the outputs that they have, and yield each.

    The code must be what it was when they were built, cell by cell; what it calls is not looked at
    (nbval compares that). A lecture whose code has changed is left as it is.
    """
    for lecture in lectures:
        begin = time.perf_counter()
        try:
            complete = load(lecture)
            stubs = blank(complete)
            made = [
                (path, _with_outputs(source, stored(path)))
                for path, source in ((lecture.solution, complete), (lecture.student, stubs))
            ]
            check_student(complete, stubs, made[1][1])
            for path, notebook in made:
                write(path, notebook)
        except (AuthoringError, OSError) as error:
            yield Built(lecture.source, error=str(error))
        else:
            seconds = time.perf_counter() - begin
            yield from (Built(path, seconds) for path, _ in made)


def _with_outputs(source: Source, old: NotebookNode) -> NotebookNode:
    """Return the notebook of a source with what the same code put out before."""
    notebook = source.notebook
    before = [cell for cell in old.cells if cell.cell_type == "code"]
    now = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, earlier in zip(now, before, strict=False):
        if (cell.source, cell.metadata) != (earlier.source, earlier.metadata):
            raise AuthoringError(f"{source.at(cell)}: the code has changed: run `course build`.")
        cell.outputs, cell.execution_count = earlier.outputs, earlier.execution_count
    if len(now) != len(before):
        raise AuthoringError(
            f"{source.name} has {len(now)} code cells, and had {len(before)} when it was built:"
            " run `course build`."
        )
    return notebook
