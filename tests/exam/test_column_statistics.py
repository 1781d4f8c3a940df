"""What is taken for a statistic that was asked for."""

import numpy as np
import pytest

from course_utils.exam.column_statistics import DIVISORS, SUBTRAHENDS, another

X = np.array([42.0, 62.0, 102.0, 122.0])


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (42, "the smallest value"),
        (122, "the largest value"),
        (82, "the mean or the median"),
        (81, ""),
        (42.04, ""),
    ],
)
def test_what_was_subtracted_is_named(typed: float, says: str) -> None:
    assert another(SUBTRAHENDS, typed, 90, X) == says


@pytest.mark.parametrize("typed", [31.6, 31.62, 31.6228])
def test_a_rounded_statistic_is_known(typed: float) -> None:
    assert another(DIVISORS, typed, 40, X) == "the standard deviation"


def test_the_right_value_is_no_other_whatever_else_it_is() -> None:
    assert another(SUBTRAHENDS, 82, 82, X) == ""
    assert another(DIVISORS, 80.004, 80, X) == ""
