"""How long the lectures take: each runs from top to bottom in a fresh kernel, one at a time."""

import time
from collections.abc import Callable
from typing import Any

from course_utils.authoring import Lecture
from course_utils.authoring.blanks import blank
from course_utils.authoring.execute import execute
from course_utils.authoring.source import load


def measure(
    lectures: list[Lecture],
    report: Callable[[str], None] = lambda _: None,
    *,
    blanks: bool = True,
) -> list[dict[str, Any]]:
    """Return the seconds of each lecture, complete and with blank exercises, kernel included.

    Parameters
    ----------
    report
        Is told what is being run.
    blanks
        Whether the lectures are run with blank exercises, too.
    """
    measured = []
    for lecture in lectures:
        complete = load(lecture)
        runs = {"solutions": complete} | ({"notebooks": blank(complete)} if blanks else {})
        seconds = {}
        for name, source in runs.items():
            report(f"{name}/{lecture.stem}")
            begin = time.perf_counter()
            execute(source, lecture.source.parent)
            seconds[name] = round(time.perf_counter() - begin, 2)
        measured.append({"lecture": lecture.stem, **seconds})
    return measured
