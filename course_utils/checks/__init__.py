"""The engine behind every verdict on an exercise.

A lecture's room describes an `Exercise`: a reference answer, how fresh inputs are drawn, typical
faults, and hints in steps. Calling the exercise with an answer gives a `Verdict`. `attempt` uses a
student's function elsewhere in a lecture, whatever state it is in.
"""

from course_utils.checks.attempt import Attempt, attempt
from course_utils.checks.exercise import Exercise
from course_utils.checks.fault import Fault
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
    "Attempt",
    "Exercise",
    "Fault",
    "NotRight",
    "Outcome",
    "Verdict",
    "attempt",
    "expect",
    "expect_dtype",
    "expect_gradient",
    "expect_shape",
    "expect_values",
    "inputs_unchanged",
]
