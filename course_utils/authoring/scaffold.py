"""Begin a new lecture: its source and its room, with the standard headings."""

import re
from pathlib import Path

from course_utils.authoring.errors import AuthoringError
from course_utils.authoring.source import Lecture, find_lectures
from course_utils.runtime import REPOSITORY

_SOURCE = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

# {number} {title}

One sentence of promise.

**You will** … · **Time** about … minutes · **Exam items** …

```{{code-cell}} ipython3
import numpy as np
from matplotlib import pyplot as plt

from course_utils import style
from course_utils.figures import show

style.use()
```

## Predict

A question to answer before running anything.

## Run

## Explain

## Exercise 1

## Explorer

## Exam questions

## Pitfalls

## References
"""

_ROOM = {
    "__init__.py": '"""The room of lecture {number}: {title}."""\n\n'
    "from course_utils.lessons.room import Room\n\n"
    'ROOM = Room(title="{title}", items={{}})\n',
    "model.py": '"""What lecture {number} computes."""\n',
    "explorers.py": '"""The explorers of lecture {number}."""\n',
    "exercises.py": '"""The checked exercises of lecture {number}."""\n',
    "questions.py": '"""The exam questions of lecture {number}."""\n',
}


def new_lecture(name: str, root: Path = REPOSITORY) -> list[Path]:
    """Write the files of a new lecture and return them.

    Parameters
    ----------
    name
        The lecture's name in small letters, such as ``batch-norm``, with or without its number
        (``06-batch-norm``); without one it gets the number after the last.
    root
        The course's folder.

    Raises
    ------
    AuthoringError
        If the name is no such name, or the number or the room is taken. Nothing is overwritten.
    """
    fitting = re.fullmatch(r"(?:(\d\d)-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)", name)
    if not fitting:
        raise AuthoringError(
            f"{name!r} is no name for a lecture: use small letters and hyphens, such as batch-norm,"
            " with a two-digit number before it if you like."
        )
    existing = find_lectures(root=root)
    number = fitting[1] or f"{max((int(one.stem[:2]) for one in existing), default=-1) + 1:02d}"
    lecture = Lecture(root, f"{number}-{fitting[2]}")
    taken = [one for one in existing if one.stem[:2] == number or one.room == lecture.room]
    room = root / "course_utils" / "lessons" / lecture.room
    if taken or room.exists():
        other = taken[0].stem if taken else f"the room {room.name}"
        raise AuthoringError(f"There is already {other}; choose another number and name.")
    title = fitting[2].replace("-", " ").capitalize()
    texts = {lecture.source: _SOURCE, **{room / file: text for file, text in _ROOM.items()}}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(number=number, title=title), encoding="utf-8", newline="\n")
    return list(texts)
