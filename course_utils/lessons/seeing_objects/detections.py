"""From the detector's maps to boxes with scores, and their precision and recall."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from course_utils.lessons.seeing_objects.counting import counters, peaks
from course_utils.lessons.seeing_objects.model import average_precision, match
from course_utils.lessons.seeing_objects.training import Rooms, trained

LOWEST = 0.1
"""Pixels with less heat give no box at all."""


class Boxes(NamedTuple):
    """Boxes (n, 4) of one room, x₀, y₀, x₁, y₁ in pixels, and their scores (n,), best first."""

    boxes: np.ndarray
    scores: np.ndarray


def boxes_at(heat: np.ndarray, sides: np.ndarray, chosen: np.ndarray) -> Boxes:
    """Return the boxes that chosen pixels give.

    Parameters
    ----------
    heat, sides
        The detector's maps of one room, (36, 48) and (4, 36, 48).
    chosen
        bool array (36, 48).
    """
    rows, columns = np.nonzero(chosen)
    order = np.argsort(-heat[rows, columns], kind="stable")
    rows, columns = rows[order], columns[order]
    x, y = columns + 0.5, rows + 0.5
    left, top, right, bottom = np.maximum(sides[:, rows, columns], 0.5)
    boxes = np.stack([x - left, y - top, x + right, y + bottom], axis=1)
    return Boxes(boxes, heat[rows, columns])


def every_box(seed: int, rooms: Rooms) -> list[Boxes]:
    """Return for each room the boxes of all pixels that are warm, many for each person."""
    heat, sides = trained(seed).heat(rooms.images)
    return [boxes_at(h, s, h > LOWEST) for h, s in zip(heat, sides, strict=True)]


def peak_boxes(seed: int, rooms: Rooms, lowest: float | None = None) -> list[Boxes]:
    """Return for each room the boxes of peaks above `lowest`, or above the threshold to count."""
    threshold = counters(seed).heat_threshold if lowest is None else lowest
    heat, sides = trained(seed).heat(rooms.images)
    chosen = peaks(heat, threshold)
    return [boxes_at(*maps) for maps in zip(heat, sides, chosen, strict=True)]


def precision_of(found: list[Boxes], rooms: Rooms, least: float = 0.5) -> float:
    """Return the average precision of boxes over all rooms together."""
    right = [
        match(one.boxes, room.boxes, least) for one, room in zip(found, rooms.rooms, strict=True)
    ]
    scores = np.concatenate([one.scores for one in found])
    return average_precision(np.concatenate(right), scores, int(rooms.people.sum()))
