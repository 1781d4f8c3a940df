"""Vocabularies and parts for the tests of formulas; they belong to no lecture."""

import numpy as np

from course_utils.exam.formulas import Symbol, Vocabulary, parse
from course_utils.exam.formulas.compare import Judge
from course_utils.exam.kinds.formula import Formula
from course_utils.exam.kinds.wanted import Wanted

MATRICES = Vocabulary(
    (
        Symbol("W1", "W_1", ("H", "D")),
        Symbol("W2", "W_2", ("O", "H")),
        Symbol("b1", "b_1", ("H",)),
        Symbol("b2", "b_2", ("O",)),
        Symbol("x", "x", ("D",)),
        Symbol("A", "A", ("D", "D")),
        Symbol("B", "B", ("D", "D")),
    )
)


def _step(name: str, latex: str, *also: str) -> Symbol:
    return Symbol(name, latex, (), True, (0.1, 0.9), also)


NUMBERS = Vocabulary(
    (
        _step("y_t", "y_t", "y"),
        _step("yhat_t", r"\hat y_t", "yhat"),
        _step("o_t", "o_t"),
        _step("h_t", "h_t", "h"),
        _step("h_prev", "h_{t-1}", "h_{t-1}"),
        _step("dL_dyhat_t", r"\frac{\partial L}{\partial \hat y_t}", "dL_dyhat"),
        _step("dL_dh_t", r"\frac{\partial L}{\partial h_t}", "dL_dh"),
        _step("dL_dh_next", r"\frac{\partial L}{\partial h_{t+1}}", "dL_dh_{t+1}"),
        Symbol("w_oh", "w_{oh}", domain=(0.2, 0.9)),
        Symbol("lambda", r"\lambda", domain=(0.2, 0.9)),
    ),
    "t",
)


def judge(vocabulary: Vocabulary) -> Judge:
    return Judge(vocabulary, vocabulary.sample(np.random.default_rng(3), 5))


def reason(typed: str, right: str, vocabulary: Vocabulary) -> str:
    found = judge(vocabulary)
    return found.reason(parse(typed, vocabulary), found.right(parse(right, vocabulary)))


def collapse() -> Formula:
    return Formula(
        MATRICES,
        (
            Wanted(r"\tilde W", "W tilde", "W2 @ W1", 1.5, "Think of *order*.", barred=("x",)),
            Wanted(r"\tilde b", "b tilde", "W2 @ b1 + b2", 1.5),
        ),
    )


BCE = "-y_t/yhat_t + (1 - y_t)/(1 - yhat_t)"
