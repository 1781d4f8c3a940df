"""Run a lecture with one seed set, and say what came of it."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course_utils.authoring.claims.instrument import Instrumented
from course_utils.authoring.execute import CELL_TIMEOUT, run, shown_text
from course_utils.authoring.lecture import Lecture
from course_utils.runtime import KERNEL_ENVIRONMENT


@dataclass(frozen=True)
class Trial:
    """What one seed set gave.

    Attributes
    ----------
    seed_set
        Its number.
    assertions
        For each assertion that was reached, by number: ``held`` (how often), ``failures`` (reasons)
        and ``sides`` (source of what was compared → values).
    statements
        For each statement: ``text``, ``expected``, ``holds`` and ``evidence``.
    texts
        What each code cell printed, the words of its figures included.
    errors
        For each code cell that raised, its index and the error.
    broken
        Why there is no report, if there is none.
    """

    seed_set: int
    assertions: dict[int, dict[str, Any]]
    statements: list[dict[str, Any]]
    texts: tuple[str, ...]
    errors: dict[int, str]
    broken: str = ""


def trials(
    lecture: Lecture, instrumented: Instrumented, seed_sets: Iterable[int], jobs: int | None = None
) -> Iterator[Trial]:
    """Yield what each seed set gives, several at once, each as soon as it is known.

    Parameters
    ----------
    lecture, instrumented
        What to run.
    seed_sets
        Their numbers; 0 is the one that students see.
    jobs
        How many kernels run at once; by default as many as there are processors.
    """
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        running = [pool.submit(_trial, lecture, instrumented, number) for number in seed_sets]
        for done in as_completed(running):
            yield done.result()


def _trial(lecture: Lecture, instrumented: Instrumented, seed_set: int) -> Trial:
    notebook = copy.deepcopy(instrumented.notebook)
    try:
        run(
            notebook,
            lecture.source.parent,
            KERNEL_ENVIRONMENT | {"COURSE_SEED_SET": str(seed_set)},
            allow_errors=True,
        )
        first, *cells, last = notebook.cells
        report = json.loads(_text(last))
    except CellTimeoutError:
        return _broken(seed_set, f"a cell took longer than {CELL_TIMEOUT} s")
    except DeadKernelError:
        return _broken(seed_set, "the kernel died")
    except json.JSONDecodeError:
        errors = _error(first) or _error(last) or "it printed something else"
        return _broken(seed_set, f"there is no report: {errors}")
    return Trial(
        seed_set,
        {int(number): found for number, found in report["assertions"].items()},
        report["statements"],
        tuple(_text(cell) for cell in cells),
        {i: error for i, cell in enumerate(cells) if (error := _error(cell))},
    )


def _broken(seed_set: int, reason: str) -> Trial:
    return Trial(seed_set, {}, [], (), {}, reason)


def _text(cell: NotebookNode) -> str:
    """Return what a cell printed and showed, as text."""
    shown = (output for output in cell.outputs if output.get("name") != "stderr")
    return "\n".join(map(shown_text, shown))


def _error(cell: NotebookNode) -> str:
    """Return what a cell raised; empty if it did not, or is meant to."""
    if "raises-exception" in cell.metadata.get("tags", []):
        return ""
    errors = (output for output in cell.outputs if output.output_type == "error")
    return next((f"{error.ename}: {error.evalue}".strip() for error in errors), "")
