"""Whether two formulas are the same, found by evaluating both at random points.

Two different formulas hardly ever agree at random points (Schwartz 1980, Zippel 1979), and two ways
to write one formula agree at all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from course_utils.exam.formulas import typeset
from course_utils.exam.formulas.evaluate import evaluate
from course_utils.exam.formulas.reasons import Reasons
from course_utils.exam.formulas.shapes import Form, ShapeError, resolved
from course_utils.exam.formulas.symbols import Vocabulary
from course_utils.exam.formulas.tree import Apply, Binary, Node, Total, nodes

_RELATIVE = 1e-7


@dataclass(frozen=True)
class Right:
    """A right formula: its tree with products settled, its form and its values."""

    tree: Node
    form: Form
    value: np.ndarray


class Judge:
    """Compares formulas with right ones at the same points.

    Parameters
    ----------
    vocabulary
        The symbols.
    values
        Their values, as `evaluate` takes them; where symbols depend on each other, consistent.
    """

    def __init__(self, vocabulary: Vocabulary, values: Mapping[str, np.ndarray]) -> None:
        self.vocabulary = vocabulary
        self.values = values

    def right(self, tree: Node) -> Right:
        """Return `tree` as a right formula.

        Raises
        ------
        ValueError
            If its parts do not fit together, or it has no value at some point.
        """
        tree, form = resolved(tree, self.vocabulary)
        value = self.value(tree)
        if not np.all(np.isfinite(value)):
            raise ValueError(f"{typeset.source(tree)} has no value at some point of its domain")
        return Right(tree, form, value)

    def reason(self, typed: Node, right: Right) -> str:
        """Return why `typed` is not the right formula, in Markdown; "" if it is.

        Raises
        ------
        TwoReadingsError
            If `typed` holds a ``*`` that can be read in two ways.
        """
        try:
            typed, form = resolved(typed, self.vocabulary)
        except ShapeError as error:
            return f"Wrong shape: {error}"
        value = self.value(typed)
        if not np.all(np.isfinite(value)):
            return self._no_value(typed)
        if form.indexed and not right.form.indexed and same(value, value[:, :1]):
            value, form = value[:, :1], Form(form.shape)  # such as h_t/h_t
        if form != right.form:
            return self._other_form(typed, form, right)
        if same(value, right.value):
            return ""
        return Reasons(self.vocabulary, self.values, right.tree, right.form, right.value).of(typed)

    def value(self, tree: Node) -> np.ndarray:
        """Return the values of `tree`, whose products are settled."""
        return evaluate(tree, self.values)

    def _other_form(self, typed: Node, form: Form, right: Right) -> str:
        index = f"${self.vocabulary.index}$"
        if form.shape != right.form.shape:
            turned = len(form.shape) == 2 and form.shape == right.form.shape[::-1]
            more = " That is the shape of the transpose." if turned else ""
            return f"Wrong shape: yours is {form}, and {right.form} is asked for.{more}"
        if form.indexed:
            if same(self.value(Total(typed)), right.value):
                return f"The sum over {index} is missing."
            return f"Yours differs from {index} to {index}, and one value for all is asked for."
        if any(self._is(node.of, right) for node in nodes(typed) if isinstance(node, Total)):
            return f"The sum over {index} is too much: the value at one {index} is asked for."
        return f"Yours is the same at every {index}, and the value at each {index} is asked for."

    def _no_value(self, typed: Node) -> str:
        """Return what has no value in `typed`, the innermost part that has none."""
        values = ((node, self.value(node)) for node in reversed(list(nodes(typed))))
        part, at = next((node, v) for node, v in values if not np.all(np.isfinite(v)))
        where = f"the part ${typeset.latex(part, self.vocabulary)}$"
        match part:
            case Binary(operator="/"):
                why = f"{where} divides by zero there"
            case Apply(function="log"):
                why = f"{where} takes the logarithm of a number that is not positive there"
            case Binary(operator="**") if np.any(np.isnan(at)):
                why = f"{where} takes a root of a negative number there"
            case Binary(operator="**") if np.any(self.value(part.left) == 0):
                why = f"{where} divides by zero there"
            case _:
                why = f"{where} becomes too large there"
        return f"It has no value at some allowed point: {why}."

    def _is(self, tree: Node, right: Right) -> bool:
        form = resolved(tree, self.vocabulary)[1]
        return form == right.form and same(self.value(tree), right.value)


def same(a: np.ndarray, b: np.ndarray) -> bool:
    """Tell whether two arrays are equal within rounding."""
    scale = np.maximum(np.abs(a), np.abs(b)) + 1e-3 * np.max(np.abs(b), initial=0)
    return bool(np.all(np.abs(a - b) <= _RELATIVE * scale))
