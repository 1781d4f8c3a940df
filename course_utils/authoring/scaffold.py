"""Begin a new lecture: a small one that runs, to be changed into what it is to become.

Its files are kept beside this module as they are, but for a few names between @ signs.
"""

import keyword
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import count
from pathlib import Path

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lecture import Lecture, find_lectures, split_name
from course_utils.exam import blueprint
from course_utils.lessons.room import CURRICULUM
from course_utils.runtime import REPOSITORY

_TEMPLATE = files("course_utils.authoring") / "template"


def new_lecture(name: str, root: Path = REPOSITORY) -> list[Path]:
    """Write the files of a new lecture and return them.

    A room may be older than its lecture: then only those of its modules are written that are
    missing. Nothing is overwritten.

    Parameters
    ----------
    name
        The lecture's name in small letters, such as ``averages``, with or without its number
        (``15-averages``). Without one it gets its number in the curriculum or, if it is not
        planned there, the smallest that is free.
    root
        The course's folder.

    Raises
    ------
    AuthoringError
        If the name is no such name, or another lecture has the number or the room.
    OSError
        If a file cannot be written.
    """
    existing = find_lectures(root=root)
    lecture = _named(name, root, existing)
    for other in existing:
        if other.number == lecture.number or other.room == lecture.room:
            raise AuthoringError(f"There is already {other.stem}; choose another number and name.")
    planned = CURRICULUM.get(lecture.room)
    items = [item for item, entry in blueprint.ITEMS.items() if entry.lecture == lecture.room]
    title = planned.title if planned else lecture.stem[3:].replace("-", " ").capitalize()
    words = {
        "number": lecture.number,
        "room": lecture.room,
        "title": title,
        "topic": lecture.stem[3:].replace("-", " "),
        "items": ", ".join(items) or "…",
    }
    written = []
    for path, text in _texts(lecture):
        path = path.with_name(_filled(path.name, words))
        if path.exists() or path.with_suffix("").is_dir():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(text, words), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _named(name: str, root: Path, existing: list[Lecture]) -> Lecture:
    """Return the lecture that is asked for, with its number."""
    number, _, rest = name.partition("-") if re.match(r"\d\d-", name) else ("", "", name)
    if split_name(f"{number or '00'}-{rest}") is None:
        raise AuthoringError(
            f"{name!r} is no name for a lecture: use small letters and hyphens, such as"
            " moving-averages, with a two-digit number before it if you like."
        )
    room = rest.replace("-", "_")
    if keyword.iskeyword(room) or (root / "course_utils" / "lessons" / f"{room}.py").exists():
        raise AuthoringError(
            f"{name!r} is no name for a lecture: its room would be the package {room}, and that is"
            " a word of Python or a module that is there already."
        )
    planned = CURRICULUM.get(room)
    taken = {lecture.number for lecture in existing}
    taken |= {planned.number for planned in CURRICULUM.values()}
    free = (number for number in map("{:02d}".format, count()) if number not in taken)
    return Lecture(root, f"{number or (planned.number if planned else next(free))}-{rest}")


def _texts(lecture: Lecture) -> Iterator[tuple[Path, str]]:
    """Yield where each file of a lecture goes, and its text to be filled in."""
    yield lecture.source, (_TEMPLATE / "lecture.md").read_text(encoding="utf-8")
    folders = {
        "room": lecture.root / "course_utils" / "lessons" / lecture.room,
        "tests": lecture.answers.parent,
    }
    for kind, folder in folders.items():
        for file in sorted((_TEMPLATE / kind).iterdir(), key=lambda file: file.name):
            yield folder / file.name.removesuffix(".txt"), file.read_text(encoding="utf-8")


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text
