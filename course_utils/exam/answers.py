"""Keep what a student typed, in a file beside the notebook, keystroke by keystroke.

In a folder that cannot be written the user's data folder takes its place, and what was kept there
comes back, when it is read, as soon as the folder can be written again. If the file is deleted
while a notebook is open, everything that the notebook knows is written again with the next change
or the next cell that asks for it; if the notebook's folder is renamed, the file goes with it; if a
cell goes to another folder, the file stays. Where nothing is to be remembered, nothing is.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from IPython.core.getipython import get_ipython

from course_utils import runtime
from course_utils.exam.journal import Journal

Identity = tuple[int, int]
"""What stays the same of a folder when its name changes."""

_OPEN: dict[Path, Journal] = {}
"""The journals of this process: all questions of a notebook share what they know of its file."""


class Answers:
    """The answers of one lecture: fields by entry, where an entry is one form of one question.

    Attributes
    ----------
    path
        The file in use; it need not exist yet.
    notice
        One sentence for the student about where answers are kept, if that is not as usual.
    """

    def __init__(self, lecture: str, folder: Path | None = None) -> None:
        self._name = f"{lecture}.answers.jsonl"
        if folder is None and _KERNEL is not None:
            self._folder, self._known_as = _KERNEL
        else:
            self._folder = _here() if folder is None else folder.absolute()
            self._known_as = _identity(self._folder)
        self.path = self._folder / self._name
        self.notice = ""

    def read(self, entry: str) -> Mapping[str, str]:
        """Return the fields of `entry`; empty if nothing was typed yet."""
        if runtime.forgets():
            return {}
        home, spare = self._home(), self._spare()
        for journal in (home, spare):
            if journal is not None:
                with contextlib.suppress(OSError):
                    journal.read()
        if home.pending or (spare is not None and spare.entries):
            self._keep(entry, {})
        self.notice = _strange(home) or self.notice
        return dict(home.entries.get(entry, {}))

    def write(self, entry: str, field: str, typed: str) -> None:
        """Keep `typed` as `field` of `entry`; never raises, `notice` says what went wrong."""
        if not runtime.forgets():
            self._keep(entry, {field: typed})

    def _keep(self, entry: str, changed: Mapping[str, str]) -> None:
        home, spare = self._home(), self._spare()
        if spare is not None and spare.entries:  # it is newer: it holds what home did not take
            home.add(spare.entries)
        try:
            home.write(entry, changed)
        except OSError as error:
            self._keep_elsewhere(spare, entry, home.entries[entry], error.strerror or str(error))
            return
        self.path = home.path
        if self.notice or (spare is not None and spare.entries):
            self.notice = _strange(home)
            if spare is not None:
                with contextlib.suppress(OSError):
                    spare.remove()

    def _keep_elsewhere(
        self, spare: Journal | None, entry: str, fields: Mapping[str, str], reason: str
    ) -> None:
        try:
            if spare is None:
                raise OSError
            spare.path.parent.mkdir(parents=True, exist_ok=True)
            spare.write(entry, fields)
        except OSError:
            self.notice = (
                f"Your answers are not being kept ({reason}): they are lost when the kernel stops."
            )
            return
        self.path = spare.path
        self.notice = (
            f"{self._name} cannot be written here ({reason}); your answers are kept in"
            f" {spare.path} instead."
        )

    def _home(self) -> Journal:
        """Return the journal beside the notebook, also after its folder got another name."""
        if self._known_as is not None and _identity(self._folder) != self._known_as:
            with contextlib.suppress(OSError):  # there may be no folder at all any more
                here = Path.cwd()
                if _identity(here) == self._known_as:
                    moved = _OPEN.pop(self._folder / self._name, None)
                    self._folder = here
                    if moved is not None:
                        moved.path = here / self._name
                        _OPEN.setdefault(moved.path, moved)
        return _journal(self._folder / self._name)

    def _spare(self) -> Journal | None:
        """Return the journal in the user's data folder; None if there is no such folder."""
        try:
            return _journal(runtime.data_folder() / "answers" / self._name)
        except OSError:
            return None


def _strange(journal: Journal) -> str:
    """Return the sentence on what could not be read; nobody has read it by the next key."""
    if journal.aside:
        return (
            f"The file with your answers could not be read; it is kept as {journal.aside}, and a"
            " new one was begun."
        )
    if journal.strange:
        *others, last = map(str, journal.strange)
        lines = f"Lines {', '.join(others)} and {last}" if others else f"Line {last}"
        return (
            f"{lines} of {journal.path.name} cannot be read, so that what was typed there is not"
            " shown. The file keeps what stands there until you take it out."
        )
    return ""


def _here() -> Path:
    """Return the present folder; one that cannot be written, if it is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.devnull)


def _journal(path: Path) -> Journal:
    return _OPEN.setdefault(path, Journal(path))


def _identity(folder: Path) -> Identity | None:
    """Return a folder's identity; None if there is no folder."""
    try:
        status = os.stat(folder)  # noqa: PTH116 - on every keystroke
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _of_the_kernel() -> tuple[Path, Identity | None] | None:
    """Return the notebook's folder and its identity; None if no notebook runs here.

    A kernel begins in its notebook's folder, and a cell of the student's may have left it since.
    Some programs start it elsewhere and go to the notebook's before the first cell: then there is
    no notebook where it began, and the present folder is the best that is known.
    """
    shell = get_ipython()
    if shell is None:
        return None
    began = Path(shell.starting_dir)
    folder = began if any(began.glob("*.ipynb")) else _here()
    return folder, _identity(folder)


_KERNEL = _of_the_kernel()
"""Found once, when the first of the course is imported: what cells do later does not change it."""
