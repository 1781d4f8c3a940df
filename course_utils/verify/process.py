"""The worker process, seen from outside."""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_BOOT = (
    f"import sys; sys.path.append({str(Path(__file__).resolve().parents[2])!r});"
    " from course_utils.verify.worker import main; main()"
)


class Worker:
    """The worker process, its events, and a folder to work in that is thrown away."""

    def __init__(self, folder: Path, keys: list[str]):
        self._scratch = tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True)
        _mirror(folder, Path(self._scratch.name))
        self._process = subprocess.Popen(
            # -P: nothing in the working folder is taken for a module of the standard library.
            [sys.executable, "-B", "-P", "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._scratch.name,
            env=_environment(),
            encoding="utf-8",
            start_new_session=True,
        )
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps({"folder": str(folder), "keys": keys}) + "\n")
            self._process.stdin.close()
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(os, "killpg"):  # with whatever their code started
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._scratch.cleanup()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                with suppress(json.JSONDecodeError):
                    self._events.put(json.loads(line))
        self._events.put({"dead": True})

    def next(self, deadline: float) -> dict[str, Any] | None:
        """Return the next event, or None if there is none until the deadline."""
        try:
            return self._events.get(timeout=max(deadline - time.monotonic(), 0.01))
        except queue.Empty:
            return None


def _environment() -> dict[str, str]:
    """Return the worker's environment: no windows, no bytecode left behind, one thread."""
    return {
        **os.environ,
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _mirror(folder: Path, scratch: Path) -> None:
    """Link what the folder holds into the scratch folder, where their code runs.

    So it finds its data files by relative path, and the files that it writes land elsewhere. Where
    links cannot be made, it does without.
    """
    for entry in folder.iterdir():
        with suppress(OSError):
            (scratch / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
