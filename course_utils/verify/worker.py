"""What runs in the worker process; `course_utils.verify.supervisor` starts it for a folder."""

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course_utils.verify.parts import PARTS
from course_utils.verify.report import Entry, Status
from course_utils.verify.requirement import REQUIREMENTS, Requirement, crash_details, judge
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
            return _with(whole, note=f"there is no file {about.file}{self._similar(about.file)}")
        try:
            module = importlib.import_module(about.module)
        except (Exception, SystemExit) as error:
            details = crash_details(error, self._folder)
            details["difference"] = f"importing {about.file}: {details['difference']}"
            return _with(whole, status=Status.CRASHED, **details)
        found = about.pick(vars(module))
        if found is None:
            return _with(whole, note=f"{about.file} holds no class {part}")
        if not any(hasattr(found, method) for method in _METHODS):
            return _with(whole, note=f"the class {part} has no methods yet")
        return found

    def _similar(self, file: str) -> str:
        """Return a remark on a file whose name differs in case only."""
        path = self._folder / file
        names = [p.name for p in path.parent.glob("*.py")] if path.parent.is_dir() else []
        close = [name for name in names if name.lower() == path.name.lower()]
        return f"; {close[0]} is spelt differently" if close else ""


def _with(entry: Entry, **changes: Any) -> Entry:
    return Entry.from_dict({**entry.to_dict(), **changes})


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
    sys.path.insert(0, str(folder))
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
    if made.part != entry.part:  # a requirement of several parts
        waits = made.entry(Status.NOT_STARTED, note=f"waits for {entry.part}")
        return waits.to_dict()
    if entry.part in told:
        return None
    told.add(entry.part)
    return entry.to_dict()
