"""Four ways to count the people in a room, each set on the training rooms alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from course_utils.lessons.seeing_objects.model import regions
from course_utils.lessons.seeing_objects.training import Rooms, trained, training_rooms

WAYS = ("regions of the mask", "peaks of the heat", "area of the mask", "sum of the heat")
"""Segmentation and detection, and two that count by density."""
_MASK_THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
_HEAT_THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_COVERED = 0.5  # from here on a pixel counts for the area


class Counters(NamedTuple):
    """What was chosen on the training rooms.

    Attributes
    ----------
    mask_threshold, heat_threshold
        Those whose counts had the smallest mean error.
    area, total
        Slope and offset of the lines people = slope · x + offset, by least squares, for the mask's
        area and the heat's sum.
    """

    mask_threshold: float
    heat_threshold: float
    area: np.ndarray
    total: np.ndarray


def peaks(heat: np.ndarray, threshold: float) -> np.ndarray:
    """Tell which pixels are a peak: above `threshold`, and the largest of their 3 × 3.

    Parameters
    ----------
    heat
        (…, rows, columns).
    """
    largest = nn.functional.max_pool2d(torch.tensor(heat), 3, stride=1, padding=1).numpy()
    return (heat == largest) & (heat > threshold)


def count_regions(mask: np.ndarray, threshold: float) -> np.ndarray:
    """Return how many regions each mask of probabilities (rooms, rows, columns) has."""
    return np.array([regions(one > threshold)[1] for one in mask])


def count_peaks(heat: np.ndarray, threshold: float) -> np.ndarray:
    """Return how many peaks each heat map (rooms, rows, columns) has."""
    return peaks(heat, threshold).sum(axis=(1, 2))


@cache
def counters(seed: int) -> Counters:
    """Return the thresholds and lines for the networks of `seed`."""
    rooms = training_rooms()
    mask, (heat, _) = trained(seed).mask(rooms.images), trained(seed).heat(rooms.images)
    tops = np.where(peaks(heat, 0), heat, 0)  # found once: a threshold moves no peak

    def best(count: Callable[..., np.ndarray], maps: np.ndarray, tried: tuple[float, ...]) -> float:
        return min(tried, key=lambda t: float(np.abs(count(maps, t) - rooms.people).mean()))

    return Counters(
        best(count_regions, mask, _MASK_THRESHOLDS),
        best(lambda tops, t: (tops > t).sum(axis=(1, 2)), tops, _HEAT_THRESHOLDS),
        np.polyfit(_area(mask), rooms.people, 1),
        np.polyfit(heat.sum(axis=(1, 2)), rooms.people, 1),
    )


def _area(mask: np.ndarray) -> np.ndarray:
    return (mask > _COVERED).sum(axis=(1, 2))


@cache
def counts(seed: int, rooms: Rooms) -> dict[str, np.ndarray]:
    """Return what each of `WAYS` counts in each room; densities give fractions."""
    chosen, nets = counters(seed), trained(seed)
    mask, (heat, _) = nets.mask(rooms.images), nets.heat(rooms.images)
    found = (
        count_regions(mask, chosen.mask_threshold),
        count_peaks(heat, chosen.heat_threshold),
        np.polyval(chosen.area, _area(mask)),
        np.polyval(chosen.total, heat.sum(axis=(1, 2))),
    )
    return dict(zip(WAYS, found, strict=True))


def errors(seed: int, rooms: Rooms) -> dict[str, float]:
    """Return the mean absolute error of each way, in people."""
    found = counts(seed, rooms)
    return {way: float(np.abs(count - rooms.people).mean()) for way, count in found.items()}


class Alarm(NamedTuple):
    """How often an alarm is wrong: shares of the rooms that are too full, and of the others."""

    missed: float
    false: float


def alarm(count: np.ndarray, people: np.ndarray, capacity: int, above: float = 0) -> Alarm:
    """Return how wrong an alarm is that rings if a count exceeds the capacity by more than `above`.

    Parameters
    ----------
    count, people
        (rooms,), what was counted, rounded to whole people, and what is true.
    """
    rings, full = np.round(count) > capacity + above, people > capacity
    return Alarm(float(np.mean(~rings[full])), float(np.mean(rings[~full])))
