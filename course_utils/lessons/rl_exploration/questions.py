"""The questions of lecture 10: exam item 2.2, one update by hand, what is true of exploring.

In a lecture: ``ask(item_2_2)``.
"""

from course_utils.exam import blueprint
from course_utils.exam.statements import Statements
from course_utils.lessons.rl_exploration import statements
from course_utils.lessons.rl_exploration.exploring_question import item_2_2
from course_utils.lessons.rl_exploration.hand_question import item_by_hand


class AboutExploring(Statements):
    """Which statements about exploring are true."""

    entry = blueprint.Entry(
        "10.about", points=1, lecture="rl_exploration", topic="what exploring does"
    )


item_about = AboutExploring(
    "10.about",
    statements.POOL,
    statements.EXAM,
    title="What exploring does",
    prompt=(
        "What is true of bandits with ten arms, and of Q-learning and SARSA on CliffWalking and"
        " FrozenLake? Means over many runs are meant, and a mean as an arm's estimate where nothing"
        " else is said. Mark all that apply."
    ),
)

__all__ = ["item_2_2", "item_about", "item_by_hand"]
