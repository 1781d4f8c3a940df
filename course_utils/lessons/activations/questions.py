"""Exam items 1.3, 2.1, 2.6 and 6.1, and statements about activation functions.

In a lecture: ``ask(item_1_3)``.
"""

from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.activations.code_question import ActivationLayer
from course_utils.lessons.activations.final_question import FinalActivation
from course_utils.lessons.activations.reach_question import PossibleActivations
from course_utils.lessons.activations.statements import POOL
from course_utils.lessons.activations.trainable_question import PiecewiseActivation


class AboutActivations(Statements):
    """Which statements about activation functions and the losses behind them are true."""

    entry = blueprint.Entry(
        "03.activations", points=1, lecture="activations", topic="activation functions"
    )


item_1_3 = PossibleActivations()
item_2_1 = FinalActivation()
item_2_6 = PiecewiseActivation()
item_6_1 = ActivationLayer()
item_about = AboutActivations(
    "03.activations",
    POOL,
    POOL.statements[:8:2],
    title="Activation functions",
    prompt="What is true of activation functions and the losses behind them? Mark all that apply.",
)
