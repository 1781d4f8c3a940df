"""Exercise 08.4: average precision."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault

Detections = tuple[np.ndarray, np.ndarray, int]
Curve = Callable[[np.ndarray, np.ndarray], Any]


def average_precision(right: np.ndarray, scores: np.ndarray, total: int) -> float:
    found = np.cumsum(right[np.argsort(-scores)])
    precision = found / np.arange(1, len(found) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(found / total, prepend=0) * envelope))


def _drawn(rng: np.random.Generator, *, missed: int, ranked: bool) -> Detections:
    """Return detections of which about two in three are right, one of the first two among them."""
    right = rng.permutation([True] * 6 + [False] * 4)
    right[:3] = (True, False, True) if rng.random() < 0.5 else (False, True, True)
    scores = np.sort(rng.uniform(0.1, 1, len(right)))[::-1]
    order = np.arange(len(right)) if ranked else rng.permutation(len(right))
    return right[order], scores[order], int(right.sum()) + missed


def _ranked(rng: np.random.Generator) -> Detections:
    return _drawn(rng, missed=0, ranked=True)


def _some_missed(rng: np.random.Generator) -> Detections:
    return _drawn(rng, missed=int(rng.integers(2, 5)), ranked=True)


def _mixed(rng: np.random.Generator) -> Detections:
    return _drawn(rng, missed=int(rng.integers(2, 5)), ranked=False)


def _curve(right: np.ndarray, scores: np.ndarray, total: int) -> tuple[np.ndarray, np.ndarray]:
    """Return recall and precision after each detection."""
    found = np.cumsum(right[np.argsort(-scores)])
    return found / total, found / np.arange(1, len(found) + 1)


def _other(area: Curve) -> Callable[[np.ndarray, np.ndarray, int], float]:
    """Return a way to sum up the curve: ``area(recall, precision)``, each after every detection."""

    def measure(right: np.ndarray, scores: np.ndarray, total: int) -> float:
        return float(area(*_curve(right, scores, total)))

    return measure


def _envelope(precision: np.ndarray) -> np.ndarray:
    return np.maximum.accumulate(precision[::-1])[::-1]


_steps = _other(lambda r, p: np.sum(np.diff(r, prepend=0) * p))


def _at_points(recall: np.ndarray, precision: np.ndarray, points: int) -> float:
    reached = [precision[recall >= r - 1e-9] for r in np.linspace(0, 1, points)]
    return float(np.mean([part.max() if part.size else 0 for part in reached]))


check_average_precision = Exercise(
    item="08.4",
    lecture="seeing_objects",
    name="average_precision",
    title="Average precision",
    reference=average_precision,
    results=("the average precision",),
    rounds={
        "detections in order, some people never found": _some_missed,
        "nobody missed": _ranked,
        "detections in any order": _mixed,
    },
    faults=(
        Fault("the envelope is missing: at each recall, the best precision from there on counts",
              _steps),
        Fault("the detections are not put in order; the highest score goes first",
              lambda right, s, total: average_precision(right, -np.arange(len(s)), total)),
        Fault("the lowest score goes first; begin with the highest",
              lambda right, s, total: average_precision(right, -s, total)),
        Fault("`np.argsort` of `np.argsort` gives each detection its rank; one gives the order",
              lambda right, s, total: average_precision(right, -np.argsort(-s), total)),
        Fault("recall is a share of what was found; divide by `total`, the missed ones included",
              lambda right, s, total: average_precision(right, s, int(right.sum()))),
        Fault("recall is a share of all detections; divide by `total`",
              lambda right, s, total: average_precision(right, s, len(right))),
        Fault("the envelope is missing, and recall is a share of what was found; at each recall the"
              " best precision from there on counts, and recall is divided by `total`",
              lambda right, s, _: _steps(right, s, int(right.sum()))),
        Fault("the envelope looks back; at each recall, the best precision from there on counts",
              _other(lambda r, p: np.sum(np.diff(r, prepend=0) * np.maximum.accumulate(p)))),
        Fault("the envelope is left in reverse; turn it back with `[::-1]`",
              _other(lambda r, p: np.sum(np.diff(r, prepend=0) * _envelope(p)[::-1]))),
        Fault("the envelope leaves out the precision at the recall itself",
              _other(lambda r, p: np.sum(np.diff(r, prepend=0) * np.append(_envelope(p)[1:], 0)))),
        Fault("every step of recall has the best precision of all; take the best from there on",
              _other(lambda r, p: r[-1] * p.max())),
        Fault("that is the recall after the last detection; multiply each step of recall by the"
              " envelope",
              _other(lambda r, p: r[-1])),
        Fault("either precision and recall are exchanged, or precision is divided by the number of"
              " all detections: the steps are those of recall, and the heights those of precision,"
              " which is divided by 1, 2, 3 …",
              _other(lambda r, p: np.sum(np.diff(p, prepend=0) * _envelope(r)))),
        Fault("precision is divided by `total`; divide it by 1, 2, 3 …, the boxes so far",
              _other(lambda r, p: np.sum(np.diff(r, prepend=0) * _envelope(r)))),
        Fault("the result is in percent; here it goes from 0 to 1",
              lambda *inputs: 100 * average_precision(*inputs)),
        Fault("that is the envelope; add up its heights, each times its step of recall",
              lambda right, s, total: _envelope(_curve(right, s, total)[1])),
        Fault("the first step is left out; recall begins at 0, where `np.trapezoid` does not",
              _other(lambda r, p: np.sum(np.diff(r) * _envelope(p)[1:]))),
        Fault("at the first detection `recall[k - 1]` is the last recall, since an index of −1"
              " counts from the end; r₀ is 0",
              _other(lambda r, p: np.sum((r - np.roll(r, 1)) * _envelope(p)))),
        Fault("that is the area of trapezoids; each step of recall has one height, the envelope",
              _other(lambda r, p: np.trapezoid(p, r))),
        Fault("it is the mean of the precision after every detection; only steps of recall count",
              _other(lambda r, p: np.mean(p))),
        Fault("these are the eleven points of VOC 2007; take every point where recall rises",
              _other(lambda r, p: _at_points(r, p, 11))),
        Fault("these are the 101 points of COCO; take every point where recall rises",
              _other(lambda r, p: _at_points(r, p, 101))),
        Fault("each height is multiplied by the recall; multiply it by the step of recall",
              _other(lambda r, p: np.sum(r * _envelope(p)))),
        Fault("it is the mean of the envelope over all detections; only steps of recall count",
              _other(lambda r, p: np.mean(_envelope(p)))),
        Fault("the heights are added up; multiply each by its step of recall, which is 1 / `total`",
              lambda right, s, total: total * average_precision(right, s, total)),
        Fault("it is the precision after the last detection; sum over all steps of recall",
              _other(lambda r, p: p[-1])),
    ),
    hints=(
        "After each detection, from the surest on: how many people are found, and how many of the"
        " boxes so far are right?",
        "Found so far is `np.cumsum(right)` after sorting. Precision divides it by 1, 2, 3 …,"
        " recall by `total`. Replace each precision by the largest from there to the end, and add"
        " up step of recall times height.",
        """
        def average_precision(right, scores, total):
            found = np.cumsum(right[np.argsort(-scores)])
            precision = found / ...
            envelope = np.maximum.accumulate(precision[::-1])[...]
            return np.sum(np.diff(..., prepend=0) * envelope)
        """,
    ),
)  # fmt: skip
