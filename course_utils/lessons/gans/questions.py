"""Exam items 5.1 to 5.4, and statements about GANs.

In a lecture: ``ask(item_5_1)``.
"""

from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.gans.alike_question import AlikeSamples
from course_utils.lessons.gans.condition_question import ChosenClass
from course_utils.lessons.gans.losses_question import FlatLosses
from course_utils.lessons.gans.parts_question import PartsOfAGan
from course_utils.lessons.gans.statements import EXAM, POOL


class AboutGans(Statements):
    """Which statements about GANs are true."""

    entry = blueprint.Entry("12.gans", points=1, lecture="gans", topic="GANs")


item_5_1 = PartsOfAGan()
item_5_2 = ChosenClass()
item_5_3 = FlatLosses()
item_5_4 = AlikeSamples()
item_about = AboutGans(
    "12.gans",
    POOL,
    EXAM,
    title="GANs",
    prompt="What is true of generative adversarial networks? Mark all that apply.",
)
