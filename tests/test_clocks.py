"""Time is what code uses, not what passes while the machine does other things."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from course_utils.clocks import WAITING, Clock
from course_utils.verify import Status, supervisor, verify
from tests.verify.workshop import build


def burn(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass


def test_what_computes_is_charged_what_it_computes():
    clock, begun = Clock(), time.process_time()
    burn(0.5)
    computed = time.process_time() - begun
    assert computed - 0.05 <= clock.used <= max(computed, clock.wall / WAITING) + 0.1
    assert clock.used <= clock.wall


def test_what_waits_is_charged_a_part_and_comes_to_an_end():
    clock = Clock()
    time.sleep(1)
    assert clock.used == pytest.approx(clock.wall / WAITING, abs=0.1)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="the system stops no process")
def test_a_process_that_gets_no_turn_is_not_charged_for_it():
    code = "while True: pass"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        clock = Clock(process.pid)
        os.kill(process.pid, signal.SIGSTOP)
        time.sleep(1)
        assert clock.used < clock.wall / 2
        process.kill()
        process.wait()
        assert clock.used <= clock.wall, "of a process that has ended, only the wall is known"


def test_where_nothing_is_told_the_wall_counts(monkeypatch):
    def refuse(number):
        raise psutil.AccessDenied(number)

    monkeypatch.setattr(psutil, "Process", refuse)
    clock = Clock(os.getppid())
    time.sleep(0.2)
    before = clock.wall
    assert before <= clock.used <= clock.wall


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="the system stops no process")
def test_right_code_is_met_on_a_machine_that_is_busy(tmp_path, monkeypatch):
    """Its process stands still for longer than a requirement may take, and is not blamed."""
    monkeypatch.setattr(supervisor, "REQUIREMENT_LIMIT", 3.0)
    folder = build(tmp_path / "solution")
    base = folder / "Layers/ReLU.py"
    pause = (
        "import os as _os, subprocess as _subprocess, sys as _sys\n"
        "_wake = 'import os, signal, time; p = os.getppid(); os.kill(p, signal.SIGSTOP);'\n"
        "_wake += 'time.sleep(4); os.kill(p, signal.SIGCONT)'\n"
    )
    text = base.read_text().replace(
        "        return np.maximum",
        "        _subprocess.run([_sys.executable, '-c', _wake]) if not ReLU.__dict__.get('s') "
        "else None\n        ReLU.s = True\n        return np.maximum",
    )
    base.write_text(pause + text)
    report = verify(folder, ["ReLU"])
    assert {entry.status for entry in report.entries} <= {Status.MET, Status.FREE}
