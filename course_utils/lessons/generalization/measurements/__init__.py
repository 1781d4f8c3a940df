"""What decides the statements of lecture 05: each is measured once a process, over seeds."""

from course_utils.lessons.generalization.measurements import classes, cosines, networks

__all__ = ["classes", "cosines", "networks"]
