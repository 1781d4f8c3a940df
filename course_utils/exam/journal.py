"""Fields of text by entry, kept in one file to which every change appends one line.

A line of JSON says which fields of an entry changed. What was typed last stands last, whatever the
clock says; a line that a killed process wrote in part is passed over; two processes that append to
one file keep each other's lines. When a file has grown long it is written anew, as short as it can
be. Only for that, and for systems that cannot append at once, is there a lock.
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import filelock

Fields = dict[str, str]
_Stamp = tuple[int, int, int]

_HEAD = json.dumps({"format": 2})
_LONG = 1_000_000  # bytes, from which on a file is written anew
_LOCK_TIMEOUT = 2.0  # seconds; after that, going on without the lock is the lesser evil
_LOCK_POLL = 0.001  # seconds; saving takes less, so that nobody is kept waiting for ever


class Journal:
    """One file, and what this process knows of it.

    Attributes
    ----------
    path
        The file; it need not exist yet.
    entries
        The fields by entry, as far as they were read or written by this process.
    aside
        Name of the file under which one that was no journal was put aside; empty if none was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[str, Fields] = {}
        self.aside = ""
        self._whole = False  # whether the next write has to bring everything
        self._end = 0  # how long the file was when this process last wrote to it
        self._limit = _LONG
        self._strange: dict[int, bytes] = {}  # the file's lines that are none of ours, by number
        self._known: _Stamp | None = None  # the file's, when `entries` held all that is in it

    @property
    def strange(self) -> tuple[int, ...]:
        """Numbers of the lines, as the file was last read, that nothing can be made of."""
        return tuple(self._strange)

    @property
    def pending(self) -> bool:
        """Whether something is known that the file does not hold, as far as one can tell."""
        return self._whole

    def read(self) -> None:
        """Know what is in the file, and beyond that only what could not be written or was deleted.

        Raises
        ------
        OSError
            If there is a file that cannot be read.
        """
        with lock(self.path):
            stamp = self._stamp()
            if stamp is not None and stamp == self._known:
                return  # nobody else has written: with every keystroke somebody asks
            found = self._load()
        self._known = stamp
        self._whole = self._whole or (not found and bool(self.entries))
        if not self._whole:
            self.entries = found
        for entry, fields in found.items():
            self.entries[entry] = fields | self.entries.get(entry, {})

    def write(self, entry: str, changed: Mapping[str, str]) -> None:
        """Keep changed fields of an entry; a file that is gone gets everything that is known.

        So does one that is gone and was begun anew by another process, as far as it lacks it.

        Raises
        ------
        OSError
            If the file cannot be written; the next write will bring what this one could not.
        """
        self.entries.setdefault(entry, {}).update(changed)
        try:
            with lock(self.path):
                size = self._append(entry, changed)
                if size > self._limit:
                    size = self._shorten()
        except OSError:
            self._whole = True
            raise
        self._whole, self._end = False, size
        self._limit = max(self._limit, 4 * size) if size > self._limit else self._limit

    def add(self, entries: Mapping[str, Mapping[str, str]]) -> None:
        """Know more fields, which the next write brings."""
        for entry, fields in entries.items():
            self.entries.setdefault(entry, {}).update(fields)
            self._whole = True

    def remove(self) -> None:
        """Take the file away, and forget what was in it."""
        self.entries, self._known = {}, None
        self.path.unlink(missing_ok=True)

    def _append(self, entry: str, changed: Mapping[str, str]) -> int:
        """Write the change, or everything, at the file's end; return how long the file is then."""
        with self.path.open("ab", buffering=0) as file:
            begun, known = file.tell(), _stamp_of(os.fstat(file.fileno())) == self._known
            lines = _lines(self._news(begun, {entry: changed}))
            data = lines if begun else _HEAD.encode() + lines
            if file.write(data) < len(data):
                raise OSError(28, "No space left on device")
            after = os.fstat(file.fileno())
            known = known and after.st_size == begun + len(data)
            self._known = _stamp_of(after) if known else None
            return begun + len(data)

    def _stamp(self) -> _Stamp | None:
        """Return what changes with the file; None if there is none."""
        try:
            return _stamp_of(self.path.stat())
        except OSError:
            return None

    def _news(
        self, length: int, changed: Mapping[str, Mapping[str, str]]
    ) -> Mapping[str, Mapping[str, str]]:
        """Return what to write to a file that is `length` bytes long: mostly the change alone."""
        if self._whole or not length:
            return self.entries
        if length >= self._end:
            return changed
        # it is another file than the one that was written to
        held = _merged(map(_told, self.path.read_bytes().split(b"\n")))
        lacking = {
            entry: {key: value for key, value in fields.items() if key not in held.get(entry, {})}
            for entry, fields in self.entries.items()
        }
        return {entry: fields | dict(changed.get(entry, {})) for entry, fields in lacking.items()}

    def _shorten(self) -> int:
        """Write the file anew, so that at any moment it is the old one or the new one."""
        data = _HEAD.encode() + _lines(self._load())
        # Somebody may have typed what they hold, and can still find it there.
        data += b"".join(b"\n" + line for line in self._strange.values())
        beside = self.path.with_name(f".{self.path.stem}.saving-{os.getpid()}.jsonl")
        try:
            beside.write_bytes(data)
            beside.replace(self.path)
            self._known = None
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        return len(data)

    def _load(self) -> dict[str, Fields]:
        """Return the file's entries; a file that is no journal is put aside and kept.

        One in which there is nothing is taken away: the next write begins it anew.
        """
        self._strange = {}
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        if not content.strip():
            self.path.unlink(missing_ok=True)
            return {}
        head, *lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
        if head.rstrip() == _HEAD.encode():  # an editor may have ended lines in its own way
            told = [_told(line) for line in lines]
            numbered = enumerate(zip(lines, told, strict=True), 2)
            self._strange = {n: line for n, (line, ours) in numbered if line.strip() and not ours}
            return _merged(told)
        kept = self.path.with_name(f"{self.path.stem}.unreadable-{time.time_ns()}.jsonl")
        with contextlib.suppress(FileNotFoundError):  # another kernel was faster
            self.path.replace(kept)
            self.aside = kept.name
        return {}


def _stamp_of(status: os.stat_result) -> _Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _lines(entries: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return a line for each entry; each begins anew, whatever stands before it."""
    return b"".join(
        b"\n" + json.dumps({"entry": entry, "fields": fields}).encode()
        for entry, fields in entries.items()
        if fields
    )


def _merged(told: Iterable[tuple[str, Fields] | None]) -> dict[str, Fields]:
    """Return what lines say, the later over the earlier; one that is no line of ours is none."""
    found: dict[str, Fields] = {}
    for entry, fields in filter(None, told):
        found.setdefault(entry, {}).update(fields)
    return found


def _told(line: bytes) -> tuple[str, Fields] | None:
    """Return the entry that a line is about, and its fields; None if it is no line of ours."""
    try:
        told = json.loads(line)
        entry, fields = told["entry"], dict(told["fields"].items())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    ours = isinstance(entry, str) and all(isinstance(value, str) for value in fields.values())
    return (entry, fields) if ours else None


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the lock that belongs to `path`; it lies in the system's folder for temporary files.

    The system lets go of it when a process dies. Where locking is impossible, go on without: what
    the lock's library raises there is of many types, and none of them is worth a lost keystroke.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(Exception):
            name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]
            place = Path(tempfile.gettempdir()) / f"course-answers-{name}.lock"
            held = filelock.FileLock(place)
            held.acquire(timeout=_LOCK_TIMEOUT, poll_interval=_LOCK_POLL)
            stack.callback(_let_go, held)
        yield


def _let_go(held: filelock.BaseFileLock) -> None:
    with contextlib.suppress(Exception):
        held.release()
