"""Settings of every test run: kernels and tests remember nothing unless a test asks for it."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from course_utils.authoring import own_cells
from course_utils.runtime import KERNEL_ENVIRONMENT, find_chromium
from tests.warm_kernels import warm_kernels

os.environ.update(KERNEL_ENVIRONMENT)


def pytest_configure(config):
    """Begin what workers and kernels of this run share: a folder of heavy results, warm kernels."""
    if not hasattr(config, "workerinput"):
        kernels = ExitStack()
        kernels.enter_context(warm_kernels())
        config.add_cleanup(kernels.close)
    if "COURSE_COMPUTED_DIR" not in os.environ:
        os.environ["COURSE_COMPUTED_DIR"] = tempfile.mkdtemp(prefix="course-computed-")
        config.add_cleanup(
            lambda: shutil.rmtree(os.environ.pop("COURSE_COMPUTED_DIR"), ignore_errors=True)
        )


@pytest.hookimpl(optionalhook=True)  # there is no such hook without pytest-xdist
def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of a file on one worker, since they share much; of `test_lectures`, a lecture.

    Otherwise one worker would have all lectures to run in JupyterLab, after the others are done.
    """
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class ByFileOrLecture(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file, _, test = nodeid.partition("::")
            return file + test.partition("[")[2] if "test_lectures.py" in file else file

    return ByFileOrLecture(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_itemcollected(item):
    """Refuse a test that measures time where `make test` would not look for one."""
    browser = Path(__file__).parent / "tests" / "browser"
    if item.get_closest_marker("alone") and browser not in item.path.parents:
        raise pytest.UsageError(f"{item.nodeid} is marked `alone`, and not in tests/browser.")


@pytest.hookimpl(trylast=True)  # after -m and -k have chosen
def pytest_collection_modifyitems(config, items):
    """Leave to nbval only what JupyterLab does not run and compare in the same test run.

    That is, of the lectures that are opened there, what their solutions do otherwise than the
    student's notebook; a lecture takes half a minute.
    """
    if find_chromium() is None:
        return
    left = {}
    for item in items:
        if getattr(item, "originalname", "") == "test_all_cells_run_and_put_out_what_is_stored":
            lecture = item.callspec.params["opened"]
            left[lecture.student] = set()
            left[lecture.solution] = own_cells(lecture)

    def is_run_in_jupyterlab(item):
        return item.path in left and item.cell_num not in left[item.path]

    twice = [item for item in items if is_run_in_jupyterlab(item)]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if not is_run_in_jupyterlab(item)]


@pytest.fixture
def remembering(monkeypatch, tmp_path):
    """Let the course remember progress and answers, in a folder of this test's own."""
    monkeypatch.delenv("COURSE_FORGET")
    monkeypatch.delenv("COURSE_COMPUTED_DIR", raising=False)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"
