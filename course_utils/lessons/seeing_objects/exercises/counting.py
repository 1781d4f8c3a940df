"""Exercise 08.1: how many people a mask shows, if nobody touches anybody."""

from collections.abc import Callable

import numpy as np
from scipy import ndimage

from course_utils.checks import Exercise, Fault
from course_utils.lessons.seeing_objects.rooms import room

_CORNERS = np.ones((3, 3), dtype=int)


def count_people(mask: np.ndarray, smallest: int) -> int:
    left = {(int(row), int(column)) for row, column in np.argwhere(mask)}
    people = 0
    while left:
        region = [left.pop()]
        for row, column in region:  # it grows while we walk along it
            for beside in (
                (row + 1, column),
                (row - 1, column),
                (row, column + 1),
                (row, column - 1),
            ):
                if beside in left:
                    left.remove(beside)
                    region.append(beside)
        people += len(region) >= smallest
    return people


def _sizes(mask: np.ndarray, neighbours: np.ndarray | None = None) -> np.ndarray:
    numbered, _ = ndimage.label(mask, neighbours)
    return np.bincount(numbered.ravel())[1:]


def _runs(mask: np.ndarray, smallest: int) -> int:
    along_rows = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 0]])
    return int(np.sum(_sizes(mask, along_rows) >= smallest))


def _asked_up_to_the_last(mask: np.ndarray, smallest: int) -> int:
    numbered, count = ndimage.label(mask)
    return sum(int(np.sum(numbered == n)) >= smallest for n in range(count))


_SIDES = {"below": (1, 0), "above": (-1, 0), "to the right": (0, 1), "to the left": (0, -1)}
_FORGOTTEN = ("above", "to the right", "to the left")  # without those below, rows are left


def _filled(
    mask: np.ndarray, smallest: int, without: str = "", around_the_edge: bool = False
) -> int:
    """Count by filling region after region, row by row, without a look to one side or at edges."""
    left, people, last = mask.copy(), 0, np.array(mask.shape) - 1
    for start in zip(*np.nonzero(mask), strict=True):
        region = [start] if left[start] else []
        left[start] = False
        for row, column in region:  # it grows while we walk along it
            for side, (down, right) in _SIDES.items():
                beside = row + down, column + right
                if around_the_edge:  # an index of −1 is the last one
                    beside = tuple(np.where(np.array(beside) < 0, last, beside).tolist())
                inside = all(0 <= i < n for i, n in zip(beside, mask.shape, strict=True))
                if side != without and inside and left[beside]:
                    left[beside] = False
                    region.append(beside)
        people += len(region) >= smallest
    return people


def _without_merging(mask: np.ndarray, smallest: int, rule: str) -> int:
    """Count numbers that pixels take, row by row, from above or from the left; none are merged."""
    numbers, last = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=int), 0
    for row, column in np.argwhere(mask):
        above, left = int(numbers[row, column + 1]), int(numbers[row + 1, column])
        known = [number for number in (above, left) if number]
        last += not known
        numbers[row + 1, column + 1] = (
            last if not known else min(known) if rule == "smaller"
            else known[0] if rule == "above" else known[-1]
        )  # fmt: skip
    return int(np.sum(np.bincount(numbers.ravel())[1:] >= smallest))


def _joined_once(mask: np.ndarray, smallest: int, keep: Callable[[int, int], int]) -> int:
    """Join numbers that meet, in a second pass that replaces each once, by what it was joined with.

    A number that meets several smaller ones has ``keep(the one so far, the new one)``.
    """
    numbers, last = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=int), 0
    joined: dict[int, int] = {}
    for row, column in np.argwhere(mask):
        known = [int(n) for n in (numbers[row, column + 1], numbers[row + 1, column]) if n]
        last += not known
        numbers[row + 1, column + 1] = small = min(known, default=last)
        if max(known, default=small) > small:
            joined[max(known)] = keep(joined.get(max(known), small), small)
    replaced = [joined.get(int(n), int(n)) for n in numbers[numbers > 0]]
    return int(np.sum(np.bincount(replaced)[1:] >= smallest))


def _blobs(rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Return rectangles that are apart, each in a field of its own; some have a hole.

    The first two are open at the top and to the left: what starts in one arm has to turn back.
    """
    mask = np.zeros((18, 24), dtype=bool)
    fields = [(row, column) for row in (0, 6, 12) for column in (0, 6, 12, 18)]
    for n, place in enumerate(rng.permutation(len(fields))[: rng.integers(3, 8)]):
        row, column = fields[place]
        if n < 2:
            mask[row : row + 5, column : column + 5] = True
            inside, open_too = slice(1, 4), slice(0, 4)
            rows, columns = (open_too, inside) if n == 0 else (inside, open_too)
            mask[row : row + 5, column : column + 5][rows, columns] = False
            continue
        height, width = rng.integers(2, 6, 2)
        mask[row : row + height, column : column + width] = True
        if rng.random() < 0.7:
            mask[row + 1 : row + height - 1, column + 1 : column + width - 1] = False
    return mask, int(rng.integers(2, 5))


def _speckled(rng: np.random.Generator) -> tuple[np.ndarray, int]:
    return rng.random((14, 18)) < 0.4, int(rng.integers(3, 5))


def _room(rng: np.random.Generator) -> tuple[np.ndarray, int]:
    return room(rng, int(rng.integers(4, 7))).mask, 10


check_count_people = Exercise(
    item="08.1",
    lecture="seeing_objects",
    name="count_people",
    title="Count from a mask",
    reference=count_people,
    results=("the number of regions",),
    rounds={
        "rectangles and frames that are apart": _blobs,
        "winding regions, corners that touch, small regions": _speckled,
        "the true mask of a fresh room": _room,
    },
    faults=(
        Fault("corners count as touching; only pixels that share a side are connected",
              lambda mask, smallest: int(np.sum(_sizes(mask, _CORNERS) >= smallest))),
        Fault("small regions are counted as well; leave out those below `smallest`",
              lambda mask, smallest: len(_sizes(mask))),
        Fault("a region of exactly `smallest` pixels is left out; it counts",
              lambda mask, smallest: int(np.sum(_sizes(mask) > smallest))),
        Fault("these are the small regions; count those of at least `smallest` pixels",
              lambda mask, smallest: int(np.sum(_sizes(mask) < smallest))),
        Fault("the loop begins at 0, which is the background, and ends before the last region",
              _asked_up_to_the_last),
        Fault("the background is counted as one region more",
              lambda mask, smallest: int(np.sum(_sizes(mask) >= smallest)) + 1),
        Fault("one region too few: `scipy.ndimage.label` does not count the background, and `range`"
              " ends before its end",
              lambda mask, smallest: int(np.sum(_sizes(mask) >= smallest)) - 1),
        Fault("it counts pixels, not regions",
              lambda mask, smallest: int(np.sum(mask))),
        Fault("the regions of the background are counted; the people are where the mask is true",
              lambda mask, smallest: int(np.sum(_sizes(~mask) >= smallest))),
        Fault("pixels are connected along rows only, or the neighbour below is forgotten; above and"
              " below count, too",
              _runs),
        Fault("pixels are connected along columns only; left and right count too",
              lambda mask, smallest: _runs(mask.T, smallest)),
        *(Fault(f"the neighbour {side} is forgotten; a region goes on to all four sides",
                lambda mask, smallest, side=side: _filled(mask, smallest, side))
          for side in _FORGOTTEN),
        *(Fault("two parts that meet later are counted twice; give them one number where they"
                " touch",
                lambda mask, smallest, rule=rule: _without_merging(mask, smallest, rule))
          for rule in ("above", "left", "smaller")),
        *(Fault("numbers that are joined in several steps are not followed to the end; follow each"
                " to its last",
                lambda mask, smallest, keep=keep: _joined_once(mask, smallest, keep))
          for keep in (lambda _, new: new, min)),
        Fault("a region at the first row or column goes on at the last one: an index of −1 counts"
              " from the end, so leave out what is below 0",
              lambda mask, smallest: _filled(mask, smallest, around_the_edge=True)),
        Fault("it divides the number of pixels by `smallest`; regions have different sizes",
              lambda mask, smallest: int(np.sum(mask)) // smallest),
        Fault("it takes 10 for the fewest pixels; they are given as `smallest`",
              lambda mask, smallest: int(np.sum(_sizes(mask) >= 10))),
        Fault("that is the size of the largest region; return how many are large enough",
              lambda mask, smallest: int(_sizes(mask).max())),
        Fault("that is the number of the largest region; return how many are large enough",
              lambda mask, smallest: int(_sizes(mask).argmax()) + 1),
        Fault("it says whether any region is large enough; count those that are",
              lambda mask, smallest: bool(np.any(_sizes(mask) >= smallest))),
        Fault("it says of each region whether it is large enough; count those that are",
              lambda mask, smallest: _sizes(mask) >= smallest),
        Fault("these are the numbers of the regions; return how many are large enough",
              lambda mask, smallest: 1 + np.flatnonzero(_sizes(mask) >= smallest)),
        Fault("it returns the numbered regions; return how many are large enough",
              lambda mask, smallest: ndimage.label(mask)[0]),
        Fault("it returns the sizes of the regions; return how many are large enough",
              lambda mask, smallest: _sizes(mask)),
    ),
    hints=(
        "Put a finger on a pixel of the mask. How do you find all that belong to the same region?",
        "Keep a set of the pixels that are left. Take one out and collect what it is connected to,"
        " side by side, until nothing more joins; that is one region. Or let"
        " `scipy.ndimage.label` do that, and count the pixels of each number.",
        """
        def count_people(mask, smallest):
            left = {(int(row), int(column)) for row, column in np.argwhere(mask)}
            people = 0
            while left:
                region = [left.pop()]
                for row, column in region:
                    for beside in (...):
                        if beside in left:
                            left.remove(beside)
                            region.append(...)
                people += ...
            return people
        """,
    ),
)  # fmt: skip
