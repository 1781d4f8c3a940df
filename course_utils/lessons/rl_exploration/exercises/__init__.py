"""The checked exercises of lecture 10."""

from course_utils.lessons.rl_exploration.exercises.choosing import check_epsilon_greedy
from course_utils.lessons.rl_exploration.exercises.means import check_incremental_mean
from course_utils.lessons.rl_exploration.exercises.ucb import check_ucb_scores
from course_utils.lessons.rl_exploration.exercises.updates import (
    check_q_update,
    check_sarsa_update,
)

__all__ = [
    "check_epsilon_greedy",
    "check_incremental_mean",
    "check_q_update",
    "check_sarsa_update",
    "check_ucb_scores",
]
