"""Requirements: a property of one class or of several, and how one is judged."""

import random
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from course_utils.checks import NotRight
from course_utils.plain_words import explain
from course_utils.verify.parts import PARTS, TOGETHER
from course_utils.verify.report import Entry, Status

Check = TypeVar("Check", bound=Callable[..., str | None])


@dataclass(frozen=True)
class Requirement:
    """A property that right classes have.

    Attributes
    ----------
    part
        The part it is about.
    check
        Takes the classes named in `needs`; raises `NotMet` if the property does not hold; returns
        the free choice that was made, if there is one to note. Its docstring's first line says
        what is required.
    needs
        Names of the classes that `check` takes.
    hint
        Shown when their code raises here.
    """

    part: str
    check: Callable[..., str | None]
    needs: tuple[str, ...]
    hint: str = ""

    @property
    def key(self) -> str:
        """Unique name, ``part.property``."""
        return f"{self.part}.{self.check.__name__}"

    @property
    def title(self) -> str:
        """What is required, in words."""
        return (self.check.__doc__ or self.check.__name__).strip().splitlines()[0].rstrip(".")

    @property
    def optional(self) -> bool:
        """Whether the exit status ignores it."""
        return any(PARTS[name].optional for name in self.needs)

    def entry(self, status: Status, **details: Any) -> Entry:
        """Return the entry that says what became of this requirement."""
        return Entry(self.part, self.title, self.key, status, self.optional, **details)


REQUIREMENTS: dict[str, Requirement] = {}
"""Every requirement by its key, in the order in which they are judged."""


def requirement(
    *parts: str, needs: tuple[str, ...] = (), hint: str = ""
) -> Callable[[Check], Check]:
    """Make a property a requirement of each of `parts`, or of `needs` together."""

    def register(check: Check) -> Check:
        for part in parts or (TOGETHER,):
            made = Requirement(part, check, needs or (part,), hint)
            REQUIREMENTS[made.key] = made
        return check

    return register


def judge(made: Requirement, classes: Mapping[str, Any], folder: Path | None = None) -> Entry:
    """Return what becomes of a requirement for the given classes, whatever their code does.

    Parameters
    ----------
    made
        The requirement.
    classes
        Part name → class; holds at least those that the requirement needs.
    folder
        The student's folder, to tell their lines from those of others.
    """
    try:
        with _quiet_and_seeded():
            note = made.check(*(classes[name] for name in made.needs))
    except NotRight as fault:
        return made.entry(
            Status.NOT_MET,
            quantity=getattr(fault, "quantity", ""),
            difference=fault.what,
            cause=fault.cause,
            hint=getattr(fault, "hint", ""),
        )
    except NotImplementedError as error:
        return made.entry(Status.NOT_STARTED, **crash_details(error, folder))
    except (Exception, SystemExit) as error:  # Ctrl-C still stops
        return made.entry(Status.CRASHED, hint=made.hint, **crash_details(error, folder))
    return made.entry(Status.FREE, note=note) if note else made.entry(Status.MET)


def crash_details(error: BaseException, folder: Path | None) -> dict[str, Any]:
    """Return what their code raised, in plain words, and where: an `Entry`'s fields."""
    failure = explain(error)
    meaning = failure.meaning
    if isinstance(error, SystemExit):
        meaning = "the code ends the program, for instance by `sys.exit` or `quit`"
    elif isinstance(error, EOFError):
        meaning = "the code waits for somebody to type something"
    elif isinstance(error, SyntaxError):
        meaning = "Python cannot read this line or the one before it"
    details = {"difference": failure.error, "cause": meaning}
    if isinstance(error, SyntaxError) and error.filename:
        file = _relative(error.filename, folder)
        return {**details, "file": file, "line": failure.number, "code": failure.line}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = _relative(frame.filename, folder)
        if file:
            return {**details, "file": file, "line": frame.lineno or 0, "code": frame.line or ""}
    if folder is None:
        return {**details, "line": failure.number, "code": failure.line}
    return details


def _relative(name: str, folder: Path | None) -> str:
    """Return a file's path relative to the folder, or nothing if it lies elsewhere."""
    if folder is None:
        return ""
    try:
        return Path(name).resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return ""


@contextmanager
def _quiet_and_seeded() -> Iterator[None]:
    """Run a property with the same random numbers each time, and without showing warnings."""
    numpy_state, python_state = np.random.get_state(), random.getstate()  # noqa: NPY002
    np.random.seed(20260)  # noqa: NPY002 - students draw from the global generator
    random.seed(20260)
    try:
        with warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(numpy_state)  # noqa: NPY002
        random.setstate(python_state)
