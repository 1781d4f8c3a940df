"""Run a student's code so that it always comes to an end, quietly, whatever it does.

A watchdog thread raises an exception in the thread that runs the code, again and again until the
code has ended, so that an ``except:`` around the loop does not keep it alive. That stops whatever
runs in Python, on Linux, macOS and Windows. It cannot stop one long call into compiled code (the
product of two huge matrices) before that call returns, nor memory that fills up, nor threads and
processes that the code starts; sleeping and waiting for input are interrupted where the code runs
in the main thread. Where the platform starts no thread or has no `ctypes`, nothing is stopped.

What is being imported when the time is over comes to its end first: a library of which half is
loaded stays broken until the kernel is started again, for everybody who uses it. PyTorch loads a
large part of itself at the first step of an optimizer, which takes seconds on a slow machine.
"""

from __future__ import annotations

import _thread
import contextlib
import io
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.checks.settings import restored
from course_utils.clocks import WAITING, Clock
from course_utils.plain_words import Failure, explain, present_line, tamed, text_of

try:
    import ctypes
except ImportError:  # a Python that was made without it
    ctypes = None  # type: ignore[assignment]

LIMIT = 10.0
"""Seconds that a check gives to the student's code, on the clock of `course_utils.clocks`."""

_PRINTED = 2000  # characters that are kept of what the code prints
_AGAIN = 0.05  # seconds between two attempts to stop the code
_IMPORTS = 120.0  # seconds that are given to imports at most


class Late(BaseException):
    """Raised in code whose time is over."""


@dataclass(frozen=True)
class Ran:
    """What became of a call.

    Attributes
    ----------
    value
        What it returned.
    error
        What it raised; None if it returned. SystemExit is an error as any other.
    failure
        The same in plain words.
    late
        Why it was stopped, one sentence without a full stop, which names the line it was in; empty
        if it came to its end.
    printed
        What it printed, the beginning if that was long.
    warned
        The texts of its warnings.
    """

    value: Any = None
    error: BaseException | None = None
    failure: Failure | None = None
    late: str = ""
    printed: str = ""
    warned: list[str] = field(default_factory=list)

    @property
    def says(self) -> str:
        """Why there is no value, one sentence without a full stop; empty if there is one."""
        if self.late:
            return f"your code was {self.late}"
        return f"your code raises {self.failure}" if self.failure else ""


def guarded(function: Callable[..., Any], *inputs: Any, limit: float = LIMIT) -> Ran:
    """Call `function`, and return what became of it; only Ctrl-C comes through."""
    screen = _Screen()
    value, error, failure = None, None, None
    told: list[str] = []
    watch = _Watchdog(limit)
    try:
        with screen.instead(), silenced() as warned:
            try:
                with watch:
                    try:
                        value = _traced_as_now(function, *inputs)
                    except (Late, KeyboardInterrupt):
                        raise
                    except BaseException as raised:
                        error = tamed(raised)
                        failure = explain(error)  # its text is their code, too
                    told = [text_of(each.message) for each in warned]
            except Late:
                value = None
            except KeyboardInterrupt:
                if not watch.bitten:
                    raise
    except Late:  # it struck when the code had just ended
        value = None
    watch.call_off()
    if watch.bitten:
        return Ran(late=watch.says, printed=screen.text())
    return Ran(value, error, failure, "", screen.text(), told)


def _traced_as_now(function: Callable[..., Any], *inputs: Any) -> Any:
    """Call `function`; what it sets to watch every line that runs watches none of ours."""
    trace, profile = sys.gettrace(), sys.getprofile()
    try:
        return function(*inputs)
    finally:
        if sys.gettrace() is not trace:
            sys.settrace(trace)
        if sys.getprofile() is not profile:
            sys.setprofile(profile)


@contextlib.contextmanager
def silenced() -> Iterator[list[warnings.WarningMessage]]:
    """Run foreign code with the same random numbers each time; collect warnings, show none.

    What the code changes of the settings in `course_utils.checks.settings` is set right after it,
    and a recursion limit that was made too small for our own code at once.
    """
    numpy_state, python_state = np.random.get_state(), random.getstate()  # noqa: NPY002
    np.random.seed(20260)  # noqa: NPY002 - students draw from the global generator
    random.seed(20260)
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 1000))
    try:
        with (
            restored(),
            warnings.catch_warnings(record=True) as caught,
            np.errstate(all="warn", under="ignore"),
        ):
            warnings.simplefilter("always")
            yield caught
    finally:
        np.random.set_state(numpy_state)  # noqa: NPY002
        random.setstate(python_state)


class _Watchdog:
    """Stops the thread that enters it when the time is over."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.bitten = False
        self.says = ""
        self._thread = threading.get_ident()
        self._main = threading.current_thread() is threading.main_thread()
        self._over = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if ctypes:
            with contextlib.suppress(RuntimeError):  # no thread can be started
                threading.Thread(target=self._watch, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.call_off()

    def call_off(self) -> None:
        """Stop watching; called twice, since an exception may strike during the first call."""
        self._over.set()
        if not ctypes:
            return
        with self._lock:  # no more strikes; one that has not arrived yet is taken back
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), None)

    def _watch(self) -> None:
        clock = Clock()
        if self._ended_in_time(clock):
            return
        patience = time.monotonic() + _IMPORTS
        while _is_importing(self._thread) and time.monotonic() < patience:
            if self._over.wait(_AGAIN):
                return
            if not _is_importing(self._thread):  # it has its time anew
                clock = Clock()
                if self._ended_in_time(clock):
                    return
        passed = self.limit if clock.busy >= self.limit else self.limit * WAITING
        number, line = present_line(self._thread)
        where = f" in line {number}: `{line}`" if line else ""
        self.says = f"stopped after {passed:g} s{where}"
        begun = time.monotonic()
        while True:
            with self._lock:
                if self._over.is_set():
                    return
                self.bitten = True
                if self._main and time.monotonic() - begun > 0.5:
                    _wake(self._thread)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread), ctypes.py_object(Late)
                )
            # Uneven pauses, so that they do not always hit the same part of a loop.
            self._over.wait(_AGAIN * random.random())

    def _ended_in_time(self, clock: Clock) -> bool:
        """Wait until the code has ended or the time is over; tell whether it has ended."""
        while (left := self.limit - clock.used) > 0:
            if self._over.wait(max(left, 0.01)):
                return True
        return False


def _is_importing(thread: int) -> bool:
    """Tell whether what a thread guards is loading a module now."""
    frame = sys._current_frames().get(thread)
    while frame is not None and frame.f_code is not guarded.__code__:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _wake(thread: int) -> None:
    """Interrupt the main thread as Ctrl-C does, where it sleeps or waits in the system."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(thread, signal.SIGINT)
    else:  # Windows
        _thread.interrupt_main()


class _Screen(io.TextIOBase):
    """Takes what is printed instead of the notebook, and keeps its beginning."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._length < _PRINTED:
            self._kept.append(text[: _PRINTED - self._length])
        self._length += len(text)
        return len(text)

    def text(self) -> str:
        """Return what was printed; the end says how much is left out."""
        left = self._length - _PRINTED
        more = f"\n… and {left} characters more" if left > 0 else ""
        return "".join(self._kept).rstrip("\n") + more

    @contextlib.contextmanager
    def instead(self) -> Iterator[None]:
        """Take the place of the screen, in the main thread: others print while it runs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        with contextlib.redirect_stdout(self), contextlib.redirect_stderr(self):
            yield
