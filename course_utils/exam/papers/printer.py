"""Print papers: many at once, on all processors, the same bytes for the same seed."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from course_utils.exam.bank import Item, seeds_of
from course_utils.exam.blueprint import EXAM, Blueprint
from course_utils.exam.papers import tools, typeset
from course_utils.exam.papers.paper import Paper, compose


def print_papers(
    items: Mapping[str, Item],
    seed: int | None,
    count: int = 1,
    folder: Path = Path("papers"),
    with_key: bool = True,
    exam: Blueprint = EXAM,
) -> Iterator[Path]:
    """Print `count` papers into `folder` and yield each file as it is written.

    Parameters
    ----------
    items
        The bank's items; each gives one question to every paper.
    seed
        Of the first paper; the next ones count on from it. None for the exam's own form, which
        exists once.
    count
        How many papers.
    folder
        Where to write ``paper-SEED.pdf`` and ``paper-SEED-key.pdf``; it is made if it is missing.
    with_key
        Whether to write the keys as well.
    exam
        Which of the items are asked, and what the front page says.

    Raises
    ------
    ValueError
        If there is no item, or `count` or `seed` makes no sense.
    PrintMissingError, PrintError
        If pandoc or typst is missing, or one of them refuses a question.
    OSError
        If `folder` cannot be written.
    """
    papers = [compose(items, each, exam) for each in seeds_of(seed, count)]
    typst = tools.typst_of(chain.from_iterable(map(typeset.fragments, papers)))
    jobs = [_Job(folder / f"{paper.name}.pdf", typeset.document, paper) for paper in papers]
    if with_key:
        jobs += [
            _Job(folder / f"{paper.name}-key.pdf", typeset.key_document, paper) for paper in papers
        ]
    jobs.sort(key=lambda job: job.path)
    folder.mkdir(parents=True, exist_ok=True)
    compilers = threading.local()

    def run(job: _Job) -> Path:
        if not hasattr(compilers, "own"):
            compilers.own = tools.compiler()
        job.path.write_bytes(tools.pdf(compilers.own, job.write(job.paper, typst)))
        return job.path

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # typst computes outside of Python's lock
        yield from pool.map(run, jobs)


@dataclass(frozen=True)
class _Job:
    """One file to write."""

    path: Path
    write: Callable[[Paper, Mapping[str, str]], str]
    paper: Paper
