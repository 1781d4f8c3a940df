"""Exercise 08.2: how much two boxes overlap."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault

Boxes = tuple[np.ndarray, np.ndarray]


def iou(a: np.ndarray, b: np.ndarray) -> float:
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    shared = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    return shared / union


def any_box(rng: np.random.Generator) -> np.ndarray:
    corner = rng.uniform(0, 20, 2)
    return np.concatenate([corner, corner + rng.uniform(6, 18, 2)])


def moved(box: np.ndarray, right: float, down: float) -> np.ndarray:
    return box + np.array([right, down, right, down])


def _overlapping(rng: np.random.Generator) -> Boxes:
    a = any_box(rng)
    b = moved(a, *rng.uniform(1, 5, 2)) + np.array([0, 0, *rng.uniform(0.5, 4, 2)])
    return (a, b) if rng.random() < 0.5 else (b, a)


def _inside(rng: np.random.Generator) -> Boxes:
    a = any_box(rng)
    return a, a + np.array([*rng.uniform(0.5, 2, 2), *rng.uniform(-2.5, -1, 2)])


def _apart(rng: np.random.Generator) -> Boxes:
    """Return boxes that are apart side by side, on top of each other, or on both axes."""
    far, near = rng.uniform(20, 30, 2), rng.uniform(1, 5, 2)
    a, axes = any_box(rng), rng.permutation([True, rng.random() < 0.5])
    return a, moved(a, *np.where(axes, far, near))


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


over_the_smaller = _variant(lambda shared, one, other: shared / min(one, other))


def _over_union(shared: float, one: float, other: float) -> float:
    return shared / (one + other - shared)


def _from_sizes(a: np.ndarray, b: np.ndarray) -> float:
    return iou(*(np.concatenate([box[:2], box[:2] + box[2:]]) for box in (a, b)))


def _from_middles(a: np.ndarray, b: np.ndarray) -> float:
    corners = (np.concatenate([c[:2] - c[2:] / 2, c[:2] + c[2:] / 2]) for c in (a, b))
    return iou(*corners)


def _from_the_hull(a: np.ndarray, b: np.ndarray) -> float:
    shared = (np.maximum(a[2:], b[2:]) - np.minimum(a[:2], b[:2])).prod()
    return _variant(lambda _, one, other: _over_union(shared, one, other))(a, b)


def _of_the_hull(a: np.ndarray, b: np.ndarray) -> float:
    hull = (np.maximum(a[2:], b[2:]) - np.minimum(a[:2], b[:2])).prod()
    return _variant(lambda shared, *_: shared / hull)(a, b)


def _lengths(a: np.ndarray, b: np.ndarray, axes: list[int]) -> float:
    """Compare sums of sides in place of areas."""
    shared = (np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])).clip(min=0)[axes].sum()
    return _over_union(shared, *((box[2:] - box[:2])[axes].sum() for box in (a, b)))


check_iou = Exercise(
    item="08.2",
    lecture="seeing_objects",
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
        Fault("a negative side is made positive; boxes that are apart share nothing, so cut it off"
              " at 0",
              _variant(_over_union, sides=np.abs)),
        Fault("the shared rectangle reaches from the larger of both beginnings to the smaller of"
              " both ends; here it is the other way round",
              _from_the_hull),
        Fault("this is 1 minus the overlap, a distance",
              lambda a, b: 1 - iou(a, b)),
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
        Fault("the shared area is added to the union; subtract it, since both areas hold it",
              _variant(lambda s, a, b: s / (a + b + s))),
        Fault("a small number is added to the union; it is never 0 here, and small boxes feel it",
              _variant(lambda s, a, b: s / (a + b - s + 1e-6))),
        *(Fault("it divides by the area of one box; divide by the union", _variant(measure))
          for measure in (
              lambda s, a, b: s / min(a, b), lambda s, a, b: s / max(a, b),
              lambda s, a, b: s / a, lambda s, a, b: s / b,
          )),
        Fault("it divides by the product of both areas; divide by the union",
              _variant(lambda s, a, b: s / (a * b))),
        Fault("that is the union; divide the shared area by it",
              _variant(lambda s, a, b: a + b - s)),
        Fault("the result is in percent; here it goes from 0 to 1",
              lambda a, b: 100 * iou(a, b)),
        Fault("only the widths are compared; an area is width times height",
              lambda a, b: _lengths(a, b, [0])),
        Fault("only the heights are compared; an area is width times height",
              lambda a, b: _lengths(a, b, [1])),
        Fault("width and height are added; an area is width times height",
              lambda a, b: _lengths(a, b, [0, 1])),
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
