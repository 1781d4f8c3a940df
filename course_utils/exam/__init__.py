"""The examination: questions, marking, and the widgets that ask them."""

from course_utils.exam.bank import Item, draw_until
from course_utils.exam.kinds.mark_all import MarkAll, Option
from course_utils.exam.kinds.numeric_table import Entry, Follow, NumericTable
from course_utils.exam.model import Mark, Part, Question, Remark, Wording
from course_utils.exam.numbers import NumberTypedError, parse_number
from course_utils.exam.widget import QuestionWidget, ask

__all__ = [
    "Entry",
    "Follow",
    "Item",
    "Mark",
    "MarkAll",
    "NumberTypedError",
    "NumericTable",
    "Option",
    "Part",
    "Question",
    "QuestionWidget",
    "Remark",
    "Wording",
    "ask",
    "draw_until",
    "parse_number",
]
