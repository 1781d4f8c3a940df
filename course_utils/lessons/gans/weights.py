"""The trained weights that lecture 12 ships."""

from course_utils.lessons.gans.landscapes.shipped import EARLY, GENERATOR, PLAIN, REPAIRER, STRICT

WEIGHTS = (GENERATOR, EARLY, STRICT, PLAIN, REPAIRER)
