"""What all commands share: the two consoles, and how a command says that it cannot go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from course_utils.cli.terminal import as_path, forget_impossible_sizes

forget_impossible_sizes()  # which a console reads when it is made, and the help later
console = Console()
_errors = Console(stderr=True)

PATH: dict[str, Any] = {"parser": as_path, "metavar": "PATH"}
"""How every argument and option that is a path is read."""
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def say(line: str) -> None:
    """Print a line as it is."""
    console.print(line, highlight=False, markup=False, soft_wrap=True)


def fail(message: str) -> typer.Exit:
    """Print a message to standard error and return the exit to raise."""
    _errors.print(message, style="red", highlight=False, markup=False, soft_wrap=True)
    return typer.Exit(1)


@contextmanager
def told(*mendable: type[Exception]) -> Iterator[None]:
    """Turn what a user can mend, and a place that cannot be written, into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        place = error.filename or "The result"  # a full disk has no file's name
        raise fail(f"{place} cannot be written: {reason}.") from None
    except mendable as error:
        raise fail(str(error)) from None


@contextmanager
def in_course() -> Iterator[None]:
    """Refuse to go on outside of the course's folder; tell what an author can mend as `told`."""
    from course_utils import authoring

    with told(authoring.AuthoringError):
        authoring.check_folder()
        yield


def write(path: Path, content: bytes) -> None:
    """Write a file, and the folders it is in if they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
