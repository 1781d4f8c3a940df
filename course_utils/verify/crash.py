"""What became of a requirement while which something was raised, told to whoever wrote the code."""

import importlib.util
import os
import re
import traceback
from pathlib import Path
from typing import Any

from course_utils.plain_words import explain, may_be_theirs, tamed, text_of
from course_utils.verify.parts import PARTS, SIGNATURES

NOT_STORED = "the gradient is not stored"
"""Likely cause where a layer has no gradient after backward."""

STAND_IN = "solution"
"""Name of the package that stands for a folder; it means nothing to whoever wrote the code."""

_ENDS = (SystemExit, KeyboardInterrupt, EOFError, ImportError)
_CALL = re.compile(r"(?:(\w+)\.)?(\w+)\(\) (?:takes|missing|got|argument)")


def what_was_raised(error: BaseException, folder: Path | None) -> dict[str, Any]:
    """Return what was raised, in plain words, and where: an `Entry`'s fields.

    Parameters
    ----------
    error
        What was raised, by their code or by ours when it used what theirs gave.
    folder
        The student's folder; None for classes that were defined in a notebook.
    """
    error = tamed(error)
    failure = explain(error)
    said = failure.error.replace(f"{STAND_IN}.", "")
    if folder is not None:  # files are told from there
        said = said.replace(f"{folder.resolve()}{os.sep}", "")
    meaning = _meaning(error, folder) or failure.meaning
    if isinstance(error, SyntaxError) and error.filename:
        file = _relative(error.filename, folder)
        place = {"file": file, "line": failure.number, "code": failure.line}
    else:
        place = their_place(error, folder)
    if place or isinstance(error, _ENDS):
        return {"difference": said, "cause": meaning, **place}
    details = {"difference": _unusable(error, said)}
    if isinstance(error, AttributeError) and str(error.name).startswith("gradient_"):
        details["cause"] = NOT_STORED
    return details


def is_a_crash(error: BaseException, details: dict[str, Any]) -> bool:
    """Tell whether a line of theirs raised; else what theirs gave was of no use to ours."""
    return bool(details.get("line")) or isinstance(tamed(error), _ENDS)


def their_place(error: BaseException, folder: Path | None) -> dict[str, Any]:
    """Return file, line and code of the innermost line that is theirs; nothing without one."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = _relative(frame.filename, folder)
        if file or (folder is None and may_be_theirs(frame.filename)):
            return {"file": file, "line": frame.lineno or 0, "code": frame.line or ""}
    return {}


def _unusable(error: BaseException, said: str) -> str:
    """Return how what their classes are or give does not fit; nothing of theirs was running."""
    if isinstance(error, AttributeError) and error.obj is not None and error.name:
        name = type(error.obj).__name__
        return f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} {name} has no `{error.name}`"
    if isinstance(error, SyntaxError):  # without a line: it holds null bytes, as UTF-16 does
        return f"the file is no text that Python can read, save it as UTF-8: {said}"
    if isinstance(error, TypeError) and "instantiate" in text_of(error):
        return f"an object of the class cannot be made: {said}"
    call = _CALL.search(text_of(error))
    if isinstance(error, TypeError) and call:
        name = call[1] if call[2] == "__init__" else call[2]
        right = SIGNATURES.get(name, name)
        return f"`{name}` cannot be called as in the exercises, {right}: {said}"
    if isinstance(error, TypeError) and "not callable" in text_of(error):
        return f"what should be a method is none: {said}"
    return f"what it gives cannot be used: {said}"


def _meaning(error: BaseException, folder: Path | None) -> str:
    if isinstance(error, SystemExit):
        return "the code ends the program, for instance by `sys.exit` or `quit`"
    if isinstance(error, KeyboardInterrupt):
        return "the code raises KeyboardInterrupt itself"
    if isinstance(error, EOFError):
        return "the code waits for somebody to type something"
    if isinstance(error, SyntaxError):
        return "Python cannot read this line or the one before it"
    if isinstance(error, ImportError) and error.name:
        name = error.name.removeprefix(f"{STAND_IN}.")
        if isinstance(error, ModuleNotFoundError):
            return _missing(name, folder)
        if _is_theirs(name, folder):
            circle = "two files import each other" if "circular" in text_of(error) else ""
            return circle or "the file holds nothing of that name, or two files import each other"
        return _gone(name)
    if isinstance(error, AttributeError) and "module 'numpy" in text_of(error):
        return _gone("numpy")
    return ""


def _missing(name: str, folder: Path | None) -> str:
    """Return why a module cannot be imported."""
    top = name.partition(".")[0]
    if _is_theirs(name, folder):
        close = _close(name, folder)
        return f"a file of yours is missing: {name.replace('.', '/')}.py{close}"
    try:
        known = importlib.util.find_spec(top) is not None
    except (ImportError, ValueError):
        known = False
    if known:
        return _gone(name)
    return (
        f"the package {top} is not installed and not part of the course: if it only helps to find"
        " mistakes, take this line out"
    )


def _is_theirs(name: str, folder: Path | None) -> bool:
    top = name.partition(".")[0]
    own = {part.module.partition(".")[0] for part in PARTS.values()}
    return top in own or (
        folder is not None and top in {folder.name, *(path.stem for path in folder.iterdir())}
    )


def _gone(name: str) -> str:
    top = name.partition(".")[0]
    return f"this is gone from {top} {_version(top)}, or was never in it"


def _close(name: str, folder: Path | None) -> str:
    """Return a remark on a file whose name differs only in how it is written."""
    if folder is None:
        return ""
    wanted = folder.joinpath(*name.split(".")).with_suffix(".py")
    for path in sorted(folder.rglob("*.py")):
        if spelling(path.name) == spelling(wanted.name) and path != wanted:
            return f" ({path.relative_to(folder).as_posix()} is there)"
    return ""


def spelling(name: str) -> str:
    """Return a name without what people write in different ways."""
    return re.sub(r"[^a-z0-9.]", "", name.lower())


def _version(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "as it is installed here"


def _relative(name: str, folder: Path | None) -> str:
    """Return a file's path relative to the folder, or nothing if it lies elsewhere."""
    if folder is None:
        return ""
    try:
        return Path(name).resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return ""
