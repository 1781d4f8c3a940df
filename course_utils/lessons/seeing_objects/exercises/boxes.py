"""Exercises 08.2 and 08.3: how much two boxes overlap, and which of many are kept."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault

_LECTURE = "seeing_objects"
Boxes = tuple[np.ndarray, np.ndarray]
Scored = tuple[np.ndarray, np.ndarray, float]


def iou(a: np.ndarray, b: np.ndarray) -> float:
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    shared = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    return shared / union


def _box(rng: np.random.Generator, scale: float = 1) -> np.ndarray:
    corner = rng.uniform(0, 20, 2)
    return scale * np.concatenate([corner, corner + rng.uniform(6, 18, 2)])


def _moved(box: np.ndarray, right: float, down: float) -> np.ndarray:
    return box + np.array([right, down, right, down])


def _overlapping(rng: np.random.Generator) -> Boxes:
    a = _box(rng)
    b = _moved(a, *rng.uniform(1, 5, 2)) + np.array([0, 0, *rng.uniform(0.5, 4, 2)])
    return (a, b) if rng.random() < 0.5 else (b, a)


def _inside(rng: np.random.Generator) -> Boxes:
    a = _box(rng)
    return a, a + np.array([*rng.uniform(0.5, 2, 2), *rng.uniform(-2.5, -1, 2)])


def _apart(rng: np.random.Generator) -> Boxes:
    """Return boxes that are apart side by side, on top of each other, or on both axes."""
    far, near = rng.uniform(20, 30, 2), rng.uniform(1, 5, 2)
    a, axes = _box(rng), rng.permutation([True, rng.random() < 0.5])
    return a, _moved(a, *np.where(axes, far, near))


def _in_shares(rng: np.random.Generator) -> Boxes:
    a, b = _overlapping(rng)
    return a / 48, b / 48


def _variant(
    measure: Callable[[float, float, float], float],
    *,
    sides: Callable[[np.ndarray], np.ndarray] = lambda s: s.clip(min=0),
    more: float = 0,
) -> Callable[[np.ndarray, np.ndarray], float]:
    """Return a way to compare boxes: ``measure(shared, area, other area)``."""

    def compare(a: np.ndarray, b: np.ndarray) -> float:
        shared = sides(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]) + more)
        return float(measure(shared.prod(), *((box[2:] - box[:2] + more).prod() for box in (a, b))))

    return compare


def _over_union(shared: float, one: float, other: float) -> float:
    return shared / (one + other - shared)


def _from_sizes(a: np.ndarray, b: np.ndarray) -> float:
    return iou(*(np.concatenate([box[:2], box[:2] + box[2:]]) for box in (a, b)))


def _from_middles(a: np.ndarray, b: np.ndarray) -> float:
    corners = (np.concatenate([c[:2] - c[2:] / 2, c[:2] + c[2:] / 2]) for c in (a, b))
    return iou(*corners)


def _of_the_hull(a: np.ndarray, b: np.ndarray) -> float:
    hull = (np.maximum(a[2:], b[2:]) - np.minimum(a[:2], b[:2])).prod()
    return _variant(lambda shared, *_: shared / hull)(a, b)


check_iou = Exercise(
    item="08.2",
    lecture=_LECTURE,
    name="iou",
    title="Intersection over union",
    reference=iou,
    results=("the intersection over union",),
    rounds={
        "two boxes that overlap": _overlapping,
        "one box inside the other": _inside,
        "apart on one axis or on both: 0": _apart,
        "the same for boxes in shares of the image": _in_shares,
    },
    faults=(
        Fault("width and height may be negative, and their product is then taken for an overlap;"
              " cut both off at 0 before multiplying",
              _variant(_over_union, sides=lambda s: s)),
        Fault("the product is cut off at 0, but two negative sides give a positive one; cut off"
              " each side",
              _variant(lambda s, a, b: max(s, 0) / (a + b - max(s, 0)), sides=lambda s: s)),
        Fault("a 1 is added to each side; here a box from 0 to 10 is 10 wide",
              _variant(_over_union, more=1)),
        Fault("the shared area is counted twice in the union; subtract it once",
              _variant(lambda s, a, b: s / (a + b))),
        Fault("twice the shared area over the sum of the areas is the Dice coefficient; divide by"
              " the union",
              _variant(lambda s, a, b: 2 * s / (a + b))),
        Fault("it divides by the smaller area; divide by the union",
              _variant(lambda s, a, b: s / min(a, b))),
        Fault("it divides by the first box's area; divide by the union",
              _variant(lambda s, a, b: s / a)),
        Fault("that is the shared area; divide it by the union",
              _variant(lambda s, a, b: s)),
        Fault("it divides by the box around both; the union is what at least one of them covers",
              _of_the_hull),
        Fault("the last two numbers are read as width and height; they are right and bottom",
              _from_sizes),
        Fault("the first two numbers are read as the middle and the others as width and height",
              _from_middles),
    ),
    hints=(
        "Draw both boxes. Where does the shared rectangle begin from the left, and where does it"
        " end?",
        "It reaches from the larger of the two left sides to the smaller of the two right sides;"
        " if that is negative, its width is 0. The same for the height. The union is both areas"
        " minus the shared one.",
        """
        def iou(a, b):
            width = max(0, min(a[2], b[2]) - max(...))
            height = max(0, ... - ...)
            shared = width * height
            union = (a[2] - a[0]) * (a[3] - a[1]) + ... - ...
            return shared / union
        """,
    ),
)  # fmt: skip


def nms(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    kept: list[int] = []
    for i in np.argsort(-scores):
        if all(iou(boxes[i], boxes[j]) <= threshold for j in kept):
            kept.append(int(i))
    return kept


def _groups(rng: np.random.Generator) -> Scored:
    """Return boxes in chains: each overlaps the next of its chain, and less the one after that."""
    boxes = []
    for left in rng.permutation([0, 60, 120]):
        start, step = _box(rng), rng.uniform(2, 4)
        boxes += [_moved(start, left + n * step, n * step / 2) for n in range(4)]
    order = rng.permutation(len(boxes))
    return np.array(boxes)[order], rng.permutation(np.linspace(0.05, 0.95, len(boxes))), 0.4


def _best_only(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = np.argsort(-scores)
    return [int(i) for i in order if i == order[0] or iou(boxes[i], boxes[order[0]]) <= threshold]


def _only_much(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = np.argsort(-scores)
    return [int(i) for i in order if iou(boxes[i], boxes[order[0]]) > threshold]


def _any_better(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = [int(i) for i in np.argsort(-scores)]
    return [
        i
        for n, i in enumerate(order)
        if all(iou(boxes[i], boxes[j]) <= threshold for j in order[:n])
    ]


def _places_when_sorted(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> list[int]:
    order = np.argsort(-scores)
    return nms(boxes[order], scores[order], threshold)


check_nms = Exercise(
    item="08.3",
    lecture=_LECTURE,
    name="nms",
    title="Non-maximum suppression",
    reference=nms,
    results=("the kept boxes",),
    rounds={
        "three groups of boxes, in any order": _groups,
    },
    faults=(
        Fault("the worst box goes first; begin with the highest score",
              lambda b, s, t: nms(b, -s, t)),
        Fault("the order of the boxes decides; go by the scores, from the highest to the lowest",
              lambda b, s, t: nms(b, -np.arange(len(s)), t)),
        Fault("a box also goes because of one that was dropped itself; compare with kept ones only",
              _any_better),
        Fault("boxes are compared with the best of all only; compare with every kept one",
              _best_only),
        Fault("these are places among the sorted boxes; return places in `boxes`",
              _places_when_sorted),
        Fault("the kept ones are in the order of `boxes`; the best goes first",
              lambda b, s, t: sorted(nms(b, s, t))),
        Fault("boxes that overlap much are kept and the others dropped; it is the other way round",
              _only_much),
        Fault("the threshold is for the overlap; here it is compared with the scores",
              lambda b, s, t: [int(i) for i in np.argsort(-s) if s[i] > t]),
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
