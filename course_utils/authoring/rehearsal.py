"""Try what a lecture's room holds, in seconds and without a kernel.

The tests are those that `make test` runs; here only the ones of a single room are chosen, and no
other room is imported. A test's name is a sentence, so the result reads as what holds and what does
not; each is yielded as soon as its last case is done.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from course_utils import runtime
from course_utils.authoring.blanks import blank
from course_utils.authoring.check import missing_answers
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import load
from course_utils.runtime import KERNEL_ENVIRONMENT

MARK = "\N{INFORMATION SEPARATOR TWO}"
"""Begins each line of JSON that `telling` prints, as in RFC 7464."""
_ALL = "not browser and not alone"
_SOON = f"{_ALL} and not long"
_RAN, _FAILED, _STOPPED, _NO_TESTS = 0, 1, 2, 5
"""How pytest exits; stopped, if a file could not be read."""


@dataclass
class Tried:
    """What was tried: a sentence, how many cases held, and what is wrong with the others."""

    what: str
    held: int = 0
    problems: tuple[str, ...] = ()


def rehearse(
    lecture: Lecture,
    report: Callable[[str], Any] = lambda doing: None,
    *,
    everything: bool = False,
) -> Iterator[Tried]:
    """Yield what was tried of a lecture: its source, and its tests that need no browser.

    Parameters
    ----------
    lecture
        The lecture.
    report
        Is told what is being done.
    everything
        Whether to move every control of every explorer as well, and to run all of the lecture's
        cells with a mixture of answers; that takes longer than the rest together.
    """
    report("reading the source")
    try:
        complete = load(lecture)
        blank(complete)
    except AuthoringError as error:
        yield Tried("the source reads, and its answers become stubs", problems=(str(error),))
        return
    yield Tried("the source reads, and its answers become stubs", held=1)
    missing = missing_answers(lecture, complete)
    if missing:  # the tests could not even be collected
        yield Tried("the exercises have answers to be tried with", problems=tuple(missing))
        return
    yield from _tests(lecture, report, _ALL if everything else _SOON)


def _tests(lecture: Lecture, report: Callable[[str], Any], chosen: str) -> Iterator[Tried]:
    report("importing the room")
    command = [sys.executable, "-m", "pytest", "tests/lessons", "--room", lecture.room]
    command += ["-k", lecture.room, "-m", chosen, "-p", "no:cacheprovider"]
    command += ["-p", "course_utils.authoring.telling"]
    command += ["-p", "no:nbval", "-o", "addopts="]  # to load it takes seconds, and options of it
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as complaints,
        subprocess.Popen(
            command,
            cwd=lecture.root,
            env={**os.environ, **KERNEL_ENVIRONMENT, **_kept()},
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as running,
    ):
        told = yield from _listen(running.stdout or (), report)
        if running.wait() in (_RAN, _FAILED) or (told and running.returncode == _STOPPED):
            return
        if running.returncode == _NO_TESTS:
            raise AuthoringError(f"tests/lessons has no test of the room {lecture.room!r}.")
        complaints.seek(0)
        said = complaints.read().strip().splitlines() or ["pytest said nothing"]
        raise AuthoringError(f"The tests cannot run: {said[-1]}")


def _kept() -> dict[str, str]:
    """Return where heavy results may be kept: they belong to the code that made them."""
    try:
        folder = runtime.computed_folder()
    except FileNotFoundError:
        folder = None
    return {"COURSE_COMPUTED_DIR": str(folder)} if folder else {}


def _listen(lines: Iterable[str], report: Callable[[str], Any]) -> Generator[Tried, None, int]:
    """Yield every test when its last case is told, and return how many cases were told."""
    left: Counter[str] = Counter()
    found: dict[str, Tried] = {}
    done = total = 0
    for line in lines:
        _, mark, text = line.partition(MARK)
        if not mark:  # pytest's own report
            continue
        told = json.loads(text)
        if "counts" in told:
            left = Counter(told["counts"])
            total = left.total()
            continue
        test, reason = told["test"], told["reason"]
        if test not in left:  # its file cannot be read: what stops one stops several
            if all(reason not in tried.problems for tried in found.values()):
                found[test] = Tried(test, problems=(reason,))
                yield found[test]
            done += 1
            continue
        tried = found.setdefault(test, Tried(_words(test)))
        if reason:
            tried.problems += (f"{told['case']}: {reason}" if told["case"] else reason,)
        elif not told["skipped"]:
            tried.held += 1
        done += 1
        report(f"{done} of {total}: {tried.what}")
        left[test] -= 1
        if not left[test]:
            yield tried
    yield from (found[test] for test, cases in left.items() if cases and test in found)
    return done


def _words(test: str) -> str:
    """Return the sentence that a test's name is."""
    return test.rpartition("::")[2].removeprefix("test_").replace("_", " ")
