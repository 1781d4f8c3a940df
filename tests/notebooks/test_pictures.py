"""The pictures that explorers leave in the stored notebooks are what they draw today.

nbval compares text only. The stored contact sheets are the baseline here; a difference means that
an explorer's figure has changed, and `course build` renews the baseline.
"""

import ast
import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from course_utils.authoring import find_lectures
from course_utils.lessons.room import exercises, module, room_names

LECTURES = {lecture.room: lecture for lecture in find_lectures()}
EXPLORERS = [
    (name, key)
    for name in room_names()
    if name in LECTURES and (part := module(name, "explorers"))
    for key in part.EXPLORERS
]
TOLERANCE = 2.0  # root mean square of the difference, in 1/255; fonts render alike everywhere


def stored_cells(lecture):
    return json.loads(lecture.student.read_text(encoding="utf-8"))["cells"]


def as_called(room, key):
    """Return the explorer as the student's notebook calls it: with blanks for what is to write."""
    explorers = module(room, "explorers")
    if explorers.EXPLORERS[key].yours is None:
        return explorers.EXPLORERS[key]()
    sources = ["".join(cell["source"]) for cell in stored_cells(LECTURES[room])]
    names = {"np": np, "explorers": explorers}
    for exercise in exercises(room):
        check = f"\ncheck_{exercise.name}("
        exec(next(each for each in sources if check in each).replace(check, "\n("), names)
    call = ast.parse(next(each for each in sources if f"explorers.{key}(" in each))
    exec(compile(ast.Module(call.body[:-1], []), "cell", "exec"), names)
    return eval(compile(ast.Expression(call.body[-1].value), "cell", "eval"), names)


def stored_sheet(lecture, title):
    for cell in stored_cells(lecture):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data and "".join(data["text/plain"]).startswith(f"{title}\n"):
                return picture(base64.b64decode("".join(data["image/png"])))
    raise AssertionError(f"{lecture.stem} stores no picture of the explorer {title!r}")


def picture(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float)


def difference(one, two):
    return np.inf if one.shape != two.shape else float(np.sqrt(np.mean((one - two) ** 2)))


@pytest.mark.parametrize(("room", "key"), EXPLORERS)
def test_an_explorer_draws_what_its_notebook_stores(room, key):
    explorer = as_called(room, key)
    data, _ = explorer._repr_mimebundle_()
    assert (
        difference(
            picture(data["image/png"]), stored_sheet(LECTURES[room], explorer.specification.title)
        )
        < TOLERANCE
    )


def test_the_comparison_finds_a_line_that_has_moved():
    room, key = EXPLORERS[0]
    stored = stored_sheet(LECTURES[room], module(room, "explorers").EXPLORERS[key].title)
    moved = stored.copy()
    moved[100:140] = moved[104:144]
    assert difference(stored, moved) > TOLERANCE
    assert difference(stored, stored) == 0
