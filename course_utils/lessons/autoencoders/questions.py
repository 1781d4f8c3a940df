"""Exam item 5.5, and statements for practice.

In a lecture: ``ask(item_5_5)``.
"""

from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.autoencoders import statements
from course_utils.lessons.autoencoders.filling_question import FillingIn


class AboutAutoencoders(Statements):
    """Which statements about autoencoders are true."""

    entry = blueprint.Entry(
        "11.about", points=2, lecture="autoencoders", topic="what autoencoders learn"
    )


item_5_5 = FillingIn()
item_about = AboutAutoencoders(
    "11.about",
    statements.POOL,
    statements.FIRST,
    title="What autoencoders learn",
    prompt="What is true of autoencoders, as trained in lecture 11 on 8 × 8 digits? Mark all that"
    " apply.",
)
