"""Which shape a formula has, and which product ``*`` means between matrices."""

from dataclasses import dataclass

from course_utils.exam.formulas import typeset
from course_utils.exam.formulas.symbols import Vocabulary
from course_utils.exam.formulas.tree import (
    Apply,
    Binary,
    Negative,
    Node,
    Number,
    Total,
    Transposed,
    Variable,
)


class ShapeError(ValueError):
    """The parts of a formula do not fit together; the message says which, in Markdown."""


class TwoReadingsError(ValueError):
    """A ``*`` may be the matrix product or the one element by element; the message is plain."""


@dataclass(frozen=True)
class Form:
    """The shape of a value, in letters, and whether it has one for each value of the index."""

    shape: tuple[str, ...] = ()
    indexed: bool = False

    def __str__(self) -> str:
        if not self.shape:
            return "a number"
        return f"{'a vector' if len(self.shape) == 1 else 'a matrix'} ({', '.join(self.shape)})"


def resolved(tree: Node, vocabulary: Vocabulary) -> tuple[Node, Form]:
    """Return `tree` with every ``*`` settled as ``@`` or ``⊙``, and its form.

    Sums, quotients and functions act element by element, on equal shapes or with a number.
    Between matrices or vectors ``*`` is the product that their shapes allow.

    Raises
    ------
    ShapeError
        If parts do not fit together.
    TwoReadingsError
        If the shapes allow both products for a ``*``.
    """
    return _Shapes(vocabulary).of(tree)


class _Shapes:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def of(self, tree: Node) -> tuple[Node, Form]:
        match tree:
            case Variable(name=name):
                symbol = self._vocabulary.by_name[name]
                return tree, Form(symbol.shape, symbol.indexed)
            case Binary(operator=operator, left=left, right=right):
                return self._binary(operator, *self.of(left), *self.of(right))
            case Negative() | Apply() | Transposed() | Total():
                inner, form = self.of(tree.of)
                return tree.rebuilt((inner,)), self._unary(tree, inner, form)
        return tree, Form()

    def _unary(self, tree: Node, inner: Node, form: Form) -> Form:
        if isinstance(tree, Transposed):
            return Form(form.shape[::-1], form.indexed)
        if isinstance(tree, Total):
            if not form.indexed:
                index = self._vocabulary.index
                raise ShapeError(
                    f"Nothing in {self._shown(inner)} depends on ${index}$, and you sum it."
                )
            return Form(form.shape)
        return form

    def _binary(
        self, operator: str, left: Node, a: Form, right: Node, b: Form
    ) -> tuple[Node, Form]:
        indexed = a.indexed or b.indexed
        both = bool(a.shape and b.shape)
        if operator == "**" and len(a.shape) == 2:
            raise ShapeError(f"A power needs numbers, and ${self._latex(left)}$ is {a}.")
        if operator == "**" and b.shape:
            e = " For $e$ to a power, type exp(x)." if isinstance(left, Number) else ""
            raise ShapeError(f"An exponent is a number, and {self._shown(right)} is {b}.{e}")
        if operator in ("*", "@") and both:
            return self._product(operator, left, a, right, b)
        if both and a.shape != b.shape:
            raise ShapeError(
                f"{self._shown(left, a)} and {self._shown(right, b)} do not fit together: their"
                " shapes differ."
            )
        settled = "@" if operator == "*" else operator
        return Binary(settled, left, right), Form(a.shape or b.shape, indexed)  # type: ignore[arg-type]

    def _product(
        self, operator: str, left: Node, a: Form, right: Node, b: Form
    ) -> tuple[Node, Form]:
        fits = a.shape[-1] == b.shape[0]
        indexed = a.indexed or b.indexed
        if operator == "*" and a.shape == b.shape:
            if fits:
                one, two = (typeset.source(side) for side in (left, right))
                raise TwoReadingsError(
                    f"'{one} * {two}' can be read in two ways: type @ for the product of matrices"
                    " or ⊙ for the one element by element."
                )
            return Binary("⊙", left, right), Form(a.shape, indexed)
        if fits:
            return Binary("@", left, right), Form(a.shape[:-1] + b.shape[1:], indexed)
        turned = " The other order would fit." if b.shape[-1] == a.shape[0] else ""
        raise ShapeError(
            f"The product of {self._shown(left, a)} and {self._shown(right, b)} in this order does"
            f" not exist: the inner lengths {a.shape[-1]} and {b.shape[0]} differ.{turned}"
        )

    def _shown(self, tree: Node, form: Form | None = None) -> str:
        latex = f"${self._latex(tree)}$"
        return f"{latex}, {form}," if form else latex

    def _latex(self, tree: Node) -> str:
        return typeset.latex(tree, self._vocabulary)
