"""Statements about normalization and, for each, the experiment that decides whether it holds.

Nothing here is looked up: a verdict is what the experiment finds, over seeds where chance has a
part, and its evidence is a sentence with the numbers measured. All experiments together take about
a second.
"""

from course_utils.lessons.normalization.claims import limits, methods, models, origins, scales
from course_utils.lessons.normalization.claims.pool import POOL

EXAM = (
    scales.networks_need_none,
    scales.always_per_sample,
    origins.own_statistics_for_test,
    methods.standard_is_common,
)
"""What the four statements of exam item 1.1 say, in its order."""

__all__ = ["EXAM", "POOL", "limits", "methods", "models", "origins", "scales"]
