"""Exam item 7.1, on PyTorch on a device.

In a lecture: ``ask(item_7_1)``.
"""

from course_utils.lessons.pytorch_on_a_device.faulty_question import FaultyNetwork

item_7_1 = FaultyNetwork()
