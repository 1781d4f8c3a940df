"""The checked exercises of lecture 06."""

from course_utils.lessons.batch_norm.exercises.fold import check_fold
from course_utils.lessons.batch_norm.exercises.forward import check_batch_norm
from course_utils.lessons.batch_norm.exercises.gradients import check_backward
from course_utils.lessons.batch_norm.exercises.running import check_update_running

__all__ = ["check_backward", "check_batch_norm", "check_fold", "check_update_running"]
