"""The pictures of the README, made by the code that they show."""

from __future__ import annotations

import tempfile
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course_utils.bench.jupyterlab import Server, chromium, write_notebook
from course_utils.exam.blueprint import ITEMS
from course_utils.exam.kinds.short_text_fields import TEXT
from course_utils.exam.room.attempt import Attempt, Blank, begin
from course_utils.exam.room.store import Store
from course_utils.explorers import Explorable
from course_utils.lessons.room import CURRICULUM, all_items, module, room, written
from course_utils.style import styled

_COLUMNS = 3
_DPI = 160
_COLOURS = 200  # a third of the bytes
_TILE = 4.0  # inches across
_MARGIN = 0.14  # inches around a tile's words and picture
_HEADING = 0.3  # inches for the words above each picture


def starred() -> list[tuple[str, Explorable]]:
    """Return each lecture's signature explorer, with the lecture's number and title."""
    found = []
    for name in written():
        star, part = room(name).star, module(name, "explorers")
        if star and part is not None:
            (explorer,) = [one for one in part.EXPLORERS.values() if one.title == star]
            found.append((str(CURRICULUM[name]), explorer))
    return found


def gallery(explorers: Sequence[tuple[str, Explorable]], path: Path) -> None:
    """Save a snapshot of every explorer, each below its lecture, as one PNG file."""
    pictures = [_trimmed(_telling(explorer)) for _, explorer in explorers]
    inner = _TILE - 2 * _MARGIN  # inches
    heights = [inner * len(picture) / picture.shape[1] for picture in pictures]
    rows = [
        _HEADING + max(heights[first : first + _COLUMNS]) + 2 * _MARGIN
        for first in range(0, len(heights), _COLUMNS)
    ]
    with styled("light"):
        figure = Figure((_COLUMNS * _TILE, sum(rows)), dpi=_DPI)
        canvas = FigureCanvasAgg(figure)
        for place, (lecture, explorer) in enumerate(explorers):
            row, column = divmod(place, _COLUMNS)
            left, top = column * _TILE + _MARGIN, sum(rows[row:]) - _MARGIN
            figure.text(
                left / figure.get_figwidth(),
                top / figure.get_figheight(),
                textwrap.shorten(f"{lecture}: {explorer.title}", 52, placeholder="…"),
                va="top",
                weight="bold",
                fontsize=9.5,
            )
            width, height = inner / figure.get_figwidth(), heights[place] / figure.get_figheight()
            bottom = (top - _HEADING) / figure.get_figheight() - height
            axes = figure.add_axes((left / figure.get_figwidth(), bottom, width, height))
            axes.axis("off")
            axes.imshow(pictures[place], interpolation="lanczos", aspect="auto")
        path.parent.mkdir(parents=True, exist_ok=True)
        canvas.draw()
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
        picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def _trimmed(picture: np.ndarray) -> np.ndarray:
    """Leave out the empty margins of a picture (rows, columns, colours)."""
    drawn = (picture != picture[0, 0]).any(axis=2)
    (top, *_, bottom), (left, *_, right) = (np.flatnonzero(drawn.any(axis=a)) for a in (1, 0))
    return picture[top : bottom + 1, left : right + 1]


def _telling(explorer: Explorable) -> np.ndarray:
    """Draw a snapshot from the middle: the first is mostly a figure before anything was done."""
    data = explorer.snapshot_data
    return explorer.stage(_DPI).show(data[len(data) // 2]).copy()


def report(path: Path) -> None:
    """Save JupyterLab's window with the report of an exam, some answers of which are wrong.

    Raises
    ------
    BenchError
        If there is no Chromium, or JupyterLab does not start.
    """
    with chromium() as browser, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Store(all_items(), folder).begin(sat())
        cell = "from course_utils.lessons.mock_exam.desk import exam_room\n\nexam_room()"
        write_notebook(folder / "exam.ipynb", cell)
        with Server(folder, {"COURSE_FORGET": "0"}) as server:
            notebook = server.open("exam.ipynb", browser, device_scale_factor=1.5)
            notebook.show_only_notebook()
            notebook.run_all(timeout=300)  # the evidence of some keys is measured first
            notebook.page.wait_for_selector(".course-room-total", timeout=60_000)
            notebook.page.locator(".course-room-total").scroll_into_view_if_needed()
            notebook.screenshot(path)


def sat() -> Attempt:
    """Return the exam as somebody handed it in who knew most of it.

    Every fifth question is left empty, and of every other fifth only half of the fields are filled.
    """
    questions = tuple(item.canonical() for id_, item in all_items().items() if id_ in ITEMS)
    now = time.time()
    attempt = begin("exam", questions, now - 60)
    later = {}  # of texts, one's own marks
    for place, question in enumerate(questions):
        if place % 5 == 4:
            continue
        for number, part in enumerate(question.parts):
            fields = list(part.key().items())
            for field, typed in fields[: len(fields) // (2 if place % 5 == 2 else 1)]:
                blank = Blank(question.id, number, field)
                if part.self_marked and field != TEXT:
                    later[blank] = typed
                else:
                    attempt = attempt.type(now - 30, blank, typed)
    attempt = attempt.submit(now)
    for blank, typed in later.items():
        attempt = attempt.type(now, blank, typed)
    return attempt
