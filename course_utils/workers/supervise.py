"""A worker process, seen from outside: started, listened to until a deadline, ended with all of it.

Every precaution is taken where the platform allows it; what it refuses is known (`Worker.without`)
and ends nothing.
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
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from course_utils import runtime
from course_utils.clocks import Clock

START_LIMIT = 60.0
"""Seconds until a worker is ready, before any foreign code runs; only a slow machine needs them."""

_LONGEST = 1 << 20  # bytes of one event
_WAITING = 1000  # events that may wait to be read

_BOOT = (
    f"import sys; sys.path.append({str(runtime.REPOSITORY)!r});"
    " from course_utils.workers.inside import main; main()"
)

Event = dict[str, Any]


class NoWorkerError(RuntimeError):
    """The system starts no process; the message is one sentence that says why."""


class Worker:
    """A process that runs one function of ours, which runs a student's code.

    Parameters
    ----------
    function
        What runs there, as ``package.module:name``; it takes the request and an
        `inside.Line` to say events on.
    request
        Plain values for it.
    fill
        Puts into the private folder, where the code runs, what it should find there.

    Raises
    ------
    NoWorkerError
        If the system starts no process, or no thread to listen to it.
    """

    def __init__(
        self,
        function: str,
        request: Mapping[str, Any],
        fill: Callable[[Path], None] | None = None,
    ) -> None:
        self._refused: list[str] = []
        self._scratch = _private_folder()
        if self._scratch:
            place = self._scratch.name
            if fill:
                fill(Path(place))
        else:
            # Where nothing can be written; their own folder must not be written to.
            place = str(Path(os.sep).resolve())
            self._refused.append("a private folder")
        try:
            self._process = subprocess.Popen(
                # -P: nothing in the working folder is taken for a module of the standard library.
                [sys.executable, "-B", "-P", "-c", _BOOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=place,
                env=_environment(),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            self._clean()
            reason = error.strerror or type(error).__name__
            raise NoWorkerError(f"No process could be started to run the code: {reason}.") from None
        self._clock = Clock(self._process.pid)
        assert self._process.stdin is not None
        with suppress(OSError):
            line = json.dumps({"function": function, "request": dict(request)}) + "\n"
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()  # and left open: its end tells the worker of ours
        self._events: queue.Queue[Event] = queue.Queue(_WAITING)
        try:
            threading.Thread(target=self._read, daemon=True).start()
        except RuntimeError:
            assert self._process.stdout is not None
            self._process.stdout.close()
            self.__exit__()
            raise NoWorkerError("No thread could be started to listen to the code.") from None

    @property
    def without(self) -> tuple[str, ...]:
        """The precautions that this platform refuses; those of the process once it is ready."""
        return tuple(self._refused)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        _end(self._process)
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        self._clean()

    @property
    def used(self) -> float:
        """Seconds that the process has used since it was started, on its own `Clock`."""
        return self._clock.used

    def next(self, end: float) -> Event | None:
        """Return the next event, ``{"dead": True}`` at its end, or None when `used` reaches `end`.

        Parameters
        ----------
        end
            Seconds on the clock of `used`.
        """
        while True:
            # It runs no faster than the wall's: nothing is waited for too long.
            left = end - self.used
            try:
                event = self._events.get(timeout=max(left, 0.01))
            except queue.Empty:
                if left <= 0:
                    return None
                continue
            if "ready" in event:
                self._refused += event.get("without", [])
            return event

    def _read(self) -> None:
        """Pass events on; what is no event is dropped."""
        assert self._process.stdout is not None
        with suppress(ValueError, OSError), self._process.stdout as lines:
            while line := lines.readline(_LONGEST):
                event = _event(line)
                if event:
                    self._events.put(event)
        self._events.put({"dead": True})

    def _clean(self) -> None:
        if self._scratch:
            self._scratch.cleanup()


def _event(line: bytes) -> Event:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


def _private_folder() -> tempfile.TemporaryDirectory[str] | None:
    """Return a folder that is thrown away; None where none can be made, on a full disk say."""
    try:
        return tempfile.TemporaryDirectory(prefix="course-code-", ignore_cleanup_errors=True)
    except OSError:
        return None


def _environment() -> dict[str, str]:
    """Return the worker's environment: no windows, nothing left behind or recorded, one thread."""
    shared = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    return {
        **shared,
        "COURSE_FORGET": "1",
        "MPLBACKEND": "Agg",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started, as far as the platform can tell that."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(tree, capture_output=True, timeout=10, check=False)
    with suppress(OSError):
        process.kill()
    process.wait()
