"""What non-maximum suppression keeps and drops, and the precision-recall curve that follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Choice, Explorable, Slider
from course_utils.lessons.seeing_objects import sets
from course_utils.lessons.seeing_objects.detections import Boxes, every_box
from course_utils.lessons.seeing_objects.explorers.pictures import frames, outlines, photograph
from course_utils.lessons.seeing_objects.model import (
    Curve,
    average_precision,
    ious,
    match,
    precision_recall,
    suppressed,
)
from course_utils.lessons.seeing_objects.training import Rooms
from course_utils.seeds import seeds

_SHOWN = 12  # rooms that can be looked at
_ROOMS = 24  # rooms that the curve is made of
_SETS = {
    "4 people": lambda: sets.apart(4),
    "8 people": lambda: sets.apart(8),
    "8 people in a huddle": lambda: sets.huddled(8),
    "24 people": lambda: sets.apart(24),
}


class Kept(NamedTuple):
    """What is left in one room, and the curve over all of them.

    Attributes
    ----------
    picture
        The room.
    right, wrong, dropped
        Boxes (n, 4): kept ones that are right or wrong, and those that were suppressed.
    people, boxes
        In the 24 rooms together: people, and kept boxes.
    curve, precision
        Over the 24 rooms, whatever the score; and its average precision.
    at
        Recall and precision of the boxes at least as sure as was asked for.
    """

    picture: np.ndarray
    right: np.ndarray
    wrong: np.ndarray
    dropped: np.ndarray
    people: int
    boxes: int
    curve: Curve
    precision: float
    at: tuple[float, float]


@cache
def _candidates(kind: str) -> tuple[Rooms, list[Boxes], list[np.ndarray]]:
    """Return rooms, the boxes of all warm pixels, and how much they overlap each other."""
    rooms = _SETS[kind]()
    found = every_box(seeds(1)[0], rooms)[:_ROOMS]
    return rooms, found, [ious(one.boxes, one.boxes) for one in found]


@cache
def _survivors(kind: str, threshold: float) -> list[np.ndarray]:
    """Return for each room which boxes are kept."""
    _, found, overlaps = _candidates(kind)
    return [
        suppressed(overlap, one.scores, threshold)
        for overlap, one in zip(overlaps, found, strict=True)
    ]


def _compute(kind: str, score: float, threshold: float, least: float, number: int) -> Kept:
    rooms, found, _ = _candidates(kind)
    survivors = _survivors(kind, threshold)
    right = [
        match(one.boxes[kept], room.boxes, least)
        for one, kept, room in zip(found, survivors, rooms.rooms, strict=False)
    ]
    scores = np.concatenate([one.scores[k] for one, k in zip(found, survivors, strict=True)])
    people = int(rooms.people[:_ROOMS].sum())
    curve = precision_recall(np.concatenate(right), scores, people)
    sure = int(np.sum(scores >= score))
    at = (float(curve.recall[sure - 1]), float(curve.precision[sure - 1])) if sure else (0.0, 1.0)

    here, kept = found[number - 1], survivors[number - 1]
    shown = here.scores[kept] >= score
    dropped = np.setdiff1d(np.flatnonzero(here.scores >= score), kept)
    return Kept(
        rooms.rooms[number - 1].picture,
        here.boxes[kept[shown & right[number - 1]]],
        here.boxes[kept[shown & ~right[number - 1]]],
        here.boxes[dropped],
        people,
        sure,
        curve,
        average_precision(np.concatenate(right), scores, people),
        at,
    )


def _draw(figure: Figure) -> Callable[[Kept], None]:
    figure.subplots_adjust(left=0.01, right=0.98, top=0.91, bottom=0.19, wspace=0.14)
    left, right = figure.subplots(1, 2, width_ratios=[1.5, 1])
    behind = photograph(left, "")
    dropped = frames(left, color="white", lw=0.7, alpha=0.4)
    wrong = frames(left, color=style.WRONG, lw=2)
    good = frames(left, color=style.RIGHT, lw=2)
    left.text(0.5, -0.05, "green: right, red: wrong, white: dropped by NMS",
              transform=left.transAxes, ha="center", va="center", size=10)  # fmt: skip
    right.set(xlabel="recall", ylabel="precision", xlim=(0, 1.02), ylim=(0, 1.05))
    (plain,) = right.plot([], [], color=style.NEUTRAL, lw=1, label="precision")
    (envelope,) = right.plot(
        [], [], color=style.PREDICTION, drawstyle="steps-pre", label="envelope"
    )
    (point,) = right.plot([], [], "o", color=style.REFERENCE, ms=8, label="at the lowest score")
    right.legend(
        loc="upper center", bbox_to_anchor=(0.46, -0.14), ncols=3, columnspacing=1, handlelength=1.4
    )

    def update(data: Kept) -> None:
        behind.set_data(data.picture)
        for lines, boxes in ((dropped, data.dropped), (wrong, data.wrong), (good, data.right)):
            lines.set_segments(outlines(boxes))
        kept = len(data.right) + len(data.wrong)
        left.set_title(f"One room: {kept} boxes kept, {len(data.dropped)} dropped")
        plain.set_data(data.curve.recall, data.curve.precision)
        best = data.curve.envelope
        envelope.set_data(np.append(0, data.curve.recall), np.append(best[:1], best))
        point.set_data([data.at[0]], [data.at[1]])
        right.set_title(f"24 rooms: average precision {data.precision:.2f}")

    return update


def _describe(data: Kept) -> str:
    recall, precision = data.at
    return (
        f"In 24 rooms with {data.people} people, {data.boxes} boxes are kept; {100 * recall:.0f} %"
        f" of the people are found (recall) and {100 * precision:.0f} % of the boxes are right"
        f" (precision). The average precision, over all scores, is {data.precision:.2f}. In the"
        f" room shown, {len(data.right)} boxes are right and {len(data.wrong)} wrong, and"
        f" {len(data.dropped)} were dropped."
    )


def _numbers(data: Kept) -> dict[str, str]:
    recall, precision = data.at
    return {
        "average precision": f"{data.precision:.2f}",
        "recall": f"{recall:.2f}",
        "precision": f"{precision:.2f}",
        "boxes for each person": f"{data.boxes / data.people:.2f}",
    }


kept_and_dropped = Explorable(
    name="kept_and_dropped",
    title="Boxes, kept and dropped",
    compute=_compute,
    draw=_draw,
    describe=_describe,
    numbers=_numbers,
    controls=[
        Choice("kind", list(_SETS), value="8 people", label="rooms",
               help="How many people are in each of the 24 rooms."),
        Slider("score", 0.1, 0.9, value=0.4, step=0.05, unit="", label="lowest score",
               help="Less sure boxes are not kept; the curve shows all of them."),
        Slider("threshold", 0.1, 0.9, value=0.4, step=0.05, unit="", label="NMS threshold",
               help="A box goes if it overlaps a better one by more than this."),
        Slider("least", 0.3, 0.9, value=0.5, step=0.1, unit="", label="least IoU that finds",
               help="The intersection over union with a person's true box that a match needs."),
        Slider("number", 1, _SHOWN, value=1, unit="", label="room shown",
               help="Which of the rooms is looked at."),
    ],
    presets={
        "hardly anything dropped": {"threshold": 0.9},
        "a strict NMS in a huddle": {"kind": "8 people in a huddle", "threshold": 0.1},
        "boxes must fit exactly": {"least": 0.8},
    },
    snapshots=[
        {},
        {"threshold": 0.7},
        {"kind": "8 people in a huddle", "threshold": 0.1},
        {"least": 0.8},
    ],
    size=(9.6, 4.8),
)  # fmt: skip
