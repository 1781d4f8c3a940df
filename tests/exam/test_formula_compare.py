"""Right formulas in every form are right, and wrong ones are told why."""

import pytest

from tests.exam.formula_examples import BCE, MATRICES, NUMBERS, reason


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        (BCE, "−y/ŷ + (1−y)/(1−ŷ)"),
        (BCE, "(ŷ - y)/(ŷ(1 - ŷ))"),
        (BCE, "(1-y)/(1-yhat) - y*yhat^-1"),
        (BCE, "(yhat*(1-y) - y*(1-yhat))/(yhat - yhat^2)"),
        (BCE, "-(y/yhat - (1-y)/(1-yhat))"),
        ("dL_dyhat_t + w_oh*dL_dh_next", "∂L/∂h_{t+1} w_oh + ∂L/∂ŷ_t"),
        ("sum(o_t*dL_dh_t)", "Σ_t o_t ∂L/∂h_t"),
        ("w_oh*sum(o_t)", "sum(w_oh*o_t)"),
        ("sigma(y_t)", "1/(1 + exp(-y))"),
        ("tanh(y_t)", "2 sigma(2y) - 1"),
        ("w_oh", "w_oh*h/h"),
        ("sum(o_t*dL_dh_t)", "sum(o_t*dL_dh_t) + h - h"),
    ],
)
def test_every_form_of_a_formula_of_numbers_is_right(right: str, typed: str) -> None:
    assert reason(typed, right, NUMBERS) == ""


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("W2 @ W1", "W₂W₁"),
        ("W2 @ W1", "W2*W1"),
        ("W2 @ W1", "W2·W1"),
        ("W2 @ W1", "(W1.T @ W2.T).T"),
        ("W2 @ b1 + b2", "b2 + b1 W2^T"),
        ("sigma(W2 @ (W1 @ x + b1) + b2)", "1/(1 + exp(-(W2 W1 x) - (W2 b1 + b2)))"),
        ("A @ B", "(B.T @ A.T).T"),
    ],
)
def test_every_form_of_a_formula_of_matrices_is_right(right: str, typed: str) -> None:
    assert reason(typed, right, MATRICES) == ""


CHAIN = "dL_dyhat_t + w_oh*dL_dh_next"


@pytest.mark.parametrize(
    ("right", "typed", "says"),
    [
        (BCE, "y/ŷ - (1-y)/(1-ŷ)", "The sign is wrong."),
        (BCE, "-y/ŷ - (1-y)/(1-ŷ)", r"The sign is wrong in the term with $\frac{1 - y_t}"),
        (BCE, "-y/ŷ", "A term is missing"),
        (BCE, "-y/ŷ + (1-y)/(1-ŷ) + y", "The term $y_t$ is too much."),
        (BCE, "-y/ŷ + (1-y)/(1-ŷ)^2", r"A division by $1 - \hat y_t$ is too much"),
        (BCE, "-y + (1-y)/(1-ŷ)", r"A division by $\hat y_t$ is missing"),
        (BCE, "2(-y/ŷ + (1-y)/(1-ŷ))", "A constant factor is wrong: yours is 2 times"),
        (BCE, "1.0001(-y/ŷ + (1-y)/(1-ŷ))", "yours is 1.0001 times"),
        ("y/3", "0.333333y", "0.333333 is rounded: type 1/3."),
        ("y/3", "0.33 y", "0.33 is rounded: type 1/3."),
        ("2 y h/3", "0.66 y h", "0.66 is rounded: type 2/3."),
        ("2 y/3 + h", "0.667 y + h", "0.667 is rounded: type 2/3."),
        (
            "y/3 + 2h/3",
            "0.33 y + 0.667 h",
            "0.33 is rounded: type 1/3. 0.667 is rounded: type 2/3.",
        ),
        ("y/3", "0.34 y", "A constant factor is wrong: yours is 1.02 times"),
        ("y/4", "0.2 y", "yours is 0.8 times"),  # and not: rounded
        ("y/2", "0.00001 y", "yours is 2e"),  # and not: rounded
        ("log(2)*y", "0.693147 y", "yours is about 0.99999974 times"),  # and not: 1
        ("y", "0.9999 y", "0.9999 is rounded: type 1."),  # and not: 2/2
        ("y", "1.9999 y", "yours is 1.9999 times"),  # and not: 2 times
        ("y", "y/7 + y/11", "yours is about 0.234 times"),
        ("y", "y + 0.00000005", "The term $5\\cdot 10^{-8}$ is too much."),  # and no factor
        ("exp(1)*y", "2.718 y", "2.718 is rounded: type exp(1)."),
        ("exp(y)", "exp(2y)", "In the argument of $\\exp$: a constant factor is wrong"),
        ("y", "(h - 2)^(1/2)", "takes a root of a negative number"),  # and no logarithm
        ("y", "exp(2000 y)", "becomes too large"),
        ("y", "y + 0/0", "divides by zero"),
        ("w_oh", "w_oh + h/1000", "Yours differs from $t$ to $t$"),
        ("exp(-y)", "2.71828^(-y)", "2.71828 is rounded: type exp(x) for its power x."),
        (BCE, "y", r"it is not equal"),
        (BCE, "y/(ŷ - ŷ)", "no value at some allowed point"),
        (BCE, "log(y - 5)", "no value at some allowed point"),
        (
            CHAIN,
            "dL_dyhat_t",
            r"A term is missing: the one with $\frac{\partial L}{\partial h_{t+1}}$",
        ),
        (CHAIN, "dL_dyhat + dL_dh_next", r"A factor $w_{oh}$ is missing in the term"),
        (CHAIN, "dL_dyhat - w_oh dL_dh_next", "The sign is wrong in the term with"),
        (CHAIN, "dL_dyhat - dL_dh_next", "is missing in the term with"),
        (CHAIN, "w_oh(dL_dyhat + dL_dh_next)", r"A factor $w_{oh}$ is too much in the term"),
        (CHAIN, "sum(dL_dyhat + w_oh dL_dh_next)", "The sum over $t$ is too much"),
        (CHAIN, "w_oh", "Yours is the same at every $t$"),
        ("o_t*dL_dh_t", "dL_dh_t", "A factor $o_t$ is missing."),
        ("o_t*dL_dh_t", "-dL_dh_t", "A factor $o_t$ is missing. The sign is wrong, too."),
        ("o_t*dL_dh_t", "o_t^2*dL_dh_t", "A factor $o_t$ is too much."),
        ("o_t*dL_dh_t", "o_t*dL_dh_t/w_oh", r"A factor $w_{oh}$ is missing."),
        ("sum(o_t*dL_dh_t)", "o_t*dL_dh_t", "The sum over $t$ is missing."),
        ("sum(o_t*dL_dh_t)", "sum(dL_dh_t)", "A factor $o_t$ is missing."),
        ("sum(o_t*dL_dh_t)", "sum(o_t)*dL_dh_t", "differs from $t$ to $t$"),
        ("sum(o_t*dL_dh_t)", "sum(o_t)*sum(dL_dh_t)", "not equal"),
        ("sum(o_t*dL_dh_t)", "sum(w_oh)", r"Nothing in $w_{oh}$ depends on $t$"),
    ],
)
def test_a_wrong_formula_of_numbers_is_told_why(right: str, typed: str, says: str) -> None:
    assert says.lower() in reason(typed, right, NUMBERS).lower()


NET = "sigma(W2 @ (W1 @ x + b1) + b2)"


@pytest.mark.parametrize(
    ("right", "typed", "says"),
    [
        ("W2 @ W1", "W1 @ W2", "The other order would fit."),
        ("W2 @ W1", "W2", "yours is a matrix (O, H), and a matrix (O, D) is asked for"),
        ("W2 @ W1", "W1.T W2.T", "That is the shape of the transpose."),
        ("W2 @ W1", "-W2 W1", "The sign is wrong."),
        ("W2 @ W1", "W2 + W1", "do not fit together"),
        ("W2 @ W1", "W2 b1", "a vector (O), and a matrix (O, D) is asked for"),
        ("W2 @ W1", "W2^2", "A power needs numbers"),
        ("W2 @ W1", "2^x", "An exponent is a number, and $x$ is a vector (D)."),
        (NET, "1/(1 + 2.718^-(W2(W1 x + b1) + b2))", "For $e$ to a power, type exp(x)."),
        ("W2 @ W1", "5", "yours is a number"),
        ("W2 @ b1 + b2", "W2 b1", "A term is missing: the one with $b_2$"),
        ("W2 @ b1 + b2", "b1 + b2", "do not fit together"),
        ("W2 @ b1 + b2", "W2 b1 - b2", "The sign is wrong in the term with $b_2$."),
        ("W2 @ b1 + b2", "2 W2 b1 + b2", "A constant factor is wrong in the term with $b_1$"),
        ("W2 @ b1 + b2", "W2 b1 + b2 + W2 W1 x", "The term $W_2\\,W_1\\,x$ is too much."),
        ("A @ B", "B @ A", "The order of a product is wrong"),
        ("A @ B", "B^T A^T", "transpose of the right matrix"),
        ("A @ B @ A.T", "A.T @ B @ A", "The order of a product is wrong"),
        (NET, "W2(W1 x + b1) + b2", r"The function $\sigma$ is missing."),
        (NET, "σ(W2 σ(W1 x + b1) + b2)", r"$\sigma$ is too much around $W_1\,x + b_1$"),
        (NET, "σ(W2(W1 x) + b2)", "In the argument of $\\sigma$: a term is missing: the one with"),
        ("A @ B", "A^T B", "The transpose of $A$ is too much."),
        ("A.T @ B", "A B", "The transpose of $A$ is missing."),
        ("A.T @ A", "A A^T", "The order of a product is wrong"),
        (NET, "tanh(W2(W1 x + b1) + b2)", "not equal"),
    ],
)
def test_a_wrong_formula_of_matrices_is_told_why(right: str, typed: str, says: str) -> None:
    assert says in reason(typed, right, MATRICES)


def test_the_whole_formula_is_no_missing_factor() -> None:
    for typed in ("1", "y/y", "-1"):
        assert "is missing" not in reason(typed, "y*h", NUMBERS)
        assert "is missing" not in reason(f"o_t + {typed}", "o_t + y*h", NUMBERS)


def test_of_a_sum_no_value_is_told_that_one_step_does_not_have() -> None:
    assert " it is " not in reason("y + sum(w_oh*dL_dh_next)", "y + w_oh*dL_dh_next", NUMBERS)
    said = reason("sum(o_t*dL_dh_next)", "sum(o_t^2*dL_dh_t)", NUMBERS)
    assert said.startswith("In what is summed: it is not equal")


def test_a_point_where_formulas_differ_is_shown_with_its_values() -> None:
    says = reason("w_oh + y", "w_oh*y", NUMBERS)
    assert "for $w_{oh}$ = 0." in says
    assert "$y_t$ = 0." in says
    assert "and should be 0." in says


def test_values_that_differ_are_told_with_the_digits_in_which_they_do() -> None:
    says = reason("tanh(y) + 0.000001/y", "tanh(y) + 0.0000011/y^2", NUMBERS).removesuffix(".")
    yours, right = says.split(" it is ")[1].split(" and should be ")
    assert yours != right


def test_a_tiny_difference_is_a_difference_and_rounding_is_none() -> None:
    assert reason("y*1.0001", "y", NUMBERS)
    assert reason("y + 0.00001", "y", NUMBERS)
    assert not reason("(y + 100) - 100", "y", NUMBERS)
