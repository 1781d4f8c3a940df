"""Judge a student's code in a process of its own, under a clock.

An endless loop, a crash or `sys.exit` ends that process and not the kernel. What was found out
before is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from course_utils.workers import START_LIMIT, NoWorkerError, Worker

_WORK = "course_utils.exam.kinds.code_worker:work"


@dataclass(frozen=True)
class Found:
    """Whether a property holds, and what is to be said if it does not (Markdown)."""

    passed: bool
    says: str


@dataclass(frozen=True)
class Judged:
    """What became of the code.

    Attributes
    ----------
    failed
        Why there was nothing to check, one sentence in Markdown; "" if there was.
    found
        What was found of every property that was reached, by name.
    stopped
        How the process ended before it was done, one sentence; "" if it was done.
    """

    failed: str = ""
    found: Mapping[str, Found] = field(default_factory=dict)
    stopped: str = ""


def judge(code: str, name: str, check: str, limit: float) -> Judged:
    """Return what became of `code`; the same code is run only once, unless it was stopped.

    Parameters
    ----------
    code
        The student's text.
    name
        What it has to define.
    check
        The `course_utils.checks.Exercise` that judges it, as ``package.module:name``.
    limit
        Seconds that their code may take.
    """
    try:
        return _finished(code, name, check, limit)
    except _StoppedError as stopped:
        return stopped.judged


class _StoppedError(Exception):
    """Carries an answer that must not be remembered: next time the code may be quicker."""

    def __init__(self, judged: Judged) -> None:
        super().__init__(judged.stopped)
        self.judged = judged


@lru_cache(maxsize=64)
def _finished(code: str, name: str, check: str, limit: float) -> Judged:
    try:
        with Worker(_WORK, {"code": code, "name": name, "check": check}) as worker:
            judged = _listen(worker, limit)
    except NoWorkerError as refused:
        judged = Judged(stopped=str(refused))
    if judged.stopped:
        raise _StoppedError(judged)
    return judged


def _listen(worker: Worker, limit: float) -> Judged:
    """Collect what the process says until it is done, ends or runs out of time."""
    found: dict[str, Found] = {}
    at = ""
    end = START_LIMIT
    while True:
        event = worker.next(end)
        if not at and (event is None or "dead" in event):
            return Judged(stopped="The process that runs the code did not start: try again.")
        if event is None:
            look = "look for a loop that never ends, or for something that it waits for"
            late = f"It did not come to an end within {limit:g} seconds {at}: {look}."
            return Judged("", found, late)
        if "dead" in event:
            return Judged("", found, f"It made Python itself stop {at}.")
        if "ready" in event:
            at = "while it was being read"
            end = worker.used + limit
        elif "failed" in event:
            return Judged(failed=str(event["failed"]))
        elif "begins" in event:
            at = f"at “{event['begins']}”"
        elif "ends" in event:
            result = Found(event.get("passed") is True, str(event.get("says", "")))
            found[str(event["ends"])] = result
        elif "done" in event:
            return Judged("", found)
