"""A deep-learning course: executable lectures, explorers, checks and an exam."""

__version__ = "0.1.0"
