"""The trained weights that lecture 12 ships."""

from course_utils.lessons.gans.landscapes.shipped import GENERATOR, PLAIN, REPAIRER, STRICT

WEIGHTS = (GENERATOR, STRICT, PLAIN, REPAIRER)
