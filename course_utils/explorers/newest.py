"""A worker that does only the newest of the tasks it is given."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Runs `work` in a thread of its own, one task at a time; a newer task replaces a waiting one.

    The thread starts with the first task and ends when there is none left, so an explorer that
    nobody moves holds no thread.

    Parameters
    ----------
    work
        Called with one task; must not raise.
    """

    def __init__(self, work: Callable[[T], None]) -> None:
        self._work = work
        self._waiting: list[T] = []  # none or one
        self._changed = threading.Condition()
        self._busy = False

    def ask(self, task: T) -> None:
        """Hand in a task and return at once."""
        with self._changed:
            self._waiting = [task]
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._run, name="explorer", daemon=True).start()

    @property
    def outdated(self) -> bool:
        """Whether a newer task waits, so that the result of the present one is not wanted."""
        return bool(self._waiting)

    @property
    def busy(self) -> bool:
        """Whether a task is being worked on."""
        return self._busy

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is left to do; False if that takes longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy, timeout)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    self._busy = False
                    self._changed.notify_all()
                    return
                task = self._waiting.pop()
            self._work(task)
