"""Exam item 3.2, on the perceptron.

In a lecture: ``ask(item_3_2)``.
"""

from course_utils.lessons.perceptron.drawn_question import DrawnPerceptron

item_3_2 = DrawnPerceptron()
