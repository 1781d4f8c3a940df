"""Exam item 1.8, and statements about bias, variance and what moves them.

In a lecture: ``ask(item_1_8)``.
"""

from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.generalization.retrained_question import Retrained
from course_utils.lessons.generalization.statements import POOL


class AboutGeneralization(Statements):
    """Which statements about bias, variance and remedies are true."""

    entry = blueprint.Entry(
        "05.terms", points=1, lecture="generalization", topic="what moves bias and variance"
    )


item_1_8 = Retrained()
item_terms = AboutGeneralization(
    "05.terms",
    POOL,
    tuple(POOL.statements[i] for i in (0, 5, 9, 12)),
    title="Bias, variance, and what moves them",
    prompt=(
        "What is true? Bias and variance are those of predictions over trainings on fresh samples."
        " Where nothing else is said, the samples are those of a wave, with noise. Mark all that"
        " apply."
    ),
)
