"""Exam items 1.3, 2.6 and 6.1, on activation functions.

In a lecture: ``ask(item_1_3)``.
"""

from course_utils.lessons.activations.code_question import ActivationLayer
from course_utils.lessons.activations.reach_question import PossibleActivations
from course_utils.lessons.activations.trainable_question import PiecewiseActivation

item_1_3 = PossibleActivations()
item_2_6 = PiecewiseActivation()
item_6_1 = ActivationLayer()
