"""Ten digits as somebody might draw them: lines from corner to corner on a grid of 16 × 16."""

from itertools import pairwise

import numpy as np

SIDE = 16
_SMALL = 0.6

_LINES: dict[str, tuple[tuple[int, int], ...]] = {
    "zero": ((8, 2), (4, 4), (3, 8), (4, 12), (8, 14), (12, 12), (13, 8), (12, 4), (8, 2)),
    "one": ((5, 5), (8, 2), (8, 14)),
    "two": ((3, 5), (5, 2), (10, 2), (12, 5), (4, 14), (13, 14)),
    "three": ((4, 3), (7, 2), (10, 3), (11, 5), (7, 8), (12, 11), (10, 13), (7, 14), (3, 13)),
    "four": ((10, 14), (10, 2), (3, 10), (14, 10)),
    "five": ((12, 2), (4, 2), (4, 8), (10, 7), (12, 10), (10, 14), (3, 14)),
    "six": ((10, 2), (5, 6), (4, 11), (7, 14), (11, 12), (10, 9), (5, 9)),
    "seven": ((3, 2), (12, 2), (7, 14)),
    "eight": ((8, 8), (4, 5), (8, 2), (12, 5), (8, 8), (4, 11), (8, 14), (12, 11), (8, 8)),
    "nine": ((12, 5), (8, 2), (4, 5), (7, 8), (12, 5), (11, 9), (8, 14)),
}
NAMES = tuple(_LINES)
"""The digits' names, in order."""


def drawn(name: str, *, small: bool = False) -> np.ndarray:
    """Return a digit drawn with a brush two cells wide, an array (16, 16) of 0 and 1.

    Parameters
    ----------
    name
        One of `NAMES`.
    small
        Whether it is 0.6 times as large, in the upper left corner.
    """
    corners = np.array(_LINES[name]) * (_SMALL if small else 1.0)
    cells = np.zeros((SIDE, SIDE))
    for start, end in pairwise(corners):
        steps = np.linspace(0, 1, 4 * SIDE)[:, None]
        column, row = np.floor(start + steps * (end - start)).astype(int).T
        for right, down in np.ndindex(2, 2):
            cells[np.minimum(row + down, SIDE - 1), np.minimum(column + right, SIDE - 1)] = 1
    return cells
