"""Fixtures for all tests: a folder of its own for the user's data, and JupyterLab in a browser."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from course_utils.bench import BenchError
from course_utils.bench.jupyterlab import Server, chromium
from course_utils.bench.notebook import Notebook

_chromium = ExitStack()
_started: list[Any] = []


@pytest.fixture(scope="module")
def browser() -> Any:
    """Chromium, started once for all browser tests in a row; those of a file are to be in a row.

    Without it, they fail in CI and are skipped elsewhere.
    """
    if not _started:
        try:
            _started.append(_chromium.enter_context(chromium()))
        except BenchError as error:
            if os.environ.get("CI"):
                pytest.fail(str(error))
            pytest.skip(f"NO BROWSER TEST WAS RUN: {error}")
    return _started[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """End Chromium after the last browser test.

    While it is there, Playwright's event loop counts as running, and whoever starts a loop of their
    own in this process fails.
    """
    yield
    if "browser" not in getattr(nextitem, "fixturenames", ()):
        _started.clear()
        _chromium.close()


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab over an empty folder, `jupyterlab.folder`, for all browser tests."""
    with Server(tmp_path_factory.mktemp("jupyterlab"), keep_window=True) as server:
        yield server


@pytest.fixture
def open_notebook(jupyterlab: Server, browser: Any) -> Iterator[Callable[..., Notebook]]:
    """Open a notebook of the server's folder in a window that is closed after the test."""
    opened: list[Notebook] = []

    def open_(path: str | Path, **context: Any) -> Notebook:
        notebook = jupyterlab.open(str(path), browser, **context)
        opened.append(notebook)
        return notebook

    yield open_
    for notebook in opened:
        notebook.close()
