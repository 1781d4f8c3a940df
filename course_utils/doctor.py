"""``course doctor``: is everything here that the course needs, and if not, what to do about it."""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from jupyter_core.paths import jupyter_path
from packaging.requirements import Requirement

from course_utils import lab
from course_utils.runtime import REPOSITORY, data_folder, find_chromium

DISTRIBUTION = "deep-learning-course"
_REINSTALL = "run `make install` in the course's folder"
_FRONT_ENDS = ("@jupyter-widgets/jupyterlab-manager", "anywidget", lab.NAME)
_NOT_NEEDED = "not found, and not needed for studying"

_HOMELESS = "this user has no home folder"


@dataclass(frozen=True)
class Need:
    """One thing the course needs: whether it is there, and what to do if not.

    What is optional may be missing without anything being wrong.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    optional: bool = False

    @property
    def failed(self) -> bool:
        """Whether it has to be mended before the course can be used."""
        return not self.ok and not self.optional

    def __str__(self) -> str:
        mark = "OK  " if self.ok else "–   " if self.optional else "FAIL"
        name = f"optional: {self.name}" if self.optional else self.name
        remedy = f" — {self.remedy}" if not self.ok and self.remedy else ""
        return f"{mark}  {name}: {self.detail}{remedy}"


def examine() -> Iterator[Need]:
    """Yield every need, examined: Python, packages, device, data, widgets, write access.

    What only printing and browser tests need comes last and is optional.
    """
    yield _python()
    yield from _packages()
    yield _guarded("device", _device, _REINSTALL)
    yield _guarded("data", _data, _REINSTALL)
    yield from (_front_end(name) for name in _FRONT_ENDS)
    yield _lectures()
    yield _writable("answers", REPOSITORY / "notebooks", "copy the course to a folder of your own")
    yield _progress()
    yield _printer("pandoc", "pypandoc_binary")
    yield _printer("typst", "typst")
    yield _chromium()


def _python() -> Need:
    wanted = (3, 11)
    return Need(
        "Python",
        sys.version_info >= wanted,
        platform.python_version(),
        f"install Python {wanted[0]}.{wanted[1]} or newer, delete .venv, and {_REINSTALL}",
    )


def _packages() -> Iterator[Need]:
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Need(DISTRIBUTION, False, "not installed", _REINSTALL)
        return
    for requirement in map(Requirement, lines):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Need(requirement.name, False, "not installed", _REINSTALL)
            continue
        fits = requirement.specifier.contains(version, prereleases=True)
        detail = version if fits else f"{version}, but {requirement.specifier} is needed"
        yield Need(requirement.name, fits, detail, _REINSTALL)


def _device() -> str:
    import torch

    if torch.cuda.is_available():
        return f"cuda ({torch.cuda.get_device_name()})"
    if torch.backends.mps.is_available():
        return "mps (Apple GPU)"
    return "cpu (a GPU is not needed)"


def _data() -> str:
    from course_utils.data import ENZYMES, load_wine_split

    wine = load_wine_split(seed=0)
    return f"enzymes {ENZYMES.x.shape}, wine {wine.x_train.shape} and {wine.x_test.shape}"


def _front_end(name: str) -> Need:
    """Look for an extension of JupyterLab where JupyterLab looks for it."""
    need = f"front end {name}"
    try:
        folders = jupyter_path("labextensions")
    except RuntimeError:
        return Need(need, False, _HOMELESS, "set HOME")
    for folder in folders:
        package = Path(folder) / name / "package.json"
        if not package.is_file():
            continue
        if name == lab.NAME and not lab.is_current(package.parent):
            return Need(need, False, "older than the course", _REINSTALL)
        version = json.loads(package.read_text(encoding="utf-8")).get("version", "found")
        return Need(need, True, version)
    lost = "saved widgets" if name == lab.NAME else "widgets"
    return Need(need, False, f"JupyterLab would show no {lost}", _REINSTALL)


def _lectures() -> Need:
    """Look for the notebooks, which no wheel brings along."""
    count = len(list((REPOSITORY / "notebooks").glob("*.ipynb")))
    remedy = "run this in the course's folder, with the environment that `make install` makes there"
    return Need("lectures", count > 0, f"{count} in {_short(REPOSITORY / 'notebooks')}", remedy)


def _writable(name: str, folder: Path, remedy: str, *, make: bool = False) -> Need:
    """Try to write into a folder; `make` it first if it is one that the course makes for itself."""
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Need(f"write access for {name}", True, _short(folder))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Need(f"write access for {name}", False, f"{_short(folder)}: {reason}", remedy)


def _progress() -> Need:
    try:
        folder = data_folder()
    except FileNotFoundError:
        return Need("write access for progress", False, _HOMELESS, "set HOME or COURSE_DATA_DIR")
    remedy = "set COURSE_DATA_DIR to a folder you may write to"
    return _writable("progress", folder, remedy, make=True)


def _printer(name: str, distribution: str) -> Need:
    """Look for a program that prints papers, which comes as a Python package."""
    try:
        found = metadata.version(distribution)
    except metadata.PackageNotFoundError:
        remedy = f"`pip install {distribution}`"
        return Need(f"{name} (to print papers)", False, _NOT_NEEDED, remedy, optional=True)
    return Need(f"{name} (to print papers)", True, f"{distribution} {found}", optional=True)


def _chromium() -> Need:
    """Look for a browser."""
    found = find_chromium()
    return Need(
        "Chromium (to test in a browser)",
        found is not None,
        Path(found).name if found else _NOT_NEEDED,
        "install it with the system's package manager",
        optional=True,
    )


def _short(folder: Path) -> str:
    """Return a path as its owner knows it: within the course, or from the home folder on."""
    if folder.is_relative_to(REPOSITORY):
        return folder.relative_to(REPOSITORY).as_posix()
    try:
        return f"~/{folder.relative_to(Path.home()).as_posix()}"
    except (RuntimeError, ValueError):  # there is no home, or it does not hold the folder
        return str(folder)


def _guarded(name: str, examine_it: Callable[[], str], remedy: str) -> Need:
    try:
        return Need(name, True, examine_it())
    except Exception as error:  # whatever is broken is what the doctor is there to report
        return Need(name, False, f"{type(error).__name__}: {error}", remedy)
