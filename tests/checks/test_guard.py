import importlib
import re
import signal
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from course_utils.checks import guard
from course_utils.checks.guard import guarded


@pytest.fixture(autouse=True)
def as_in_a_kernel():
    """While a cell runs, a kernel listens to Ctrl-C; where these tests run it may be ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def endless():
    x = 0
    while True:
        x += 1


def catches_everything():
    while True:
        try:  # noqa: SIM105
            sum(range(100))
        except:  # noqa: E722
            pass


def catches_once():
    try:
        while True:
            pass
    except BaseException:
        return 5


def sleeps():
    time.sleep(60)


def floods():
    while True:
        print("x" * 100)


@pytest.mark.parametrize(
    ("function", "line"),
    [
        (endless, ""),
        (catches_everything, ""),
        (catches_once, "in line"),
        (sleeps, "`time.sleep(60)`"),
        (floods, "in line"),
    ],
)
def test_code_that_does_not_end_is_stopped_with_its_line(function, line):
    begun = time.monotonic()
    ran = guarded(function, limit=0.2)
    # Four times the limit where it waits, or gets few turns on a busy machine.
    assert re.match(r"stopped after 0\.[28] s in line ", ran.late)
    assert function is not sleeps or "0.8" in ran.late
    assert line in ran.late
    assert ran.value is None
    assert time.monotonic() - begun < 20
    assert len(ran.printed) < 2100


def module(folder, name, code):
    """Return a function that imports a fresh module, made of `code`, and then goes on."""
    (folder / f"{name}.py").write_text(f"import time\n{code}\n")

    def imports(then=lambda: "done"):
        sys.path.insert(0, str(folder))
        try:
            return importlib.import_module(name), then()
        finally:
            sys.path.remove(str(folder))
            sys.modules.pop(name, None)

    return imports


def test_an_import_is_not_cut_in_half_and_its_time_is_not_the_codes(tmp_path):
    slow = module(tmp_path, "slow_to_load", "for _ in range(40): time.sleep(0.02)\nwhole = True")
    ran = guarded(slow, limit=0.2)
    assert not ran.late
    assert ran.error is None
    assert ran.value[0].whole
    assert guarded(slow, endless, limit=0.2).late, "what comes after the import has its limit"


def test_an_import_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "_IMPORTS", 0.3)
    begun = time.monotonic()
    assert guarded(module(tmp_path, "never_loads", "while True: time.sleep(0.02)"), limit=0.1).late
    assert time.monotonic() - begun < 20


def test_it_stops_in_another_thread_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(guarded(endless, limit=0.2)))
    thread.start()
    thread.join(20)
    assert found[0].late


def test_code_that_ends_just_in_time_leaves_no_late_exception_behind():
    for _ in range(200):
        guarded(lambda: sum(range(2000)), limit=1e-4)
    assert sum(range(100_000)) == 4_999_950_000  # would be struck here


@pytest.mark.parametrize("kind", [SystemExit, ValueError, GeneratorExit])
def test_whatever_is_raised_comes_back_as_an_error(kind):
    def fails():
        raise kind

    assert isinstance(guarded(fails).error, kind)


class Endless(Exception):  # noqa: N818
    def __str__(self):
        while True:
            pass


class EndlessWarning(UserWarning):
    def __str__(self):
        while EndlessWarning.told:
            pass
        return "once"

    told = False


def test_the_text_of_what_is_raised_or_warned_has_a_time_limit_too():
    def fails():
        raise Endless

    def warns():
        EndlessWarning.told = False
        warnings.warn(EndlessWarning(), stacklevel=1)
        EndlessWarning.told = True

    for function in (fails, warns):
        said = guarded(function, limit=0.3).says
        EndlessWarning.told = False
        assert re.match(r"your code was stopped after [0-9.]+ s in line", said)  # a busy machine's


def test_code_that_watches_each_line_does_not_watch_ours():
    before = sys.gettrace(), sys.getprofile()

    def watches():
        sys.settrace(lambda *_: None)
        sys.setprofile(lambda *_: None)
        return 5

    assert guarded(watches, limit=2).value == 5
    assert (sys.gettrace(), sys.getprofile()) == before


def test_ctrl_c_comes_through():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(interrupted)


def test_what_is_printed_is_kept_up_to_a_length_and_does_not_reach_the_screen(capsys):
    ran = guarded(lambda: print("a" * 5000, file=sys.stderr))
    assert ran.printed.endswith("… and 3001 characters more")
    assert capsys.readouterr() == ("", "")


def test_random_numbers_are_the_same_every_time_and_the_callers_go_on():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first, second = (guarded(np.random.rand).value for _ in range(2))
    assert first == second
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_a_guard_costs_little():
    guarded(int)
    begun = time.perf_counter()
    for _ in range(50):
        guarded(int)
    assert (time.perf_counter() - begun) / 50 < 0.02


def no_thread(*_):
    raise RuntimeError("can't start new thread")


def test_where_no_thread_starts_code_runs_without_a_limit(monkeypatch):
    monkeypatch.setattr(threading.Thread, "start", no_thread)
    ran = guarded(lambda: 5)
    assert (ran.value, ran.error, ran.late) == (5, None, "")


def test_where_there_is_no_ctypes_code_runs_without_a_limit(monkeypatch):
    monkeypatch.setattr(guard, "ctypes", None)
    assert guarded(lambda: time.sleep(0.05) or 5, limit=0.01).value == 5


def test_a_warning_whose_text_cannot_be_made_is_told_all_the_same():
    class Odd(UserWarning):
        said = False

        def __str__(self):
            if Odd.said:
                raise SystemExit
            return "odd"

    def warn():
        warnings.warn(Odd(), stacklevel=1)
        Odd.said = True

    ran = guarded(warn)
    assert ran.error is None
    assert ran.warned == ["(its text cannot be made)"]
