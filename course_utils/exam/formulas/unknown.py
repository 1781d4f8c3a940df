"""What is said of a name that a question does not declare."""

from course_utils.exam.formulas.errors import FormulaTypedError, shown
from course_utils.exam.formulas.symbols import FUNCTIONS, Vocabulary, function, listed

ROOT = "Type a root as a power: x^(1/2)."
_LOGARITHMS = ("log2", "log10", "lg", "ld", "loge")
_PRODUCTS = ("dot", "matmul", "mm", "multiply")
_ELSEWHERE = (
    *("abs", "sign", "max", "min", "mean", "relu", "softmax", "softplus", "sech", "erf"),
    *("sin", "cos", "tan", "sinh", "cosh", "arctan", "inv", "det", "tr", "trace", "diag"),
    *("log1p", "expm1", "logit", "logistic", "logsumexp", "logsoftmax", "arctanh", "atanh"),
)


def unknown(typed: str, means: str, vocabulary: Vocabulary) -> FormulaTypedError:
    """Return what to say about a name that is not declared.

    Parameters
    ----------
    typed, means
        The name as it was typed, and its canonical form.
    vocabulary
        The symbols that are declared.
    """
    if said := _advice(typed, means, vocabulary):
        return FormulaTypedError(said)
    near = vocabulary.near(means.removesuffix("prime")) or vocabulary.near(means)
    asked = f"did you mean {near.name}?" if near else f"there are {listed(vocabulary.symbols)}."
    return FormulaTypedError(
        f"There is no symbol '{shown(typed)}' here: {asked}", vocabulary.begins(means)
    )


def _advice(typed: str, means: str, vocabulary: Vocabulary) -> str:
    """Return what to type instead, where it is plain what was meant; empty otherwise."""
    if means in ("for", "in", "range"):
        return "Type a sum as sum(…) or Σ, without 'for' and 'in'."
    if means in ("sqrt", "root"):
        return ROOT
    if means == "e":
        return "Type e to a power as e^x or exp(x)."
    if means in _LOGARITHMS:
        return "log(x) is the natural logarithm; type any other as a quotient of two."
    if means in _PRODUCTS:
        return vocabulary.product()
    if means in _ELSEWHERE:
        return f"There is no function '{shown(typed)}' here: there are {', '.join(FUNCTIONS)}."
    if means == vocabulary.index:
        indexed = next((s.name for s in vocabulary.symbols if s.indexed), "")
        return f"'{shown(typed)}' is an index here: type it with its symbol, as in {indexed}."
    bare = means.removesuffix("prime")
    if bare != means and function(bare):
        return f"There is no derivative of {bare} here: type it in terms of {bare}."
    if bare != means and (symbol := vocabulary.spellings.get(bare)) and symbol.shape:
        return f"Type the transpose of {symbol.name} as {symbol.name}.T."
    if known := function(means.casefold()):
        return f"Type {known} in small letters."
    for name in (*FUNCTIONS, "ln"):
        if means.startswith(name) and _is_symbols(means.removeprefix(name), vocabulary):
            return f"Put what {name} is applied to in parentheses: {name}(x)."
        if means.endswith(name) and _is_symbols(means.removesuffix(name), vocabulary):
            return f"Type a space or * before {name}."
    return ""


def _is_symbols(means: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a piece of a name is nothing, a symbol, or symbols written together."""
    return not means or means in vocabulary.spellings or bool(vocabulary.split(means))
