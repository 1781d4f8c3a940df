"""Real JupyterLab in the system's Chromium, driven through Playwright: for measurements and tests.

    with Server(folder) as server, chromium() as browser:
        notebook = server.open("lecture.ipynb", browser)
        notebook.run_all()

The server has configuration, data and runtime folders of its own, so nothing of the user's
JupyterLab is read or changed, and needs no network.
"""

import base64
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import nbformat
from nbformat import NotebookNode

from course_utils import lab
from course_utils.bench import BenchError
from course_utils.bench.notebook import Notebook
from course_utils.runtime import find_chromium

_FLAGS = [
    "--no-sandbox",  # as root in a container there is none
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
_SETTINGS: dict[str, dict[str, Any]] = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
}
_START_TIMEOUT = 180.0  # seconds
_VIEWPORT = {"width": 1280, "height": 900}


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a Playwright browser: the system's Chromium, or the one that Playwright installed.

    Raises
    ------
    BenchError
        If Playwright or Chromium is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise BenchError(
            "Playwright is not installed: run `make install`, or `pip install playwright`."
        ) from None
    with sync_playwright() as playwright:
        path = find_chromium() or playwright.chromium.executable_path
        if not Path(path).exists():
            raise BenchError(
                "No Chromium or Chrome was found: install one with the system's package manager,"
                " or run `playwright install chromium`."
            )
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Server:
    """A JupyterLab server over one folder, started by ``with`` and stopped at its end.

    Parameters
    ----------
    folder
        Where the notebooks are; they are not changed unless something saves them.
    environment
        Further environment variables for the server and its kernels.
    keep_window
        Whether a notebook may be opened in a window in which another one was closed: to load
        JupyterLab takes a processor five seconds.
    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        *,
        keep_window: bool = False,
    ) -> None:
        self.folder = folder
        self.address = ""
        self._keep_window = keep_window
        self._kept: Any = None  # a page
        self._environment = dict(environment or {})
        self._token = secrets.token_hex(16)

    def __enter__(self) -> Self:
        self._private = Path(tempfile.mkdtemp(prefix="course-jupyterlab-"))
        for name, values in _SETTINGS.items():
            file = self._private / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))
        folders = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
            "COURSE_DATA_DIR": "course",
        }
        private = {key: str(self._private / name) for key, name in folders.items()}
        self._log = (self._private / "log").open("wb")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={_free_port()}",
                f"--ServerApp.root_dir={self.folder}",
                f"--IdentityProvider.token={self._token}",
                "--LabApp.expose_app_in_browser=True",
                # before what is installed, which may be older
                f"--LabApp.extra_labextensions_path={lab.LABEXTENSIONS}",
                "--LabApp.news_url=None",
            ],
            env={**os.environ, **private, **self._environment},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            self.address = self._wait_for_address()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        shutil.rmtree(self._private, ignore_errors=True)

    def open(self, name: str, browser: Any, **context: Any) -> Notebook:
        """Open a notebook of the folder in a browser window of its own.

        Parameters
        ----------
        name
            Path of the notebook, relative to the folder.
        browser
            From :func:`chromium`.
        **context
            For Playwright's ``new_context``, such as ``device_scale_factor=2``. Such a window is
            always a new one, unless it differs in its size (``viewport``) only.
        """
        viewport = context.pop("viewport", _VIEWPORT)
        notebook = None if context else self._in_window_of(browser, name, viewport)
        if notebook is None:
            page = browser.new_context(viewport=viewport, **context).new_page()
            notebook = Notebook(page, self._keep if self._keep_window and not context else None)
            page.goto(f"{self.address}doc/tree/{name}?reset&token={self._token}")
        notebook.wait_until_ready()
        return notebook

    def _in_window_of(self, browser: Any, name: str, viewport: dict[str, int]) -> Notebook | None:
        """Open a notebook in the window that was kept, if it is one of this browser's and does."""
        page, self._kept = self._kept, None
        if page is None or page.context.browser != browser:
            return None
        page.set_viewport_size(viewport)
        notebook = Notebook(page, self._keep)
        if notebook.take_over(name):
            return notebook
        page.context.close()
        return None

    def _keep(self, page: Any) -> None:
        """Keep the page of a notebook that was closed, unless another one is kept."""
        if self._kept is None:
            self._kept = page
        else:
            page.context.close()

    def _wait_for_address(self) -> str:
        end = time.monotonic() + _START_TIMEOUT
        information = self._private / "runtime" / f"jpserver-{self._process.pid}.json"
        while time.monotonic() < end and self._process.poll() is None:
            if information.exists():
                try:
                    address: str = json.loads(information.read_text())["url"]
                except ValueError:  # half written
                    continue
                try:
                    port = int(address.rsplit(":", 1)[1].split("/")[0])
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    return address
                except OSError:
                    pass
            time.sleep(0.05)
        self._log.flush()
        log = (self._private / "log").read_text(errors="replace")
        raise BenchError(f"JupyterLab did not start. The end of its log:\n{log[-2000:]}")


def write_notebook(path: Path, *cells: str | NotebookNode) -> None:
    """Write a notebook that was never run; a text is the source of a code cell."""
    made = [nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


def decode(data_url: str) -> bytes:
    """Return the bytes of a base64 data URL."""
    return base64.b64decode(data_url.split(",", 1)[1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
