"""Where the course runs: strict or forgiving, in which folders, with which browser.

Environment variables are read here and nowhere else:

``COURSE_FORGET``
    if ``1``, nothing is remembered: no progress, no answers.
``COURSE_STRICT``
    if ``1``, an error in a slider's callback is fatal instead of being shown in the explorer.
    Both are set while notebooks are built or tested.
``COURSE_DATA_DIR``
    replaces the user's data folder.
``COURSE_COMPUTED_DIR``
    where heavy results are kept instead of in the data folder, even if nothing is remembered: all
    processes of one test run, or of one build, share a folder that is empty when it begins.
``COURSE_SEED_SET``
    the number of the seeds that everything draws from (`course_utils.seeds`); 0 if it is not set.
"""

import functools
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

_BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# By `sys.platform`: there, installed browsers are not on the path.
_INSTALLED = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
        "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
        "%LocalAppData%/Google/Chrome/Application/chrome.exe",
        "%LocalAppData%/Chromium/Application/chrome.exe",
        "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
        "%ProgramFiles%/Microsoft/Edge/Application/msedge.exe",
    ),
}

REPOSITORY = Path(__file__).resolve().parents[1]
"""The course's folder, the one that holds ``notebooks/`` and ``solutions/``."""


KERNEL_ENVIRONMENT = {
    "COURSE_FORGET": "1",  # what was typed and passed before must not show
    "COURSE_STRICT": "1",  # what goes wrong in a slider's callback must stop the notebook
    "OMP_NUM_THREADS": "1",  # sums depend on how they are split among threads
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "TQDM_DISABLE": "1",  # progress bars show times
}
"""What a kernel's environment must hold while stored outputs are made or compared."""


def forgets() -> bool:
    """Tell whether nothing is to be remembered."""
    return os.environ.get("COURSE_FORGET") == "1"


def strict() -> bool:
    """Tell whether what is otherwise shown to the student and passed over is to be fatal."""
    return os.environ.get("COURSE_STRICT") == "1"


def seed_set() -> int:
    """Return the number of the present seed set.

    Raises
    ------
    ValueError
        If ``COURSE_SEED_SET`` is not a whole number from 0 on.
    """
    number = os.environ.get("COURSE_SEED_SET") or "0"  # an empty one is none
    if not number.isdecimal():
        raise ValueError(f"COURSE_SEED_SET is {number!r}; it must be a whole number from 0 on")
    return int(number)


def data_folder() -> Path:
    """Return the user's data folder of the course; it need not exist yet.

    Raises
    ------
    FileNotFoundError
        If the user has no home folder.
    """
    if chosen := os.environ.get("COURSE_DATA_DIR"):
        return Path(chosen)
    try:
        return Path(platformdirs.user_data_dir("deep-learning-course"))
    except RuntimeError:  # no HOME, and the system knows no home of this user
        raise FileNotFoundError(
            "this user has no home folder; set HOME or COURSE_DATA_DIR"
        ) from None


def computed_folder() -> Path | None:
    """Return the folder in which heavy results are kept; None if none are to be kept.

    Raises
    ------
    FileNotFoundError
        If the user has no home folder.
    """
    if chosen := os.environ.get("COURSE_COMPUTED_DIR"):
        return Path(chosen)
    return None if forgets() else data_folder() / "computed"


@contextmanager
def one_thread() -> Iterator[None]:
    """Let NumPy's linear algebra and PyTorch, if it is loaded, work in one thread inside the block.

    The arrays of the course are small: where other work goes on, as JupyterLab's in the browser,
    threads that wait for each other take ten times as long. And one thread gives everybody the
    same numbers.
    """
    torch = sys.modules.get("torch")
    before = torch.get_num_threads() if torch else 1
    if torch:
        torch.set_num_threads(1)
    try:
        with _libraries("scipy.linalg" in sys.modules).limit(limits=1):
            yield
    finally:
        if torch:
            torch.set_num_threads(before)


@functools.cache
def _libraries(_: bool) -> ThreadpoolController:
    """Return the loaded libraries for linear algebra; SciPy's own comes later, if at all."""
    return ThreadpoolController().select(user_api="blas")


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, Chrome or Edge; None if none is found.

    It is looked for on the path and, on macOS and Windows, where it is usually installed.
    Debian's headless shell comes first: the same engine without the windows that nobody sees, which
    cost a tenth of a browser test.
    """
    on_the_path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    installed = (os.path.expandvars(place) for place in _INSTALLED.get(sys.platform, ()))
    return on_the_path or next((place for place in installed if Path(place).is_file()), None)
