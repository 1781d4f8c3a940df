"""The exam items of lecture 04: a network of zeros, vanishing gradients, two layers that are one.

In a lecture: ``ask(item_1_2)``.
"""

from course_utils.exam.statements import Statements
from course_utils.lessons.deep_networks import statements
from course_utils.lessons.deep_networks.collapse_question import item_2_5
from course_utils.lessons.deep_networks.zero_question import item_1_2

item_1_6 = Statements(
    "1.6",
    statements.POOL,
    statements.EXAM,
    title="Vanishing gradients",
    prompt=(
        "What is true of vanishing gradients? A layer's gradient is here the error ∂L/∂z of its"
        " units; its size at the first layer is compared with that at the last. 30 hidden layers,"
        " digits as inputs and weights drawn normal at a usual scale (Xavier's, He's or PyTorch's"
        " default) are meant where nothing else is said. Mark all that apply."
    ),
)

__all__ = ["item_1_2", "item_1_6", "item_2_5"]
