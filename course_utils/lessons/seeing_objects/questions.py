"""Exam item 2.3, and statements about what lecture 08 measures.

In a lecture: ``ask(item_2_3)``.
"""

from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.seeing_objects.counting_question import SegmentOrDetect
from course_utils.lessons.seeing_objects.statements import POOL


class AboutBoxes(Statements):
    """Which statements about masks, boxes and their average precision are true."""

    entry = blueprint.Entry(
        "08.boxes", points=1, lecture="seeing_objects", topic="masks, boxes and average precision"
    )


item_2_3 = SegmentOrDetect()
item_boxes = AboutBoxes(
    "08.boxes",
    POOL,
    tuple(POOL.statements[i] for i in (1, 3, 6, 10)),
    title="Masks, boxes, average precision",
    prompt=(
        "Boxes are given by left, top, right and bottom, and average precision is the area below"
        " the envelope of precision over recall. What is true? Mark all that apply."
    ),
)
