"""Exercise 11.2: erase a random rectangle of each picture."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_utils.checks import Exercise, NotRight, expect, expect_shape, expect_values
from course_utils.checks.properties import IN_PLACE, NO_RETURN, inputs_unchanged
from course_utils.checks.returns import RETURN_IN_LOOP, returns_in_loop
from course_utils.data.holes import filled, rectangles
from course_utils.lessons.autoencoders.exercises.common import LECTURE

Erase = Callable[[np.ndarray, np.random.Generator], Any]
_SIZE, _LOW, _HIGH = 8, 3, 5
_MANY = 3000
_RARE = 0.87  # of a third of the holes: 5 standard deviations below it
_DEVIATIONS = 5  # of how often a place is drawn


def erase(pictures: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    hole = np.zeros(pictures.shape, dtype=bool)
    for one in hole:
        height, width = rng.integers(3, 6, size=2)
        top, left = rng.integers(0, 9 - height), rng.integers(0, 9 - width)
        one[top : top + height, left : left + width] = True
    return np.where(hole, 0.0, pictures), hole


_POLARITY = "the hole is turned round: True where the picture is erased, not where it is kept"
_SIDES = "both sides are 3, 4 or 5 pixels: the end of rng.integers is not included"
_PLACES = (
    "some pixels are never erased: the first row of a hole is 0 to 8 − height, and the end of"
    " rng.integers is not included; the first column is drawn apart from it"
)
_CUT_OFF = (
    "holes reach over the edge and are cut off there: the first row goes up to 8 − height, the"
    " first column up to 8 − width"
)
_ONE_SIZE = "height and width are drawn once for all: draw them for each picture"
_ONE_PLACE = "the place is drawn once for all: draw the first row and column for each picture"
_SIDES_EVENLY = (
    "the sides are not equally frequent: draw height and width each from 3, 4 and 5, and then a"
    " place that fits"
)
_STARTS = (
    "the place is drawn from the same range for every size; the first row goes up to 8 − height,"
    " the first column up to 8 − width"
)
_PUSHED = (
    "places are not equally frequent: a place that does not fit is pushed to the edge; draw the"
    " first row from 0 to 8 − height, the first column from 0 to 8 − width"
)
_EVENLY = "places are not equally frequent: draw each by one call of rng.integers"
_NUMBER_FIRST = (
    "the slices run over pictures and rows: the number of the picture comes first,"
    " `hole[number, rows, columns]`"
)
_ENDS = "a slice ends at `top + height`, not at `height`"
_BY_ZEROS = (
    "the hole is read off the pixels that are 0, but white paper is 0 as well: keep the rectangle"
    " that was drawn"
)
_EXCHANGED = "return the erased pictures first, then the hole"
_ONE_FOR_ALL = "all pictures share one hole: draw a rectangle for each"
_NOT_RNG = "draw from `rng`, so that a seed repeats it, not from a generator of your own"
_VALUE = "the erased pixels must be 0, and all others as they were"
_NOT_WRITTEN = "no rectangle is ever written into the hole that is returned"
_ONLY_ONE = "draw a rectangle for each picture"
_EACH = "each picture has a rectangle, whose sides are 3, 4 or 5 pixels"
_TOO_LONG = (
    "there is one row or column too many, which is cut off at the edge: the end of a slice is not"
    " included, so that `top : top + height` has `height` rows"
)
_SQUARES = "height and width are drawn once: draw a number for each"


def _called(answer: Erase, pictures: np.ndarray, rng: Any) -> tuple[np.ndarray, np.ndarray]:
    result = answer(pictures, rng)
    expect(result is not None, "the function returns None", NO_RETURN)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise NotRight(
            "the function does not return two arrays", "return the erased pictures and the hole"
        )
    erased = expect_shape("the first result", result[0], pictures.shape)
    hole = expect_shape("the hole", result[1], pictures.shape)
    flags = np.isin(hole, (0, 1)).all()
    expect(flags, "the hole holds other values than True and False", _EXCHANGED)
    return erased, hole.astype(bool)


def _pictures(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng((seed, 7)).uniform(0.1, 1, (count, _SIZE, _SIZE))


def _one_rectangle_each(answer: Erase) -> None:
    pictures = _pictures(_MANY)
    with inputs_unchanged(pictures=pictures):
        _, hole = _called(answer, pictures, np.random.default_rng(0))
    _in_every_picture(answer, hole)
    if _sides(~hole) is not None:
        raise NotRight("the hole covers all but a rectangle", _POLARITY)
    sides = _sides(hole)
    expect(sides is not None, "some hole is no rectangle", "fill rows and columns without gaps")
    assert sides is not None
    expect(
        not np.array_equal(hole, np.roll(hole, 1, axis=0)), "all holes are the same", _ONE_FOR_ALL
    )
    expect((np.ptp(sides, axis=0) > 0).any(), "all holes have the same size", _ONE_SIZE)
    starts = np.stack([hole.any(axis=2).argmax(axis=1), hole.any(axis=1).argmax(axis=1)], axis=1)
    expect(
        (np.ptp(starts, axis=0) > 0).all(),
        "all holes begin in the same row or in the same column",
        _ONE_PLACE,
    )
    found = {int(side) for side in np.unique(sides)}
    expect(
        not any(_too_long(hole, sides, axis) for axis in range(2)),
        f"the sides of the holes are {sorted(found)} pixels, expected 3, 4 and 5",
        _TOO_LONG,
    )
    expect(
        not (min(found) < _LOW and max(found) == _HIGH and _short_ones_at_the_edge(hole, sides)),
        f"the sides of the holes are {sorted(found)} pixels, expected 3, 4 and 5",
        _CUT_OFF,
    )
    expect(
        found == set(range(_LOW, _HIGH + 1)),
        f"the sides of the holes are {sorted(found)} pixels, expected 3, 4 and 5",
        _SIDES,
    )
    expect((sides[:, 0] != sides[:, 1]).any(), "all holes are squares", _SQUARES)
    often = np.array([(sides == side).mean(axis=0) for side in range(_LOW, _HIGH + 1)])
    often = often * len(often)
    expect(
        often.min() > _RARE,
        f"a side of {_LOW + int(often.min(axis=1).argmin())} pixels is too rare among {_MANY}"
        " holes",
        _SIDES_EVENLY if _evenly_placed(sides, starts) else _CUT_OFF,
    )
    never = np.argwhere(~hole.any(axis=0))
    if len(never):
        row, column = map(int, never[0])
        raise NotRight(f"pixel [{row}, {column}] is never erased in {_MANY} pictures", _PLACES)
    _anywhere(sides, starts)


def _anywhere(sides: np.ndarray, starts: np.ndarray) -> None:
    """Raise `NotRight` unless each side begins at all places where it fits, equally often."""
    for side, axis in itertools.product(range(_LOW, _HIGH + 1), range(2)):
        begins, name = starts[sides[:, axis] == side, axis], ("height", "width")[axis]
        places, last = _SIZE - side + 1, int(begins.max())
        expect(
            last == places - 1,
            f"of {_MANY} holes none with a {name} of {side} pixels begins after {last}, expected up"
            f" to {places - 1}",
            _STARTS,
        )
        share, even = _shares(begins, places), 1 / places
        most = int(share.argmax())
        expect(
            _even(begins, places),
            f"of the holes with a {name} of {side} pixels {share[most]:.0%} begin at {most},"
            f" expected about {even:.0%}",
            _PUSHED if most in (0, last) and share[-1] > even else _EVENLY,
        )


def _shares(begins: np.ndarray, places: int) -> np.ndarray:
    """Return how often each place is drawn, as a share."""
    return np.bincount(begins, minlength=places) / len(begins)


def _even(begins: np.ndarray, places: int) -> bool:
    """Tell whether each place is drawn about equally often."""
    even = 1 / places
    off = np.abs(_shares(begins, places) - even).max()
    return bool(off < _DEVIATIONS * np.sqrt(even * (1 - even) / len(begins)))


def _evenly_placed(sides: np.ndarray, starts: np.ndarray) -> bool:
    """Tell whether the holes of each height and width begin at all places equally often.

    They do not where the edge cuts off holes: what is left of them ends at the edge.
    """
    lengths = range(_LOW, _HIGH + 1)
    return all(
        _even(starts[(sides == size).all(axis=1), axis], _SIZE - size[axis] + 1)
        for size in itertools.product(lengths, lengths)
        for axis in range(2)
    )


def _in_every_picture(answer: Erase, hole: np.ndarray) -> None:
    """Raise `NotRight` if some picture has no hole at all."""
    (without,) = np.nonzero(~hole.any(axis=(1, 2)))
    if not len(without):
        return
    count = len(hole)
    if len(without) == count:
        raise NotRight("the hole is False everywhere", _NOT_WRITTEN)
    if len(without) == count - 1:
        cause = RETURN_IN_LOOP if returns_in_loop(answer) else _ONLY_ONE
        raise NotRight(f"only one of {count} pictures has a hole", cause)
    holding = np.setdiff1d(np.arange(count), without)
    if holding[-1] < _SIZE and (hole.any(axis=2) == hole.all(axis=2)).all():
        raise NotRight(f"only {len(holding)} of {count} pictures have a hole", _NUMBER_FIRST)
    if any(_ends_at_its_length(hole[holding], axis) for axis in range(2)):
        raise NotRight(f"{len(without)} of {count} pictures have no hole", _ENDS)
    if list(without) == [count - 1]:
        raise NotRight("the last picture has no hole", "mind where the loop over pictures ends")
    raise NotRight(f"{len(without)} of {count} pictures have no hole", _EACH)


def _ends_at_its_length(hole: np.ndarray, axis: int) -> bool:
    """Tell whether what is left of the rectangles ends where those that begin at 0 end."""
    if _sides(hole) is None:
        return False
    lines = np.asarray(hole.any(axis=2 - axis))
    ends = _SIZE - lines[:, ::-1].argmax(axis=1)
    return bool(lines.argmax(axis=1).any()) and set(ends) == set(range(_LOW, _HIGH + 1))


def _too_long(hole: np.ndarray, sides: np.ndarray, axis: int) -> bool:
    """Tell whether the rectangles are those that are asked for, with one row or column more."""
    at_the_edge = hole.take(-1, axis=1 + axis).any(axis=1)
    lengths = sides[:, axis]
    return bool(lengths.max() == _HIGH + 1 and at_the_edge[lengths == _LOW].all())


def _white_is_no_hole(answer: Erase) -> None:
    pictures = _pictures(20)
    pictures[pictures < 0.4] = 0
    _, hole = _called(answer, pictures, np.random.default_rng(1))
    expect(_sides(hole) is not None, "pixels that were 0 before are in the hole", _BY_ZEROS)


def _short_ones_at_the_edge(hole: np.ndarray, sides: np.ndarray) -> bool:
    """Tell whether every rectangle that is too short ends at the last row or column."""
    ends = np.stack([hole[:, -1].any(axis=1), hole[:, :, -1].any(axis=1)], axis=1)
    return bool(ends[sides < _LOW].all())


def _sides(hole: np.ndarray) -> np.ndarray | None:
    """Return heights and widths (count, 2); None if some hole is no rectangle."""
    rows, columns = (np.asarray(hole.any(axis=axis)) for axis in (2, 1))
    boxes = rows[:, :, None] & columns[:, None, :]
    gaps = [
        np.abs(np.diff(np.pad(side, ((0, 0), (1, 1))).astype(int))).sum(axis=1)
        for side in (rows, columns)
    ]
    if not np.array_equal(boxes, hole) or any((gap != 2).any() for gap in gaps):
        return None
    return np.stack([rows.sum(axis=1), columns.sum(axis=1)], axis=1)


def _erased_there(answer: Erase) -> None:
    for seed in range(3):
        pictures = _pictures(20, seed)
        erased, hole = _called(answer, pictures, np.random.default_rng(seed))
        expected = filled(pictures, hole, 0)
        try:
            expect_values("the erased pictures", erased, expected, 1e-9)
        except NotRight as difference:
            raise NotRight(difference.what, _VALUE) from None


def _fresh_and_repeatable(answer: Erase) -> None:
    pictures, rng = _pictures(20), np.random.default_rng(5)
    first, second = (_called(answer, pictures, rng)[1] for _ in range(2))
    same = (first == second).all()
    expect(not same, "a second call with the same generator gives the same holes", _NOT_RNG)
    again = _called(answer, pictures, np.random.default_rng(5))[1]
    expect((first == again).all(), "a generator with the same seed gives other holes", _NOT_RNG)


def _wrong() -> Iterator[tuple[Erase, str]]:
    def with_holes(draw: Callable[[int, np.random.Generator], np.ndarray]) -> Erase:
        def wrong(pictures: np.ndarray, rng: np.random.Generator) -> Any:
            hole = draw(len(pictures), rng)
            return filled(pictures, hole, 0), hole

        return wrong

    def sides(low: int, high: int) -> Erase:
        return with_holes(lambda n, rng: rectangles(n, (_SIZE, _SIZE), (low, high), rng))

    def too_far_in(count: int, rng: np.random.Generator) -> np.ndarray:
        hole = rectangles(count, (_SIZE - 1, _SIZE - 1), (_LOW, _HIGH), rng)
        return np.pad(hole, ((0, 0), (0, 1), (0, 1)))

    def squares(count: int, rng: np.random.Generator) -> np.ndarray:
        holes = [
            rectangles(1, (_SIZE, _SIZE), (side, side), rng) for side in rng.integers(3, 6, count)
        ]
        return np.concatenate(holes)

    def upside_down(pictures: np.ndarray, rng: np.random.Generator) -> Any:
        erased, hole = erase(pictures, rng)
        return erased, ~hole

    def in_place(pictures: np.ndarray, rng: np.random.Generator) -> Any:
        hole = erase(pictures, rng)[1]
        pictures[hole] = 0
        return pictures, hole

    def from_elsewhere(pictures: np.ndarray, _: np.random.Generator) -> Any:
        return erase(pictures, np.random.default_rng())

    def always_the_same(pictures: np.ndarray, _: np.random.Generator) -> Any:
        return erase(pictures, np.random.default_rng(0))

    def grey(pictures: np.ndarray, rng: np.random.Generator) -> Any:
        hole = erase(pictures, rng)[1]
        return filled(pictures, hole, 0.5), hole

    def keeps_the_hole(pictures: np.ndarray, rng: np.random.Generator) -> Any:
        hole = erase(pictures, rng)[1]
        return filled(pictures, ~hole, 0), hole

    def rectangular(of: Callable[[int, int, np.random.Generator], tuple[slice, slice]]) -> Erase:
        """Return the answer whose hole of that height and width is in these rows and columns."""

        def draw(count: int, rng: np.random.Generator) -> np.ndarray:
            hole = np.zeros((count, _SIZE, _SIZE), dtype=bool)
            for one in hole:
                height, width = rng.integers(_LOW, _HIGH + 1, size=2)
                one[of(height, width, rng)] = True
            return hole

        return with_holes(draw)

    def starts(height: int, width: int, rng: np.random.Generator) -> tuple[int, int]:
        top, left = (int(rng.integers(0, _SIZE + 1 - side)) for side in (height, width))
        return top, left

    def cut_off(limits: Callable[[int, int], tuple[int, int]]) -> Erase:
        def of(height: int, width: int, rng: np.random.Generator) -> tuple[slice, slice]:
            top, left = (rng.integers(0, end) for end in limits(height, width))
            return slice(top, top + height), slice(left, left + width)

        return rectangular(of)

    def one_too_long(rows: int, columns: int) -> Erase:
        def of(height: int, width: int, rng: np.random.Generator) -> tuple[slice, slice]:
            top, left = starts(height, width, rng)
            return slice(top, top + height + rows), slice(left, left + width + columns)

        return rectangular(of)

    def placed(place: Callable[[int, np.random.Generator], int]) -> Erase:
        def of(height: int, width: int, rng: np.random.Generator) -> tuple[slice, slice]:
            top, left = place(height, rng), place(width, rng)
            return slice(top, top + height), slice(left, left + width)

        return rectangular(of)

    def clamped(side: int, rng: np.random.Generator) -> int:
        return min(int(rng.integers(0, _SIZE)), _SIZE - side)

    def around_a_centre(side: int, rng: np.random.Generator) -> int:
        return int(np.clip(rng.integers(0, _SIZE) - side // 2, 0, _SIZE - side))

    def by_two_draws(side: int, rng: np.random.Generator) -> int:
        return int(rng.integers(0, _SIZE + 1 - side, size=2).sum()) // 2

    def from_a_list(_: int, __: int, rng: np.random.Generator) -> tuple[slice, slice]:
        lengths = range(_LOW, _HIGH + 1)
        spans = [(start, start + n) for n in lengths for start in range(_SIZE - n + 1)]
        rows, columns = (slice(*spans[i]) for i in rng.integers(len(spans), size=2))
        return rows, columns

    def until_it_fits(_: int, __: int, rng: np.random.Generator) -> tuple[slice, slice]:
        while True:
            height, width = rng.integers(_LOW, _HIGH + 1, size=2)
            top, left = rng.integers(0, _SIZE, size=2)
            if top + height <= _SIZE and left + width <= _SIZE:
                return slice(top, top + height), slice(left, left + width)

    def at_one_place(rows: bool, columns: bool) -> Erase:
        def draw(count: int, rng: np.random.Generator) -> np.ndarray:
            hole = np.zeros((count, _SIZE, _SIZE), dtype=bool)
            for_all = rng.integers(0, _SIZE - _HIGH + 1, size=2)
            for one in hole:
                height, width = rng.integers(_LOW, _HIGH + 1, size=2)
                top, left = np.where((rows, columns), for_all, starts(height, width, rng))
                one[top : top + height, left : left + width] = True
            return hole

        return with_holes(draw)

    def over_pictures(pictures: np.ndarray, rng: np.random.Generator) -> Any:
        hole = np.zeros(pictures.shape, dtype=bool)
        for _ in pictures:
            height, width = rng.integers(_LOW, _HIGH + 1, size=2)
            top, left = starts(height, width, rng)
            hole[top : top + height, left : left + width] = True
        return filled(pictures, hole, 0), hole

    def to_its_length(rows: bool, columns: bool) -> Erase:
        def of(height: int, width: int, rng: np.random.Generator) -> tuple[slice, slice]:
            top, left = starts(height, width, rng)
            return (
                slice(top, height + (not rows) * top),
                slice(left, width + (not columns) * left),
            )

        return rectangular(of)

    def all_but_the_last(count: int, rng: np.random.Generator) -> np.ndarray:
        hole = rectangles(count, (_SIZE, _SIZE), (_LOW, _HIGH), rng)
        hole[-1] = False
        return hole

    def in_some(count: int, rng: np.random.Generator) -> np.ndarray:
        hole = rectangles(count, (_SIZE, _SIZE), (_LOW, _HIGH), rng)
        return hole & (rng.random(count) < 0.8)[:, None, None]

    def never(count: int, _: np.random.Generator) -> np.ndarray:
        return np.zeros((count, _SIZE, _SIZE), dtype=bool)

    def exchanged(pictures: np.ndarray, rng: np.random.Generator) -> Any:
        return erase(pictures, rng)[::-1]

    def one_size(count: int, rng: np.random.Generator) -> np.ndarray:
        height = int(rng.integers(_LOW, _HIGH + 1))
        return rectangles(count, (_SIZE, _SIZE), (height, height), rng)

    def by_zeros(pictures: np.ndarray, rng: np.random.Generator) -> Any:
        erased, _ = erase(pictures, rng)
        return erased, erased == 0

    yield one_too_long(1, 1), _TOO_LONG
    yield one_too_long(1, 0), _TOO_LONG
    yield one_too_long(0, 1), _TOO_LONG
    yield placed(clamped), _PUSHED
    yield placed(around_a_centre), _PUSHED
    yield placed(by_two_draws), _EVENLY
    yield rectangular(from_a_list), _SIDES_EVENLY
    yield rectangular(until_it_fits), _SIDES_EVENLY
    yield at_one_place(True, True), _ONE_PLACE
    yield at_one_place(True, False), _ONE_PLACE
    yield at_one_place(False, True), _ONE_PLACE
    yield over_pictures, _NUMBER_FIRST
    yield to_its_length(True, True), _ENDS
    yield to_its_length(True, False), _ENDS
    yield to_its_length(False, True), _ENDS
    yield with_holes(all_but_the_last), "mind where the loop over pictures ends"
    yield with_holes(in_some), _EACH
    yield with_holes(never), _NOT_WRITTEN
    yield by_zeros, _BY_ZEROS
    yield cut_off(lambda height, width: (_SIZE - _HIGH + 1, _SIZE - _HIGH + 1)), _STARTS
    yield cut_off(lambda height, width: (9 - height, _SIZE - _HIGH + 1)), _STARTS
    yield exchanged, _EXCHANGED
    yield with_holes(one_size), _ONE_SIZE
    yield cut_off(lambda height, width: (_SIZE, _SIZE)), _CUT_OFF
    yield cut_off(lambda height, width: (9 - width, 9 - height)), _CUT_OFF
    yield cut_off(lambda height, width: (9 - width, 9 - width)), _CUT_OFF
    yield cut_off(lambda height, width: (6, 6)), _CUT_OFF
    yield upside_down, _POLARITY
    yield sides(3, 4), _SIDES
    yield sides(3, 6), _SIDES
    yield sides(2, 5), _SIDES
    yield with_holes(too_far_in), _PLACES
    yield with_holes(squares), _SQUARES
    yield (
        with_holes(lambda n, rng: np.repeat(rectangles(1, (8, 8), (3, 5), rng), n, axis=0)),
        _ONE_FOR_ALL,
    )
    yield in_place, IN_PLACE
    yield from_elsewhere, _NOT_RNG
    yield always_the_same, _NOT_RNG
    yield grey, _VALUE
    yield keeps_the_hole, _VALUE


check_erase = Exercise(
    item="11.2",
    lecture=LECTURE,
    name="erase",
    title="Erase at random",
    reference=erase,
    properties={
        "a rectangle in each picture, sides of 3 to 5 pixels, anywhere": _one_rectangle_each,
        "the picture is 0 in the hole and as it was elsewhere": _erased_there,
        "a white pixel is no hole": _white_is_no_hole,
        "fresh holes at every call, repeated by the generator's seed": _fresh_and_repeatable,
    },
    wrong=_wrong,
    hints=(
        "How many numbers say where a rectangle is and how large?",
        "For each picture draw height and width with `rng.integers(3, 6)`, then the first row from"
        " 0 to 8 − height and the first column from 0 to 8 − width. Set that part of a boolean"
        " array to True, and leave `pictures` as it is: `np.where` makes a new array.",
        """
        def erase(pictures, rng):
            hole = np.zeros(pictures.shape, dtype=bool)
            for one in hole:
                height, width = rng.integers(3, ..., size=2)
                top, left = rng.integers(0, ...), rng.integers(0, ...)
                one[top : ..., left : ...] = True
            return np.where(hole, ..., pictures), hole
        """,
    ),
)
