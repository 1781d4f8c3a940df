"""What a formula may use: symbols with shape and domain, functions, and how each may be spelled."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

FUNCTIONS = {"log": r"\ln", "exp": r"\exp", "sigma": r"\sigma", "tanh": r"\tanh"}
"""The functions and how they are typeset; ``log`` is the natural logarithm."""

_ALSO = {"ln": "log", "sigmoid": "sigma", "transpose": "transpose", "T": "transpose"}
_MARKS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot"}
_OTHERS = dict.fromkeys("_{}()[], ", "") | dict.fromkeys("′'’", "prime") | {"∂": "d"}


@dataclass(frozen=True)
class Symbol:
    """A quantity that formulas may use.

    Attributes
    ----------
    name
        How it is typed with plain letters, for example ``dL_dh_next``.
    latex
        How it is typeset.
    shape
        Letters for the lengths of its axes, ``()`` for a number: ``("H", "D")`` for an H×D matrix.
    indexed
        Whether it has a value for each value of the index (for each time step t).
    domain
        Between which numbers its values lie.
    also
        Other names for it. Spellings that differ only in underscores, braces, Greek letters,
        accents and Unicode subscripts are one name: ``yhat_t``, ``y_hat_t`` and ``ŷₜ`` are.
    """

    name: str
    latex: str
    shape: tuple[str, ...] = ()
    indexed: bool = False
    domain: tuple[float, float] = (-1.0, 1.0)
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The symbols of a question and the letter of its index (empty if there is none).

    Raises
    ------
    ValueError
        If two symbols share a spelling.
    """

    symbols: tuple[Symbol, ...]
    index: str = ""

    def __post_init__(self) -> None:
        spelled = [canonical(name) for s in self.symbols for name in (s.name, *s.also)]
        if len(set(spelled)) < len(spelled):
            raise ValueError("two symbols of a formula can be spelled in the same way")

    @cached_property
    def by_name(self) -> dict[str, Symbol]:
        """The symbols by `Symbol.name`."""
        return {symbol.name: symbol for symbol in self.symbols}

    @cached_property
    def spellings(self) -> dict[str, Symbol]:
        """The symbols by the canonical form of every name they have."""
        return {canonical(name): s for s in self.symbols for name in (s.name, *s.also)}

    def split(self, typed: str) -> list[Symbol]:
        """Return the symbols that a name is written together from, as in ``W2W1``.

        Empty if there is no way to split it, or more than one. What stands in an index, behind an
        underscore or in brackets, belongs to the name before it: ``w_hy`` is never w times h. All
        letters that follow an underscore are one index, and so are all digits.
        """
        name, joined = _with_indices(typed)
        ways: list[list[list[Symbol]]] = [[[]]]  # ways[i]: those to split the first i characters
        for end in range(1, len(name) + 1):
            found = [
                [*way, self.spellings[name[start:end]]]
                for start in range(end)
                if start not in joined and name[start:end] in self.spellings
                for way in ways[start]
            ]
            ways.append(found[:2])  # two are as ambiguous as many
        return ways[-1][0] if len(ways[-1]) == 1 else []

    def product(self) -> str:
        """Return how a product is typed of what is declared, for messages."""
        if any(symbol.shape for symbol in self.symbols):
            return "Type a product of matrices as W2 @ W1, one element by element with ⊙."
        return "Type a product as a*b."

    def near(self, name: str) -> Symbol | None:
        """Return the symbol that was probably meant by `name`, which is canonical."""
        for spelling, symbol in self.spellings.items():
            if spelling.casefold() == name.casefold():
                return symbol
        close = difflib.get_close_matches(name, self.spellings, n=1, cutoff=0.6)
        return self.spellings[close[0]] if close else None

    def begins(self, name: str) -> bool:
        """Tell whether `name`, canonical, is how a symbol or function begins."""
        return any(known.startswith(name) for known in (*self.spellings, *FUNCTIONS, *_ALSO, "sum"))

    def sample(self, rng: np.random.Generator, points: int) -> dict[str, np.ndarray]:
        """Return values of all symbols, independent and uniform in their domains.

        Each is a float64 array (points, steps, *shape); steps is 3 for a symbol with an index and
        1 for others. Lengths that have different letters are different.
        """
        letters = dict.fromkeys(letter for symbol in self.symbols for letter in symbol.shape)
        lengths = {letter: 2 + i for i, letter in enumerate(letters)}
        return {
            symbol.name: rng.uniform(
                *symbol.domain,
                (points, 3 if symbol.indexed else 1, *(lengths[letter] for letter in symbol.shape)),
            )
            for symbol in self.symbols
        }


def function(name: str) -> str:
    """Return the function of that canonical name: a key of `FUNCTIONS`, "transpose", or ""."""
    return name if name in FUNCTIONS else _ALSO.get(name, "")


def canonical(name: str) -> str:
    """Return the form that all spellings of `name` share: ``yhatt`` for ``ŷₜ``, ``y_hat_{t}``."""
    return "".join(map(_plain, unicodedata.normalize("NFD", name)))


def _with_indices(typed: str) -> tuple[str, set[int]]:
    """Return a name's canonical form and the places in it that no symbol can begin at."""
    name, joined, depth = "", set[int](), 0
    index = ""  # what an index may go on with: anything, or letters or digits as it began
    for character in unicodedata.normalize("NFD", typed):
        depth += (character in "{[(") - (character in "}])")
        plain = _plain(character)
        sort = "digit" if plain.isdecimal() else "letter"
        lowered = unicodedata.decomposition(character).startswith("<sub>")
        if character == "_":
            index = "any"
        elif plain and index in ("any", sort):
            index = sort
        elif plain:
            index = ""
        if plain and (index or depth or lowered or character in _MARKS):
            joined.add(len(name))
        name += plain
    return name, joined


def _plain(character: str) -> str:
    for table in (_OTHERS, _MARKS):
        if character in table:
            return table[character]
    character = unicodedata.normalize("NFKC", character)  # 𝑦 → y, ₂ → 2, ϕ → φ
    called = unicodedata.name(character, "") if len(character) == 1 else ""
    if called.startswith("GREEK SMALL LETTER "):
        return called.rsplit(" ", 1)[1].lower().replace("lamda", "lambda")  # as Unicode has it
    if called.startswith("GREEK CAPITAL LETTER "):
        return called.rsplit(" ", 1)[1].title()
    return character.replace("−", "-")


def listed(symbols: Sequence[Symbol]) -> str:
    """Return the symbols' names with commas, at most twelve."""
    shown = [symbol.name for symbol in symbols[:12]]
    return ", ".join([*shown, *(["…"] if len(symbols) > 12 else [])])
