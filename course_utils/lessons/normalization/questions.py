"""Exam items 1.1 and 3.1: statements about normalization, and a table to normalize by hand.

In a lecture: ``ask(item_1_1)``.
"""

from course_utils.exam.statements import Statements
from course_utils.lessons.normalization import statements
from course_utils.lessons.normalization.table_question import NormalizedTable

item_1_1 = Statements(
    "1.1",
    statements.POOL,
    statements.EXAM,
    title="Normalizing data",
    prompt="What is true of normalizing data for machine learning? Mark all that apply.",
)
item_3_1 = NormalizedTable()
