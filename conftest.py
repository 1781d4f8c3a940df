"""Settings of every test run: kernels and tests remember nothing unless a test asks for it."""

import os

import pytest

from course_utils.authoring import KERNEL_ENVIRONMENT

os.environ.update(KERNEL_ENVIRONMENT)


@pytest.fixture
def remembering(monkeypatch, tmp_path):
    """Let the course remember progress and answers, in a folder of this test's own."""
    monkeypatch.delenv("COURSE_FORGET")
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"
