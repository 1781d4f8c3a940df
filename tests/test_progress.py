import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from course_utils import progress


@pytest.fixture(autouse=True)
def _nothing_said_yet(monkeypatch):
    monkeypatch.setattr(progress, "_told", set())


def test_the_best_of_several_tries_counts(remembering):
    progress.record("question", "normalization", "3.1", 1.5, 4)
    progress.record("question", "normalization", "3.1", 4, 4)
    progress.record("question", "normalization", "3.1", 0, 4)
    (best,) = progress.best()
    assert (best.points, best.out_of, best.tries, best.full) == (4, 4, 3, True)
    assert best.first == 1.5


def test_where_nothing_is_remembered_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    progress.record("check", "normalization", "01.1")
    assert progress.best() == []
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_no_database_is_kept_aside_and_replaced(remembering):
    remembering.mkdir()
    progress.file().write_text("this is not a database, and it is long enough to be looked at")
    with pytest.warns(UserWarning, match="kept as"):
        progress.record("check", "normalization", "01.1")
    assert len(progress.best()) == 1
    (kept,) = remembering.glob("progress-unreadable-*")
    assert kept.read_text().startswith("this is not a database")


def test_a_database_with_a_table_of_other_columns_is_kept_aside_and_replaced(remembering):
    remembering.mkdir()
    with closing(sqlite3.connect(progress.file())) as foreign, foreign:
        foreign.execute("CREATE TABLE done (task TEXT)")
        foreign.execute("INSERT INTO done VALUES ('not ours')")
    with pytest.warns(UserWarning, match="kept as"):
        progress.record("check", "normalization", "01.1")
    assert [one.item for one in progress.best()] == ["01.1"]  # and no further warning
    (kept,) = remembering.glob("progress-unreadable-*")
    with closing(sqlite3.connect(kept)) as foreign:
        assert foreign.execute("SELECT * FROM done").fetchall() == [("not ours",)]


def test_a_locked_file_stops_nothing(remembering):
    progress.record("check", "normalization", "01.1")
    with sqlite3.connect(progress.file(), isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.warns(UserWarning, match="locked"):
            progress.record("check", "normalization", "01.2")
        other.execute("ROLLBACK")
    assert [one.item for one in progress.best()] == ["01.1"]
    other.close()


def test_a_folder_that_cannot_be_made_stops_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.delenv("COURSE_FORGET")
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.warns(UserWarning, match="not being remembered"):
        progress.record("check", "normalization", "01.1")
    assert progress.best() == []  # and it is said once, not in every cell


def test_two_processes_can_write_at_once(remembering):
    code = (
        "from course_utils import progress\n"
        "for i in range(10): progress.record('check', 'a', str(i))\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", code], env=dict(os.environ))
        for _ in range(2)
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert sum(one.tries for one in progress.best()) == 20
