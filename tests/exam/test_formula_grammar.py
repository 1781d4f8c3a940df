"""What can be typed as a formula, what is refused, and with which sentence."""

import time

import numpy as np
import pytest

from course_utils.exam.formulas import FormulaTypedError, Symbol, Vocabulary, parse
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.shapes import resolved
from course_utils.exam.formulas.typeset import latex, source
from tests.exam.formula_examples import MATRICES, NUMBERS


def read(typed: str, vocabulary: Vocabulary = NUMBERS) -> str:
    return source(parse(typed, vocabulary))


def refusal(typed: str, vocabulary: Vocabulary = NUMBERS) -> str:
    with pytest.raises(FormulaTypedError) as caught:
        parse(typed, vocabulary)
    return str(caught.value)


@pytest.mark.parametrize(
    "typed",
    ["yhat_t", "yhat", "y_hat", "y_hat_t", "ŷ", "ŷ_t", "ŷₜ", "y\u0302_t", "y_hat_{t}", "yhat[t]"],
)
def test_a_name_has_many_spellings(typed: str) -> None:
    assert read(typed) == "yhat_t"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("∂L/∂ŷ_t", "dL_dyhat_t"),
        ("dL/dyhat", "dL_dyhat_t"),
        ("∂L / ∂h_{t+1}", "dL_dh_next"),
        ("dL_dh_{t + 1}", "dL_dh_next"),
        ("dL_dh[t+1]", "dL_dh_next"),
        ("dL/dh_(t+1)", "dL_dh_next"),
        ("dL_dhₜ₊₁", "dL_dh_next"),
        ("h_{t−1}", "h_prev"),
        ("w_{oh}", "w_oh"),
        ("λ", "lambda"),  # a word of Python's, and none here
        ("lambda", "lambda"),
    ],
)
def test_usual_notation_is_read(typed: str, name: str) -> None:
    assert read(typed) == name


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("y − h", "y_t - h_t"),
        ("y·h", "y_t @ h_t"),
        ("y × h ÷ o_t", "y_t*h_t/o_t"),
        ("y^2", "y_t**2"),
        ("y²", "y_t**2"),
        ("y⁻¹", "y_t**(-1)"),
        ("-y^2", "-y_t**2"),
        ("2y", "2 @ y_t"),
        ("2(y + h)", "2 @ (y_t + h_t)"),
        ("w_oh(y + h)", "w_oh @ (y_t + h_t)"),
        ("(y)(h)", "y_t @ h_t"),
        ("y h^2", "y_t @ h_t**2"),
        ("٢y + .5", "2 @ y_t + 0.5"),
        ("+y", "y_t"),
        ("y--h", "y_t - (-h_t)"),
        ("ln(y) + sigmoid(h)", "log(y_t) + sigma(h_t)"),
        ("σ(h)", "sigma(h_t)"),
        ("Σ_t y h", "sum(y_t @ h_t)"),
        ("∑ y*h", "sum(y_t*h_t)"),
        ("Σ_{t=1}^{T} y", "sum(y_t)"),
        ("sum_t (y) h", "sum(y_t @ h_t)"),
        ("sum(y)*h", "sum(y_t)*h_t"),
        ("sum(y, t)", "sum(y_t)"),
        ("1 + (Σ y)", "1 + sum(y_t)"),
        ("1 + Σ y", "1 + sum(y_t)"),
        ("h - 1", "h_t - 1"),
        ("y / (2 h)", "y_t/(2 @ h_t)"),
        ("½y", "1/2 @ y_t"),
        ("y^½", "y_t**(1/2)"),
        ("2½ y", "(2 + 1/2) @ y_t"),
        ("2e^y", "2 @ exp(y_t)"),
        ("y e^-h", "y_t @ exp(-h_t)"),
        ("np.exp(y) + math.log(h)", "exp(y_t) + log(h_t)"),
        ("\ufeffy + h\u200b", "y_t + h_t"),
        ("y\u2062σ\u2061(h)", "y_t @ sigma(h_t)"),  # as MathML has it
        ("Σ_{t=0}^{T-1} y", "sum(y_t)"),
    ],
)
def test_signs_and_products_without_a_sign(typed: str, same: str) -> None:
    assert read(typed) == same


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("W₂W₁", "W2 @ W1"),
        ("W2 W1 x", "W2 @ W1 @ x"),
        ("W2(W1x + b1)", "W2 @ (W1 @ x + b1)"),
        ("W1ᵀ", "W1.T"),
        ("W1^T W2.T", "W1.T @ W2.T"),
        ("W1^(T) W2^( T )", "W1.T @ W2.T"),
        ("(W2 W1)⊤", "(W2 @ W1).T"),
        ("transpose(A) ⊙ B", "A.T ⊙ B"),
    ],
)
def test_matrices(typed: str, same: str) -> None:
    assert read(typed, MATRICES) == same


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("y/2h", "two ways"),
        ("y/h(1 - y)", "two ways"),
        ("y^2h", "two ways"),
        ("y/-h (1 - y)", "two ways"),
        ("h_t-1", "type h_prev, or h_t - 1 with spaces"),
        ("dL_dh_t+1", "type dL_dh_next"),
        ("Σ_t y + h", "parentheses"),
        ("y 2", "sign is missing between 'y' and '2'"),
        ("1.5.2", "sign is missing"),
        ("y²^2", "power of a power"),
        (r"2\frac{1}{2} y", "'2 1/2' can be read in two ways: type 2*(1/2) or (2+1/2)"),
        (r"1\tfrac12", "type 1*(1/2) or (1+1/2)"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(typed: str, says: str) -> None:
    assert says in refusal(typed)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        (r"\frac{y}{h}", "y_t/h_t"),
        (
            r"-\frac{y_t}{\hat{y}_t} + \dfrac{1-y_t}{1-\hat y_t}",
            "-y_t/yhat_t + (1 - y_t)/(1 - yhat_t)",
        ),
        (r"\frac12 y", "1/2 @ y_t"),
        (r"\sigma(h)", "sigma(h_t)"),
        (r"\sigma\left(h_t \cdot y\right)", "sigma(h_t @ y_t)"),
        (r"\tanh\left[h\right]", "tanh(h_t)"),
        (r"w_{oh}\,h_{t-1}", "w_oh @ h_prev"),
        (r"w_{\mathrm{oh}} \times \widehat{y_t}", "w_oh*yhat_t"),
        (r"\frac{\partial L}{\partial h_{t+1}}", "dL_dh_next"),
        (r"\frac{\mathrm{d} L}{\mathrm{d} \hat{y}_t} w_{oh}", "dL_dyhat_t @ w_oh"),
        (r"\sum_{t=1}^{T} y_t h_t", "sum(y_t @ h_t)"),
        (r"\sum_t y", "sum(y_t)"),
        (r"$\lambda \ln(y)$", "lambda @ log(y_t)"),
        (r"\(y^{2}\)", "y_t**2"),
        (r"\sqrt{y}", "y_t**(1/2)"),
        ("y^{-h}", "y_t**(-h_t)"),
        ("e^y", "exp(y_t)"),
        ("e^{-y}", "exp(-y_t)"),
        ("1/(1 + e^(-y))", "1/(1 + exp(-y_t))"),
        ("{y}{h}", "y_t @ h_t"),
        ("y^2_t", "y_t**2"),
        (r"\hat{y}^{2}_{t}", "yhat_t**2"),
        ("w^2_{oh}", "w_oh**2"),
        ("y^h_t", "y_t**h_t"),  # typed, and no LaTeX
        (r"\sum^{T}_{t=1} y_t", "sum(y_t)"),
        (r"\tanh{y}", "tanh(y_t)"),
        (r"\ln{y}h", "log(y_t) @ h_t"),
        (r"\exp\{y\}", "exp(y_t)"),
        (r"\sqrt[3]{y}", "y_t**(1/3)"),
        (r"\frac{\partial \mathcal{L}}{\partial h_t}", "dL_dh_t"),
        (r"\exp\left\lbrace y\right\rbrace", "exp(y_t)"),
        (r"\exp\biggl(y\biggr)", "exp(y_t)"),
        (r"y{-}h{}", "y_t - h_t"),
        (r"2\frac{y}{2}", "2 @ (y_t/2)"),
        ("y — h", "y_t - h_t"),
        (r"y_t\hat y_t", "y_t @ yhat_t"),
        (r"o_t\partial L/\partial h_t", "o_t @ dL_dh_t"),
        (r"w_{oh}\hat{y}^{2}_{t}", "w_oh @ yhat_t**2"),
        (r"\left.\frac{\partial L}{\partial h}\right|_{t} y", "dL_dh_t @ y_t"),
        ("sum_t{y_t}", "sum(y_t)"),
        ("sum{y}", "sum(y_t)"),
        ("y²_t", "y_t**2"),
        ("ŷ²_t", "yhat_t**2"),
        ("h_{(t-1)}", "h_prev"),
        ("y ＊ h", "y_t * h_t"),
        ("y\ufe0e h", "y_t @ h_t"),
        ("—y", "-y_t"),
    ],
)
def test_latex_is_read_as_far_as_it_has_one_reading(typed: str, same: str) -> None:
    assert read(typed) == read(same)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("W_{2}W_{1}", "W2 @ W1"),
        (r"W_2^{\top}", "W2.T"),
        (r"W_{1}^\top W_{2}^{T}", "W1.T @ W2.T"),
        (r"\mathbf{W}_2\left(W_1 x + b_1\right)", "W2 @ (W1 @ x + b1)"),
        (r"A \odot B", "A ⊙ B"),
        ("W^T_1", "W1.T"),
        (r"W^{\top}_{1}x", "W1.T @ x"),
        (r"W_1^\intercal", "W1.T"),
        ("x^TAx", "x.T @ A @ x"),
        ("A^TB", "A.T @ B"),
        ("W1⊺", "W1.T"),
    ],
)
def test_latex_of_matrices(typed: str, same: str) -> None:
    assert read(typed, MATRICES) == read(same, MATRICES)


def test_a_star_between_square_matrices_has_two_readings_and_between_others_one() -> None:
    with pytest.raises(ValueError, match=r"A \* B.*two ways.*@.*⊙"):
        resolved(parse("A * B", MATRICES), MATRICES)
    tree, form = resolved(parse("W2 * W1", MATRICES), MATRICES)
    assert source(tree) == "W2 @ W1"
    assert form.shape == ("O", "D")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Nothing is typed"),
        ("   ", "Nothing is typed"),
        ("y +", "missing after '+'"),
        ("* y", "missing before '*'"),
        ("y * / h", "missing between '*' and '/'"),
        ("()", "missing after '('"),
        ("(y", "not closed"),
        ("y)", "without its ("),
        ("---y", "too many signs"),
        ("0,5", "point"),
        ("log(y, h)", "one argument"),
        ("log y", "parentheses"),
        ("a = y", "right of the equals sign"),
        ("z", "no symbol 'z'"),
        ("Yhat", "did you mean yhat_t"),
        ("w_ho", "did you mean w_oh"),
        ("dL/dz", "no symbol 'dL/dz'"),
        ("Σ_i y", "run over all t"),
        ("Σ_{t=2}^{T} y", "run over all t"),
        ("Σ_{t=1}^{T-1} y", "run over all t"),
        ("Σ_{t'} y", "run over all t"),
        ("sum(y for t in range(3))", "without 'for'"),
        ("y.real", "A dot"),
        ("0.333... * y", "a fraction such as 1/3"),
        ("y + …", "Dots leave something open"),
        ("y.__class__", "A dot"),
        ("[y]", "round parentheses"),
        ("y}", "without its {"),
        ("{y", "not closed"),
        (r"\frac{1}", "missing at its end"),
        (r"\foo{y}", "'\\foo' is not read here"),
        (r"\begin{matrix}y\end{matrix}", "'\\begin' is not read here"),
        (r"\left<y\right>", "round parentheses instead of '<'"),
        (r"\left", "bracket is missing after"),
        (r"\left\langle y\right\rangle", "round parentheses instead of '\\langle'"),
        (r"\frac{}{h}", "A part of the fraction is empty"),
        (r"y^\ast", "'*' is no power"),
        ("y^{ }", "A power is empty"),
        ("1{,}5 y", "type decimals with a point"),
        ("√y", "x^(1/2)"),
        ("y:h", "/ for a division"),
        ("w_hy", "no symbol 'w_hy' here: did you mean w_oh?"),
        ("h_t_x", "no symbol 'h_t_x'"),
        ("wₕy", "no symbol 'wₕy'"),
        ("e", "as e^x or exp(x)"),
        ("e(y)", "as e^x or exp(x)"),
        ("h_y", "no symbol 'h_y'"),
        ("y_λ", "no symbol 'y_λ'"),
        ("ŷ_h", "no symbol 'ŷ_h'"),
        ("w_oh_y", "did you mean w_oh?"),
        ("w_{oh}_y", "did you mean w_oh?"),
        ("w_{oh y}", "did you mean w_oh?"),
        ("w_ohy", "did you mean w_oh?"),
        ("dL_dhy", "did you mean dL_dh_t?"),
        ("w_oh'", "did you mean w_oh?"),
        ("h(t-1)", "'t' is an index here: type it with its symbol, as in y_t"),
        ("log_2(y)", "natural logarithm"),
        ("log10(y)", "natural logarithm"),
        ("max(y, h)", "no function 'max'"),
        ("σ'(y)", "no derivative of sigma"),
        ("Exp(y)", "Type exp in small letters"),
        ("σy", "applied to in parentheses: sigma(x)"),
        ("hexp(y)", "Type a space or * before exp"),
        ("h.dot(y)", "Type a product as a*b."),
        ("np.dot(h, y)", "Type a product as a*b."),
        ("y.sum()", "Type a sum as sum(…) or Σ"),
        ("sum_t=1^T y", "Type the limits of a sum in braces"),
        ("np.sum(y, axis=0)", "'=' within parentheses"),
        ("log1p(y)", "There is no function 'log1p'"),  # and not: put it in parentheses
        ("logistic(y)", "There is no function 'logistic'"),
        ("exponent", "no symbol 'exponent'"),
        ("arctanh(y)", "There is no function 'arctanh'"),
        ("sum(y)/T", "no symbol 'T'"),
        ("T y", "no symbol 'T'"),
        ("y^(1/0)", "exponent is no number"),
        ("'y'", "quotation"),
        ('"y"', "quotation"),
        ("sqrt(y)", "x^(1/2)"),
        ("|y|", "'|' does not belong in a formula: it has names, numbers"),
        ("tanh^2(y)", "behind the parentheses: tanh(x)^2"),
        ("tanh²(y)", "behind the parentheses: tanh(x)^2"),
        ("exp y", "Put what exp is applied to in parentheses"),
        ("y; h", "';' does not belong"),
        ("y > h", "'>' does not belong"),
        ("y % h", "'%' does not belong"),
        ("y\x00", "U+0000"),
        ("y\u00adh", "U+00AD"),
        ("__import__(os)", "no symbol '__import__'"),
        ("eval(y)", "no symbol 'eval'"),
        ("lambda y: y", "/ for a division"),
        ("9**9**9", "power"),
        ("2**10**9", "power"),
        ("y^1000", "power"),
        ("1e999", "larger than any needed"),
        ("9" * 39, "larger than any needed"),
        ("9" * 99, "longer than any name or number"),
        ("y" + "+y" * 90, "more than"),
        ("(" * 26 + "y" + ")" * 26, "parentheses"),
        ("y" * 1_000_000, "longer than any formula"),
        ("(" * 1_000_000, "longer than any formula"),
    ],
)
def test_what_is_no_formula_is_refused_with_one_sentence_in_milliseconds(
    typed: str, says: str
) -> None:
    begin = time.thread_time()
    said = refusal(typed)
    assert time.thread_time() - begin < 0.02
    assert says in said
    assert said.rstrip().endswith((".", "?"))
    assert len(said) < 250
    assert said.isprintable()


@pytest.mark.parametrize("typed", ["W1'", "W_1′ W2"])
def test_a_transpose_in_the_way_of_another_language_is_told_ours(typed: str) -> None:
    assert refusal(typed, MATRICES) == "Type the transpose of W1 as W1.T."


@pytest.mark.parametrize("typed", ["y +", "(y", "yha", "dL", "W", "y * (", "lo", "sum("])
def test_what_is_only_begun_is_told_from_what_is_wrong(typed: str) -> None:
    with pytest.raises(FormulaTypedError) as caught:
        parse(typed, NUMBERS if typed != "W" else MATRICES)
    assert caught.value.unfinished


def test_a_name_written_together_is_split_only_if_there_is_one_way() -> None:
    words = Vocabulary(tuple(Symbol(n, n) for n in ("a", "b", "ab", "c")))
    assert read("ca", words) == "c @ a"
    assert "no symbol 'cab'" in refusal("cab", words)
    assert "two" not in read("ab", words)
    assert "parentheses" in refusal("1/ca", words)


def test_two_symbols_with_one_spelling_are_refused() -> None:
    with pytest.raises(ValueError, match="same way"):
        Vocabulary((Symbol("y_hat", "a"), Symbol("ŷ", "b")))


ROUND_TRIPS = [
    "-y/yhat + (1 - y)/(1 - yhat)",
    "y - (h - o_t) - (-h)",
    "(y - h)*(-o_t)/(h*y)/h",
    "-(y + h)^2*(y^h)^-2",
    "2^-h - -(y*h)",
    "(-y)^2 + sigma(-y)*tanh(h)",
    "w_oh*sum(y*(h - 1))*2",
    "y/(h/o_t)*(h*(y*h))",
]


@pytest.mark.parametrize("typed", ROUND_TRIPS)
def test_a_formula_that_is_written_and_read_again_has_the_same_value(typed: str) -> None:
    values = NUMBERS.sample(np.random.default_rng(0), 4)
    tree = parse(typed, NUMBERS)
    again = parse(source(tree), NUMBERS)
    np.testing.assert_allclose(evaluate(again, values), evaluate(tree, values), rtol=1e-12)


@pytest.mark.parametrize(
    ("typed", "typeset"),
    [
        ("-y/yhat", r"-\frac{y_t}{\hat y_t}"),
        ("(y + h)*2", r"\left(y_t + h_t\right) \cdot 2"),
        ("2 y h", r"2\,y_t\,h_t"),
        ("y - (h - 1)", r"y_t - \left(h_t - 1\right)"),
        ("y*(-h)", r"y_t \cdot \left(-h_t\right)"),
        ("-y*h", r"-y_t \cdot h_t"),
        ("(y/h)^2", r"\left(\frac{y_t}{h_t}\right)^{2}"),
        ("dL_dh^2", r"\left(\frac{\partial L}{\partial h_t}\right)^{2}"),
        ("log(y)", r"\ln\left(y_t\right)"),
        ("w_oh*Σ y h", r"w_{oh} \cdot \left(\sum_{t} y_t\,h_t\right)"),
        ("Σ y h", r"\sum_{t} y_t\,h_t"),
        ("Σ (y + h)", r"\sum_{t} \left(y_t + h_t\right)"),
        ("1e-7", r"1\cdot 10^{-7}"),
    ],
)
def test_a_formula_is_typeset_as_it_was_typed(typed: str, typeset: str) -> None:
    assert latex(parse(typed, NUMBERS), NUMBERS) == typeset


def test_values_agree_with_numpy() -> None:
    rng = np.random.default_rng(1)
    v = MATRICES.sample(rng, 1)
    w1, w2, b1, b2, x, a, b = (v[s.name][0, 0] for s in MATRICES.symbols)
    for typed, value in [
        ("sigma(W2 @ (W1 @ x + b1) + b2)", 1 / (1 + np.exp(-(w2 @ (w1 @ x + b1) + b2)))),
        ("1/(1 + exp(-b1))", 1 / (1 + np.exp(-b1))),
        ("x @ A @ B.T", x @ a @ b.T),
        ("b1 @ W1", b1 @ w1),
        ("x @ x", x @ x),
        ("A ⊙ B - 2 A", a * b - 2 * a),
        ("(b1 @ b1) W1", (b1 @ b1) * w1),
        ("tanh(log(exp(x)))", np.tanh(x)),
        ("A ⊙ (B/A)", b),
    ]:
        tree, _ = resolved(parse(typed, MATRICES), MATRICES)
        np.testing.assert_allclose(evaluate(tree, v)[0, 0], value, rtol=1e-12)
