"""The checked exercises of lecture 13."""

from course_utils.lessons.pytorch_on_a_device.exercises.evaluating import check_evaluate
from course_utils.lessons.pytorch_on_a_device.exercises.network import check_Network
from course_utils.lessons.pytorch_on_a_device.exercises.place import check_with_coordinates
from course_utils.lessons.pytorch_on_a_device.exercises.shapes import check_shapes
from course_utils.lessons.pytorch_on_a_device.exercises.training import check_train_step

__all__ = [
    "check_Network",
    "check_evaluate",
    "check_shapes",
    "check_train_step",
    "check_with_coordinates",
]
