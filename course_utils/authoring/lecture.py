"""A lecture's files, and how they are found."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from course_utils.authoring.errors import AuthoringError
from course_utils.runtime import REPOSITORY

_NAME = re.compile(r"(\d\d)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")


@dataclass(frozen=True)
class Lecture:
    """One lecture's files.

    Attributes
    ----------
    root
        The course's folder.
    stem
        Number and name, such as ``01-normalization``.
    """

    root: Path
    stem: str

    @property
    def number(self) -> str:
        """Its two digits."""
        return self.stem[:2]

    @property
    def room(self) -> str:
        """The name of the lecture's room in ``course_utils/lessons``."""
        return self.stem[3:].replace("-", "_")

    @property
    def source(self) -> Path:
        """The only file that people edit."""
        return self.root / "solutions" / f"{self.stem}.md"

    @property
    def solution(self) -> Path:
        """The built notebook with answers."""
        return self.root / "solutions" / f"{self.stem}.ipynb"

    @property
    def student(self) -> Path:
        """The built notebook with blank exercises."""
        return self.root / "notebooks" / f"{self.stem}.ipynb"

    @property
    def answers(self) -> Path:
        """The right and wrong answers that its exercises are tried with."""
        return self.root / "tests" / "lessons" / self.room / "answers.py"


def check_folder(root: Path = REPOSITORY) -> None:
    """Raise `AuthoringError` unless the present folder is the course's or lies in it.

    An editable installation is found from everywhere: a command typed in another folder, perhaps a
    copy of the course, would change files that its author does not look at.
    """
    _check_solutions(root)
    present = Path.cwd()
    if not present.is_relative_to(root):
        raise AuthoringError(
            f"This environment's course is in {root}, and you are in {present}: run this in the"
            " course's folder. (A copy of the course has its own environment: `make install`.)"
        )


def find_lectures(names: list[str] | None = None, root: Path = REPOSITORY) -> list[Lecture]:
    """Return the named lectures, or all, in the order of their numbers.

    A lecture may be named by its stem (``01-normalization``), its number or its name alone.

    Raises
    ------
    AuthoringError
        If there is no course in `root`, a name fits no lecture, a source's name is no lecture's
        name, or two sources have one number.
    """
    _check_solutions(root)
    lectures = _all(root)
    if not names:
        return lectures
    chosen = []
    for name in names:
        asked = Path(name).stem
        fitting = [
            one for one in lectures if asked in (one.stem, one.number, one.stem[3:], one.room)
        ]
        if not fitting:
            known = ", ".join(one.stem for one in lectures) or "none yet"
            raise AuthoringError(f"There is no lecture {name!r}. The lectures are: {known}.")
        chosen += fitting
    return list(dict.fromkeys(chosen))


def split_name(name: str) -> tuple[str, str] | None:
    """Return number and name of a stem such as ``06-batch-norm``; None if it is no such stem."""
    fitting = _NAME.fullmatch(name)
    return (fitting[1], fitting[2]) if fitting else None


def _check_solutions(root: Path) -> None:
    if not (root / "solutions").is_dir():
        raise AuthoringError(
            f"There is no folder solutions/ in {root}: run this in the course's folder, with the"
            " environment that `make install` makes there."
        )


def _all(root: Path) -> list[Lecture]:
    by_number = defaultdict(list)
    for path in sorted((root / "solutions").glob("*.md")):
        if split_name(path.stem) is None:
            raise AuthoringError(
                f"solutions/{path.name}: a lecture's file is named by two digits and small letters"
                " with hyphens, such as 06-batch-norm.md."
            )
        by_number[path.stem[:2]].append(Lecture(root, path.stem))
    for number, several in by_number.items():
        if len(several) > 1:
            files = " and ".join(f"solutions/{one.source.name}" for one in several)
            raise AuthoringError(f"{files} have one number, {number}: rename one of them.")
    return [one for several in by_number.values() for one in several]
