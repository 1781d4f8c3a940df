"""Try a lecture's claims again, with seeds that its author never saw.

The code cells of a lecture run in a fresh kernel for each seed set, with every ``assert`` made to
report instead of to stop, and then the statements of its room. A `Survey` says what failed, how
often, and how far each printed number went: the error bar of the course.
"""

from course_utils.authoring.claims.instrument import instrument
from course_utils.authoring.claims.printed import Line
from course_utils.authoring.claims.survey import Claim, Survey, survey
from course_utils.authoring.claims.trial import Trial, trials

__all__ = ["Claim", "Line", "Survey", "Trial", "instrument", "survey", "trials"]
