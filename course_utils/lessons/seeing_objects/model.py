"""What lecture 08 computes: overlap of boxes, the choice among them, precision and recall.

A box is (x₀, y₀, x₁, y₁), left, top, right and bottom in pixels, with x₀ < x₁ and y₀ < y₁. Its
width is x₁ − x₀: the first pixel reaches from 0 to 1, and no 1 is added anywhere.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import ndimage

SMALLEST = 10
"""Fewer pixels in a region of a mask are taken for noise."""


def iou(box: np.ndarray, other: np.ndarray) -> float:
    """Return the intersection of two boxes (4,) over their union, from 0 to 1."""
    return float(ious(np.asarray(box)[None], np.asarray(other)[None])[0, 0])


def ious(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the intersection over union of every box (n, 4) with every other (m, 4), (n, m)."""
    a, b = boxes[:, None], others[None]
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    shared = sides.clip(min=0).prod(axis=-1)  # boxes apart on both axes share nothing
    areas = [(c[..., 2:] - c[..., :2]).prod(axis=-1) for c in (a, b)]
    return shared / (areas[0] + areas[1] - shared)


def nms(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Return which boxes greedy non-maximum suppression keeps, the best first.

    Parameters
    ----------
    boxes, scores
        (n, 4) and (n,).
    threshold
        A box goes if its intersection over union with a better one that is kept is larger.

    Returns
    -------
    Places in `boxes`, an integer array.
    """
    return suppressed(ious(boxes, boxes), scores, threshold)


def suppressed(overlap: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Return the same, from the overlap of every box with every other (n, n)."""
    left = np.argsort(-scores, kind="stable")
    kept = []
    while left.size:
        best = left[0]
        kept.append(best)
        left = left[1:][overlap[best, left[1:]] <= threshold]
    return np.array(kept, dtype=int)


def regions(mask: np.ndarray, smallest: int = SMALLEST) -> tuple[np.ndarray, int]:
    """Return a mask's connected regions, numbered from 1 in an array of its shape, and how many.

    Two pixels are connected if they share a side. Regions of fewer than `smallest` pixels are left
    out.
    """
    numbered, count = ndimage.label(mask)
    sizes = np.bincount(numbered.ravel(), minlength=count + 1)
    sizes[0] = 0
    large = np.flatnonzero(sizes >= smallest)
    renumber = np.zeros(count + 1, dtype=int)
    renumber[large] = np.arange(1, len(large) + 1)
    return renumber[numbered], len(large)


def match(boxes: np.ndarray, truth: np.ndarray, least: float = 0.5) -> np.ndarray:
    """Tell which boxes (n, 4), the best first, find somebody: a bool array (n,).

    Each box takes, of the true boxes (m, 4) that no better one has taken, the one that it overlaps
    most, if their intersection over union is at least `least`. So a second box on the same person
    is wrong.
    """
    overlap = ious(boxes, truth)
    right = np.zeros(len(boxes), dtype=bool)
    for i in range(len(boxes) if len(truth) else 0):
        best = overlap[i].argmax()
        if overlap[i, best] >= least:
            right[i] = True
            overlap[:, best] = -1  # taken
    return right


class Curve(NamedTuple):
    """Recall and precision after each detection, the best first, and the envelope above them."""

    recall: np.ndarray
    precision: np.ndarray
    envelope: np.ndarray


def precision_recall(right: np.ndarray, scores: np.ndarray, total: int) -> Curve:
    """Return how recall and precision go as detections are added, from the best to the worst.

    Parameters
    ----------
    right, scores
        (n,), for each detection whether it finds somebody, and how sure it is.
    total
        How many there are to be found, those that nothing found included.
    """
    found = np.cumsum(np.asarray(right)[np.argsort(-np.asarray(scores), kind="stable")])
    precision = found / np.arange(1, len(found) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return Curve(found / total, precision, envelope)


def average_precision(right: np.ndarray, scores: np.ndarray, total: int) -> float:
    """Return the area below the envelope, over all points at which recall rises (VOC 2010).

    Arguments as for `precision_recall`.
    """
    recall, _, envelope = precision_recall(right, scores, total)
    return float(np.sum(np.diff(recall, prepend=0) * envelope))


def at_recalls(right: np.ndarray, scores: np.ndarray, total: int, recalls: np.ndarray) -> float:
    """Return the mean of the envelope at given recalls; where recall does not reach, it is 0.

    With 0, 0.1 … 1 it is the average precision of VOC 2007, with 0, 0.01 … 1 that of COCO, for one
    threshold of overlap.
    """
    recall, _, envelope = precision_recall(right, scores, total)
    places = np.searchsorted(recall, np.asarray(recalls) - 1e-9)
    return float(np.mean(np.append(envelope, 0)[places]))
