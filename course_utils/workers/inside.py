"""What runs in a worker process: a private way out, and bounds where the platform has them.

The worker reads one line of JSON from standard input, lives no longer than whoever wrote it, and
writes one line for every event to what was its standard output. Before any foreign code runs,
output is turned away from there, so that nothing a student prints gets mixed in.
"""

import importlib
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any, TextIO

MEMORY = 4 << 30
"""Bytes of address space that a worker may take."""


class Line:
    """The way out of a worker: `say` an event, as keywords."""

    def __init__(self, channel: TextIO) -> None:
        self._channel = channel
        self._owner = os.getpid()

    def say(self, **event: Any) -> None:
        """Send an event."""
        if os.getpid() != self._owner:  # a copy of this process, made by their `fork`
            os._exit(0)
        self._channel.write(json.dumps(event) + "\n")
        self._channel.flush()

    def ready(self, largest_file: int) -> None:
        """Set the bounds and say so: from here on foreign code runs.

        Parameters
        ----------
        largest_file
            Bytes that any file may have which the code writes.
        """
        self.say(ready=True, without=bounded(largest_file))


def bounded(largest_file: int) -> list[str]:
    """Keep memory and files in bounds; return the bounds that this platform refuses."""
    names = ("a bound on memory", "a bound on files")
    try:
        import resource
    except ImportError:  # Windows
        return list(names)
    refused = []
    wanted = (("RLIMIT_AS", MEMORY), ("RLIMIT_FSIZE", largest_file))
    for name, (limit, most) in zip(names, wanted, strict=True):
        try:
            what = getattr(resource, limit)
            _, hard = resource.getrlimit(what)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (most, hard))
        except (AttributeError, ValueError, OSError):  # macOS has no bound on address space
            refused.append(name)
    return refused


def _end_with_supervisor(lifeline: int) -> None:
    """End this process, and what it started, as soon as nobody holds the other end any more.

    Without it an endless loop would go on for ever when the notebook's own process is killed.
    """
    with suppress(OSError):
        while os.read(lifeline, 1):
            pass
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)


def _private_channel() -> TextIO:
    """Return a private way out, and send everything else that is printed nowhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    return channel


def main() -> None:
    """Do what standard input asks for, then end at once, whatever threads were left."""
    asked = json.loads(sys.stdin.readline())
    with suppress(RuntimeError):  # no thread can be started
        threading.Thread(target=_end_with_supervisor, args=(os.dup(0),), daemon=True).start()
    line = Line(_private_channel())
    module, _, name = asked["function"].partition(":")
    function = getattr(importlib.import_module(module), name)
    sys.argv = ["worker"]
    with suppress(BaseException):
        function(asked["request"], line)
    os._exit(0)
