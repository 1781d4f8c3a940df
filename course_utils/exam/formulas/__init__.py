"""Formulas as students type them: read, typeset, evaluated, differentiated and compared.

symbols    what a formula may use, and how it may be spelled
pasted     LaTeX becomes what is typed
notation   a line of text becomes tokens
grammar    tokens become a tree, over Python's ``ast``; nothing typed is ever executed
tree       the tree, with arithmetic
shapes     which shape a formula has, and what a product between matrices means
evaluate   the value of a tree
typeset    a tree as LaTeX and as a line that can be typed
derive     the derivative of a tree, and its terms
compare    whether two formulas are the same, and if not, why
"""

from course_utils.exam.formulas.errors import FormulaTypedError
from course_utils.exam.formulas.grammar import parse
from course_utils.exam.formulas.symbols import Symbol, Vocabulary
from course_utils.exam.formulas.tree import Node

__all__ = ["FormulaTypedError", "Node", "Symbol", "Vocabulary", "parse"]
