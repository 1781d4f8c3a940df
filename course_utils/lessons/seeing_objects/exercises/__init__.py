"""The checked exercises of lecture 08."""

from course_utils.lessons.seeing_objects.exercises.boxes import check_iou
from course_utils.lessons.seeing_objects.exercises.counting import check_count_people
from course_utils.lessons.seeing_objects.exercises.precision import check_average_precision
from course_utils.lessons.seeing_objects.exercises.suppression import check_nms

__all__ = ["check_average_precision", "check_count_people", "check_iou", "check_nms"]
