"""What a student has done: checks passed and questions answered, in a small SQLite file.

The first try of each form of a question is kept once more by itself: only that says what an exam
would give.

The file lives in the user's data folder. Nothing here ever stops a lecture: a file that is locked
or cannot be written is passed over with one warning, and a file that is no database, or somebody
else's, is moved aside, kept, and replaced by a new one. Under test nothing is read or written.
"""

import sqlite3
import time
import warnings
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from course_utils import runtime

Kind = Literal["check", "question", "first try"]
_T = TypeVar("_T")

_LOCK_TIMEOUT = 0.25  # seconds; a student must not notice a locked file
_SCHEMA = """
CREATE TABLE IF NOT EXISTS done (
    at      REAL NOT NULL,           -- seconds since 1970, UTC
    kind    TEXT NOT NULL,           -- 'check', 'question' or 'first try'
    lecture TEXT NOT NULL,
    item    TEXT NOT NULL,
    points  REAL NOT NULL,
    out_of  REAL NOT NULL
)
"""


@dataclass(frozen=True)
class Best:
    """The best result for one item, `points` out of `out_of` in `tries` tries, and the `first`."""

    kind: Kind
    lecture: str
    item: str
    points: float
    out_of: float
    tries: int
    first: float

    @property
    def full(self) -> bool:
        """Whether every point was reached."""
        return self.points >= self.out_of


def file() -> Path:
    """Return the path of the progress file; it need not exist."""
    return runtime.data_folder() / "progress.sqlite"


def record(kind: Kind, lecture: str, item: str, points: float = 1, out_of: float = 1) -> None:
    """Remember one result; without effect under test or if the file cannot be written."""

    def insert(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO done VALUES (?, ?, ?, ?, ?, ?)",
            (time.time(), kind, lecture, item, float(points), float(out_of)),
        )

    use(insert, None)


def best() -> list[Best]:
    """Return the best result of every item tried so far; empty under test."""

    def select(connection: sqlite3.Connection) -> list[Best]:
        rows = connection.execute(
            "SELECT kind, lecture, item, MAX(points), MAX(out_of), COUNT(*), first FROM ("
            "   SELECT *, FIRST_VALUE(points)"
            "   OVER (PARTITION BY kind, lecture, item ORDER BY rowid) AS first"
            "   FROM done WHERE kind != 'first try')"
            " GROUP BY kind, lecture, item ORDER BY lecture, kind, item"
        )
        return [Best(*row) for row in rows]

    return use(select, [])


_told: set[str] = set()


def _warn(message: str) -> None:
    """Warn, once in this kernel: the same is true in every cell."""
    if message not in _told:
        _told.add(message)
        warnings.warn(message, stacklevel=6)


def use(
    action: Callable[[sqlite3.Connection], _T],
    otherwise: _T,
    tell: Callable[[str], None] = _warn,
) -> _T:
    """Run `action` on the open file in one transaction; return `otherwise` if that fails.

    Never raises; `tell` is told what went wrong with the file. Under test, nothing is run.
    """
    if runtime.forgets():
        return otherwise
    try:
        return _try(action)
    except sqlite3.DatabaseError as error:
        # Locked, read-only, disk full, or what was written does not fit: the file itself is sound.
        if isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
            tell(_not_kept(error))
            return otherwise
    except OSError as error:
        tell(_not_kept(error))
        return otherwise
    try:  # the file is there and is not a database of ours
        tell(_moved_aside(file()))
        return _try(action)
    except (sqlite3.Error, OSError) as error:
        tell(_not_kept(error))
        return otherwise


def make_table(connection: sqlite3.Connection, name: str, schema: str) -> None:
    """Make the table `name` by `schema`, a CREATE TABLE IF NOT EXISTS, if there is none yet.

    Raises
    ------
    sqlite3.DatabaseError
        If there is one with other columns: then the file is not ours, and `use` moves it aside.
    """
    connection.execute(schema)
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.execute(schema)
        if _columns(connection, name) != _columns(fresh, name):
            raise sqlite3.DatabaseError(f"its table {name} has other columns")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]


def _try(action: Callable[[sqlite3.Connection], _T]) -> _T:
    file().parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file(), timeout=_LOCK_TIMEOUT)) as connection, connection:
        make_table(connection, "done", _SCHEMA)
        return action(connection)


def _not_kept(error: Exception) -> str:
    try:
        place = f"; the file is {file()}."
    except OSError:  # there is no folder for it
        place = "."
    return (
        f"Your progress is not being remembered ({error}). The lecture itself is not affected"
        f"{place}"
    )


def _moved_aside(path: Path) -> str:
    kept = path.with_name(f"{path.stem}-unreadable-{time.time_ns()}{path.suffix}")
    path.replace(kept)
    return f"The progress file could not be read; it is kept as {kept}, and a new one was begun."
