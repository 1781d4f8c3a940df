"""What was typed is there again, whatever happens to the kernel, the file or the folder."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course_utils.exam.room.attempt import Attempt, Blank, begin
from course_utils.exam.room.fields import save
from course_utils.exam.room.store import Store
from course_utils.runtime import REPOSITORY
from tests.exam.room_examples import FEW

FILE = "mock_exam.answers.jsonl"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COURSE_FORGET", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    made = tmp_path / "notebooks"
    made.mkdir()
    return made


def begun(store: Store, now: float = 1000.25) -> Attempt:
    attempt = begin("exam", tuple(item.canonical() for item in FEW.values()), now)
    store.begin(attempt)
    return attempt


def typed(store: Store, before: Attempt, text: str) -> Attempt:
    after = before.type(1001.0, Blank("3.1", 0, "0.0"), text)
    store.change(before, after)
    return after


def same(one: Attempt | None, other: Attempt) -> bool:
    return one is not None and save(one) == save(other)


def test_an_open_attempt_is_found_with_everything(folder: Path) -> None:
    store = Store(FEW, folder)
    attempt = typed(store, begun(store), "½ \ud800")
    flagged = attempt.flag("1.1").go("2.2")
    store.change(attempt, flagged)
    assert same(Store(FEW, folder).open(), flagged)
    unflagged = flagged.flag("1.1")
    store.change(flagged, unflagged)
    assert same(Store(FEW, folder).open(), unflagged)
    assert store.notice == ""
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_what_was_cleared_stays_empty(folder: Path) -> None:
    store = Store(FEW, folder)
    attempt = typed(store, typed(store, begun(store), "3"), "")
    kept = Store(FEW, folder).open()
    assert same(kept, attempt)
    assert kept is not None
    assert kept.state("3.1") == "empty"


def test_an_attempt_that_was_handed_in_is_not_open_and_can_be_read_again(folder: Path) -> None:
    store = Store(FEW, folder)
    attempt = begun(store)
    submitted = attempt.submit(1002.0)
    store.change(attempt, submitted)
    assert same(Store(FEW, folder).open(), submitted)  # killed before it was put away
    store.leave(submitted)
    assert Store(FEW, folder).open() is None
    (name,) = Store(FEW, folder).handed_in()
    assert same(Store(FEW, folder).load(name), submitted)


def test_what_another_window_types_after_handing_in_changes_nothing(folder: Path) -> None:
    store, other = Store(FEW, folder), Store(FEW, folder)
    attempt = typed(store, begun(store), "3")
    submitted = attempt.submit(1002.0)
    store.change(attempt, submitted)
    typed(other, attempt, "4")
    assert same(Store(FEW, folder).load(attempt.name), submitted)
    kept = other.handed_in_elsewhere(attempt)
    assert same(kept, submitted)


def test_an_attempt_of_a_file_without_a_copy_of_what_was_handed_in_is_read(folder: Path) -> None:
    store = Store(FEW, folder)
    attempt = typed(store, begun(store), "3")
    with (folder / FILE).open("a") as file:
        file.write("\n" + json.dumps({"entry": attempt.name, "fields": {"submitted": "1002.0"}}))
    assert same(Store(FEW, folder).load(attempt.name), attempt.submit(1002.0))


@pytest.mark.parametrize("submitted", ['{"at": 1}', '{"at": 1, "answers": [3]}', "{", '"soon"'])
def test_a_handing_in_that_makes_no_sense_is_told_of(folder: Path, submitted: str) -> None:
    store = Store(FEW, folder)
    attempt = typed(store, begun(store), "3")
    with (folder / FILE).open("a") as file:
        line = {"entry": attempt.name, "fields": {"submitted": submitted}}
        file.write("\n" + json.dumps(line))
    again = Store(FEW, folder)
    assert again.handed_in_elsewhere(attempt) is None
    assert "could not be read; it stays there" in again.notice


def test_an_attempt_that_was_left_is_gone_from_the_room_and_not_from_the_file(folder: Path) -> None:
    store = Store(FEW, folder)
    attempt = typed(store, begun(store), "3")
    store.leave(attempt)
    assert Store(FEW, folder).open() is None
    assert Store(FEW, folder).handed_in() == ()
    assert same(Store(FEW, folder).load(attempt.name), attempt)


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"entries": {"room": 3}}'])
def test_a_file_that_cannot_be_read_is_kept_aside(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    store = Store(FEW, folder)
    assert store.open() is None
    (kept,) = [path for path in folder.iterdir() if "unreadable" in path.name]
    assert kept.read_bytes() == content
    assert kept.name in store.notice
    attempt = typed(store, begun(store), "3")
    assert same(Store(FEW, folder).open(), attempt)


def test_an_attempt_that_makes_no_sense_stays_in_the_file_and_is_told_of(folder: Path) -> None:
    store = Store(FEW, folder)
    attempt = typed(store, begun(store), "3")
    with (folder / FILE).open("a") as file:
        file.write("\n" + json.dumps({"entry": attempt.name, "fields": {"clock": "soon"}}))
    again = Store(FEW, folder)
    assert again.open() is None
    assert "could not be read; it stays there" in again.notice
    begun(again, 2000.0)
    assert "soon" in (folder / FILE).read_text()


def test_a_question_that_was_reworded_is_told_of(folder: Path) -> None:
    store = Store(FEW, folder)
    typed(store, begun(store), "3")
    (folder / FILE).write_text((folder / FILE).read_text().replace("3.1@", "3.1@0"))
    again = Store(FEW, folder)
    kept = again.open()
    assert kept is not None
    assert kept.state("3.1") == "empty"
    assert "3.1 belong to an earlier wording" in again.notice


def test_in_a_read_only_folder_the_data_folder_takes_over(tmp_path: Path) -> None:
    blocked = tmp_path / "a-file-where-a-folder-should-be"
    blocked.touch()
    store = Store(FEW, blocked)
    attempt = typed(store, begun(store), "3")
    assert str(tmp_path / "data") in store.notice
    assert same(Store(FEW, blocked).open(), attempt)


def test_where_nothing_is_remembered_nothing_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_FORGET", "1")
    store = Store(FEW, folder)
    typed(store, begun(store), "3")
    assert store.open() is None
    assert list(folder.iterdir()) == []


_STUDENT = """
import sys
from pathlib import Path

import ipywidgets as widgets

from course_utils.exam.room import ExamRoom
from tests.exam.room_examples import FEW
from tests.exam.room_widgets import button, texts

room = ExamRoom(FEW, {}, folder=Path(sys.argv[1]))
if room.attempt is None:
    button(room, "Begin the exam").click()
room._overview._hear(None, {"do": "go", "to": "3.1"}, [])
field = texts(room)[0]
print("before", field.value, flush=True)
for i in range(int(field.value or 0) + 1, 100_000):
    field.value = str(i)
    print(i, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_killed_kernel_loses_at_most_the_last_keystroke(folder: Path) -> None:
    rng = random.Random(14)
    last = 0
    for _ in range(3):
        student = subprocess.Popen(
            [sys.executable, "-c", _STUDENT, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env=os.environ,
        )
        assert student.stdout is not None
        found = student.stdout.readline().split()
        assert found == (["before", str(last)] if last else ["before"])
        for _ in range(rng.randrange(5, 25)):
            student.stdout.readline()
        time.sleep(rng.random() * 0.01)  # somewhere in the middle of a keystroke
        student.kill()
        printed = [int(line) for line in student.stdout if line.strip()]
        student.wait()
        student.stdout.close()
        kept = Store(FEW, folder).open()
        assert kept is not None
        last = int(kept.answers("3.1")[0]["0.0"])
        assert not printed or last in (printed[-1], printed[-1] + 1)
        assert kept.current == "3.1"
