"""What the driver of JupyterLab says when something is missing or goes wrong."""

import sys

import pytest

from course_utils.bench import BenchError, jupyterlab
from tests.browser.written import write_notebook


def test_missing_chromium_is_one_clear_sentence(monkeypatch):
    monkeypatch.setattr(jupyterlab, "find_chromium", lambda: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", "/nowhere")
    with pytest.raises(BenchError, match=r"No Chromium or Chrome was found: install one"):
        jupyterlab.chromium().__enter__()


def test_missing_playwright_is_one_clear_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(BenchError, match=r"Playwright is not installed: run `make install`"):
        jupyterlab.chromium().__enter__()


@pytest.mark.browser
def test_errors_dead_kernels_and_endless_cells_are_noticed(jupyterlab, open_notebook):
    cells = ["1 / 0", "2", "import os; os._exit(1)", "while True: pass"]
    for number, source in enumerate(cells):
        write_notebook(jupyterlab.folder / f"case{number}.ipynb", source, "3")
    failing, good, dying, endless = (open_notebook(f"case{n}.ipynb") for n in range(4))
    failing.run_all()
    assert failing.error_outputs() == ["ZeroDivisionError: division by zero"]
    assert failing.not_run() == [1]
    good.run_all()
    assert (good.error_outputs(), good.not_run(), good.errors) == ([], [], [])
    with pytest.raises(BenchError, match="kernel died"):
        dying.run_all(timeout=30)
    with pytest.raises(BenchError, match="not done after 2 s"):
        endless.run_all(timeout=2)
    endless.restart_kernel()  # waits until the kernel is idle again
