"""Heavy results are computed once, kept on disk, and never stale, damaged or relied upon."""

import importlib
import subprocess
import sys
import threading

import nbformat
import pytest

from course_utils import computed
from course_utils.authoring.execute import run
from course_utils.computed import Computed

MODULE = """
from heavy_room.helper import FACTOR

def product(a, b):
    with open({log!r}, "a") as log:
        log.write("x")
    return FACTOR * a * b
"""
GRID = {"a": (1, 2), "b": (3, 4, 5)}


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A package with a function that counts its calls, and a folder to keep its results in."""
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("COURSE_FORGET", raising=False)
    monkeypatch.delenv("COURSE_COMPUTED_DIR", raising=False)
    package = tmp_path / "heavy_room"
    package.mkdir()
    (package / "__init__.py").write_text("from heavy_room.helper import FACTOR\n")
    (package / "helper.py").write_text("FACTOR = 10\n")
    (package / "model.py").write_text(MODULE.format(log=str(tmp_path / "log")))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield tmp_path
    forget()


def forget():
    for name in [name for name in sys.modules if name.startswith("heavy_room")]:
        del sys.modules[name]


def fresh(**rest):
    """Return the results as a new kernel has them."""
    forget()
    importlib.invalidate_caches()
    return Computed(importlib.import_module("heavy_room.model").product, **GRID, **rest)


def calls(room):
    log = room / "log"
    return len(log.read_text()) if log.exists() else 0


def test_processes_of_one_test_run_share_what_it_has_computed(room, monkeypatch):
    monkeypatch.setenv("COURSE_FORGET", "1")
    fresh()(a=1, b=3)
    fresh()(a=1, b=3)
    assert calls(room) == 12, "nothing is remembered"
    monkeypatch.setenv("COURSE_COMPUTED_DIR", str(room / "run"))
    fresh()(a=1, b=3)
    fresh()(a=1, b=3)
    assert calls(room) == 18
    monkeypatch.setenv("COURSE_COMPUTED_DIR", str(room / "next run"))
    fresh()(a=1, b=3)
    assert calls(room) == 24


def test_all_is_computed_once_for_all_kernels(room):
    results = fresh()
    assert calls(room) == 0
    assert results(a=2, b=5) == 100
    assert results(a=1, b=3) == 30
    assert fresh()(a=2, b=4) == 80
    assert calls(room) == 6


def test_settings_outside_the_grid_are_refused(room):
    for settings in ({"a": 3, "b": 3}, {"a": 1}, {"a": 1, "b": 3, "c": 0}):
        with pytest.raises(KeyError, match="product was not computed for"):
            fresh()(**settings)


def test_a_change_of_the_code_the_data_or_the_seeds_computes_anew(room, monkeypatch):
    fresh()(a=1, b=3)
    (room / "heavy_room" / "helper.py").write_text("FACTOR = 100\n")
    assert fresh()(a=1, b=3) == 300
    (room / "heavy_room" / "helper.py").write_text("FACTOR = 10\n")
    (room / "heavy_room" / "model.py").write_text(
        MODULE.format(log=str(room / "log")).replace("a * b", "(a + b)")
    )
    assert fresh()(a=1, b=3) == 40
    before = calls(room)
    assert fresh(data=b"other")(a=1, b=3) == 40
    assert calls(room) == before + 6
    monkeypatch.setenv("COURSE_SEED_SET", "1")
    fresh()(a=1, b=3)
    assert calls(room) == before + 12


@pytest.mark.parametrize("damage", [b"", b"no pickle", "half", "flip"])
def test_a_damaged_file_is_computed_anew_and_mended(room, damage):
    results = fresh()
    results(a=1, b=3)
    content = results.file.read_bytes()
    if damage == "half":
        damage = content[: len(content) // 2]
    if damage == "flip":
        damage = content[:-5] + bytes([content[-5] ^ 1]) + content[-4:]
    results.file.write_bytes(damage)
    assert fresh()(a=1, b=3) == 30
    assert calls(room) == 12
    assert results.file.read_bytes() == content


def test_two_that_ask_at_once_compute_once(room):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from heavy_room.model import product\n"
        "from course_utils.computed import Computed\n"
        f"print(Computed(product, **{GRID!r})(a=2, b=5))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(room)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=120)[0].strip() for process in started] == ["100", "100"]
    assert calls(room) == 6
    results = fresh()
    threads = [threading.Thread(target=results, kwargs={"a": 1, "b": 3}) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls(room) == 6


def test_nothing_is_read_or_written_under_test_or_where_nothing_can_be(room, monkeypatch):
    fresh()(a=1, b=3)
    monkeypatch.setenv("COURSE_FORGET", "1")
    assert fresh()(a=1, b=3) == 30
    assert calls(room) == 12
    monkeypatch.delenv("COURSE_FORGET")
    (room / "occupied").write_text("")
    monkeypatch.setenv("COURSE_DATA_DIR", str(room / "occupied"))
    assert fresh()(a=1, b=3) == 30
    assert calls(room) == 18


def test_in_a_notebook_the_bar_is_gone_when_all_is_computed(room):
    cell = nbformat.v4.new_code_cell(
        f"import sys\nsys.path.insert(0, {str(room)!r})\n"
        "from heavy_room.model import product\n"
        "from course_utils.computed import Computed\n"
        f"Computed(product, **{GRID})(a=2, b=4)"
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    run(notebook, room, {"COURSE_DATA_DIR": str(room / "data")})
    bar, result = cell.outputs
    assert bar.data["text/html"] == ""
    assert result.data["text/plain"] == "80"


def test_where_the_disk_knows_no_locks_all_is_computed(room, monkeypatch):
    def refuse(*_, **__):
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr(computed.FileLock, "acquire", refuse)
    assert fresh()(a=1, b=3) == 30
