import os
import time
from pathlib import Path

import ipywidgets as widgets
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.exam import Question, ask, markup
from course_utils.exam.kinds import code_process
from course_utils.exam.kinds.code import CODE, Code, Criterion
from course_utils.workers import NoWorkerError
from tests.exam.test_widget import all_widgets, button, folder, shown

pytestmark = pytest.mark.slow  # answers run in processes of their own

__all__ = ["folder"]  # its fixture keeps every test in a folder of its own


def part(limit: float = 5.0) -> Code:
    return Code(
        name="double",
        check="tests.exam.doubling:check_double",
        starter="def double(x):\n    ...\n",
        solution="def double(x):\n    return 2 * x\n",
        criteria=(Criterion("Zero", ("zero",), 0.5), Criterion("Three", ("three",), 1.5)),
        limit=limit,
    )


def points(code: str, limit: float = 5.0) -> float:
    return part(limit).mark({CODE: code}).points


def test_points_are_earned_property_by_property() -> None:
    assert part().mark(part().key()).points == part().points == 2
    mark = part().mark({CODE: "def double(x):\n    return x / 2"})
    assert mark.points == 0.5
    assert mark.remarks["criterion 1"].outcome == "right"
    assert mark.remarks["criterion 2"].outcome == "wrong"
    assert "likely cause: it is *halved*" in mark.remarks["criterion 2"].says
    assert points("double = lambda x: x + x") == 2


def test_a_mark_that_pasting_brought_along_is_passed_over() -> None:
    assert points("\ufeffdef double(x):\n    return 2 * x\u200b") == 2


def test_an_error_is_told_with_its_line_and_costs_only_what_it_touches() -> None:
    mark = part().mark({CODE: "def double(x):\n    y = 1 / (3 - x)\n    return 2 * x"})
    assert mark.points == 0.5
    assert "ZeroDivisionError" in mark.remarks["criterion 2"].says
    assert "in line 2" in mark.remarks["criterion 2"].says


def test_what_the_code_returns_is_quoted_and_never_becomes_a_link_or_picture() -> None:
    mark = part().mark({CODE: "def double(x):\n    return '![a](http://b)<img>'"})
    html = "".join(markup.inline(remark.says) for remark in mark.remarks.values())
    assert "a] (http" in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Nothing is written yet"),
        (" \n\t", "Nothing is written yet"),
        ("def double(x):\n\n    ...", "Nothing is written yet"),
        ("def double(x):\n    pass", "is not written yet"),
        ("def double(x:\n    return", "SyntaxError"),
        ("def triple(x):\n    return x", "defines no `double`"),
        ("import numpy as mp\nraise ValueError('<b>')", "ValueError: <b>"),
        ("import sys\nsys.exit(0)", "SystemExit"),
        ("x" * 30_000, "longer than"),
    ],
)
def test_what_cannot_be_checked_costs_no_try_and_says_why(code: str, says: str) -> None:
    assert says in part().problems({CODE: code})[CODE]
    assert points(code) == 0


def test_blank_code_is_told_from_code_without_running_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_process, "Worker", None)
    assert part().problems({}) == part().problems({CODE: part().starter})
    assert part().mark({}).points == 0


HOSTILE = {
    "loop": ("def double(x):\n    while x: pass\n    return 0", 0.5),
    "loop at once": ("while True: pass", 0),
    "sleep": ("import time\ndef double(x):\n    time.sleep(99 * x)\n    return 0", 0.5),
    "exit": ("import os\ndef double(x):\n    os._exit(0)", 0),
    "sys.exit": ("import sys\ndef double(x):\n    sys.exit(0)", 0),
    "interrupt": ("def double(x):\n    raise KeyboardInterrupt", 0),
    "kill": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", 0),
    "memory": ("def double(x):\n    return [0] * 10**12", 0),
    "recursion": ("def double(x):\n    return double(x)", 0),
    "deep": ("double = " + "(" * 5000 + "1" + ")" * 5000, 0),
    "minus": ("double = " + "-" * 15000 + "1", 0),
    "print": ('def double(x):\n    print(\'{"event": "done"}\' * 99)\n    return 2 * x', 2),
    "stdin": ("input()\ndouble = lambda x: 2 * x", 0),
    "threads": (
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(99,)).start()\n"
        "double = lambda x: 2 * x",
        2,
    ),
    "fork": ("import os\nos.fork()\ndouble = lambda x: 2 * x", 2),
    "children": (
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'])\n"
        "double = lambda x: 2 * x",
        2,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hangs_or_harms_the_kernel(name: str) -> None:
    code, earned = HOSTILE[name]
    began = time.monotonic()
    assert points(code, limit=1.5 if earned < 2 else 20) == earned
    assert time.monotonic() - began < 30
    assert threads_and_children() == []


def threads_and_children() -> list[str]:
    """Processes of ours that still run the worker."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
            command = (entry.parent / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and "workers.inside" in command and fields[0] != "Z":
            found.append(command)
    return found


def test_stopped_code_is_named_with_the_place_and_run_again_next_time() -> None:
    code = HOSTILE["loop"][0] + "  # again"
    problem = part(0.5).problems({CODE: code})[CODE]
    assert "not come to an end within 0.5 seconds at “three”" in problem
    mark = part(0.5).mark({CODE: code})
    assert mark.remarks["criterion 1"].outcome == "right"
    assert mark.remarks["criterion 2"].outcome == "empty"
    assert "not come to an end" in mark.remarks[""].says


def test_the_same_code_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "def double(x):\n    return 2.0 * x"
    assert points(code) == 2
    monkeypatch.setattr(code_process, "Worker", None)
    assert part().problems({CODE: code}) == {}
    assert points(code) == 2


def test_the_students_folder_is_not_where_the_code_runs(folder: Path) -> None:
    (folder / "numpy.py").write_text("raise ImportError('not this one')")
    assert points("open('left', 'w').close()\nimport numpy\ndef double(x): return 2 * x") == 2
    assert [path.name for path in folder.iterdir()] == ["numpy.py"]


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.one_of(st.text(max_size=60), st.text("def double(x):=\n 0123+*", max_size=40)))
def test_no_text_raises_or_earns_points_by_accident(code: str) -> None:
    part(2.0).problems({CODE: code})
    assert points(code, 2.0) == 0


def area(widget: widgets.Widget) -> widgets.Textarea:
    (found,) = [w for w in all_widgets(widget) if isinstance(w, widgets.Textarea)]
    return found


def test_on_the_screen_code_is_kept_with_every_keystroke_and_judged() -> None:
    question = Question("6.1", "cnns", "Code", 2, "Prompt", (part(),), "SECRET")
    asked = ask(question)
    assert area(asked).value == part().starter
    area(asked).value = "def double(x)\n"
    button(asked, "Check").click()
    assert "SyntaxError" in shown(asked)
    assert "no try used" in shown(asked)
    area(asked).value = "def double(x):\n    return '`<b>`'"
    again = ask(question)
    assert area(again).value == "def double(x):\n    return '`<b>`'"
    button(again, "Check").click()
    assert "0 of 2 points, try 1" in shown(again)
    assert "<b>`" not in shown(again)
    area(again).value = ""
    assert area(ask(question)).value == part().starter


def test_the_line_named_is_the_last_one_of_the_code_itself() -> None:
    mark = part().mark({CODE: "import statistics\ndouble = lambda x: statistics.mean([])"})
    assert "StatisticsError" in mark.remarks["criterion 1"].says
    assert "in line 2." in mark.remarks["criterion 1"].says


def test_where_no_process_starts_no_try_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NoWorkerError("No process could be started.")

    monkeypatch.setattr(code_process, "Worker", refuse)
    code = "def double(x):\n    return 2 * x  # not run"
    assert "No process" in part().problems({CODE: code})[CODE]
