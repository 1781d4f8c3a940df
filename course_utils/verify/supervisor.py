"""Verify a folder: run the worker, watch the clock, and start it again when it hangs or dies.

All limits are on the worker's own clock (`course_utils.clocks`), which a busy machine does not
drive on.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_utils.verify.engine import held_up, selected
from course_utils.verify.folding import fold
from course_utils.verify.layout import checked
from course_utils.verify.parts import PARTS, TOGETHER
from course_utils.verify.report import Entry, FrameworkReport, Status
from course_utils.verify.requirement import REQUIREMENTS
from course_utils.workers import START_LIMIT, NoWorkerError, Worker

_WORK = "course_utils.verify.worker:work"

IMPORT_LIMIT = 10.0
"""Seconds for importing one part."""

REQUIREMENT_LIMIT = 6.0
"""Seconds for one requirement."""

PART_LIMIT = 12.0
"""Seconds for all requirements of one part."""

TOTAL_LIMIT = 50.0
"""Seconds for everything."""


def verify(folder: str | Path, parts: Iterable[str] | None = None) -> FrameworkReport:
    """Return the report on a student's solution.

    Their code runs in a process of its own and cannot stop or change this one. Nothing in the
    folder is changed.

    Parameters
    ----------
    folder
        Holds ``Layers/``, ``Optimization/`` and ``NeuralNetwork.py``, or some of it.
    parts
        Names of the parts to verify; all if None.

    Raises
    ------
    FolderError
        If the folder does not exist or holds none of these.
    NoWorkerError
        If the system starts no process.
    ValueError
        If a part is unknown.
    """
    begun = time.monotonic()
    path = checked(Path(folder))
    keys = [made.key for made in selected(parts)]
    session = _Session(path.resolve())
    session.judge([key for key in keys if REQUIREMENTS[key].part != TOGETHER])
    together = []
    for made in (REQUIREMENTS[key] for key in keys if REQUIREMENTS[key].part == TOGETHER):
        missing = [n for n in made.needs if not (path / PARTS[n].file).is_file()]
        waiting = held_up(made, missing, session.entries)
        if waiting:
            session.entries.append(waiting)
        else:
            together.append(made.key)
    session.judge(together)
    entries = [entry for entry in session.entries if not _only_absent(entry)]
    return FrameworkReport(
        str(folder), fold(entries), time.monotonic() - begun, tuple(sorted(session.without))
    )


def _only_absent(entry: Entry) -> bool:
    """Tell whether a requirement of several parts waits for one that may be missing."""
    return entry.part == TOGETHER and entry.optional and entry.status is Status.WAITING


@dataclass
class _Session:
    """What is known so far, and the time that was used."""

    folder: Path
    entries: list[Entry] = field(default_factory=list)
    spent: float = 0.0  # seconds of all workers together
    used: dict[str, float] = field(default_factory=dict)  # seconds of each part
    stuck: set[str] = field(default_factory=set)
    started: bool = False
    without: set[str] = field(default_factory=set)

    def judge(self, keys: list[str]) -> None:
        """Judge requirements in order, with as many workers as it takes."""
        while keys:
            keys = self._run_worker(keys)

    def _run_worker(self, keys: list[str]) -> list[str]:
        """Run one worker until it is through, hangs or dies; return what is still to be done."""
        if self.spent >= TOTAL_LIMIT:
            for key in keys:
                self._add(key, Status.TIMED_OUT, note="not run: there was no time left for it")
            return []
        request = {"folder": str(self.folder), "keys": keys}
        with Worker(_WORK, request, fill=self._mirror) as worker:
            current: dict[str, Any] = {}
            left = list(keys)
            started = 0.0
            while True:
                event = worker.next(started + self._limit(current))
                now = worker.used
                self.spent += now - started
                if current and "importing" not in current:
                    part = REQUIREMENTS[current["begin"]].part
                    self.used[part] = self.used.get(part, 0.0) + now - started
                started = now
                if event is None or event.get("dead"):
                    return self._stopped(current, left, event)
                self.started = True
                if "ready" in event:
                    self.without |= set(worker.without)
                    continue
                if event.get("done"):
                    return []
                if "end" in event:
                    left.remove(event["end"])
                    if event["entry"] is not None:
                        self.entries.append(Entry.from_dict(event["entry"]))
                current = event if "begin" in event else {}

    def _mirror(self, scratch: Path) -> None:
        """Link what the folder holds into the scratch folder, where their code runs.

        So it finds its data files by relative path, and the files that it writes land elsewhere.
        Where links cannot be made, it does without.
        """
        for entry in self.folder.iterdir():
            with suppress(OSError):
                (scratch / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())

    def _limit(self, current: dict[str, Any]) -> float:
        """Return the seconds until the next event, while a worker is busy with `current`."""
        if not current:
            limit = START_LIMIT
        elif "importing" in current:
            limit = IMPORT_LIMIT
        else:
            spent = self.used.get(REQUIREMENTS[current["begin"]].part, 0.0)
            limit = min(REQUIREMENT_LIMIT, max(PART_LIMIT - spent, 0.1))
        return min(limit, TOTAL_LIMIT - self.spent)

    def _stopped(
        self, current: dict[str, Any], left: list[str], event: dict[str, Any] | None
    ) -> list[str]:
        """Write down what the worker did not come back from; return what is still to be done."""
        if not current and not self.started:
            raise NoWorkerError("The process that runs the solution did not start: try again.")
        current = current or {"begin": left[0]}  # a thread of theirs ended it in between
        key, importing = current["begin"], current.get("importing")
        made = REQUIREMENTS[key]
        hung = event is None
        status = Status.TIMED_OUT if hung else Status.CRASHED
        if importing:
            module = PARTS[importing].module
            same = [name for name, part in PARTS.items() if part.module == module]
            affected = [k for k in left if set(same) & set(REQUIREMENTS[k].needs)]
            for part_name in dict.fromkeys(REQUIREMENTS[k].part for k in affected):
                self._whole(importing, status, part_name)
            return [k for k in left if k not in affected]
        if hung:
            note = f"it did not come to an end within {REQUIREMENT_LIMIT:g} seconds"
            self._add(key, status, cause="a loop that never ends, or far too much work", note=note)
        else:
            self._add(
                key,
                status,
                difference="the whole Python process ended",
                cause="the code ends the program, for instance by `os._exit`",
            )
        rest = [k for k in left if k != key]
        over = self.used.get(made.part, 0.0) >= PART_LIMIT - 0.2
        if made.part in self.stuck or over:  # twice is enough for one part
            for k in rest:
                if REQUIREMENTS[k].part == made.part:
                    self._add(k, Status.TIMED_OUT, note="not run: this part took too long already")
            rest = [k for k in rest if REQUIREMENTS[k].part != made.part]
        self.stuck.add(made.part)
        return rest

    def _whole(self, imported: str, status: Status, part: str) -> None:
        file = PARTS[imported].file
        why = {
            Status.TIMED_OUT: "it does not come to an end: does it train or wait when imported?",
            Status.CRASHED: "it ends the whole Python process",
        }[status]
        self.entries.append(
            Entry(
                part,
                "the part as a whole",
                part,
                status,
                PARTS[part].optional if part in PARTS else False,
                difference=f"importing {file}: {why}",
                hint="put what is not a definition under `if __name__ == '__main__':`",
            )
        )

    def _add(self, key: str, status: Status, **details: Any) -> None:
        self.entries.append(REQUIREMENTS[key].entry(status, **details))
