"""Exam items 3.2 to 3.4, on the perceptron, and statements about it.

In a lecture: ``ask(item_3_2)``.
"""

from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.perceptron.drawn_question import DrawnPerceptron
from course_utils.lessons.perceptron.layer_question import OneLayer
from course_utils.lessons.perceptron.patient_question import ClassifiedPatient
from course_utils.lessons.perceptron.statements import POOL


class AboutPerceptrons(Statements):
    """Which statements about perceptrons are true."""

    entry = blueprint.Entry(
        "02.rule", points=1, lecture="perceptron", topic="what the learning rule does"
    )


item_3_2 = DrawnPerceptron()
item_3_3 = ClassifiedPatient()
item_3_4 = OneLayer()
item_rule = AboutPerceptrons(
    "02.rule",
    POOL,
    tuple(POOL.statements[i] for i in (0, 3, 5, 9)),
    title="What the perceptron does",
    prompt=(
        "What is true of Rosenblatt's perceptron and its learning rule, which adds $y\\,x$ to the"
        " weights and $y$ to the bias for each sample with $y\\,(w \\cdot x + b) \\le 0$? Mark all"
        " that apply."
    ),
)
