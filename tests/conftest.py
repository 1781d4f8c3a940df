"""Fixtures for all tests: a folder of its own for the user's data, and JupyterLab in a browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course_utils.bench import BenchError
from course_utils.bench.jupyterlab import Server, chromium
from course_utils.bench.notebook import Notebook


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; without it, browser tests fail in CI and are skipped elsewhere.

    While it is there, Playwright's event loop counts as running, and whoever starts a loop of their
    own in this process fails: so it ends with the file that needs it.
    """
    running = chromium()
    try:
        started = running.__enter__()
    except BenchError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(f"NO BROWSER TEST WAS RUN: {error}")
    yield started
    running.__exit__(None, None, None)


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab over an empty folder, `jupyterlab.folder`, for all browser tests."""
    with Server(tmp_path_factory.mktemp("jupyterlab")) as server:
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
