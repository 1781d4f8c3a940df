"""What was reached in earlier attempts: a table of its own in the file of the student's progress.

As there, nothing raises, a file that cannot be used is told about once, and under test nothing is
read or written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from course_utils import progress
from course_utils.exam.blueprint import EXAM
from course_utils.exam.readiness import Tried
from course_utils.exam.room.practice import Result
from course_utils.exam.room.report import ExamReport

_T = TypeVar("_T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sat (
    attempt TEXT NOT NULL,           -- its name, as in the file of answers
    at      REAL NOT NULL,           -- when it was handed in: seconds since 1970, UTC
    mode    TEXT NOT NULL,           -- 'exam', 'variant' or 'practice'
    item    TEXT NOT NULL,
    seed    INTEGER,                 -- NULL for the exam's own form
    points  REAL NOT NULL,
    out_of  REAL NOT NULL,
    PRIMARY KEY (attempt, item)
)
"""


@dataclass(frozen=True)
class Sat:
    """An earlier attempt: its name, when it was handed in, its sort, its points, full marks."""

    attempt: str
    at: float
    mode: str
    points: float
    full: float


class History:
    """The attempts that were handed in.

    Attributes
    ----------
    notice
        What went wrong with the file, if anything did.
    """

    def __init__(self) -> None:
        self.notice = ""

    def record(self, report: ExamReport) -> None:
        """Keep the points of an attempt, in place of what was kept for it before."""
        attempt = report.attempt
        rows = [
            (
                attempt.name,
                attempt.submitted,
                attempt.mode,
                one.question.id,
                one.question.seed,
                one.points,
                one.out_of,
            )
            for one in report.results
        ]

        def insert(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO sat VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

        self._use(insert, None)

    def attempts(self) -> list[Sat]:
        """Return all attempts, oldest first."""

        def select(connection: sqlite3.Connection) -> list[Sat]:
            bonus = [id_ for id_ in EXAM.items if EXAM.is_bonus(id_)]
            known = ", ".join("?" * len(bonus))
            counting = f"SUM(CASE WHEN item IN ({known}) THEN 0 ELSE out_of END)"
            rows = connection.execute(
                "SELECT attempt, MIN(at), MIN(mode), SUM(points),"
                f" COALESCE(NULLIF({counting}, 0), SUM(out_of))"
                " FROM sat GROUP BY attempt ORDER BY MIN(at)",
                bonus,
            )
            return [Sat(*row) for row in rows]

        return self._use(select, [])

    def results(self) -> list[Result]:
        """Return every result of every item: from attempts, and from questions in the lectures."""

        def select(connection: sqlite3.Connection) -> list[Result]:
            rows = connection.execute(
                "SELECT at, item, points, out_of FROM sat UNION ALL"
                " SELECT at, item, points, out_of FROM done WHERE kind = 'question' ORDER BY at"
            )
            return [Result(*row) for row in rows]

        return self._use(select, [])

    def first_tries(self) -> list[Tried]:
        """Return what was reached whenever a form of an item was seen for the first time.

        The exam's own form counts once in the exam room and once in its lecture.
        """

        def select(connection: sqlite3.Connection) -> list[Tried]:
            rows = connection.execute(
                "SELECT MIN(at), item, points, out_of FROM sat GROUP BY item, seed UNION ALL"
                " SELECT at, item, points, out_of FROM done WHERE kind = 'first try' ORDER BY 1"
            )
            return [Tried(*row) for row in rows]

        return self._use(select, [])

    def _use(self, action: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        def on_table(connection: sqlite3.Connection) -> _T:
            progress.make_table(connection, "sat", _SCHEMA)
            return action(connection)

        return progress.use(on_table, otherwise, self._tell)

    def _tell(self, message: str) -> None:
        self.notice = message
