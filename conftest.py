"""Settings of every test run: kernels and tests remember nothing unless a test asks for it."""

import os

import pytest

from course_utils.authoring import KERNEL_ENVIRONMENT

os.environ.update(KERNEL_ENVIRONMENT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say what must stay together when tests run in parallel: the tests of one file.

    They share fixtures that are dear, such as a kernel or a window of the browser. A test marked
    ``apart`` is so long that it is better given to whoever is free.
    """
    for item in items:
        group = item.nodeid if item.get_closest_marker("apart") else item.path
        item.add_marker(pytest.mark.xdist_group(str(group)))


@pytest.fixture
def remembering(monkeypatch, tmp_path):
    """Let the course remember progress and answers, in a folder of this test's own."""
    monkeypatch.delenv("COURSE_FORGET")
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"
