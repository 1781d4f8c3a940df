"""Exercise 08.2: how much two boxes overlap."""

from collections.abc import Callable
from functools import partial
from itertools import combinations

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


def _in_any_order(rng: np.random.Generator, a: np.ndarray, b: np.ndarray) -> Boxes:
    return (a, b) if rng.random() < 0.5 else (b, a)


def _overlapping(rng: np.random.Generator) -> Boxes:
    a = any_box(rng)
    b = moved(a, *rng.uniform(1, 5, 2)) + np.array([0, 0, *rng.uniform(0.5, 4, 2)])
    return _in_any_order(rng, a, b)


def _to_the_upper_right(rng: np.random.Generator) -> Boxes:
    """Return overlapping boxes of which the one further right is further up."""
    a, b = (box[[0, 3, 2, 1]] * [1, -1, 1, -1] + [0, 60, 0, 60] for box in _overlapping(rng))
    return a, b


def _inside(rng: np.random.Generator) -> Boxes:
    a = any_box(rng)
    inner = a + np.array([*rng.uniform(0.5, 2, 2), *rng.uniform(-2.5, -1, 2)])
    return _in_any_order(rng, inner, a)


def _crossing(rng: np.random.Generator) -> Boxes:
    """Return a wide box and a tall one: no corner of either lies in the other."""
    (x, y), (width, height) = rng.uniform(5, 15, 2), rng.uniform(3, 6, 2)
    left, up, right, down = rng.uniform(2, 4, 4)
    wide = np.array([x - left, y, x + width + right, y + height])
    return _in_any_order(rng, wide, np.array([x, y - up, x + width, y + height + down]))


def _side_by_side(rng: np.random.Generator) -> Boxes:
    a = any_box(rng)
    return _in_any_order(rng, a, moved(a, rng.uniform(20, 30), rng.uniform(1, 5)))


def _one_above_the_other(rng: np.random.Generator) -> Boxes:
    a = any_box(rng)
    return _in_any_order(rng, a, moved(a, rng.uniform(1, 5), rng.uniform(20, 30)))


def _apart_on_both(rng: np.random.Generator) -> Boxes:
    """Return boxes so near each other that the product of two negative sides is a small area."""
    a = any_box(rng)
    return _in_any_order(rng, a, moved(a, *(a[2:] - a[:2] + rng.uniform(1, 4, 2))))


def _in_shares(rng: np.random.Generator) -> Boxes:
    a, b = _overlapping(rng)
    return a / 48, b / 48


def _variant(
    measure: Callable[[float, float, float], float],
    *,
    sides: Callable[[np.ndarray], np.ndarray] = lambda s: s.clip(min=0),
    wider: float = 0,
    shared_wider: float = 0,
) -> Callable[[np.ndarray, np.ndarray], float]:
    """Return a way to compare boxes: ``measure(shared, area, other area)``.

    `wider` is added to the sides of both boxes, and `shared_wider` to those that they share.
    """

    def compare(a: np.ndarray, b: np.ndarray) -> float:
        shared = sides(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]) + shared_wider)
        areas = ((box[2:] - box[:2] + wider).prod() for box in (a, b))
        return float(measure(shared.prod(), *areas))

    return compare


def _over_union(shared: float, one: float, other: float) -> float:
    return shared / (one + other - shared)


over_the_smaller = _variant(lambda shared, one, other: shared / min(one, other))
with_a_1_added = _variant(_over_union, wider=1, shared_wider=1)


def _from_sizes(a: np.ndarray, b: np.ndarray) -> float:
    return iou(*(np.concatenate([box[:2], box[:2] + box[2:]]) for box in (a, b)))


def _from_middles(a: np.ndarray, b: np.ndarray) -> float:
    corners = (np.concatenate([c[:2] - c[2:] / 2, c[:2] + c[2:] / 2]) for c in (a, b))
    return iou(*corners)


def _as_numbers(a: np.ndarray, b: np.ndarray) -> float:
    """Return the formula's value, whatever the sides are."""
    shared = _shared_sides(a, b).prod()
    return _over_union(shared, *((box[2:] - box[:2]).prod() for box in (a, b)))


def _of_the_hull(a: np.ndarray, b: np.ndarray) -> float:
    hull = (np.maximum(a[2:], b[2:]) - np.minimum(a[:2], b[:2])).prod()
    return _variant(lambda shared, *_: shared / hull)(a, b)


def _of_the_hull_without_what_is_shared(a: np.ndarray, b: np.ndarray) -> float:
    share = _of_the_hull(a, b)
    return share / (1 - share)


def _from_ends(a: np.ndarray, b: np.ndarray, begin: np.ufunc, end: np.ufunc) -> float:
    shared = (end(a[2:], b[2:]) - begin(a[:2], b[:2])).clip(min=0).prod()
    return _variant(lambda _, one, other: _over_union(shared, one, other))(a, b)


def _with_ends_for_sides(a: np.ndarray, b: np.ndarray) -> float:
    return _variant(lambda shared, *_: _over_union(shared, a[2:].prod(), b[2:].prod()))(a, b)


def _certain_sides() -> list[tuple[str, ...]]:
    """Return what an answer may take for all sides on which a box can lie beside another.

    Left and right alone, or above and below, give what one shared side cut off at 0 gives, which
    is a fault of its own.
    """
    sides = ("left", "right", "above", "below")
    some = [chosen for number in (1, 2, 3) for chosen in combinations(sides, number)]
    return [chosen for chosen in some if chosen not in (sides[:2], sides[2:])]


def _apart_on(sides: tuple[str, ...], a: np.ndarray, b: np.ndarray) -> float:
    """Return 0 if `b` lies on one of the `sides` of `a`, and the formula's value otherwise."""
    lies = {
        "left": b[2] < a[0],
        "right": b[0] > a[2],
        "above": b[3] < a[1],
        "below": b[1] > a[3],
    }
    if any(lies[side] for side in sides):
        return 0.0
    return _variant(_over_union, sides=lambda s: s)(a, b)


def _as_if_diagonal(a: np.ndarray, b: np.ndarray, axis: int) -> float:
    """Take the box that begins first along one axis for the one that begins first along both."""
    later = b if a[axis] <= b[axis] else a
    shared = (np.minimum(a[2:], b[2:]) - later[:2]).clip(min=0).prod()
    return _variant(lambda _, one, other: _over_union(shared, one, other))(a, b)


_UPPER_LEFT = (0, 1)
_CORNERS = (_UPPER_LEFT, (2, 1), (0, 3), (2, 3))


def _if_a_corner_lies_inside(
    a: np.ndarray, b: np.ndarray, corners: tuple[tuple[int, int], ...]
) -> float:
    """Return 0 unless one of these corners of one box lies in the other."""
    inside = (
        np.all((other[:2] <= one[list(corner)]) & (one[list(corner)] <= other[2:]))
        for one, other in ((a, b), (b, a))
        for corner in corners
    )
    return iou(a, b) if any(inside) else 0.0


def _widths_squared(a: np.ndarray, b: np.ndarray, shared: bool, areas: bool) -> float:
    """Take the width once more where the height belongs: in the shared area, or in both areas."""
    over, both = _shared_sides(a, b), (box[2:] - box[:2] for box in (a, b))
    return _over_union(
        over[0] * over[0 if shared else 1], *(side[0] * side[0 if areas else 1] for side in both)
    )


def _shared_sides(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])).clip(min=0)


def _by_sides(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    shared = _shared_sides(a, b)
    return shared / (a[2:] - a[:2] + b[2:] - b[:2] - shared)


def _lengths(a: np.ndarray, b: np.ndarray, axes: list[int]) -> float:
    """Compare sums of sides in place of areas."""
    shared = _shared_sides(a, b)[axes].sum()
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
        "boxes that overlap, one further right and further up": _to_the_upper_right,
        "one box inside the other": _inside,
        "a wide box across a tall one": _crossing,
        "boxes side by side: 0": _side_by_side,
        "one box above the other: 0": _one_above_the_other,
        "boxes apart on both axes: 0": _apart_on_both,
        "the same for boxes in shares of the image": _in_shares,
    },
    faults=(
        Fault("the product is cut off at 0, but two negative sides give a positive one; cut off"
              " each side",
              _variant(lambda s, a, b: max(s, 0) / (a + b - max(s, 0)), sides=lambda s: s)),
        Fault("width and height may be negative, and their product is then taken for an overlap;"
              " cut both off at 0 before multiplying",
              _variant(_over_union, sides=lambda s: s)),
        Fault("a negative side is made positive; boxes that are apart share nothing, so cut it off"
              " at 0",
              _variant(_over_union, sides=np.abs)),
        Fault("the shared rectangle reaches from the larger of both beginnings to the smaller of"
              " both ends; here it is the other way round",
              lambda a, b: _from_ends(a, b, np.minimum, np.maximum)),
        Fault("the shared rectangle begins at the larger of both beginnings, not at the smaller",
              lambda a, b: _from_ends(a, b, np.minimum, np.minimum)),
        Fault("the shared rectangle ends at the smaller of both ends, not at the larger",
              lambda a, b: _from_ends(a, b, np.maximum, np.maximum)),
        Fault("it is cut to a whole number, as by `//`; divide with `/`",
              lambda a, b: int(iou(a, b))),
        Fault("the numbers are read as left, right, top, bottom; they are left, top, right, bottom",
              lambda a, b: _as_numbers(a[[0, 2, 1, 3]], b[[0, 2, 1, 3]])),
        Fault("it is 0 unless one certain box begins inside the other; two boxes may meet in more"
              " ways",
              lambda a, b: iou(a, b) if np.all((a[:2] <= b[:2]) & (b[:2] <= a[2:])) else 0.0),
        Fault("it is 0 unless the upper left corner of one box lies in the other; two boxes may"
              " meet in more ways",
              lambda a, b: _if_a_corner_lies_inside(a, b, (_UPPER_LEFT,))),
        Fault("it is 0 unless a corner of one box lies in the other; boxes may also cross",
              lambda a, b: _if_a_corner_lies_inside(a, b, _CORNERS)),
        Fault("the box further left is taken for the upper one as well; take the larger of both"
              " tops",
              lambda a, b: _as_if_diagonal(a, b, 0)),
        Fault("the upper box is taken for the one further left as well; take the larger of both"
              " left sides",
              lambda a, b: _as_if_diagonal(a, b, 1)),
        *(Fault("boxes are taken for apart on some sides only; the second may lie left of, right"
                " of, above or below the first",
                partial(_apart_on, sides)) for sides in _certain_sides()),
        Fault("this is 1 minus the overlap, a distance",
              lambda a, b: 1 - iou(a, b)),
        Fault("a 1 is added to each side; here a box from 0 to 10 is 10 wide",
              with_a_1_added),
        Fault("the 1 is added to the areas and not to the shared sides; here no 1 is added"
              " anywhere",
              _variant(_over_union, wider=1)),
        Fault("the 1 is added to the shared sides only; here no 1 is added anywhere",
              _variant(_over_union, shared_wider=1)),
        Fault("the shared area is counted twice in the union; subtract it once",
              _variant(lambda s, a, b: s / (a + b))),
        Fault("twice the shared area over the sum of the areas is the Dice coefficient; divide by"
              " the union",
              _variant(lambda s, a, b: 2 * s / (a + b))),
        Fault("the shared area is added to the union; subtract it, since both areas hold it",
              _variant(lambda s, a, b: s / (a + b + s))),
        Fault("the shared area is subtracted twice; both areas together hold it once too often",
              _variant(lambda s, a, b: s / (a + b - 2 * s))),
        Fault("parentheses are missing: the shared area is divided by the whole union",
              _variant(lambda s, a, b: s / a + b - s)),
        *(Fault("the area of one box is taken for both", _variant(measure))
          for measure in (lambda s, a, _: s / (2 * a - s), lambda s, _, b: s / (2 * b - s))),
        Fault("it is upside down: divide the shared area by the union",
              _variant(lambda s, a, b: (a + b - s) / s)),
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
        *(Fault("the height is computed from left and right; take top and bottom",
                lambda a, b, shared=shared, areas=areas: _widths_squared(a, b, shared, areas))
          for shared, areas in ((True, False), (False, True), (True, True))),
        Fault("width and height are added; an area is width times height",
              lambda a, b: _lengths(a, b, [0, 1])),
        Fault("width and height are compared each by itself; multiply them before you divide",
              _by_sides),
        Fault("right times bottom is taken for an area; it is width times height",
              _with_ends_for_sides),
        Fault("that is the shared area; divide it by the union",
              _variant(lambda s, a, b: s)),
        Fault("the union is both areas minus the shared one; the box around both is larger",
              _of_the_hull_without_what_is_shared),
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
