"""Exam item 2.7, on maximum pooling.

In a lecture: ``ask(item_2_7)``.
"""

from course_utils.lessons.cnns.pooling_question import PoolingByHand

item_2_7 = PoolingByHand()
