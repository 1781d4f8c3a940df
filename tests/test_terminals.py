"""Every command prints on every terminal encoding and keeps its exit status."""

import json
import os
import subprocess
import sys

import pytest
import typer

from course_utils.cli import app, main, terminal
from course_utils.runtime import REPOSITORY
from tests.verify.workshop import build, shim

TERMINALS = {
    "Western Windows": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
    "ASCII": {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
}
NO_BROWSER = {"PATH": ""}
BANK_IN_WINDOWS = "exam bank on Western Windows"

# command → arguments (`{tmp}` is a folder, `{wrong}` one that holds a wrong solution), exit status
COMMANDS = {
    "doctor": ([], 0),
    "build": (["--check", "14"], 0),
    "new-lecture": (["Not A Name—ŷ"], 1),
    "claims": (["14", "--seeds", "1"], 0),
    "try": (["no-such-lecture—ŷ"], 1),
    "status": ([], 0),
    "verify": (["{wrong}"], 1),
    "bench explorers": ([], 1),
    "bench framework": (["--rounds", "1", "--only", "sigmoid"], 0),
    "bench pictures": (["--into", "{tmp}"], 1),
    "bench lectures": (["no-such-lecture—ŷ"], 1),
    "train": (["no-such-network—ŷ"], 1),
    "exam bank": ([], 0),
    "exam show": (["3.1"], 0),
    "exam paper": (["--seed", "3", "--no-key", "--out", "{tmp}"], 0),
    "exam export": (["--format", "csv", "--out", "{tmp}/out.csv"], 0),
    "exam sheet": (["--out", "{tmp}/sheet.pdf"], 0),
}


def all_commands(command=None, path=()):
    command = command or typer.main.get_command(app)
    for name, below in getattr(command, "commands", {}).items():
        yield from all_commands(below, (*path, name))
    if not hasattr(command, "commands"):
        yield " ".join(path)


def course(arguments, terminal_, tmp_path, **environment):
    return subprocess.run(
        [sys.executable, "-c", "from course_utils.cli import main; main()", *arguments],
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "COURSE_DATA_DIR": str(tmp_path / "data"), **terminal_, **environment},
    )


@pytest.fixture(scope="module")
def tried(wrong, tmp_path_factory):
    """What every command said on a terminal of ASCII, one on another as well, and its exit status.

    One interpreter, started there, runs them all: to import what they need takes seconds each time.
    """
    folder = tmp_path_factory.mktemp("commands")
    asked = {}
    for command, (arguments, _) in COMMANDS.items():
        tmp = folder / command.replace(" ", "-")
        tmp.mkdir()
        filled = [a.replace("{tmp}", str(tmp)).replace("{wrong}", str(wrong)) for a in arguments]
        environment = NO_BROWSER if command in ("bench explorers", "bench pictures") else {}
        data = {"COURSE_DATA_DIR": str(tmp / "data")}
        asked[command] = [[*command.split(), *filled], {**environment, **data}]
    western = TERMINALS["Western Windows"]["PYTHONIOENCODING"]
    asked[BANK_IN_WINDOWS] = [["exam", "bank"], {}, western]
    answers = folder / "answers.json"
    run = subprocess.run(
        [sys.executable, "-m", "tests.commands", str(answers)],
        input=json.dumps(asked),
        encoding="ascii",
        capture_output=True,
        timeout=600,
        check=False,
        env={**os.environ, **TERMINALS["ASCII"]},
        cwd=REPOSITORY,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(answers.read_text(encoding="ascii"))


@pytest.fixture(scope="module")
def wrong(tmp_path_factory):
    """A folder with one fault, whose report is full of signs."""
    folder = tmp_path_factory.mktemp("wrong") / "Lösung"
    return build(folder, only=["Layers/Base.py", "Layers/ReLU.py", "Layers/SoftMax.py"])


def test_every_command_is_tried():
    assert set(all_commands()) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_prints_and_keeps_its_exit_status(command, tried):
    said, status = tried[command]
    assert "Traceback" not in said, said
    assert "UnicodeEncodeError" not in said
    assert "\\udc" not in said, "bytes of a sign that was typed"
    assert status == COMMANDS[command][1], said
    assert said.strip()


def test_a_table_full_of_signs_prints_on_western_windows(tried):
    said, status = tried[BANK_IN_WINDOWS]
    assert "Traceback" not in said
    assert status == 0
    assert said.strip()


@pytest.mark.parametrize("name", TERMINALS)
def test_help_prints(name, tmp_path):
    assert course(["verify", "--help"], TERMINALS[name], tmp_path).returncode == 0


@pytest.mark.parametrize("name", TERMINALS)
def test_a_report_with_replaced_signs_says_the_same(name, wrong, tmp_path):
    run = course(["verify", str(wrong)], TERMINALS[name], tmp_path)
    assert run.returncode == 1
    said = run.stdout.decode("cp1252")
    assert "ok ReLU" in said
    assert "Not everything that is required is met yet" in said


@pytest.mark.parametrize("name", TERMINALS)
def test_json_loses_nothing(name, tmp_path, wrong):
    run = course(["verify", str(wrong), "--json"], TERMINALS[name], tmp_path)
    told = json.loads(run.stdout.decode("cp1252"))
    assert any("·" in entry["requirement"] for entry in told["entries"])


def test_right_solution_keeps_exit_status_0(tmp_path):
    run = course(["verify", str(shim(tmp_path / "shim"))], TERMINALS["Western Windows"], tmp_path)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("sign", "plain"),
    [("✓", "ok"), ("σ", "sigma"), ("é", "e"), ("½", "1/2"), ("\udcff", "?"), ("漢", "?")],
)
def test_what_an_encoding_lacks_is_replaced(sign, plain):
    terminal.print_anywhere()
    assert sign.encode("ascii", "course.replace") == plain.encode()


def test_what_is_typed_on_a_terminal_that_lacks_it_is_read_and_its_file_found(tmp_path):
    line = "import sys; from course_utils.cli.terminal import as_path, typed\n"
    line += "name = typed(sys.argv[1]); as_path(name).touch(); print(ascii(name))"
    run = subprocess.run(
        [sys.executable, "-c", line, str(tmp_path / "ŷ—\udcff")],
        capture_output=True,
        check=True,
        env={**os.environ, **TERMINALS["ASCII"]},
    )
    assert run.stdout.strip().endswith(rb"/\u0177\u2014\udcff'")
    assert os.listdir(tmp_path) == ["ŷ—\udcff"]  # noqa: PTH208


def test_an_unknown_command_is_named_as_it_was_typed(tmp_path):
    run = course(["ŷ"], TERMINALS["ASCII"], tmp_path)
    assert run.returncode == 2
    assert b"No such command 'y'" in run.stderr


@pytest.mark.parametrize("size", ["0", "1", "-5", "x", "²", "9" * 5000, ""])
@pytest.mark.parametrize("name", ["COLUMNS", "LINES", "TERMINAL_WIDTH"])
def test_a_size_that_no_terminal_has_is_forgotten(monkeypatch, name, size):
    monkeypatch.setenv(name, size)
    terminal.forget_impossible_sizes()
    assert (name in os.environ) == ((name, size) == ("LINES", "1"))
    monkeypatch.setenv(name, "100")
    terminal.forget_impossible_sizes()
    assert os.environ[name] == "100"


def test_a_terminal_of_no_width_is_printed_to(tmp_path):
    sizes = {"COLUMNS": "0", "LINES": "²", "TERMINAL_WIDTH": "x"}
    told = course(["exam", "export", "--format", "x", "--out", "x"], sizes, tmp_path)
    assert told.stderr.startswith(b"There is no format 'x'")
    assert b"Build, check and measure" in course(["--help"], sizes, tmp_path).stdout


@pytest.mark.parametrize("number", ["x", "-1", "1.5"])
def test_a_wrong_seed_set_is_one_sentence_of_every_command(monkeypatch, capsys, number):
    monkeypatch.setenv("COURSE_SEED_SET", number)
    monkeypatch.setattr(sys, "argv", ["course", "status"])
    with pytest.raises(SystemExit) as left:
        main()
    said = f"COURSE_SEED_SET is '{number}'; it must be a whole number from 0 on.\n"
    assert (left.value.code, capsys.readouterr().err) == (1, said)


def test_an_empty_seed_set_is_none(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_SEED_SET", "")
    monkeypatch.setattr(sys, "argv", ["course", "--version-that-is-none"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2  # what is refused is the option


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), (["try", "no-such"], 1)])
def test_a_reader_that_wants_no_more_changes_no_exit_status(arguments, status, tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        run = started(arguments, tmp_path, stdout=writer, stderr=writer)
    finally:
        os.close(writer)
    assert run.returncode == status


def test_a_report_that_nobody_reads_keeps_its_exit_status(tmp_path, wrong):
    run = started(["verify", str(wrong)], tmp_path, stdout=subprocess.PIPE, closed=True)
    assert (run.returncode, run.stderr) == (1, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk here")  # noqa: PTH110
def test_what_cannot_be_written_is_one_sentence_and_an_exit_status_of_its_own(tmp_path, wrong):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        for arguments in (["--help"], ["verify", str(wrong)], ["verify", str(wrong), "--json"]):
            run = started(arguments, tmp_path, stdout=full, stderr=subprocess.PIPE)
            assert run.returncode == 2
            assert run.stderr == b"The output cannot be written: No space left on device.\n"


def started(arguments, tmp_path, closed=False, **streams):
    """Run a command with the given streams; `closed` ends what reads its output at once."""
    with subprocess.Popen(
        [sys.executable, "-c", "from course_utils.cli import main; main()", *arguments],
        env={**os.environ, "COURSE_DATA_DIR": str(tmp_path / "data")},
        **({"stderr": subprocess.PIPE} | streams),
    ) as process:
        if closed:
            process.stdout.close()
        said = process.stderr.read() if process.stderr else b""
        process.wait(120)
    return subprocess.CompletedProcess(arguments, process.returncode, stderr=said)
