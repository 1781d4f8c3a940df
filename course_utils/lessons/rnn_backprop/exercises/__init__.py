"""The checked exercises of lecture 09."""

from course_utils.lessons.rnn_backprop.exercises.clipping import check_clip_by_norm
from course_utils.lessons.rnn_backprop.exercises.forward import check_forward
from course_utils.lessons.rnn_backprop.exercises.lstm import check_lstm_step
from course_utils.lessons.rnn_backprop.exercises.step_back import check_step_back
from course_utils.lessons.rnn_backprop.exercises.through_time import check_bptt

__all__ = [
    "check_bptt",
    "check_clip_by_norm",
    "check_forward",
    "check_lstm_step",
    "check_step_back",
]
