"""Exam items 1.5, 1.7, 2.4 and 2.7, on convolutional networks.

In a lecture: ``ask(item_1_7)``.
"""

from course_utils.exam.statements import Statements
from course_utils.lessons.cnns.dense_question import DenseOrConvolution
from course_utils.lessons.cnns.pooling_question import PoolingByHand
from course_utils.lessons.cnns.statements import convolution, lenet

item_1_5 = Statements(
    "1.5",
    lenet.POOL,
    lenet.EXAM,
    title="What LeNet does without",
    prompt=(
        "Which of these does LeNet-5, as it was published in 1998, **not** use? Mark all that"
        " apply."
    ),
)
item_1_7 = Statements(
    "1.7",
    convolution.POOL,
    convolution.EXAM,
    title="Convolutional layers",
    prompt="What is true of a convolutional layer? Mark all that apply.",
)
item_2_4 = DenseOrConvolution()
item_2_7 = PoolingByHand()
