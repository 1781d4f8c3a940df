"""The process that runs a student's code; `course_utils.verify.supervisor` starts it.

It reads the folder and the keys of the requirements as JSON from its standard input and writes one
line of JSON for every event to what was its standard output. Before any foreign code runs, output
is turned away from there, so that nothing a student prints gets mixed in.
"""

import importlib
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_utils.verify.parts import PARTS
from course_utils.verify.report import Entry, Status
from course_utils.verify.requirement import REQUIREMENTS, Requirement, crash_details, judge

Say = Callable[[dict[str, Any]], None]


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


def work(folder: Path, keys: list[str], say: Say) -> None:
    """Judge requirements and say when each one begins and what became of it.

    A part that is missing or cannot be imported gets one entry; its requirements are passed over.
    """
    classes = Classes(folder)
    told: set[str] = set()
    for key in keys:
        made = REQUIREMENTS[key]
        fetched = {}
        for name in made.needs:
            say({"begin": key, "importing": name})
            fetched[name] = classes.fetch(name)
        bad = [found for found in fetched.values() if isinstance(found, Entry)]
        if not bad:
            say({"begin": key})
            say({"end": key, "entry": judge(made, fetched, folder).to_dict()})
        else:
            say({"end": key, "entry": _once(made, bad[0], told)})
    say({"done": True})


def _once(made: Requirement, entry: Entry, told: set[str]) -> dict[str, Any] | None:
    """Return the entry for a part as a whole the first time, then nothing."""
    if made.part != entry.part:  # a requirement of several parts
        waits = made.entry(Status.NOT_STARTED, note=f"waits for {entry.part}")
        return waits.to_dict()
    if entry.part in told:
        return None
    told.add(entry.part)
    return entry.to_dict()


def _channel() -> io.TextIOWrapper:
    """Return a private way out, and send everything else that is printed nowhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    return channel


def main() -> None:
    """Work off what standard input asks for, then end at once, whatever threads they left."""
    from course_utils.verify import engine  # noqa: F401 - fills the table of requirements

    asked = json.loads(sys.stdin.readline())
    channel = _channel()
    folder = Path(asked["folder"])
    sys.path.insert(0, str(folder))
    sys.argv = ["verify"]

    def say(event: dict[str, Any]) -> None:
        channel.write(json.dumps(event) + "\n")
        channel.flush()

    work(folder, asked["keys"], say)
    os._exit(0)
