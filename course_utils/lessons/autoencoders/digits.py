"""The digits of lecture 11: scikit-learn's, 8 × 8 pixels, split by the sheets they stand on.

The file is a row of 14 sheets. Its labels show where each begins: the same digits were asked for in
the same order on each. The digits of a sheet are presumably by one hand.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from sklearn.datasets import load_digits

SIDE = 8
PIXELS = SIDE**2
STARTS = (0, 130, 256, 386, 516, 646, 776, 906, 1029, 1157, 1287, 1415, 1545, 1667)
"""Where in the file each sheet begins."""
HELD_OUT = 3
_DARKEST = 16


@dataclass(frozen=True)
class Digits:
    """A training and a test part.

    Attributes
    ----------
    x_train, x_test
        float64 arrays (about 1400, 8, 8) and (about 390, 8, 8), from 0 (paper) to 1 (ink).
    y_train, y_test
        int64 arrays, the digits 0 to 9.
    """

    x_train: np.ndarray
    x_test: np.ndarray
    y_train: np.ndarray
    y_test: np.ndarray


@cache
def load(seed: int) -> Digits:
    """Return the 1797 digits of which three whole sheets, chosen by `seed`, are held out."""
    count = len(load_digits().target)
    sheet = np.searchsorted(STARTS, np.arange(count), side="right") - 1
    held_out = np.random.default_rng(seed).permutation(len(STARTS))[:HELD_OUT]
    return _parts(np.isin(sheet, held_out))


@cache
def mixed(seed: int) -> Digits:
    """Return the same with as many digits held out, of all sheets at random."""
    held_out = np.zeros(len(load_digits().target), dtype=bool)
    some = np.random.default_rng(seed).permutation(len(held_out))[: len(load(seed).x_test)]
    held_out[some] = True
    return _parts(held_out)


def _parts(held_out: np.ndarray) -> Digits:
    digits = load_digits()
    images, labels = digits.images / _DARKEST, digits.target.astype(np.int64)
    return Digits(images[~held_out], images[held_out], labels[~held_out], labels[held_out])
