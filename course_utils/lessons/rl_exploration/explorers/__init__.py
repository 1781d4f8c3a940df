"""The explorers of lecture 10."""

from course_utils.lessons.rl_exploration.explorers.bandit_race import bandit_race
from course_utils.lessons.rl_exploration.explorers.cliff import cliff

EXPLORERS = {one.name: one for one in (bandit_race, cliff)}
