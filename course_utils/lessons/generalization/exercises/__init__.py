"""The exercises of lecture 05."""

from course_utils.lessons.generalization.exercises.adam import check_adam_step
from course_utils.lessons.generalization.exercises.decomposition import check_decompose
from course_utils.lessons.generalization.exercises.dropout import check_dropout
from course_utils.lessons.generalization.exercises.ensemble import check_ensemble
from course_utils.lessons.generalization.exercises.penalty import check_l2

__all__ = ["check_adam_step", "check_decompose", "check_dropout", "check_ensemble", "check_l2"]
