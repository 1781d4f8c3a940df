"""The checked exercises of lecture 12."""

from course_utils.lessons.gans.exercises.condition import check_condition
from course_utils.lessons.gans.exercises.losses import (
    check_discriminator_loss,
    check_generator_losses,
)
from course_utils.lessons.gans.exercises.modes import check_modes_covered
from course_utils.lessons.gans.exercises.neighbours import check_closeness
from course_utils.lessons.gans.exercises.step import check_gan_step

__all__ = [
    "check_closeness",
    "check_condition",
    "check_discriminator_loss",
    "check_gan_step",
    "check_generator_losses",
    "check_modes_covered",
]
