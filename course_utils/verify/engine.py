"""Judge requirements one after another, in the process that one is in."""

import io
import time
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from course_utils.verify.folding import fold
from course_utils.verify.parts import PARTS, TOGETHER

# Importing the properties fills the table of requirements.
from course_utils.verify.properties import (  # noqa: F401
    activations,
    batch_norm,
    batch_norm_training,
    convolution,
    convolution_one_dimension,
    convolution_updates,
    dense,
    dropout,
    initializers,
    loss,
    network,
    network_training,
    optimizers,
    pooling,
    recurrent,
    recurrent_state,
    recurrent_training,
    recurrent_updates,
    regularizers,
    running_statistics,
    together,
    together_regularization,
)
from course_utils.verify.report import Entry, FrameworkReport, Status
from course_utils.verify.requirement import REQUIREMENTS, Requirement, judge


def selected(parts: Iterable[str] | None = None) -> list[Requirement]:
    """Return the requirements of the given parts, all if None, in the order of the report.

    Raises
    ------
    ValueError
        If a part is unknown.
    """
    names = [*PARTS, TOGETHER]
    if parts is None:
        wanted = set(names)
    else:
        wanted = set(parts)
        unknown = sorted(wanted - set(names))
        if unknown:
            raise ValueError(f"There is no part {', '.join(unknown)}. Parts: {', '.join(names)}.")
    order = {name: number for number, name in enumerate(names)}
    chosen = [made for made in REQUIREMENTS.values() if made.part in wanted]
    return sorted(chosen, key=lambda made: order[made.part])


def verify_classes(
    classes: Mapping[str, Any], parts: Iterable[str] | None = None, title: str = "classes"
) -> FrameworkReport:
    """Return the report on classes that are already imported, judged in this process.

    Meant for code that is trusted to come to an end, such as `course_utils.nn`.

    Parameters
    ----------
    classes
        Part name → class, or what makes an instance; a missing part is not started.
    parts
        The parts to judge; all if None.
    title
        The report's title.
    """
    begun = time.perf_counter()
    found = {name: part.pick(classes) for name, part in PARTS.items()}
    entries: list[Entry] = []
    for made in selected(parts):
        missing = [name for name in made.needs if found[name] is None]
        waiting = held_up(made, missing, entries)
        if waiting:
            entries.append(waiting)
        elif missing:
            if entries and entries[-1].key == missing[0]:
                continue
            entries.append(absent(missing[0]))
        else:
            entries.append(_judge_silently(made, found))
    return FrameworkReport(title, fold(entries), time.perf_counter() - begun)


def _judge_silently(made: Requirement, classes: Mapping[str, Any]) -> Entry:
    """Judge without showing what is printed, progress bars for instance."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return judge(made, classes)


def absent(part: str, note: str = "") -> Entry:
    """Return the one entry for a part that is not there."""
    return Entry(
        part,
        "the part as a whole",
        part,
        Status.NOT_STARTED,
        PARTS[part].optional,
        note=note or f"there is no class {part}",
    )


def held_up(made: Requirement, missing: Iterable[str], entries: list[Entry]) -> Entry | None:
    """Return the entry for a requirement of several parts that waits for one of them, or None."""
    if made.part != TOGETHER:
        return None
    bad = {entry.part for entry in entries if not entry.status.good} | set(missing)
    waits = [name for name in made.needs if name in bad]
    if not waits:
        return None
    return made.entry(Status.WAITING, note=f"waits for {', '.join(waits)}")
