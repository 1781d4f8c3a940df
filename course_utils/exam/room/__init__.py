"""The exam room: sit an exam against the clock, hand it in once, and read why."""

from course_utils.exam.room.report import Place
from course_utils.exam.room.widget import ExamRoom

__all__ = ["ExamRoom", "Place"]
