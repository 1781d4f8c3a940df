"""A worker is bounded, listened to and ended; what the platform refuses of that ends nothing."""

import json
import os
import subprocess
import sys
import time

import pytest

from course_utils.runtime import REPOSITORY
from course_utils.workers import NoWorkerError, Worker, supervise
from course_utils.workers.inside import bounded

HERE = "tests.test_workers"


def tell(request, line):
    """Runs in the worker."""
    line.ready(1 << 20)
    print('{"printed": true}', flush=True)
    line.say(folder=os.getcwd(), files=sorted(os.listdir()), asked=request)  # noqa: PTH109, PTH208
    try:
        with open("large", "wb") as file:  # noqa: PTH123
            file.write(bytes(2 << 20))
    except OSError as error:
        line.say(refused=type(error).__name__)
    line.say(done=True)


def hang(request, line):
    line.ready(1 << 20)
    child = subprocess.Popen(["sleep", "99"])
    line.say(child=child.pid)
    while True:
        print("more" * 1000)


def die(request, line):
    line.ready(1 << 20)
    os._exit(3)


def events(function, **options):
    """Every event of a worker and the precautions it is without."""
    found = []
    with Worker(f"{HERE}:{function}", {"text": "für λ"}, **options) as worker:
        while (event := worker.next(30)) is not None:
            found.append(event)
            if "done" in event or "dead" in event:
                break
        return found, worker.without


def test_a_worker_runs_apart_and_only_its_own_events_come_out():
    (ready, told, refused, done), without = events(
        "tell", fill=lambda folder: (folder / "given").write_text("")
    )
    assert ready["ready"]
    assert told["asked"] == {"text": "für λ"}
    assert told["files"] == ["given"]
    assert refused == {"refused": "OSError"}
    assert done == {"done": True}
    assert without == ()
    assert not os.path.exists(told["folder"])  # noqa: PTH110


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_what_never_ends_is_stopped_with_its_children():
    with Worker(f"{HERE}:hang", {}) as worker:
        while "child" not in (event := worker.next(30)):
            pass
        assert worker.next(worker.used + 0.5) is None
    child = event["child"]
    end = time.monotonic() + 10
    while alive(child) and time.monotonic() < end:
        os.sched_yield()
    assert not alive(child)


def test_what_never_ends_ends_with_the_process_that_supervises_it():
    code = (
        "import time; from course_utils.workers import Worker\n"
        f"worker = Worker('{HERE}:hang', {{}})\n"
        "while 'child' not in (event := worker.next(30)): pass\n"
        "print(worker._process.pid, event['child'], flush=True); time.sleep(99)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as supervisor:
        worker, child = map(int, supervisor.stdout.readline().split())
        supervisor.kill()
    end = time.monotonic() + 30
    while (alive(worker) or alive(child)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(worker)
    assert not alive(child)


def test_a_process_that_dies_is_told_of():
    assert events("die")[0][-1] == {"dead": True}


REFUSALS = {
    "no bound on memory": (
        "import resource\n"
        "real = resource.setrlimit\n"
        "def setrlimit(what, limits):\n"
        "    if what == resource.RLIMIT_AS:\n"
        "        raise ValueError('current limit exceeds maximum limit')\n"
        "    return real(what, limits)\n"
        "resource.setrlimit = setrlimit\n",
        ("a bound on memory",),
    ),
    "no bound at all": (
        "import resource\n"
        "def refuse(*_):\n"
        "    raise OSError(22, 'Invalid argument')\n"
        "resource.getrlimit = refuse\n",
        ("a bound on memory", "a bound on files"),
    ),
    "no name for the bound on memory": (
        "import resource\ndel resource.RLIMIT_AS\n",
        ("a bound on memory",),
    ),
    "no thread that watches for the end of ours": (
        "import threading\n"
        "def start(self):\n"
        "    raise RuntimeError('cannot start new thread')\n"
        "threading.Thread.start = start\n",
        (),
    ),
    "no module for bounds": (
        "import sys\nsys.modules['resource'] = None\n",
        ("a bound on memory", "a bound on files"),
    ),
}


@pytest.fixture(params=REFUSALS)
def platform(request, tmp_path, monkeypatch):
    """Python, for the workers, on a platform that refuses something."""
    code, refused = REFUSALS[request.param]
    (tmp_path / "sitecustomize.py").write_text(code)
    # And this checkout, wherever the installed course is.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), str(REPOSITORY))))
    return refused


def test_a_bound_that_the_platform_refuses_is_known_and_ends_nothing(platform):
    found, without = events("tell")
    assert found[-1] == {"done": True}
    assert without == platform


def test_right_code_is_right_without_bounds(platform):
    from tests.exam.test_code import part

    assert part().mark(part().key()).points == part().points


def test_bounds_are_set_where_they_can_be():
    code = (
        "import resource; from course_utils.workers.inside import bounded;"
        "print(bounded(5000), resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["[]", "5000"]
    assert callable(bounded)


def no_folder(*_, **__):
    raise FileNotFoundError(2, "No usable temporary directory found")


def test_without_a_temporary_folder_code_runs_where_it_can_write_nothing_of_theirs(monkeypatch):
    monkeypatch.setattr(supervise.tempfile, "TemporaryDirectory", no_folder)
    found, without = events("tell")
    assert found[-1] == {"done": True}
    assert found[1]["folder"] == os.path.abspath(os.sep)  # noqa: PTH100
    assert without == ("a private folder",)


def test_a_system_that_starts_no_process_is_one_sentence(monkeypatch):
    def refuse(*_, **__):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(supervise.subprocess, "Popen", refuse)
    with pytest.raises(NoWorkerError, match=r"started .*: Resource temporarily unavailable"):
        events("tell")


def test_without_process_groups_the_tree_is_ended_by_the_systems_own_tool(monkeypatch):
    asked = []
    monkeypatch.delattr(supervise.os, "killpg")
    monkeypatch.setattr(supervise.subprocess, "run", lambda command, **_: asked.append(command))
    with Worker(f"{HERE}:tell", {}) as worker:
        pid = worker._process.pid
    assert asked == [["taskkill", "/F", "/T", "/PID", str(pid)]]
    assert not alive(pid)


def test_what_is_no_event_is_dropped():
    for line in (b"", b"\xff\n", b"[1]\n", b"1\n", b"[" * 100_000):
        assert supervise._event(line) == {}
    assert supervise._event(json.dumps({"a": 1}).encode()) == {"a": 1}


def test_without_a_thread_to_listen_there_is_one_sentence_and_no_process_left(monkeypatch):
    started = []
    popen = subprocess.Popen

    def start(*args, **options):
        started.append(popen(*args, **options))
        return started[0]

    def no_thread(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(supervise.subprocess, "Popen", start)
    monkeypatch.setattr(supervise.threading.Thread, "start", no_thread)
    with pytest.raises(NoWorkerError, match="No thread could be started"):
        Worker(f"{HERE}:hang", {})
    assert not alive(started[0].pid)
