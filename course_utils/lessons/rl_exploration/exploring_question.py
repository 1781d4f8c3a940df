"""Exam item 2.2: what a learner does that exploits, and what one does that explores."""

import random

from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.rl_exploration.exploring_cases import CASES, Learner
from course_utils.lessons.rl_exploration.exploring_settings import SETTINGS

SHARES = (0.05, 0.08, 0.1, 0.15, 0.2, 0.3)
"""Shares of random choices that are too large in the long run: one that falls loses less late."""


class ExploreOrExploit(TextItem[Learner]):
    """Item 2.2: the two words explained, or found in what a learner does."""

    id = "2.2"
    forms = 80  # settings, times ways to choose
    title = "Explore or exploit"

    def exam(self) -> Learner:
        """Return the exam's question, which has no setting."""
        return Learner(None, "defined")

    def draw(self, rng: random.Random) -> Learner:
        """Return a learner that only exploits, only explores, or does both."""
        setting = rng.choice(SETTINGS)
        how = rng.choice(("greedy", "random", "both"))
        return Learner(setting, how, rng.choice(SHARES) if how == "both" else 0.0)

    def solve(self, facts: Learner) -> Case:
        """Return the rubric that fits the learner, with what running it shows."""
        return CASES[facts.how](facts)


item_2_2 = ExploreOrExploit()
