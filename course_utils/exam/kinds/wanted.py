"""A formula that is asked for: how what is typed for it is read, and how it is written."""

from dataclasses import dataclass

from course_utils.exam.formulas import FormulaTypedError, Node, Vocabulary, parse, typeset
from course_utils.exam.formulas.shapes import ShapeError, TwoReadingsError, resolved
from course_utils.exam.formulas.tree import names


@dataclass(frozen=True)
class Wanted:
    """A formula to type.

    Attributes
    ----------
    latex
        What stands on the left of the equals sign, as LaTeX.
    name
        The same in plain letters, for screen readers.
    expected
        The right formula, in the grammar of `course_utils.exam.formulas`.
    points
        What it earns; there are no parts of it.
    why
        What to think of if it is wrong, in Markdown; the reason stands before it.
    barred
        Symbols that must not be used in it, because they say what is asked for.
    """

    latex: str
    name: str
    expected: str
    points: float
    why: str = ""
    barred: tuple[str, ...] = ()

    def read(self, typed: str, vocabulary: Vocabulary) -> Node | None:
        """Return what is `typed` as a tree, None if nothing is.

        Raises
        ------
        FormulaTypedError
            If it is no formula over the symbols that may be used, or can be read in two ways.
        """
        if not typed.strip():
            return None
        tree = parse(typed, vocabulary)
        for name in names(tree):
            if name in self.barred:
                raise FormulaTypedError(
                    f"{name} cannot be used here, because it is found only with the help of what is"
                    " asked for."
                )
        try:
            resolved(tree, vocabulary)
        except TwoReadingsError as error:
            raise FormulaTypedError(str(error)) from None
        except ShapeError:
            pass  # readable, and wrong
        return tree

    def equation(self, right: Node, vocabulary: Vocabulary) -> str:
        """Return ``what is wanted = right`` between dollar signs."""
        return rf"$\displaystyle {self.latex} = {typeset.latex(right, vocabulary)}$"
