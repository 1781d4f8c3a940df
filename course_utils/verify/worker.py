"""What runs in the worker process; `course_utils.verify.supervisor` starts it for a folder."""

import importlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from course_utils.checks.blank import is_blank
from course_utils.verify import imports
from course_utils.verify.crash import spelling, what_was_raised
from course_utils.verify.layout import elsewhere
from course_utils.verify.parts import PARTS, TOGETHER
from course_utils.verify.report import Entry, Status
from course_utils.verify.requirement import REQUIREMENTS, Requirement, judge
from course_utils.workers.inside import Line

_FILES = 64 << 20  # bytes that any file may have which their code writes

_METHODS = ("forward", "initialize", "calculate_update", "calculate_gradient", "norm")
"""Every part has at least one of these."""


class Classes:
    """The student's classes, imported when they are first needed."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._found: dict[str, Any] = {}

    def fetch(self, part: str) -> Any:
        """Return the class of a part, or the `Entry` that says why there is none."""
        if part not in self._found:
            self._found[part] = self._import(part)
        return self._found[part]

    def _import(self, part: str) -> Any:
        about = PARTS[part]
        whole = Entry(part, "the part as a whole", part, Status.NOT_STARTED, about.optional)
        if not (self._folder / about.file).is_file():
            there = elsewhere(self._folder, about.file)
            return replace(whole, note=f"there is no file {about.file}", hint=there)
        try:
            module = importlib.import_module(about.module)
        except BaseException as error:
            details = what_was_raised(error, self._folder)
            details["difference"] = f"importing {about.file}: {details['difference']}"
            return replace(whole, status=Status.CRASHED, **details)
        found = about.pick(vars(module))
        if found is None:
            return replace(
                whole, note=f"{about.file} holds no class {part}", hint=_other_class(module, part)
            )
        if not any(hasattr(found, method) for method in _METHODS):
            return replace(whole, note=f"the class {part} has no methods yet")
        if _is_skeleton(found):
            return replace(whole, note=f"the methods of {part} are not written yet")
        return found


def _other_class(module: ModuleType, part: str) -> str:
    """Return what to do about the class that a module holds instead."""
    own = [
        name
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__
    ]
    close = [name for name in own if spelling(name) == spelling(part)] or own
    return f"rename the class {close[0]} to {part}" if len(close) == 1 else ""


def _is_skeleton(made: Any) -> bool:
    """Tell whether nothing is written of a class but its constructor."""
    methods = [
        value
        for name, value in vars(made).items()
        if isinstance(value, FunctionType) and name != "__init__"
    ]
    return is_blank(made) or (bool(methods) and all(map(is_blank, methods)))


def work(request: Mapping[str, Any], line: Line) -> None:
    """Judge requirements and say when each one begins and what became of it.

    A part that is missing or cannot be imported gets one entry; its requirements are passed over.

    Parameters
    ----------
    request
        ``folder`` and the ``keys`` of the requirements.
    line
        Where to say so.
    """
    from course_utils.verify import engine  # noqa: F401 - fills the table of requirements

    folder = Path(request["folder"])
    imports.prepare(folder)
    line.ready(_FILES)
    classes = Classes(folder)
    told: set[str] = set()
    for key in request["keys"]:
        made = REQUIREMENTS[key]
        fetched = {}
        for name in made.needs:
            line.say(begin=key, importing=name)
            fetched[name] = classes.fetch(name)
        bad = [found for found in fetched.values() if isinstance(found, Entry)]
        if not bad:
            line.say(begin=key)
            line.say(end=key, entry=judge(made, fetched, folder).to_dict())
        else:
            line.say(end=key, entry=_once(made, bad[0], told))
    line.say(done=True)


def _once(made: Requirement, entry: Entry, told: set[str]) -> dict[str, Any] | None:
    """Return the entry for a part as a whole the first time, then nothing."""
    if made.part == TOGETHER:
        return made.entry(Status.WAITING, note=f"waits for {entry.part}").to_dict()
    if entry.part in told:
        return None
    told.add(entry.part)
    return entry.to_dict()
