"""Statements about normalization: rows that say what is measured and what makes each true."""

from course_utils.exam.statements import Pool
from course_utils.lessons.normalization.statements.columns import COLUMNS
from course_utils.lessons.normalization.statements.exam import EXAM
from course_utils.lessons.normalization.statements.training import TRAINING

POOL = Pool(*EXAM, *TRAINING, *COLUMNS)

__all__ = ["EXAM", "POOL"]
