"""Tokens become a line of Python in which every name is one of our own (``v0``, ``f1``).

Multiplication signs that were left out are written, and what can be read in two ways is refused:

* A product may be written without a sign: ``2x``, ``2(a + b)``, ``W2 x``, ``W₂W₁``, ``w(a + b)``,
  ``(a + b)(c + d)``. Refused: after a division or a power (``a/b c``, ``a/2x``, ``x^2y``), and
  before a number (``x 2``).
* ``Σ_t`` and ``sum_t`` sum the product that follows them, up to the next bracket. A plus or minus
  behind it is refused: parentheses tell what is summed. ``sum(…)`` sums what is in its parentheses.
"""

from dataclasses import dataclass, field

from course_utils.exam.formulas.errors import FormulaTypedError, shown
from course_utils.exam.formulas.notation import Token
from course_utils.exam.formulas.symbols import Vocabulary, function
from course_utils.exam.formulas.unknown import unknown

_DEEPEST = 25  # parentheses within parentheses
_LARGEST_NUMBER = 1e12


@dataclass
class _Group:
    """An open parenthesis, or an open sum that no parenthesis shows."""

    opened_by: Token
    is_sum: bool
    before: str  # the operator before the group
    signs: int = 0


@dataclass
class Line:
    """A line of Python that grows token by token."""

    vocabulary: Vocabulary
    meanings: dict[str, str] = field(default_factory=dict)
    _source: list[str] = field(default_factory=list)
    _groups: list[_Group] = field(default_factory=list)
    _before: str = ""  # the operator before the factor that is being read
    _previous: Token | None = None

    def add(self, token: Token) -> None:
        """Take the next token."""
        self._check_call(token)
        if token.kind in ("number", "constant", "name", "function", "sum", "open"):
            if self._complete:
                self._join(token)
            self._begin(token)
        elif token.kind == "operator":
            self._operator(token)
        else:
            self._need_operand(token)
            self._end(token)
        self._previous = token

    def finished(self) -> str:
        """Return the line."""
        self._need_operand(None)
        self._close_sums()
        if self._groups:
            raise FormulaTypedError("A parenthesis is not closed: type ).", unfinished=True)
        return "".join(self._source)

    @property
    def _complete(self) -> bool:
        """Whether what stands there is a value, so that an operator may follow."""
        return self._previous is not None and self._previous.kind in (
            *("number", "constant", "name", "after", "close"),
        )

    def _begin(self, token: Token) -> None:
        """Write the beginning of a factor."""
        if token.kind in ("number", "constant"):
            self._write(_number(token))
        elif token.kind == "name":
            self._name(token)
        elif token.kind == "function":
            self._write(self._own("f", function(token.means) or token.means))
        elif token.kind == "sum":
            self._write(self._own("f", "sum"))
            self._open(token)
        else:
            self._open(token)

    def _end(self, token: Token) -> None:
        """Write what ends or follows a factor."""
        if token.kind == "after":
            self._write(token.means)
            return
        self._close_sums()
        if token.kind == "comma":
            if not self._groups:
                raise FormulaTypedError("There is a comma in it: type decimals with a point.")
            self._before = ""
            self._write(",")
        else:
            if not self._groups:
                raise FormulaTypedError("There is a ) without its (: take one of them away.")
            self._before = self._groups.pop().before
            self._write(")")

    def _operator(self, token: Token) -> None:
        if not self._complete:
            self._sign(token)
            return
        previous = self._previous
        if token.means == "**" and previous and previous.means.startswith("**"):
            raise FormulaTypedError(
                "A power of a power needs parentheses: type (x^a)^b or x^(a*b)."
            )
        if token.means in "+-" and self._groups and self._groups[-1].is_sum:
            symbol = self._groups[-1].opened_by.typed
            raise FormulaTypedError(
                f"What '{shown(symbol)}' sums can be read in two ways: put it in parentheses,"
                f" and the whole sum too if something is added to it."
            )
        self._before = token.means
        self._write(token.means)

    def _sign(self, token: Token) -> None:
        """Write a plus or minus that belongs to what follows."""
        previous = self._previous
        if token.means not in "+-":
            behind = f"between '{shown(previous.typed)}' and" if previous else "before"
            raise FormulaTypedError(f"Something is missing {behind} '{shown(token.typed)}'.")
        signs = "".join(self._source[-2:])
        if signs and not signs.strip("+-") and len(self._source) >= 2:
            raise FormulaTypedError("There are too many signs in a row: one is enough.")
        self._write(token.means)

    def _join(self, token: Token) -> None:
        """Write the multiplication sign that was left out between two factors."""
        assert self._previous is not None
        left, right = shown(self._previous.typed), shown(token.typed)
        if token.kind == "number":
            raise FormulaTypedError(f"A sign is missing between '{left}' and '{right}'.")
        if self._before in ("/", "**"):
            what = "divided by" if self._before == "/" else "in the power"
            raise FormulaTypedError(
                f"It can be read in two ways whether '{right}' is {what} too: put parentheses, or"
                " type * for the product."
            )
        self._before = "@"
        self._write("@")

    def _name(self, token: Token) -> None:
        symbols = self.vocabulary.spellings
        if token.means in symbols:
            found = [symbols[token.means]]
        elif self._names_index(token):
            self._write(self._own("f", "index"))
            return
        else:
            found = self.vocabulary.split(token.typed)
            if not found:
                raise unknown(token.typed, token.means, self.vocabulary)
            if self._before in ("/", "**"):
                raise FormulaTypedError(
                    f"'{shown(token.typed)}' is a product here: put parentheses around it."
                )
            self._before = "@"
        self._write("@".join(self._own("v", symbol.name) for symbol in found))

    def _names_index(self, token: Token) -> bool:
        """Tell whether `token` is the t of ``sum(…, t)``."""
        comma = self._previous is not None and self._previous.kind == "comma"
        return comma and token.means == self.vocabulary.index

    def _own(self, letter: str, meaning: str) -> str:
        """Return our own Python name for a symbol ("v") or a function ("f")."""
        for own, known in self.meanings.items():
            if known == meaning and own.startswith(letter):
                return own
        own = f"{letter}{len(self.meanings)}"
        self.meanings[own] = meaning
        return own

    def _check_call(self, token: Token) -> None:
        previous = self._previous
        if previous and previous.kind == "function" and token.kind != "open":
            name = shown(previous.typed)
            if token.means.startswith("**"):
                raise FormulaTypedError(f"Type the power behind the parentheses: {name}(x)^2.")
            raise FormulaTypedError(f"Put what {name} is applied to in parentheses.")

    def _open(self, token: Token) -> None:
        self._groups.append(_Group(token, token.kind == "sum", self._before))
        if len(self._groups) > _DEEPEST:
            raise FormulaTypedError(f"More than {_DEEPEST} parentheses lie within each other.")
        self._before = ""
        self._write("(")

    def _close_sums(self) -> None:
        while self._groups and self._groups[-1].is_sum:
            self._before = self._groups.pop().before
            self._write(")")

    def _need_operand(self, token: Token | None) -> None:
        """Refuse to end a factor that was not begun."""
        if self._complete:
            return
        previous = self._previous
        if previous is None:
            raise FormulaTypedError(
                f"Something is missing before '{token.typed if token else ''}'."
            )
        raise FormulaTypedError(
            f"Something is missing after '{shown(previous.typed)}'.", unfinished=token is None
        )

    def _write(self, source: str) -> None:
        self._source.append(source)


def _number(token: Token) -> str:
    value = float(token.means)
    if value > _LARGEST_NUMBER:
        raise FormulaTypedError(f"The number '{shown(token.typed)}' is larger than any needed.")
    return repr(value)
