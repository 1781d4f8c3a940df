"""The checked exercises of lecture 11."""

from course_utils.lessons.autoencoders.exercises.erasing import check_erase
from course_utils.lessons.autoencoders.exercises.loss import check_hole_loss
from course_utils.lessons.autoencoders.exercises.pca import check_pca_reconstruct
from course_utils.lessons.autoencoders.exercises.step import check_training_step

__all__ = ["check_erase", "check_hole_loss", "check_pca_reconstruct", "check_training_step"]
