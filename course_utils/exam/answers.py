"""Keep what a student typed, in a JSON file beside the notebook, keystroke by keystroke.

Every change reads the file, sets one field and replaces the file as a whole, under a lock: a
process that is killed in the middle loses at most that change, and two notebooks, or two widgets
of one question, keep each other's entries (for one and the same field, the later one wins). In a
folder that cannot be written the user's data folder takes its place, and what was kept there comes
back, when it is read, as soon as the folder can be written again. Under test nothing is read or
written.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import filelock

from course_utils import runtime

_LOCK_TIMEOUT = 2.0  # seconds; after that, going on without the lock is the lesser evil
_LOCK_POLL = 0.001  # seconds; saving takes about as long, so that nobody is kept waiting for ever


class Answers:
    """The answers of one lecture: fields by entry, where an entry is one form of one question.

    Attributes
    ----------
    path
        The file in use; it need not exist yet.
    notice
        One sentence for the student about where answers are kept, if that is not as usual.
    """

    def __init__(self, lecture: str, folder: Path | None = None) -> None:
        name = f"{lecture}.answers.json"
        self.path = (Path.cwd() if folder is None else folder) / name
        self.notice = ""
        self._fallback = runtime.data_folder() / "answers" / name
        self._places = tuple(dict.fromkeys((self.path, self._fallback)))

    def read(self, entry: str) -> Mapping[str, str]:
        """Return the fields of `entry`; empty if nothing was typed yet."""
        if runtime.forgets():
            return {}
        with _lock(self.path):
            path, fields = self._newest(entry)
        if path not in (None, self.path):
            self._keep(entry, {})  # bring it here; if that fails, the notice says so at once
        return fields

    def write(self, entry: str, field: str, typed: str) -> None:
        """Keep `typed` as `field` of `entry`; never raises, `notice` says what went wrong."""
        if not runtime.forgets():
            self._keep(entry, {field: typed})

    def _keep(self, entry: str, changed: Mapping[str, str]) -> None:
        reason = ""
        for path in dict.fromkeys((self.path, self._fallback)):
            try:
                self._store(path, entry, changed)
            except OSError as error:
                reason = reason or error.strerror or str(error)
                continue
            if path != self.path:
                self.notice = (
                    f"This folder cannot be written ({reason}); your answers are kept in"
                    f" {path} instead."
                )
                self.path = path
            return
        self.notice = (
            f"Your answers are not being kept ({reason}): they are lost when the kernel stops."
        )

    def _store(self, path: Path, entry: str, changed: Mapping[str, str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _lock(path):
            fields = {**self._newest(entry)[1], **changed}
            entries = self._load(path) | {entry: {"at": time.time(), "fields": fields}}
            _replace(path, json.dumps({"format": 1, "entries": entries}, indent=1))

    def _newest(self, entry: str) -> tuple[Path | None, dict[str, str]]:
        """Return where the entry was written last, and its fields there."""
        newest: dict[str, Any] = {"at": -1.0, "fields": {}}
        place = None
        for path in self._places:
            with contextlib.suppress(OSError):
                found = self._load(path).get(entry, newest)
                if found["at"] > newest["at"]:
                    place, newest = path, found
        return place, dict(newest["fields"])

    def _load(self, path: Path) -> dict[str, Any]:
        """Return the file's entries; a file that is not ours is moved aside and kept."""
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return {}
        try:
            return _entries(content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass
        kept = path.with_name(path.name.replace(".json", f".unreadable-{time.time_ns()}.json"))
        with contextlib.suppress(FileNotFoundError):  # another kernel was faster
            path.replace(kept)
            self.notice = (
                f"The file with your answers could not be read; it is kept as {kept.name}, and a"
                " new one was begun."
            )
        return {}


def _entries(content: bytes) -> dict[str, Any]:
    """Return the entries in a file's `content`; raises if it is not such a file."""
    entries = json.loads(content.decode())["entries"]
    for entry in entries.values():
        if not entry["at"] >= 0 or not all(isinstance(it, str) for it in entry["fields"].values()):
            raise ValueError("not an entry")
    return dict(entries)


def _replace(path: Path, text: str) -> None:
    """Write `text` so that at any moment the file is the old one or the new one."""
    beside = path.with_name(f".{path.stem}.saving-{os.getpid()}.json")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the lock that belongs to `path`; it lies in the system's folder for temporary files.

    The system lets go of it when a process dies. Where locking is impossible, go on without.
    """
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]
    lock = filelock.FileLock(Path(tempfile.gettempdir()) / f"course-answers-{name}.lock")
    with contextlib.suppress(OSError):  # filelock.Timeout is one
        lock.acquire(timeout=_LOCK_TIMEOUT, poll_interval=_LOCK_POLL)
    try:
        yield
    finally:
        lock.release()
