"""Hypothesis draws the same examples every time, and a slow machine is no failure."""

from hypothesis import settings

settings.register_profile("course", deadline=None, derandomize=True, database=None)
settings.load_profile("course")
