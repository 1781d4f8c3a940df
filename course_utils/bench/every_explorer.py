"""How fast each explorer of the course is, beside the empty round trip of the same minute.

Every explorer is moved by keys on its first control, in turn with a slider that only makes the
kernel change a label. A picture is late if it takes more than twice that round trip,
unless the explorer is declared slow: it then says that it computes.
"""

import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course_utils.bench import BenchError
from course_utils.bench.explorer_page import explorers
from course_utils.bench.jupyterlab import Server, chromium, write_notebook
from course_utils.bench.notebook import Notebook
from course_utils.bench.watch import Watch
from course_utils.lessons.room import module, room_names

LIMIT = 2.0
"""Round trips that the picture of an explorer may take."""

_WARM_UP = 3
# As tall as an explorer. A taller one, which no screen shows, takes a browser without a graphics
# card longer: it composes all of it whenever JupyterLab's marks of a busy kernel change.
_WINDOW = {"width": 1280, "height": 1000}
_EMPTY = "from course_utils.bench import explorers as bench\nbench.round_trip()"
_KEYS = {  # there and back
    "slider": ("ArrowRight", "ArrowLeft"),
    "play": ("ArrowRight", "ArrowLeft"),
    "points": ("ArrowRight", "ArrowLeft"),
    "choice": ("ArrowDown", "ArrowUp"),
    "switch": ("Space", "Space"),
    "grid": ("+", "Delete"),  # "-" may begin a number
}
_STARTS = {"slider": "Home", "play": "Home", "points": "Home", "grid": "Delete"}
"""The keys that leave room for the first of these."""


@dataclass(frozen=True)
class Subject:
    """What is measured: a name, the cell that shows the explorer, and whether it may be slow."""

    name: str
    cell: str
    slow: bool = False


@dataclass(frozen=True)
class Measured:
    """One explorer's medians, in milliseconds, from key press to picture."""

    explorer: str
    control: str
    explorer_ms: float
    round_trip_ms: float
    slow: bool

    @property
    def ratio(self) -> float:
        """How many round trips a picture takes."""
        return round(self.explorer_ms / self.round_trip_ms, 2)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it, for JSON."""
        return {**asdict(self), "ratio": self.ratio, "late": self.late}

    @property
    def in_words(self) -> str:
        """All of it but the name, in a line."""
        remark = ", LATE" if self.late else ", declared slow" if self.slow else ""
        times = f"{self.explorer_ms:6.1f} ms, round trip {self.round_trip_ms:5.1f} ms"
        return f"{times}: {self.ratio:5.2f} times{remark}  ({self.control})"

    @property
    def late(self) -> bool:
        """Whether that is more than it may."""
        return not self.slow and self.ratio > LIMIT


def of_the_course() -> list[Subject]:
    """Return every explorer of every room, called 'room.name'."""
    return [
        Subject(
            f"{room}.{key}",
            f"from course_utils.lessons.{room} import explorers\nexplorers.{key}()",
            each.slow,
        )
        for room in room_names()
        if (part := module(room, "explorers"))
        for key, each in part.EXPLORERS.items()
    ]


def measure(
    subjects: Iterable[Subject],
    moves: int = 20,
    report: Callable[[str], object] = lambda _: None,
    ratio: float = 1,
) -> Iterator[Measured]:
    """Measure explorers in JupyterLab, each in a notebook and a kernel of its own; yield each.

    Parameters
    ----------
    subjects
        What to measure.
    moves
        Key presses each.
    report
        Called with a few words when the next part begins.
    ratio
        Pixels of the screen per CSS pixel; 2 on a sharp screen.

    Raises
    ------
    BenchError
        If Playwright or Chromium is missing, JupyterLab does not start, or no picture comes.
    """
    report("starting JupyterLab")
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        chromium() as browser,
    ):
        for subject in subjects:
            report(subject.name)
            yield measure_one(subject, server, browser, moves, ratio)


def measure_one(
    subject: Subject, server: Server, browser: Any, moves: int = 20, ratio: float = 1
) -> Measured:
    """Measure one explorer in a JupyterLab that runs already."""
    write_notebook(server.folder / f"{subject.name}.ipynb", _EMPTY, subject.cell)
    window = {"viewport": _WINDOW, "device_scale_factor": ratio}
    notebook = server.open(f"{subject.name}.ipynb", browser, **window)
    try:
        notebook.run_all()
        control, times = _times(notebook, moves)
    except BenchError as error:
        raise BenchError(f"{subject.name}: {error}") from None
    finally:
        notebook.shut_down_kernel()
        notebook.close()
    picture, empty = (round(statistics.median(times[k]), 1) for k in ("pictures", "round_trip"))
    return Measured(subject.name, control, picture, empty, subject.slow)


def _times(notebook: Notebook, moves: int) -> tuple[str, dict[str, list[float]]]:
    """Return which control was moved, and the times of its pictures and of the round trip."""
    (explorer,) = explorers(notebook)
    explorer.wait_until_shown()
    control = explorer.controls()[0]
    if start := _STARTS.get(control.kind):
        control.press(start)
        explorer.settle()
    watch = Watch(notebook)
    empty = notebook.page.locator(".jp-CodeCell .jp-Cell-outputArea").first
    handle = empty.locator(".noUi-handle")
    times: dict[str, list[float]] = {"pictures": [], "round_trip": []}
    there, back = _KEYS[control.kind]
    for turn in range(_WARM_UP + moves):
        key = back if turn % 2 else there
        for kind, root, focus in (
            ("round_trip", empty, handle),
            ("pictures", explorer.root, control.element),
        ):
            focus.focus()
            watch.begin(kind, root)
            taken = watch.press("ArrowRight" if kind == "round_trip" else key)
            if turn >= _WARM_UP:
                times[kind].append(taken)
            explorer.settle()
    return control.label, times
