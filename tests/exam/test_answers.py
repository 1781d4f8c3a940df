import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from course_utils import progress
from course_utils.exam import answers as module
from course_utils.exam import journal
from course_utils.exam.answers import Answers


@pytest.fixture(autouse=True)
def _studying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_FORGET", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))


def restart() -> None:
    """Forget what this process knows, as another kernel would."""
    module._OPEN.clear()


def kept(folder: Path) -> dict[str, dict[str, str]]:
    """What the file says, read without the module under test."""
    head, *lines = (folder / "x.answers.jsonl").read_text(encoding="utf-8").split("\n")
    assert json.loads(head) == {"format": 2}
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        told = json.loads(line)
        found.setdefault(told["entry"], {}).update(told["fields"])
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notebooks"
    made.mkdir()
    return made


def test_what_was_typed_is_there_after_a_restart(folder: Path) -> None:
    Answers("x", folder).write("1.1", "a", "−0,5 \ud800 ½")
    restart()
    Answers("x", folder).write("1.1", "b", "2")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "−0,5 \ud800 ½", "b": "2"}
    assert Answers("x", folder).read("3.1") == {}
    assert [path.name for path in folder.iterdir()] == ["x.answers.jsonl"]


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
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"format": 3}\n{"entry": "1.1", "fields": {"a": "1"}}',
        b'{"entry": "1.1", "fields": {"a": "1"}}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_replaced(folder: Path, content: bytes) -> None:
    file = folder / "x.answers.jsonl"
    file.write_bytes(content)
    answers = Answers("x", folder)
    assert answers.read("1.1") == {}
    aside = [path for path in folder.iterdir() if "unreadable" in path.name]
    assert [path.read_bytes() for path in aside] == [content]
    assert aside[0].name in answers.notice
    answers.write("1.1", "a", "1")
    assert aside[0].name in answers.notice  # the first key must not take it away
    restart()
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
    restart()
    assert Answers("x", blocked).read("1.1") == {"a": "1", "b": "2"}


def test_answers_in_a_folder_that_became_read_only_are_taken_along(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    Answers("x", folder).write("1.1", "a", "1")
    with monkeypatch.context() as patch:
        refuse_writing_in(folder, patch)
        answers = Answers("x", folder)
        answers.write("1.1", "b", "2")
        assert "Read-only" in answers.notice
        restart()
        assert Answers("x", folder).read("1.1") == {"a": "1", "b": "2"}
    restart()
    again = Answers("x", folder)  # writable again: nothing typed in between is lost
    assert again.read("1.1") == {"a": "1", "b": "2"}
    again.write("1.1", "c", "3")
    assert again.notice == ""
    assert kept(folder) == {"1.1": {"a": "1", "b": "2", "c": "3"}}
    assert not list(data.rglob("*.jsonl"))


def test_after_a_restart_the_notice_is_there_with_the_answer(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse_writing_in(folder, patch)
        Answers("x", folder).write("1.1", "a", "1")
        restart()
        again = Answers("x", folder)
        assert again.read("1.1") == {"a": "1"}
        assert f"kept in {tmp_path / 'data'}" in again.notice
    restart()
    writable = Answers("x", folder)
    assert writable.read("1.1") == {"a": "1"}
    assert writable.notice == ""
    assert kept(folder) == {"1.1": {"a": "1"}}


def test_what_a_read_only_folder_holds_is_read_also_after_writing_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    refuse_writing_in(folder, monkeypatch)
    answers = Answers("x", folder)
    answers.write("3.1", "b", "2")
    restart()
    assert answers.read("1.1") == {"a": "1"}
    assert answers.read("3.1") == {"b": "2"}


def refuse_writing_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    append = journal.Journal._append

    def refuse(self: journal.Journal, *change: object) -> int:
        if self.path.parent == folder:
            raise OSError(30, "Read-only file system")
        return append(self, *change)  # type: ignore[arg-type]

    patch.setattr(journal.Journal, "_append", refuse)


def test_if_nothing_can_be_written_the_student_is_told_and_nothing_raises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.touch()
    monkeypatch.setenv("COURSE_DATA_DIR", str(blocked))
    answers = Answers("x", blocked)
    answers.write("1.1", "a", "1")
    assert "not being kept" in answers.notice
    assert answers.read("1.1") == {"a": "1"}  # as long as the kernel runs
    restart()
    assert Answers("x", blocked).read("1.1") == {}


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
    assert len(kept(folder)["1.1"]) == 100


def test_a_line_that_was_written_in_part_is_passed_over(folder: Path) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    file = folder / "x.answers.jsonl"
    with file.open("ab") as torn:
        torn.write(b'\n{"entry": "1.1", "fields": {"b": "tw')
    restart()
    answers = Answers("x", folder)
    assert answers.read("1.1") == {"a": "1"}
    assert answers.notice.startswith("Line 3 of x.answers.jsonl cannot be read")
    with file.open("ab") as conflict:
        conflict.write(b"\n<<<<<<< Updated\n=======\n")
    restart()
    again = Answers("x", folder)
    again.read("1.1")
    assert again.notice.startswith("Lines 3, 4 and 5 of x.answers.jsonl cannot")
    again.write("1.1", "a", "2")
    assert again.notice.startswith("Lines 3, 4 and 5")  # nobody has read it by the first key
    file.write_bytes(b"\n".join(file.read_bytes().split(b"\n")[:2]))
    restart()
    mended = Answers("x", folder)
    mended.read("1.1")
    assert mended.notice == ""


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\t"])
def test_a_file_in_which_there_is_nothing_is_begun_anew_without_a_word(
    folder: Path, content: bytes
) -> None:
    file = folder / "x.answers.jsonl"
    file.write_bytes(content)
    answers = Answers("x", folder)
    assert answers.read("1.1") == {}
    assert answers.notice == ""
    answers.write("1.1", "a", "1")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "1"}
    assert [path.name for path in folder.iterdir()] == [file.name]
    answers.write("1.1", "c", "3")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "1", "c": "3"}


def test_a_full_disk_is_told_and_what_it_did_not_take_comes_with_the_next_keystroke(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers("x", folder)
    answers.write("1.1", "a", "1")
    monkeypatch.setenv("COURSE_DATA_DIR", str(folder / "x.answers.jsonl"))  # and no other place
    with monkeypatch.context() as patch:
        refuse_writing_in(folder, patch)
        answers.write("1.1", "b", "2")
        answers.write("3.1", "c", "3")
        assert "not being kept" in answers.notice
    answers.write("1.1", "d", "4")
    assert answers.notice == ""
    assert kept(folder) == {"1.1": {"a": "1", "b": "2", "d": "4"}, "3.1": {"c": "3"}}


def test_a_keystroke_costs_one_small_write_and_no_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers("x", folder)
    for entry in range(200):
        answers.write(str(entry), "a", "typed " * 50)
    answers.read("7")
    before = (folder / "x.answers.jsonl").stat().st_size

    def read(*_: object) -> bytes:
        raise AssertionError("a keystroke has read a file")

    monkeypatch.setattr(Path, "read_bytes", read)
    answers.write("7", "a", "x")
    assert (folder / "x.answers.jsonl").stat().st_size - before == len(
        '\n{"entry": "7", "fields": {"a": "x"}}'
    )


def test_a_long_file_is_written_anew_and_stays_short(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_LONG", 5000)
    one, two = Answers("x", folder), Answers("x", folder)
    two.write("3.1", "b", "other")
    restart()  # the two are two kernels now
    for i in range(500):
        one.write("1.1", "a", f"{i} " * 20)
    assert (folder / "x.answers.jsonl").stat().st_size < 5000
    assert kept(folder) == {"1.1": {"a": "499 " * 20}, "3.1": {"b": "other"}}
    assert [path.name for path in folder.iterdir()] == ["x.answers.jsonl"]


def test_a_file_that_is_written_anew_keeps_lines_that_cannot_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_LONG", 5000)
    file = folder / "x.answers.jsonl"
    answers = Answers("x", folder)
    answers.write("1.1", "a", "1")
    strange = b'{"entry": "1.1", "fields": {"b": "an hour\'s work'
    file.write_bytes(file.read_bytes() + b"\n" + strange)
    for i in range(500):
        answers.write("1.1", "a", f"{i} " * 20)
    assert file.stat().st_size < 5000
    assert file.read_bytes().split(b"\n").count(strange) == 1
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "499 " * 20}


def test_a_folder_in_the_files_place_is_not_called_a_folder_that_cannot_be_written(
    folder: Path,
) -> None:
    (folder / "x.answers.jsonl").mkdir()
    answers = Answers("x", folder)
    answers.write("1.1", "a", "1")
    assert answers.notice.startswith("x.answers.jsonl cannot be written here (")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "1"}


def test_what_was_typed_last_counts_also_when_the_clock_was_set_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 2e9)
    Answers("x", folder).write("1.1", "a", "first")
    restart()
    monkeypatch.setattr("time.time", lambda: 1e9)
    Answers("x", folder).write("1.1", "a", "second")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "second"}


def test_a_file_deleted_while_a_notebook_is_open_is_written_again_whole(folder: Path) -> None:
    one, two = Answers("x", folder), Answers("x", folder)
    one.write("1.1", "a", "1")
    two.write("3.1", "b", "2")
    (folder / "x.answers.jsonl").unlink()
    one.write("1.1", "c", "3")
    assert kept(folder) == {"1.1": {"a": "1", "c": "3"}, "3.1": {"b": "2"}}
    assert one.notice == ""


def test_a_file_deleted_is_written_again_by_a_cell_that_only_asks(folder: Path) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    (folder / "x.answers.jsonl").unlink()
    again = Answers("x", folder)  # the cell is run again, and nothing is typed
    assert again.read("1.1") == {"a": "1"}
    assert kept(folder) == {"1.1": {"a": "1"}}
    assert again.notice == ""


def test_a_file_that_another_kernel_began_anew_gets_what_it_lacks(folder: Path) -> None:
    one = Answers("x", folder)
    one.write("1.1", "a", "1")
    one.write("1.1", "b", "2")
    one.write("3.1", "c", "3")
    of_this_kernel = dict(module._OPEN)
    restart()
    (folder / "x.answers.jsonl").unlink()
    Answers("x", folder).write("1.1", "b", "newer")
    restart()
    module._OPEN.update(of_this_kernel)
    one.write("3.1", "d", "4")
    assert kept(folder) == {"1.1": {"a": "1", "b": "newer"}, "3.1": {"c": "3", "d": "4"}}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let a folder in use be moved")
def test_answers_go_with_a_folder_that_is_renamed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    answers = Answers("x")
    answers.write("1.1", "a", "1")
    renamed = folder.rename(folder.with_name("renamed"))
    answers.write("1.1", "b", "2")
    assert kept(renamed) == {"1.1": {"a": "1", "b": "2"}}
    assert not folder.exists()
    assert answers.notice == ""
    assert answers.path == renamed / "x.answers.jsonl"


def test_a_folder_that_is_gone_does_not_come_back_and_the_student_is_told(
    folder: Path, tmp_path: Path
) -> None:
    answers = Answers("x", folder)
    answers.write("1.1", "a", "1")
    (folder / "x.answers.jsonl").unlink()
    folder.rmdir()
    answers.write("1.1", "b", "2")
    assert not folder.exists()
    assert f"kept in {tmp_path / 'data'}" in answers.notice
    assert answers.read("1.1") == {"a": "1", "b": "2"}


def test_without_a_folder_for_temporary_files_everything_works(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", none)
    answers = Answers("x", folder)
    answers.write("1.1", "a", "1")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "1"}
    assert answers.notice == ""


def test_a_user_without_a_home_loses_nothing_beside_the_notebook(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_home(*_: object) -> str:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("COURSE_DATA_DIR")
    monkeypatch.setattr("platformdirs.user_data_dir", no_home)
    Answers("x", folder).write("1.1", "a", "1")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "1"}
    blocked = Answers("x", tmp_path / "nowhere")
    blocked.write("1.1", "a", "1")
    assert "not being kept (No such file or directory)" in blocked.notice
    with pytest.warns(UserWarning, match="no home folder"):
        assert progress.best() == []


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
    fields = dict(Answers("x", folder).read("1.1"))
    assert len(saved) >= 64
    assert saved <= set(fields)
    assert set(fields.values()) == {"typed " * 50}
    answers = Answers("x", folder)
    answers.write("1.1", "afterwards", "1")  # no lock is left behind
    assert answers.notice == ""
    assert answers.read("1.1")["afterwards"] == "1"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let a folder in use go")
def test_where_the_notebooks_folder_is_gone_already_the_student_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    folder.rmdir()
    answers = Answers("x")
    answers.write("1.1", "a", "1")
    assert f"kept in {tmp_path / 'data'}" in answers.notice
    assert answers.read("1.1") == {"a": "1"}


@pytest.mark.parametrize(
    ("old", "new"), [(b"\n", b"\r\n"), (b'{"format"', b'\xef\xbb\xbf{"format"')]
)
def test_a_file_that_an_editor_saved_in_its_own_way_is_read(
    folder: Path, old: bytes, new: bytes
) -> None:
    Answers("x", folder).write("1.1", "a", "1")
    restart()
    file = folder / "x.answers.jsonl"
    file.write_bytes(file.read_bytes().replace(old, new, 1))
    answers = Answers("x", folder)
    assert answers.read("1.1") == {"a": "1"}
    answers.write("1.1", "b", "2")
    restart()
    assert Answers("x", folder).read("1.1") == {"a": "1", "b": "2"}
    assert [path.name for path in folder.iterdir()] == [file.name]


_IN_A_KERNEL = """
import os
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
{before}
from course_utils.exam.answers import Answers
Answers("x").write("1.1", "a", "1")
os.chdir("..")
{between}
again = Answers("x")
again.write("1.1", "b", "2")
print(sorted(again.read("1.1")), again.path.name, "kept in" in again.notice)
"""


def in_a_kernel(folder: Path, before: str = "", between: str = "") -> str:
    run = subprocess.run(
        [sys.executable, "-c", _IN_A_KERNEL.format(before=before, between=between)],
        cwd=folder,
        env={**os.environ, "IPYTHONDIR": str(folder.parent / "ipython")},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


@pytest.mark.parametrize("before", ["", "os.chdir('..')"])
def test_answers_stay_with_the_notebook_when_a_cell_goes_to_another_folder(
    folder: Path, before: str
) -> None:
    (folder / "01-x.ipynb").touch()
    assert in_a_kernel(folder, before) == "['a', 'b'] x.answers.jsonl False"
    assert kept(folder) == {"1.1": {"a": "1", "b": "2"}}
    assert not list(folder.parent.glob("*.jsonl"))


def test_a_kernel_that_is_brought_to_its_notebook_keeps_answers_there(folder: Path) -> None:
    """Some programs start it elsewhere."""
    (folder / "01-x.ipynb").touch()
    in_a_kernel(folder.parent, before=f"os.chdir({str(folder)!r})")
    assert kept(folder) == {"1.1": {"a": "1", "b": "2"}}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let a folder in use be moved")
def test_a_folder_renamed_after_a_cell_left_it_is_told(folder: Path) -> None:
    (folder / "01-x.ipynb").touch()
    renamed = in_a_kernel(folder, between="os.rename('notebooks', 'renamed')")
    assert renamed == "['a', 'b'] x.answers.jsonl True"
    assert not folder.exists()
    assert not list(folder.parent.glob("*.jsonl"))


def test_a_relative_folder_stays_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    answers = Answers("x", Path(folder.name))
    monkeypatch.chdir(folder.parent.parent)
    answers.write("1.1", "a", "1")
    assert kept(folder) == {"1.1": {"a": "1"}}


@pytest.mark.parametrize("error", [RuntimeError, ValueError, NotImplementedError, OSError])
@pytest.mark.parametrize("what", ["acquire", "release"])
def test_a_lock_that_fails_in_whatever_way_keeps_nobody_from_saving(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: str, error: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("no locks here")

    monkeypatch.setattr(f"filelock.FileLock.{what}", fail)
    answers = Answers("x", folder)
    answers.write("1.1", "a", "1")
    assert answers.read("1.1") == {"a": "1"}
    assert answers.notice == ""
    assert kept(folder) == {"1.1": {"a": "1"}}


def test_what_another_kernel_writes_is_read_also_between_own_writes(folder: Path) -> None:
    ours, theirs = (journal.Journal(folder / "x.jsonl") for _ in range(2))
    ours.write("1.1", {"a": "1"})
    ours.read()
    ours.write("1.1", {"a": "2"})
    theirs.write("1.1", {"b": "1"})
    ours.write("1.1", {"a": "3"})  # after a line that it has not seen
    ours.read()
    assert ours.entries == {"1.1": {"a": "3", "b": "1"}}
    theirs.write("1.1", {"a": "4"})
    ours.read()
    assert ours.entries["1.1"]["a"] == "4"
    ours.path.write_bytes(ours.path.read_bytes().replace(b'"4"', b'"5"'))  # of the same length
    os.utime(ours.path, (0, 0))  # a time of its own, however coarse the clock of the disk
    ours.read()
    assert ours.entries["1.1"]["a"] == "5"


def test_a_file_that_nobody_else_has_written_to_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_in = journal.Journal(folder / "x.jsonl")
    kept_in.write("1.1", {"a": "1"})
    kept_in.read()
    kept_in.write("1.1", {"a": "2"})
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read again"))
    kept_in.read()
    assert kept_in.entries == {"1.1": {"a": "2"}}
