"""The time that code has used, on a clock that stands still while the machine does other things."""

import os
import time

WAITING = 4.0
"""Seconds on the wall that count as one, where code waits instead of computing."""


class Clock:
    """Counts the seconds that a process uses from now on.

    What computes is charged its processor time, and never more than has passed on the wall (several
    threads use more). So right code is not refused on a slow day because others keep the machine
    busy. What sleeps, waits for input or hangs in the system uses no processor, and would never
    come to an end: it is charged a fourth of the time on the wall.

    Parameters
    ----------
    process
        Its number; this process if None.
    """

    def __init__(self, process: int | None = None) -> None:
        self._number = os.getpid() if process is None else process
        self._wall = time.monotonic()
        self._busy = self._processor()

    @property
    def used(self) -> float:
        """Seconds used so far."""
        wall = self.wall
        return max(min(wall, self.busy), wall / WAITING)

    @property
    def wall(self) -> float:
        """Seconds that have passed so far."""
        return time.monotonic() - self._wall

    @property
    def busy(self) -> float:
        """Seconds of processor time so far, all threads together; those passed where unknown."""
        return self._processor() - self._busy

    def _processor(self) -> float:
        if self._number == os.getpid():
            return time.process_time()
        import psutil  # here, since a worker that runs foreign code does without

        try:
            times = psutil.Process(self._number).cpu_times()
        except (psutil.Error, OSError):  # it has ended, or the system does not tell
            return time.monotonic()
        return times.user + times.system
