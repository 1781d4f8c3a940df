"""However a folder is laid out and its modules import each other: judged, or told what to move."""

import re
import shutil

import pytest
from course_utils.verify import FolderError, Status, verify

from workshop import build


def rewrite(folder, old, new):
    """Replace a pattern in every module."""
    for file in folder.rglob("*.py"):
        file.write_text(re.sub(old, new, file.read_text(), flags=re.MULTILINE))


def sentence(folder):
    with pytest.raises(FolderError) as raised:
        verify(folder)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("src_to_implement", "src_to_implement."),
        ("another_name", "src_to_implement."),
        ("src", "src."),
        ("solution", "exercise3.src_to_implement."),
        ("mine", "mine."),
    ],
)
def test_modules_may_be_imported_by_a_longer_name(name, prefix, tmp_path):
    folder = build(tmp_path / name)
    rewrite(folder, r"^from (Layers|Optimization)", rf"from {prefix}\1")
    report = verify(folder, ["FullyConnected", "RNN", "NeuralNetwork"])
    assert not report.entries_to_mend
    assert report.exit_status == 0


def test_modules_may_be_imported_relatively(tmp_path):
    folder = build(tmp_path / "solution")
    for file in (folder / "Layers").glob("*.py"):
        file.write_text(re.sub(r"^from Layers\.", "from .", file.read_text(), flags=re.MULTILINE))
    helper = folder / "Optimization" / "Tools.py"
    helper.write_text("import numpy as np\n")
    relu = folder / "Layers" / "ReLU.py"
    far = "from ..Optimization.Tools import np"
    relu.write_text(relu.read_text().replace("import numpy as np", far))
    assert verify(folder, ["FullyConnected", "RNN", "ReLU"]).exit_status == 0


def test_a_module_is_loaded_once_by_whatever_name(tmp_path):
    folder = build(tmp_path / "solution")
    network = folder / "NeuralNetwork.py"
    network.write_text(
        "import Layers.Base\nimport work.Layers.Base\nfrom work.Layers import ReLU\n"
        "from Layers.ReLU import ReLU as other\n"
        "assert work.Layers.Base is Layers.Base\nassert ReLU.ReLU is other\n" + network.read_text()
    )
    assert verify(folder, ["NeuralNetwork", "ReLU"]).exit_status == 0


def test_a_flat_folder_is_told_what_to_move(tmp_path):
    folder = build(tmp_path / "solution")
    for file in [*(folder / "Layers").glob("*.py"), *(folder / "Optimization").glob("*.py")]:
        file.rename(folder / file.name)
    shutil.rmtree(folder / "Layers")
    shutil.rmtree(folder / "Optimization")
    said = sentence(folder)
    assert "from the folder itself to Layers/" in said
    assert "Loss.py" in said
    assert "from the folder itself to Optimization/" in said


@pytest.mark.parametrize("names", [("layers", "optimization"), ("LAYERS", "Optimisation")])
def test_folders_in_other_letters_are_told_how_to_be_called(names, tmp_path):
    folder = build(tmp_path / "solution")
    (folder / "Layers").rename(folder / names[0])
    (folder / "Optimization").rename(folder / names[1])
    assert f"rename {names[0]}/ to Layers/" in sentence(folder)


def test_files_in_other_letters_are_told_how_to_be_called(tmp_path):
    folder = build(tmp_path / "solution")
    for file in (folder / "Layers").glob("*.py"):
        file.rename(file.with_name(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", file.stem).lower() + ".py"))
    said = sentence(folder)
    assert "rename Layers/fully_connected.py to FullyConnected.py" in said


def test_a_right_folder_further_down_is_named(tmp_path):
    build(tmp_path / "given" / "exercise3" / "src_to_implement")
    assert "Its folder exercise3/src_to_implement/ looks like the right one" in sentence(
        tmp_path / "given"
    )
    build(tmp_path / "given" / "exercise2")
    assert "exercise2/, exercise3/src_to_implement/" in sentence(tmp_path / "given")


def test_classes_in_one_file_are_told_to_be_parted(tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "Layers.py").write_text("class ReLU: pass\n")
    (folder / "Optimization.py").write_text("class Sgd: pass\n")
    assert "make a folder Layers/ with a file for each class of Layers.py" in sentence(folder)


def test_one_file_in_the_wrong_place_is_told_of_at_its_parts(tmp_path):
    folder = build(tmp_path / "solution")
    (folder / "Optimization" / "Loss.py").rename(folder / "Loss.py")
    (entry,) = verify(folder, ["CrossEntropyLoss"]).entries
    assert entry.hint == "move Loss.py to Optimization/Loss.py"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("from Layers.Helpers import clip", "a file of yours is missing: Layers/Helpers.py"),
        ("from Layers.base import Basis", "Layers/Base.py is there"),
        ("from Optimization import Nothing", "Optimization"),
        ("import some_debugger_that_is_not_there", "not installed and not part of the course"),
        ("from numpy.lib.function_base import select", "gone from numpy"),
        ("from numpy import float_", "gone from numpy"),
    ],
)
def test_what_cannot_be_imported_is_said_once_and_why(line, says, tmp_path):
    folder = build(tmp_path / "solution")
    base = folder / "Layers" / "Base.py"
    base.write_text(f"{line}\n{base.read_text()}")
    report = verify(folder)
    layers = [e for e in report.entries_to_mend if e.status is Status.CRASHED]
    assert len(layers) == 1
    (entry,) = layers
    assert (entry.file, entry.line, entry.code) == ("Layers/Base.py", 1, line)
    assert says in f"{entry.difference} {entry.cause}", entry
    assert "course doctor" not in entry.cause


def test_windows_do_not_open_and_nothing_waits(tmp_path):
    folder = build(tmp_path / "solution")
    base = folder / "Layers" / "Base.py"
    base.write_text(
        "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\n"
        "plt.switch_backend('TkAgg')\nplt.plot([1, 2])\nplt.show(block=True)\nplt.pause(99)\n"
        + base.read_text()
    )
    assert verify(folder, ["ReLU"]).exit_status == 0


def test_requirements_of_several_parts_say_what_they_wait_for(tmp_path):
    folder = build(tmp_path / "solution")
    file = folder / "Layers" / "Pooling.py"
    file.write_text(file.read_text().replace("+= error", "= error"))
    report = verify(folder)
    assert [e.key for e in report.entries_to_mend if e.status is not Status.WAITING] == [
        "Pooling.backward"
    ]
    waiting = {e.key: e.note for e in report.entries if e.status is Status.WAITING}
    assert waiting == {"Together.convolutional_network_learns": "waits for Pooling"}
