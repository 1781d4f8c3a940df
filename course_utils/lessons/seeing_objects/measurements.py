"""What the statements of lecture 08 are decided by."""

from functools import cache
from typing import NamedTuple

import numpy as np
from sklearn.metrics import average_precision_score

from course_utils.lessons.seeing_objects import sets
from course_utils.lessons.seeing_objects.counting import WAYS, alarm, counts, errors
from course_utils.lessons.seeing_objects.model import (
    at_recalls,
    average_precision,
    ious,
    match,
    nms,
    precision_recall,
    regions,
)
from course_utils.lessons.seeing_objects.training import Rooms
from course_utils.seeds import seeds

_SEEDS = 5  # networks that the statements are measured with: those of the lecture


def regions_of(rooms: Rooms) -> np.ndarray:
    """Return how many regions the true mask of each room has."""
    return np.array([regions(room.mask)[1] for room in rooms.rooms])


class TrueMasks(NamedTuple):
    """Mean number of regions of exact masks with 4 and 16 people, and the most with 16."""

    four: float
    sixteen: float
    most: int


@cache
def true_masks() -> TrueMasks:
    """Count regions of exact masks."""
    four, sixteen = regions_of(sets.apart(4)), regions_of(sets.apart(16))
    return TrueMasks(float(four.mean()), float(sixteen.mean()), int(sixteen.max()))


class Overlaps(NamedTuple):
    """Changes of the IoU with width = right − left, and with 1 added, the largest of many pairs.

    `scaled` and `plus_one` are changes of either when boxes are made ten times as large;
    `conventions` is the difference of the two.
    """

    scaled: float
    plus_one: float
    conventions: float


@cache
def overlaps() -> Overlaps:
    """Compare the true boxes of huddled people, and the same ten times as large."""
    boxes = sets.huddled(8).rooms[0].boxes
    one_more = boxes + np.array([0, 0, 1, 1])  # right − left is the width that has 1 added
    ten_times = 10 * boxes + np.array([0, 0, 1, 1])
    plain, wider = ious(boxes, boxes), ious(one_more, one_more)
    return Overlaps(
        float(np.abs(plain - ious(10 * boxes, 10 * boxes)).max()),
        float(np.abs(wider - ious(ten_times, ten_times)).max()),
        float(np.abs(plain - wider).max()),
    )


class Disjoint(NamedTuple):
    """For two boxes apart on both axes: the product of both signed sides, and the IoU."""

    product: float
    iou: float


@cache
def disjoint() -> Disjoint:
    """Take the intersection of two boxes that share nothing, with sides cut off at 0 and not."""
    one, other = np.array([0.0, 0, 10, 10]), np.array([14.0, 15, 24, 25])
    sides = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    return Disjoint(float(sides.prod()), float(ious(one[None], other[None])[0, 0]))


class Ranked(NamedTuple):
    """Average precision of three detections that find all, with more of them added."""

    alone: float
    worse_last: float
    worse_first: float


@cache
def ranked() -> Ranked:
    """Add wrong detections below and above three right ones."""
    right = np.array([True, True, True])
    wrong = np.zeros(3, dtype=bool)
    falling = np.linspace(0.9, 0.1, 6)
    return Ranked(
        average_precision(right, falling[:3], 3),
        average_precision(np.concatenate([right, wrong]), falling, 3),
        average_precision(np.concatenate([wrong, right]), falling, 3),
    )


class Twice(NamedTuple):
    """Two boxes on each of eight people: recall and precision at the end.

    Recall if each person is matched once, recall if each box that fits counts, and the precision
    if each person is matched once.
    """

    once: float
    again: float
    precision: float


@cache
def twice() -> Twice:
    """Match every true box of a room twice."""
    boxes = sets.apart(8).rooms[0].boxes
    both = np.concatenate([boxes, boxes])
    scores = np.linspace(1, 0, len(both))
    fits = np.any(ious(both, boxes) >= 0.5, axis=1)
    once = precision_recall(match(both, boxes), scores, len(boxes))
    again = precision_recall(fits, scores, len(boxes))
    return Twice(float(once.recall[-1]), float(again.recall[-1]), float(once.precision[-1]))


class Definitions(NamedTuple):
    """One example by four definitions: all points, 11 points, 101 points, without envelope."""

    all_points: float
    eleven: float
    hundred: float
    steps: float


FIVE = np.array([True, False, True, True, False])
"""The lecture's five detections, the best first; there are four people."""


@cache
def definitions() -> Definitions:
    """Measure five detections of four people."""
    scores = np.linspace(0.9, 0.5, len(FIVE))
    eleven, hundred = (at_recalls(FIVE, scores, 4, np.linspace(0, 1, n)) for n in (11, 101))
    steps = average_precision_score(FIVE, scores) * FIVE.sum() / 4
    return Definitions(average_precision(FIVE, scores, 4), eleven, hundred, float(steps))


class Suppressed(NamedTuple):
    """Share of exact boxes that NMS at 0.3 drops, of eight people in a huddle and anywhere."""

    huddled: float
    anywhere: float


@cache
def suppressed_truth() -> Suppressed:
    """Let NMS choose among the true boxes themselves, all with the same score."""

    def dropped(rooms: Rooms) -> float:
        kept = sum(len(nms(room.boxes, np.ones(room.people), 0.3)) for room in rooms.rooms)
        return float(1 - kept / rooms.people.sum())

    return Suppressed(dropped(sets.huddled(8)), dropped(sets.apart(8)))


class Counted(NamedTuple):
    """Mean error in people with eight in a room: over regions, peaks and the heat's sum."""

    regions: float
    peaks: float
    heat: float


@cache
def counted() -> Counted:
    """Count eight people by the networks of all seeds."""
    found = [errors(seed, sets.apart(8)) for seed in seeds(_SEEDS)]
    return Counted(
        *(float(np.mean([e[way] for e in found])) for way in (WAYS[0], WAYS[1], WAYS[3]))
    )


class Darkness(NamedTuple):
    """Mean number of peaks in rooms with six people, in full light and in a quarter of it."""

    bright: float
    dark: float


@cache
def darkness() -> Darkness:
    """Count six people in the light and in the dark."""
    return Darkness(
        *(
            float(np.mean([counts(s, sets.lit(light))[WAYS[1]].mean() for s in seeds(_SEEDS)]))
            for light in (1.0, 0.25)
        )
    )


class Rings(NamedTuple):
    """Shares of rooms with more than 8 people that an alarm misses, by regions and by peaks."""

    regions: float
    peaks: float


@cache
def rings() -> Rings:
    """Let both alarms decide about rooms with 4 to 12 people."""
    rooms = sets.near_capacity()
    missed = {
        way: np.mean(
            [
                alarm(counts(seed, rooms)[way], rooms.people, sets.CAPACITY).missed
                for seed in seeds(_SEEDS)
            ]
        )
        for way in WAYS[:2]
    }
    return Rings(float(missed[WAYS[0]]), float(missed[WAYS[1]]))
