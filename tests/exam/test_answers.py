import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from course_utils.exam.answers import Answers


@pytest.fixture(autouse=True)
def _studying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_FORGET", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notebooks"
    made.mkdir()
    return made


def test_what_was_typed_is_there_after_a_restart(folder: Path) -> None:
    Answers("x", folder).write("1.1", "a", "−0,5 \ud800 ½")
    Answers("x", folder).write("1.1", "b", "2")
    assert Answers("x", folder).read("1.1") == {"a": "−0,5 \ud800 ½", "b": "2"}
    assert Answers("x", folder).read("3.1") == {}
    assert [path.name for path in folder.iterdir()] == ["x.answers.json"]


def test_lectures_have_files_of_their_own(folder: Path) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    assert Answers("y", folder).read("1.1") == {}


def test_where_nothing_is_remembered_nothing_is_read_or_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    monkeypatch.setenv("COURSE_FORGET", "1")
    answers = Answers("x", folder)
    answers.write("1.1", "b", "2")
    assert answers.read("1.1") == {}
    monkeypatch.delenv("COURSE_FORGET")
    assert Answers("x", folder).read("1.1") == {"a": "1"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"entries": 3}',
        b'{"entries": {"1.1": {"at": 1, "fields": {"a": 3}}}}',
        b'{"entries": {"1.1": {"at": NaN, "fields": {"a": "3"}}}}',
        b'{"entries": {"1.1": {"fields": {}}}}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_replaced(folder: Path, content: bytes) -> None:
    file = folder / "x.answers.json"
    file.write_bytes(content)
    answers = Answers("x", folder)
    assert answers.read("1.1") == {}
    kept = [path for path in folder.iterdir() if "unreadable" in path.name]
    assert [path.read_bytes() for path in kept] == [content]
    assert kept[0].name in answers.notice
    answers.write("1.1", "a", "1")
    assert Answers("x", folder).read("1.1") == {"a": "1"}


def test_a_folder_that_cannot_be_written_is_replaced_by_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file-where-a-folder-should-be"
    blocked.touch()
    answers = Answers("x", blocked)
    answers.write("1.1", "a", "1")
    answers.write("1.1", "b", "2")
    assert answers.notice.count(".") >= 1
    assert str(tmp_path / "data") in answers.notice
    assert Answers("x", blocked).read("1.1") == {"a": "1", "b": "2"}


def test_answers_in_a_folder_that_became_read_only_are_taken_along(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    with monkeypatch.context() as patch:
        refuse_writing_in(folder, patch)
        answers = Answers("x", folder)
        answers.write("1.1", "b", "2")
        assert "Read-only" in answers.notice
        assert Answers("x", folder).read("1.1") == {"a": "1", "b": "2"}
    Answers("x", folder).write("1.1", "c", "3")  # writable again: nothing typed in between is lost
    assert Answers("x", folder).read("1.1") == {"a": "1", "b": "2", "c": "3"}


def test_after_a_restart_the_notice_is_there_with_the_answer(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse_writing_in(folder, patch)
        Answers("x", folder).write("1.1", "a", "1")
        again = Answers("x", folder)
        assert again.read("3.1") == {}
        assert again.notice == ""
        assert again.read("1.1") == {"a": "1"}
        assert f"kept in {tmp_path / 'data'}" in again.notice
    writable = Answers("x", folder)
    assert writable.read("1.1") == {"a": "1"}
    assert writable.notice == ""
    entries = json.loads((folder / "x.answers.json").read_text())["entries"]
    assert entries["1.1"]["fields"] == {"a": "1"}


def test_what_a_read_only_folder_holds_is_read_also_after_writing_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    refuse_writing_in(folder, monkeypatch)
    answers = Answers("x", folder)
    answers.write("3.1", "b", "2")
    assert answers.read("1.1") == {"a": "1"}
    assert answers.read("3.1") == {"b": "2"}


def refuse_writing_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    write_text = Path.write_text

    def refuse(path: Path, *args: str, **kwargs: str) -> int:
        if path.parent == folder:
            raise OSError(30, "Read-only file system")
        return write_text(path, *args, **kwargs)

    patch.setattr(Path, "write_text", refuse)


def test_if_nothing_can_be_written_the_student_is_told_and_nothing_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.touch()
    monkeypatch.setenv("COURSE_DATA_DIR", str(blocked))
    answers = Answers("x", blocked)
    answers.write("1.1", "a", "1")
    assert "not being kept" in answers.notice
    assert answers.read("1.1") == {}


def test_writers_at_the_same_time_keep_each_others_entries(folder: Path) -> None:
    def type_away(writer: int) -> None:
        answers = Answers("x", folder)
        for i in range(25):
            answers.write("1.1", f"{writer}:{i}", "typed")

    writers = [threading.Thread(target=type_away, args=(writer,)) for writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(Answers("x", folder).read("1.1")) == 100


def test_saving_that_stops_half_way_leaves_what_was_saved_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answers("x", folder).write("1.1", "a", "1")

    def stop_half_way(path: Path, text: str, **_: str) -> int:
        path.write_bytes(text.encode()[: len(text) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", stop_half_way)
        with pytest.raises(KeyboardInterrupt):
            Answers("x", folder).write("1.1", "b", "2")
    answers = Answers("x", folder)
    assert answers.read("1.1") == {"a": "1"}
    assert answers.notice == ""
    answers.write("1.1", "b", "2")
    assert [path.name for path in folder.iterdir()] == ["x.answers.json"]


_TYPIST = """
import sys
from pathlib import Path
from course_utils.exam.answers import Answers
answers = Answers("x", Path(sys.argv[1]))
for i in range(100_000):
    answers.write("1.1", f"{sys.argv[2]}:{i}", "typed " * 50)
    print(i, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_a_killed_kernel_loses_at_most_the_keystroke_being_saved(folder: Path) -> None:
    typists = [
        subprocess.Popen(
            [sys.executable, "-c", _TYPIST, str(folder), name],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ,
        )
        for name in ("first", "second")
    ]
    saved: set[str] = set()
    for name, typist, keystrokes in zip(("first", "second"), typists, (23, 41), strict=True):
        assert typist.stdout is not None
        lines = [typist.stdout.readline() for _ in range(keystrokes)]
        typist.kill()
        lines += typist.stdout.readlines()
        typist.wait()
        typist.stdout.close()
        saved |= {f"{name}:{line.strip()}" for line in lines if line.strip()}
    entries = json.loads((folder / "x.answers.json").read_text())["entries"]
    fields = entries["1.1"]["fields"]
    assert len(saved) >= 64
    assert saved <= set(fields)
    assert set(fields.values()) == {"typed " * 50}
    answers = Answers("x", folder)
    answers.write("1.1", "afterwards", "1")  # no lock is left behind
    assert answers.notice == ""
    assert answers.read("1.1")["afterwards"] == "1"
