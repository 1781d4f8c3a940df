"""Try what a lecture's room holds, in seconds and without a kernel.

The tests are those that `make test` runs; here only the ones of a single room are chosen, by its
name, which stands in the name of every test of a room. A test's name is a sentence, so the result
reads as what holds and what does not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from course_utils.authoring.blanks import blank
from course_utils.authoring.check import missing_answers
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.execute import KERNEL_ENVIRONMENT
from course_utils.authoring.lecture import Lecture
from course_utils.authoring.source import load

_CHOSEN = "not browser and not alone"


@dataclass
class Tried:
    """What was tried: a sentence, how many cases held, and what is wrong with the others."""

    what: str
    held: int = 0
    problems: tuple[str, ...] = ()


def rehearse(lecture: Lecture) -> Iterator[Tried]:
    """Yield what was tried of a lecture: its source, and its tests that need no browser."""
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
    yield from _tests(lecture)


def _tests(lecture: Lecture) -> Iterator[Tried]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "tests/lessons", "-k", lecture.room]
        command += ["-m", _CHOSEN, "-p", "no:cacheprovider", f"--junitxml={report}"]
        if find_spec("xdist"):  # the tests of one file share what they compute
            command += ["-n", "auto", "--maxprocesses", "2", "--dist", "loadscope"]
        done = subprocess.run(
            command,
            cwd=lecture.root,
            env={**os.environ, **KERNEL_ENVIRONMENT},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if not report.exists():
            said = (done.stderr or done.stdout).strip().splitlines() or ["pytest said nothing"]
            raise AuthoringError(f"The tests cannot run: {said[-1]}")
        cases = list(ElementTree.parse(report).iter("testcase"))
    if not cases:
        raise AuthoringError(f"tests/lessons has no test of the room {lecture.room!r}.")
    found: dict[str, Tried] = {}
    for case in cases:
        words, case_name = _words(case.get("name", ""))
        tried = found.setdefault(words, Tried(words))
        reason = _reason(case)
        if reason and not case_name and any(reason in one.problems for one in found.values()):
            del found[words]  # what stops one module stops several: it is said once
        elif reason:
            tried.problems += (f"{case_name}: {reason}" if case_name else reason,)
        elif case.find("skipped") is None:
            tried.held += 1
    yield from found.values()


def _reason(case: ElementTree.Element) -> str:
    """Return why a test failed or could not run; empty if it did not."""
    failure, error = case.find("failure"), case.find("error")
    if failure is not None:
        return failure.get("message", "").strip()
    if error is None:
        return ""
    raised = re.findall(r"^E +(.*)$", error.text or "", re.MULTILINE)
    return raised[-1] if raised else error.get("message", "")


def _words(name: str) -> tuple[str, str]:
    """Return the sentence that a test's name is, and the case it was tried on."""
    function, _, case = name.partition("[")
    return re.sub(r"^test_", "", function).replace("_", " "), case.removesuffix("]")
