"""Begin a new lecture: its source and its room, with the standard headings."""

import re
from itertools import count
from pathlib import Path

from course_utils.authoring import templates
from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.lecture import Lecture, find_lectures
from course_utils.exam import blueprint
from course_utils.lessons.room import CURRICULUM
from course_utils.runtime import REPOSITORY


def new_lecture(name: str, root: Path = REPOSITORY) -> list[Path]:
    """Write the files of a new lecture and return them.

    A room may be older than its lecture: then only those of its modules are written that are
    missing. Nothing is overwritten.

    Parameters
    ----------
    name
        The lecture's name in small letters, such as ``batch-norm``, with or without its number
        (``06-batch-norm``). Without one it gets its number in the curriculum or, if it is not
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
    fitting = re.fullmatch(r"(?:(\d\d)-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)", name)
    if not fitting:
        raise AuthoringError(
            f"{name!r} is no name for a lecture: use small letters and hyphens, such as batch-norm,"
            " with a two-digit number before it if you like."
        )
    existing = find_lectures(root=root)
    planned = CURRICULUM.get(fitting[2].replace("-", "_"))
    number = fitting[1] or (planned.number if planned else _free_number(existing))
    lecture = Lecture(root, f"{number}-{fitting[2]}")
    for other in existing:
        if other.stem[:2] == number or other.room == lecture.room:
            raise AuthoringError(f"There is already {other.stem}; choose another number and name.")
    items = [item for item, entry in blueprint.ITEMS.items() if entry.lecture == lecture.room]
    words = {
        "number": number,
        "title": planned.title if planned else fitting[2].replace("-", " ").capitalize(),
        "items": ", ".join(items) or "…",
    }
    room = root / "course_utils" / "lessons" / lecture.room
    texts = {lecture.source: templates.SOURCE}
    texts |= {room / file: text for file, text in templates.ROOM.items() if _missing(room / file)}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**words), encoding="utf-8", newline="\n")
    return list(texts)


def _free_number(existing: list[Lecture]) -> str:
    taken = {lecture.stem[:2] for lecture in existing}
    taken |= {planned.number for planned in CURRICULUM.values()}
    return next(number for number in map("{:02d}".format, count()) if number not in taken)


def _missing(module: Path) -> bool:
    """Tell whether a room has neither the module nor a package of its name."""
    return not module.exists() and not module.with_suffix("").exists()
