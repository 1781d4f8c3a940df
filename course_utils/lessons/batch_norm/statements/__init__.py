"""The statements of item 1.4: the exam's four, and the pool that variants draw from."""

from course_utils.exam.statements import Pool
from course_utils.lessons.batch_norm.statements.exam import EXAM
from course_utils.lessons.batch_norm.statements.layer import LAYER
from course_utils.lessons.batch_norm.statements.training import TRAINING

POOL = Pool(*EXAM, *LAYER, *TRAINING)

__all__ = ["EXAM", "POOL"]
