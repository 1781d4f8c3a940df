"""Exam item 1.4, statements about batch norm, and a batch to normalize by hand.

In a lecture: ``ask(item_1_4)``.
"""

from course_utils.exam.statements import Statements
from course_utils.lessons.batch_norm.hand_question import ByHand
from course_utils.lessons.batch_norm.statements import EXAM, POOL

item_1_4 = Statements(
    "1.4",
    POOL,
    EXAM,
    title="Batch norm",
    prompt="What is true of batch norm? Mark all that apply.",
)
item_by_hand = ByHand()
