"""`verify` runs a folder's code apart: whatever it does, the report comes, nothing is changed."""

import io
import json
import subprocess
import sys
import time

import pytest
from course_utils.verify import FolderError, Status, supervisor, verify
from course_utils.verify.render import render
from rich.console import Console

from workshop import build, shim


def statuses(report):
    return {entry.key: entry.status for entry in report.entries}


def refused(report):
    parts = report.by_part()
    return {part: [e for e in parts[part] if not e.status.good] for part in parts}


def contents(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def shown(report):
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(render(report))
    return console.export_text()


def test_right_solution(tmp_path):
    folder = build(tmp_path / "solution")
    before = contents(folder)
    report = verify(folder)
    assert report.exit_status == 0
    assert report.counts["met"] > 150
    assert contents(folder) == before  # no bytecode, nothing written
    told = json.loads(json.dumps(report.to_dict()))
    assert told["exit_status"] == 0
    assert len(told["entries"]) == len(report.entries)
    assert "Everything that is required is met." in shown(report)


def test_own_framework(tmp_path):
    report = verify(shim(tmp_path / "shim"))
    assert [e.key for e in report.entries if not e.status.good] == []
    assert report.exit_status == 0


def test_a_folder_with_the_name_of_a_module_is_no_file(tmp_path):
    folder = build(tmp_path / "solution")
    (folder / "Layers/ReLU.py").unlink()
    (folder / "Layers/ReLU.py").mkdir()
    report = verify(folder, ["ReLU", "Sigmoid"])
    assert [entry.note for entry in report.by_part()["ReLU"]] == ["there is no file Layers/ReLU.py"]
    assert all(entry.status.good for entry in report.by_part()["Sigmoid"])


def test_a_file_that_is_saved_as_utf16_is_told_so(tmp_path):
    folder = build(tmp_path / "solution")
    file = folder / "Layers/ReLU.py"
    file.write_text(file.read_text(encoding="utf-8"), encoding="utf-16")
    (entry,) = verify(folder, ["ReLU"]).by_part()["ReLU"]
    assert "no text that Python can read, save it as UTF-8" in entry.difference


def test_missing_parts_are_not_started(tmp_path):
    folder = build(tmp_path / "solution")
    (folder / "Layers/LSTM.py").unlink()
    assert verify(folder, ["LSTM", "ReLU"]).exit_status == 0  # LSTM is optional
    (folder / "Layers/Pooling.py").rename(folder / "Layers/pooling.py")
    (folder / "Layers/Dropout.py").write_text("def forward(): pass\n")
    initializers = folder / "Layers/Initializers.py"
    head, _ = initializers.read_text().split("class He:")
    initializers.write_text(head + "class He:\n    pass\n")
    report = verify(folder)
    absent = (Status.NOT_STARTED, Status.WAITING)
    missing = {e.part: f"{e.note}; {e.hint}" for e in report.entries if e.status in absent}
    assert set(missing) == {"LSTM", "Pooling", "Dropout", "He", "Together"}
    assert "has no methods yet" in missing["He"]
    assert "pooling.py is spelt differently" in missing["Pooling"]
    assert "holds no class Dropout" in missing["Dropout"]
    assert "waits for Pooling" in missing["Together"]
    assert report.exit_status == 1


def test_fault_in_one_part_is_told_in_order(tmp_path):
    folder = build(tmp_path / "solution")
    file = folder / "Layers/FullyConnected.py"
    file.write_text(file.read_text().replace("error_tensor @ self.weights[:-1].T", "error_tensor"))
    report = verify(folder, ["FullyConnected", "RNN"])
    got = refused(report)
    assert got["FullyConnected"]
    assert got["RNN"]
    assert all("FullyConnected" in entry.note for entry in got["RNN"])
    assert "mend that first" in shown(report)


def test_hostile_code_neither_stops_nor_fools(tmp_path):
    """Every part does something else that a careless checker would fall for."""
    folder = build(tmp_path / "solution")

    def change(name, old, new):
        file = folder / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    change("Layers/ReLU.py", "return np.maximum", "import sys; sys.exit(0)\n        return np.max")
    change(
        "Layers/Sigmoid.py",
        "        return error_tensor",
        "        import os; os._exit(0)\n        return error_tensor",
    )
    change("Layers/TanH.py", "import numpy", "import warnings; warnings.warn('!')\nimport numpy")
    change(
        "Layers/SoftMax.py",
        "        return self.y\n",
        "        print('{\"done\": true}', flush=True)\n        return self.y\n",
    )
    change("Layers/Flatten.py", "class Flatten", "raise SystemExit('no')\nclass Flatten")
    change("Layers/Pooling.py", "class Pooling", "x = = 1\nclass Pooling")
    change("Layers/Dropout.py", "        if self.testing_phase", "        input()\n        if self")
    change(
        "Layers/Initializers.py",
        "class Constant",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()\n"
        "plt.savefig('picture.png'); open('note.txt', 'w').write('!')\nclass Constant",
    )
    change(
        "Optimization/Loss.py",
        "        return np.sum",
        "        raise NotImplementedError\n        return np.sum",
    )
    before = contents(folder)
    parts = [
        "ReLU",
        "Sigmoid",
        "TanH",
        "SoftMax",
        "Flatten",
        "Pooling",
        "Dropout",
        "Constant",
        "CrossEntropyLoss",
    ]
    report = verify(folder, parts)
    assert contents(folder) == before
    got = refused(report)
    assert set(got) == set(parts)
    assert {p for p in parts if not got[p]} == {"TanH", "SoftMax", "Constant"}
    crashed = {p: got[p][0] for p in ("ReLU", "Sigmoid", "Flatten", "Pooling", "Dropout")}
    assert all(e.status is Status.CRASHED for e in crashed.values())
    assert "ends the program" in crashed["ReLU"].cause
    assert (crashed["ReLU"].file, crashed["ReLU"].line) == ("Layers/ReLU.py", 9)
    assert "import sys; sys.exit(0)" in crashed["ReLU"].code
    assert "os._exit" in crashed["Sigmoid"].cause
    assert crashed["Flatten"].difference.startswith("importing Layers/Flatten.py: SystemExit")
    assert (crashed["Pooling"].file, crashed["Pooling"].code) == ("Layers/Pooling.py", "x = = 1")
    assert "waits for somebody to type" in crashed["Dropout"].cause
    assert got["CrossEntropyLoss"][0].status is Status.NOT_STARTED
    assert "Layers/ReLU.py, line 9" in shown(report)


def test_endless_code_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "REQUIREMENT_LIMIT", 1.0)
    monkeypatch.setattr(supervisor, "IMPORT_LIMIT", 3.0)
    folder = build(tmp_path / "solution")
    hang = "        while True: pass\n"
    relu = folder / "Layers/ReLU.py"
    relu.write_text(
        relu.read_text().replace("        return np.maximum", hang + "        return np")
    )
    training = folder / "Optimization/Optimizers.py"
    training.write_text(training.read_text() + "\nwhile True:\n    print('epoch')\n")
    begun = time.monotonic()
    report = verify(folder, ["ReLU", "Sgd", "Adam", "Sigmoid"])
    assert time.monotonic() - begun < 30
    got = refused(report)
    assert not got["Sigmoid"]
    assert {e.status for e in got["ReLU"]} == {Status.TIMED_OUT}
    assert [e.note for e in got["ReLU"]][2].startswith("not run")
    for part in ("Sgd", "Adam"):
        assert [e.status for e in got[part]] == [Status.TIMED_OUT]
        assert "does it train" in got[part][0].difference


def test_total_time_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "TOTAL_LIMIT", 3.0)
    folder = build(tmp_path / "solution")
    base = folder / "Layers/Base.py"
    base.write_text("import time\ntime.sleep(1000)\n" + base.read_text())
    begun = time.monotonic()
    report = verify(folder)
    assert time.monotonic() - begun < 20
    assert report.exit_status == 1
    assert Status.TIMED_OUT in statuses(report).values()


def test_folder_that_shadows_the_standard_library(tmp_path):
    folder = build(tmp_path / "solution")
    (folder / "json.py").write_text("raise RuntimeError('not yours')\n")
    assert verify(folder, ["ReLU"]).exit_status == 0


def test_relative_data_files_are_found(tmp_path):
    folder = build(tmp_path / "solution")
    (folder / "Data").mkdir()
    (folder / "Data/numbers.txt").write_text("1 2 3")
    file = folder / "Layers/ReLU.py"
    file.write_text("open('Data/numbers.txt').read()\n" + file.read_text())
    assert verify(folder, ["ReLU"]).exit_status == 0


@pytest.mark.parametrize("kind", ["missing", "file", "empty", "above"])
def test_bad_folder_is_one_clear_sentence(kind, tmp_path):
    folder = tmp_path / "given"
    if kind == "file":
        folder.write_text("")
    elif kind == "empty":
        folder.mkdir()
    elif kind == "above":
        build(folder / "src")
    words = {
        "missing": "does not exist",
        "file": "is a file",
        "empty": "holds neither",
        "above": "Its folder src/ looks like the right one",
    }
    with pytest.raises(FolderError, match=words[kind]) as raised:
        verify(folder)
    assert "\n" not in str(raised.value)


def test_unknown_part(tmp_path):
    with pytest.raises(ValueError, match="There is no part Convolution"):
        verify(build(tmp_path / "solution"), ["Convolution"])


def test_needs_no_test_dependencies():
    """The engine loads without PyTorch, SciPy, Matplotlib or the browser."""
    code = (
        "import sys, course_utils.verify;"
        "print([m for m in ('torch', 'scipy', 'matplotlib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_an_optional_part_of_which_nothing_is_written_is_not_started(tmp_path):
    folder = build(tmp_path / "solution")
    file = folder / "Layers/LSTM.py"
    head, _ = file.read_text().split("    def forward")
    file.write_text(head + "    def forward(self, input_tensor):\n        pass\n")
    report = verify(folder, ["LSTM", "ReLU"])
    assert report.exit_status == 0
    assert report.entries[-1].note == "the methods of LSTM are not written yet"


def test_an_import_that_never_ends_is_said_once(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "IMPORT_LIMIT", 1.5)
    folder = build(tmp_path / "solution")
    base = folder / "Layers/Base.py"
    base.write_text("while True: pass\n" + base.read_text())
    report = verify(folder, ["ReLU", "Sigmoid", "Flatten"])
    assert [entry.key for entry in report.entries_to_mend] == ["ReLU"]
    assert "Sigmoid, Flatten" in shown(report)
