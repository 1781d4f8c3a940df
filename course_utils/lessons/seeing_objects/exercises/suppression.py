"""Exercise 08.3: which of many boxes are kept."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.seeing_objects.exercises.boxes import (
    any_box,
    iou,
    moved,
    over_the_smaller,
    with_a_1_added,
)

Scored = tuple[np.ndarray, np.ndarray, float]


def nms(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    kept: list[int] = []
    for i in np.argsort(-scores):
        if all(iou(boxes[i], boxes[j]) <= threshold for j in kept):
            kept.append(int(i))
    return kept


def _groups(rng: np.random.Generator) -> Scored:
    """Return boxes in chains: each overlaps the next of its chain, and less the one after that.

    The three of the last chain follow one another in the order of the scores: the second goes, and
    the third overlaps the second too much and the first little, so that it shows whether a box is
    compared with one that was dropped just before.
    """
    boxes = []
    for left in rng.permutation([0, 60, 120]):
        start, step = any_box(rng), rng.uniform(2, 4)
        boxes += [moved(start, left + n * step, n * step / 2) for n in range(4)]
    best_first = list(rng.permutation(len(boxes)))
    at = int(rng.choice([0, 6]))  # they come first of all, or in between
    best_first[at:at] = range(len(boxes), len(boxes) + 3)
    boxes += [moved(np.array([0.0, 0, 12, 12]), 180 + 3.4 * n, 0) for n in range(3)]
    scores = np.empty(len(boxes))
    scores[best_first] = np.linspace(0.95, 0.05, len(boxes))
    order = rng.permutation(len(boxes))
    return np.array(boxes)[order], scores[order], rng.uniform(0.25, 0.55)


def _on_the_edge(rng: np.random.Generator) -> Scored:
    """Return pairs of boxes whose IoU is the threshold itself, 1/2 or 1/4, without rounding."""
    threshold, boxes = float(rng.choice([0.5, 0.25])), []
    for n in range(3):
        x, y, width = 64 * n, int(rng.integers(0, 8)), int(2 ** rng.integers(2, 5))
        boxes += [[x, y, x + width, y + 4], [x, y, x + int(threshold * width), y + 4]]
    scores = rng.permutation(np.linspace(0.05, 0.95, len(boxes)))
    return np.array(boxes, dtype=float), scores, threshold


def _kept_if(
    stays: Callable[[list[float], float], bool],
    overlap: Callable[[np.ndarray, np.ndarray], float] = iou,
) -> Callable[[np.ndarray, np.ndarray, float], list[int]]:
    """Return a way to choose: a box stays if ``stays(its overlaps with kept ones, threshold)``."""

    def choose(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
        kept: list[int] = []
        for i in np.argsort(-scores):
            if stays([overlap(boxes[i], boxes[j]) for j in kept], threshold):
                kept.append(int(i))
        return kept

    return choose


def _only_much(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = np.argsort(-scores)
    return [int(i) for i in order if iou(boxes[i], boxes[order[0]]) > threshold]


def _goes_on_with_the_overlapping(
    boxes: np.ndarray, scores: np.ndarray, threshold: float
) -> list[int]:
    left, kept = [int(i) for i in np.argsort(-scores)], []
    while left:
        best, *others = left
        kept.append(best)
        left = [i for i in others if iou(boxes[best], boxes[i]) > threshold]
    return kept


def _any_better(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = [int(i) for i in np.argsort(-scores)]
    return [
        i
        for n, i in enumerate(order)
        if all(iou(boxes[i], boxes[j]) <= threshold for j in order[:n])
    ]


def _unlike_the_one_before(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = [int(i) for i in np.argsort(-scores)]
    return order[:1] + [
        i for before, i in pairwise(order) if iou(boxes[i], boxes[before]) <= threshold
    ]


def _places_when_sorted(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = np.argsort(-scores)
    return nms(boxes[order], scores[order], threshold)


def _skips(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    left, kept = [int(i) for i in np.argsort(-scores)], []
    while left:
        kept.append(left.pop(0))
        for i in left:
            if iou(boxes[kept[-1]], boxes[i]) > threshold:
                left.remove(i)  # the mistake: the loop runs over this list
    return kept


def _skips_in_both_loops(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    left = [int(i) for i in np.argsort(-scores)]
    for best in left:
        for i in left:
            if i != best and iou(boxes[best], boxes[i]) > threshold:
                left.remove(i)  # the mistake: both loops run over this list
    return left


def _drops_one(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    left, kept = [int(i) for i in np.argsort(-scores)], []
    while left:
        kept.append(left.pop(0))
        over = [i for i in left if iou(boxes[kept[-1]], boxes[i]) > threshold]
        left = [i for i in left if i not in over[:1]]
    return kept


check_nms = Exercise(
    item="08.3",
    lecture="seeing_objects",
    name="nms",
    title="Non-maximum suppression",
    reference=nms,
    results=("the kept boxes",),
    rounds={
        "three groups of boxes, in any order": _groups,
        "boxes that overlap by just the threshold stay": _on_the_edge,
    },
    faults=(
        Fault("the worst box goes first; begin with the highest score",
              lambda b, s, t: nms(b, -s, t)),
        Fault("the order of the boxes decides; go by the scores, from the highest to the lowest",
              lambda b, s, t: nms(b, -np.arange(len(s)), t)),
        Fault("a box also goes because of one that was dropped itself; compare with kept ones only",
              _any_better),
        Fault("boxes are compared with the best of all only; compare with every kept one",
              _kept_if(lambda overlaps, t: not overlaps or overlaps[0] <= t)),
        Fault("a box whose overlap is just the threshold goes; only an overlap above it rules out",
              _kept_if(lambda overlaps, t: all(overlap < t for overlap in overlaps))),
        Fault("a box is compared with the one kept last; compare it with every kept one",
              _kept_if(lambda overlaps, t: not overlaps or overlaps[-1] <= t)),
        Fault("a box is compared with the one whose score is the next higher, kept or not; compare"
              " it with every kept one", _unlike_the_one_before),
        Fault("one kept box that it overlaps little is enough for a box to stay; all have to be so",
              _kept_if(lambda overlaps, t: not overlaps or min(overlaps) <= t)),
        Fault("overlaps with kept boxes are added up; each by itself decides",
              _kept_if(lambda overlaps, t: sum(overlaps) <= t)),
        Fault("nothing is kept; the best box stays, since no better one is there to rule it out",
              lambda *_: []),
        *(Fault(f"{fixed} is taken for the threshold; it is given as `threshold`",
                lambda b, s, _, fixed=fixed: nms(b, s, fixed)) for fixed in (0.3, 0.4, 0.5)),
        Fault("these are places among the sorted boxes; return places in `boxes`",
              _places_when_sorted),
        Fault("the kept ones are in the order of `boxes`; the best goes first",
              lambda b, s, t: sorted(nms(b, s, t))),
        Fault("boxes that overlap much are kept and the others dropped; it is the other way round",
              _only_much),
        Fault("it goes on with the boxes that overlap; go on with those that do not",
              _goes_on_with_the_overlapping),
        Fault("it says of each box whether it is kept; return the places of the kept ones",
              lambda b, s, t: np.isin(np.arange(len(s)), nms(b, s, t))),
        Fault("it returns how many boxes are kept; return their places",
              lambda b, s, t: len(nms(b, s, t))),
        Fault("boxes go if they overlap little enough; the threshold is for the overlap, not for 1"
              " minus it",
              lambda b, s, t: nms(b, s, 1 - t)),
        Fault("the threshold is for the overlap; here it is compared with the scores",
              lambda b, s, t: [int(i) for i in np.argsort(-s) if s[i] > t]),
        Fault("nothing is dropped; a box goes if it overlaps a kept one by more than the threshold",
              lambda _, s, t: [int(i) for i in np.argsort(-s)]),
        *(Fault("boxes are removed from a list while a loop runs over it, so that it skips some;"
                " make a new list of those that stay",
                made) for made in (_skips, _skips_in_both_loops)),
        Fault("the loop ends after the first box that it drops; compare with all that are left",
              _drops_one),
        Fault("the overlap is divided by the smaller area; the threshold is for the IoU",
              _kept_if(lambda overlaps, t: max(overlaps, default=0) <= t, over_the_smaller)),
        Fault("a 1 is added to the sides in the IoU; here a box from 0 to 10 is 10 wide",
              _kept_if(lambda overlaps, t: max(overlaps, default=0) <= t, with_a_1_added)),
        Fault("the kept ones are in the order of `boxes`, from the back; the best score goes first",
              lambda b, s, t: sorted(nms(b, s, t), reverse=True)),
        Fault("the threshold is for the overlap; the scores of kept boxes need not be above it",
              lambda b, s, t: [i for i in nms(b, s, t) if s[i] > t]),
        Fault("these are the scores of the kept boxes; return their places",
              lambda b, s, t: s[nms(b, s, t)]),
        Fault("these are the kept boxes themselves; return their places",
              lambda b, s, t: b[nms(b, s, t)]),
        Fault("these are the dropped boxes; return the kept ones",
              lambda b, s, t: [int(i) for i in np.argsort(-s) if i not in nms(b, s, t)]),
    ),
    hints=(
        "Which box is kept in any case? Which boxes does it rule out?",
        "Walk through the boxes from the highest score to the lowest (`np.argsort(-scores)`), and"
        " keep a box if it overlaps none of those kept so far by more than the threshold.",
        """
        def nms(boxes, scores, threshold):
            kept = []
            for i in np.argsort(-scores):
                if all(... <= threshold for j in kept):
                    kept.append(...)
            return kept
        """,
    ),
)  # fmt: skip
