"""Build the two notebooks of each lecture from its source."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course_utils.authoring.blanks import blank
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.execute import check_repeatable, execute
from course_utils.authoring.folding import conceal
from course_utils.authoring.leaks import answers, check_leaks
from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import Source, load
from course_utils.authoring.verdicts import check_verdicts
from course_utils.checks import Outcome


@dataclass(frozen=True)
class Built:
    """One file that was built: how long it ran, and what went wrong, if anything."""

    path: Path
    seconds: float = 0.0
    error: str = ""


def build(
    lectures: list[Lecture], jobs: int | None = None, *, draft: bool = False
) -> Iterator[Built]:
    """Build the notebooks of the lectures, several at once, and yield each as it is finished.

    The complete lecture runs twice, so that what differs from run to run is found. A notebook that
    fails leaves the file that was there before, and while the complete one fails, the student's is
    left as well: it would only fail for the same reason.

    Heavy results are computed anew: once for the two notebooks, and once more for the second run.

    Parameters
    ----------
    lectures
        What to build.
    jobs
        How many kernels run at once; by default as many as there are processors.
    draft
        Build only the complete lectures, and run them once: for the time of writing.
    """
    if not lectures:
        return
    with (
        tempfile.TemporaryDirectory(prefix="course-computed-") as computed,
        ThreadPoolExecutor(jobs or os.cpu_count() or 1) as kernels,
        ThreadPoolExecutor(len(lectures)) as waiting,
    ):
        kept = Path(computed)
        tasks = [waiting.submit(_build, lecture, kernels, kept, draft) for lecture in lectures]
        for task in as_completed(tasks):
            yield from task.result()


def _build(
    lecture: Lecture, kernels: ThreadPoolExecutor, computed: Path, draft: bool
) -> list[Built]:
    """Build one lecture with kernels from a common pool, which keep heavy results in a folder."""
    try:
        complete = load(lecture)
        stubs = blank(complete)
    except AuthoringError as error:
        return [Built(lecture.source, error=str(error))]
    run = kernels.submit(_run, complete, lecture.solution, computed)
    others = []
    if not draft:
        others = [
            kernels.submit(_run, stubs, lecture.student, computed),
            kernels.submit(_run, complete, lecture.solution, computed, hash_seed=1),
        ]
    try:
        notebook, seconds = run.result()
        check_verdicts(complete, notebook, Outcome.PASSED)
        if not draft:
            check_repeatable(complete, notebook, others[1].result()[0])
        conceal(notebook, student=False)
        write(lecture.solution, notebook)
    except (AuthoringError, OSError) as error:
        for other in others:
            other.cancel()
        return [Built(lecture.solution, error=str(error))]
    built = [Built(lecture.solution, seconds)]
    if not draft:
        try:
            notebook, seconds = others[0].result()
            check_student(complete, stubs, notebook)
            conceal(notebook, student=True)
            write(lecture.student, notebook)
        except (AuthoringError, OSError) as error:
            built.append(Built(lecture.student, error=str(error)))
        else:
            built.append(Built(lecture.student, seconds))
    return built


def check_student(complete: Source, stubs: Source, notebook: NotebookNode) -> None:
    """Raise `AuthoringError` if a student's notebook, with its outputs, gives an answer away."""
    check_verdicts(stubs, notebook, Outcome.NOT_STARTED)
    check_leaks(stubs, notebook, answers(complete))


def _run(
    source: Source, path: Path, computed: Path, hash_seed: int = 0
) -> tuple[NotebookNode, float]:
    begin = time.perf_counter()
    path.parent.mkdir(exist_ok=True)
    made = execute(source, path.parent, hash_seed, computed / str(hash_seed))
    return made, time.perf_counter() - begin


def write(path: Path, notebook: NotebookNode) -> None:
    """Write a built notebook: the same bytes for the same notebook, and never half of them."""
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
