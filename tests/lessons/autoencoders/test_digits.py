"""The digits: sheets that are held out whole, and digits that are held out at random."""

import numpy as np
from sklearn.datasets import load_digits

from course_utils.lessons.autoencoders import digits
from course_utils.seeds import seeds

FIRST, SECOND = seeds(2)


def places(pictures: np.ndarray) -> list[int]:
    """Where in the file each picture stands; some are there twice, then the first."""
    file = load_digits().images / 16
    return [int(np.flatnonzero((file == picture).all(axis=(1, 2)))[0]) for picture in pictures]


def test_each_sheet_begins_with_the_digits_in_order() -> None:
    target = load_digits().target
    for start in digits.STARTS:
        first = target[start : start + 9].tolist()
        assert first in (list(range(9)), list(range(1, 10)))  # one sheet lacks its first 0
    assert all(120 < length < 135 for length in np.diff([*digits.STARTS, len(target)]))


def test_three_whole_sheets_are_held_out() -> None:
    parts = digits.load(FIRST)
    assert parts.x_train.shape[1:] == parts.x_test.shape[1:] == (8, 8)
    assert len(parts.x_train) + len(parts.x_test) == 1797
    assert parts.x_train.min() == 0
    assert parts.x_train.max() == 1
    sheets = {int(np.searchsorted(digits.STARTS, n, side="right")) for n in places(parts.x_test)}
    assert len(sheets) == 3
    assert len(parts.x_test) == sum(
        length
        for number, length in enumerate(np.diff([*digits.STARTS, 1797]), start=1)
        if number in sheets
    )
    assert not np.array_equal(parts.x_test[:50], digits.load(SECOND).x_test[:50])


def test_mixed_digits_come_from_all_sheets_and_are_as_many() -> None:
    parts = digits.mixed(FIRST)
    assert len(parts.x_test) == len(digits.load(FIRST).x_test)
    sheets = {int(np.searchsorted(digits.STARTS, n, side="right")) for n in places(parts.x_test)}
    assert len(sheets) == len(digits.STARTS)
