"""The engine behind every verdict on an exercise.

A lecture's room describes an `Exercise`: a reference answer, a list of properties that any right
answer has, and hints in steps. Calling the exercise with an answer gives a `Verdict`.
"""

from course_utils.checks.exercise import Exercise
from course_utils.checks.properties import (
    NotRight,
    expect,
    expect_dtype,
    expect_gradient,
    expect_shape,
    expect_values,
    inputs_unchanged,
)
from course_utils.checks.verdict import Outcome, Verdict

__all__ = [
    "Exercise",
    "NotRight",
    "Outcome",
    "Verdict",
    "expect",
    "expect_dtype",
    "expect_gradient",
    "expect_shape",
    "expect_values",
    "inputs_unchanged",
]
