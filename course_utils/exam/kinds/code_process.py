"""Judge a student's code in a process of its own, under a clock.

An endless loop, a crash or `sys.exit` ends that process and not the kernel. What was found out
before is kept.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from course_utils import runtime

START_LIMIT = 60.0
"""Seconds until the process is ready, before any of their code runs; only a busy machine needs it.
"""

_WORKER = Path(__file__).with_name("code_worker.py")


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
        The verdict on every property that was reached, by name.
    stopped
        How the process ended before it was done, one sentence; "" if it was done.
    """

    failed: str = ""
    found: Mapping[str, Found] = field(default_factory=dict)
    stopped: str = ""


def judge(code: str, name: str, check: str, limit: float) -> Judged:
    """Return the verdict on `code`; the same code is run only once, unless it was stopped.

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
    """Carries a verdict that must not be remembered: next time the code may be quicker."""

    def __init__(self, judged: Judged) -> None:
        super().__init__(judged.stopped)
        self.judged = judged


@lru_cache(maxsize=64)
def _finished(code: str, name: str, check: str, limit: float) -> Judged:
    with tempfile.TemporaryDirectory(prefix="course-code-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [sys.executable, "-P", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(),
            start_new_session=True,
        )
        try:
            request = json.dumps({"code": code, "name": name, "check": check}) + "\n"
            judged = _listen(process, request.encode(), limit)
        finally:
            _end(process)
    if judged.stopped:
        raise _StoppedError(judged)
    return judged


def _environment() -> dict[str, str]:
    paths = [str(runtime.REPOSITORY), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",
        "COURSE_TEST": "1",  # what is checked here is recorded by the question, not by the check
    }


def _listen(process: subprocess.Popen[bytes], request: bytes, limit: float) -> Judged:
    """Collect what the process says until it is done, ends or runs out of time."""
    assert process.stdin is not None
    assert process.stdout is not None
    said: queue.Queue[bytes] = queue.Queue(maxsize=1000)
    threading.Thread(target=_read, args=(process.stdout, said), daemon=True).start()
    with suppress(OSError):
        process.stdin.write(request)
        process.stdin.close()
    found: dict[str, Found] = {}
    at = "while it was being read"
    end = time.monotonic() + START_LIMIT
    while True:
        try:
            line = said.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            loop = "look for a loop that never ends"
            return Judged("", found, f"It was stopped after {limit:g} seconds {at}: {loop}.")
        if not line:
            return Judged("", found, f"It made Python itself stop {at}.")
        event = _event(line)
        if event.get("event") == "ready":
            end = time.monotonic() + limit
        elif event.get("event") == "failed":
            return Judged(failed=str(event.get("says", "")))
        elif event.get("event") == "begins":
            at = f"at “{event.get('about', '')}”"
        elif event.get("event") == "ends":
            verdict = Found(event.get("passed") is True, str(event.get("says", "")))
            found[str(event.get("about", ""))] = verdict
        elif event.get("event") == "done":
            return Judged("", found)


def _read(stream: Any, said: queue.Queue[bytes]) -> None:
    """Pass lines on, and an empty one at the end."""
    with suppress(ValueError, OSError):
        for line in stream:
            said.put(line)
    said.put(b"")


def _event(line: bytes) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with all that it started."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
