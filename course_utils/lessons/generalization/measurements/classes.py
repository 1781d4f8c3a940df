"""Classifiers and their 0-1 loss; means over five seeds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.lessons.generalization import classification


class ZeroOne(NamedTuple):
    """The 0-1 loss of classifiers with 2 coefficients, and what their terms say."""

    error: float
    added: float
    error_with_1: float  # of classifiers with 1 coefficient
    disagree: float  # with the majority, with 2 coefficients
    disagree_with_1: float


@cache
def zero_one() -> ZeroOne:
    """Compare classifiers that hardly differ with classifiers that differ."""
    found = classification.by_coefficients()

    def mean(count: int, field: str) -> float:
        return float(np.mean([getattr(one, field) for one in found[count]]))

    def disagree(count: int) -> float:
        return mean(count, "where_right") + mean(count, "where_wrong")

    return ZeroOne(mean(2, "error"), mean(2, "added"), mean(1, "error"), disagree(2), disagree(1))
