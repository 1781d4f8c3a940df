r"""LaTeX that was pasted becomes the notation that is typed, as far as it has one reading.

``\frac{a}{b}``, accents, Greek letters, ``\cdot``, ``\odot``, ``\left(``, ``\partial``, ``\sum``,
``\sqrt``, the four functions, fonts and spaces are read; any other command is refused by its name.
Braces are read without a backslash too: ``W_{2}W_{1}``, ``W_1^{T}``, ``e^{-x}``.
"""

import re
import unicodedata

from course_utils.exam.formulas.errors import FormulaTypedError, shown
from course_utils.typography import SUPERSCRIPTS

_FRACTIONS = ("frac", "dfrac", "tfrac")
_ACCENTS = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("bar", "overline"), "\u0304"),
    "dot": "\u0307",
}
_FONTS = (
    *("text", "textrm", "textit", "textbf", "mathrm", "mathit", "mathbf", "mathsf", "mathcal"),
    *("mathbb", "mathtt", "boldsymbol", "pmb", "bm"),
)
_SIGNS = {
    **dict.fromkeys(("cdot", "bullet"), "·"),
    **dict.fromkeys(("times", "ast"), "*"),
    **dict.fromkeys(("odot", "circ"), "⊙"),
    **dict.fromkeys((",", ";", ":", " ", "quad", "qquad", "enspace"), " "),
    **dict.fromkeys(("!", "displaystyle", "limits", "nolimits"), ""),
    **{size + side: "" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r")},
    **{name: f" {name}" for name in ("log", "ln", "exp", "tanh")},
    "div": "/",
    "partial": "∂",
    "sum": "Σ",
    **dict.fromkeys(("top", "intercal"), "ᵀ"),
    "{": "(",
    "}": ")",
    "prime": "′",
    **dict.fromkeys(("lbrack", "lbrace", "lparen"), "("),
    **dict.fromkeys(("rbrack", "rbrace", "rparen"), ")"),
}
_DELIMITERS = {"(": "(", ")": ")", "[": "(", "]": ")", "{": "(", "}": ")", ".": ""}
_GREEK = {
    unicodedata.name(character).rsplit(" ", 1)[1].lower().replace("lamda", "lambda"): character
    for character in "αβγδεζηθικλμνξπρστυφχψω"
}
_GREEK |= {name.capitalize(): letter.upper() for name, letter in _GREEK.items()}
_GREEK |= {"varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ"}
_PIECE = re.compile(r"\\(?P<command>[A-Za-z]+|.)|(?P<other>.)", re.DOTALL)
_ARGUMENT = re.compile(r"\s*(?:(?P<group>\{)|\\(?P<command>[A-Za-z]+)|(?P<single>[^\s\\{}]))")
_TRANSPOSED = re.compile(r"\s*(?:T|ᵀ|⊤)\s*")
_TOP, _BOTTOM = re.compile(r"\s*[∂d]\s*[A-Z]\s*"), re.compile(r"\s*[∂d]\s*[^\W\d].*", re.DOTALL)
_POWER = rf"(?:\^\s*(?:\{{[^{{}}]*\}}|\\(?:top|intercal|prime)|T|\d)|[⁻]?[{SUPERSCRIPTS}]+)"
_RAISED = re.compile(rf"(?<=[\w}}])({_POWER})\s*(_(?:\{{[^{{}}]*\}}|\w))")
_APPLIED = re.compile(r"(?:log|ln|exp|tanh|sigmoid|sigma|σ|sum(?:_\w)?)$")
_NAMED = re.compile(r"(?:[^\W\d]\w*|\})[\u0300-\u036f]*$")  # what a command brings to its end
_BEGIN_A_NAME = {*_ACCENTS, "partial"}
_AT = re.compile(r"\s*\|\s*_\s*(?:\{\s*(\w)\s*\}|(\w))")  # the bar that says at which step
_DEEPEST = 25


def plain(text: str) -> str:
    r"""Return `text` without LaTeX, indices before powers: ``y^2_t`` becomes ``y_t^2``.

    Raises
    ------
    FormulaTypedError
        If a command has no reading here, or braces are not closed.
    """
    if not any(character in text for character in "\\{}$"):
        return _RAISED.sub(r"\2\1", text)
    for opened, closed in (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]")):
        inner = text.strip()
        if (
            len(inner) > len(opened + closed)
            and inner.startswith(opened)
            and inner.endswith(closed)
        ):
            text = inner[len(opened) : -len(closed)]
    reader = _Reader(_RAISED.sub(r"\2\1", text))
    out = reader.group()
    if reader.place < len(text):
        raise FormulaTypedError("There is a } without its {: take one of them away.")
    return out


class _Reader:
    """Reads pieces of a line from `place` on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self._depth = 0

    def group(self) -> str:
        """Return what stands up to the closing brace, or up to the end."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FormulaTypedError(f"More than {_DEEPEST} braces lie within each other.")
        out: list[str] = []
        while match := _PIECE.match(self.text, self.place):
            character = match["other"]
            if character == "}":
                break
            self.place = match.end()
            if character in ("_", "^"):
                out.append(self._script(character, "".join(out)))
            elif match["command"] in _FRACTIONS:
                out.append(self._divided("".join(out)))
            elif match["command"] == "right" and (index := _AT.match(self.text, self.place)):
                self.place = index.end()
                out = ["".join(out).rstrip(), f"_{index[1] or index[2]} "]
            elif match["command"] in _BEGIN_A_NAME and _NAMED.search("".join(out)):
                out += [" ", self._command(match["command"])]
            elif character == "{":
                applied = _APPLIED.search("".join(out))
                inner = self._closed()
                out.append(f"({inner})" if applied else _bracketed(inner))
            elif character == "~":
                out.append(" ")
            else:
                out.append(character or self._command(match["command"]))
        self._depth -= 1
        return "".join(out)

    def _closed(self) -> str:
        """Return what stands in braces whose first was read."""
        inner = self.group()
        if self.place >= len(self.text):
            raise FormulaTypedError("A brace is not closed: type }.", unfinished=True)
        self.place += 1
        return inner

    def _argument(self) -> str:
        """Return the next argument of a command: braces, a command or one character."""
        match = _ARGUMENT.match(self.text, self.place)
        if match is None:
            raise FormulaTypedError("Something is missing at its end.", unfinished=True)
        self.place = match.end()
        if match["group"]:
            return self._closed()
        return match["single"] or self._command(match["command"])

    def _script(self, sign: str, before: str) -> str:
        """Return an index, a power, a transpose or the limit of a sum."""
        follows = self.text[self.place :].lstrip()
        if not follows.startswith(("{", "\\")):
            return sign
        inner = self._argument()
        if sign == "_":
            inner = re.sub(r"^\s*\(([^()]*)\)\s*$", r"\1", inner)
            letter = re.match(r"[^\W\d_]|\\", self.text[self.place :])
            return f"_{{{''.join(inner.split())}}}{' ' if letter else ''}"
        if re.search(r"(?:Σ|sum)(?:_(?:\{[^{}]*\}|\w))?$", before):
            return f"^{{{inner}}}"
        if not re.search(r"\w", inner):  # a bracket that nobody typed would be complained of
            what = f"'{shown(inner.strip())}' is no power" if inner.strip() else "A power is empty"
            raise FormulaTypedError(f"{what}: type a number behind the ^, or take it away.")
        return "ᵀ" if _TRANSPOSED.fullmatch(inner) else f"^({inner})"

    def _command(self, name: str) -> str:
        if name in _FRACTIONS:
            return self._divided("")
        if name == "sqrt":
            root = re.compile(r"\s*\[\s*(\d+)\s*\]").match(self.text, self.place)
            self.place = root.end() if root else self.place
            return f"({self._argument()})^(1/{root[1] if root else 2})"
        if name in _ACCENTS:
            letters = self._argument().strip()
            return letters[:1] + _ACCENTS[name] + letters[1:]
        if name in _FONTS or name == "operatorname":
            return self._argument()
        if name in ("left", "right"):
            return self._delimiter()
        found = _GREEK.get(name, _SIGNS.get(name))
        if found is None:
            raise FormulaTypedError(
                f"'\\{shown(name)}' is not read here: type names without the backslash, a/b for a"
                " fraction and * for a product."
            )
        return found

    def _divided(self, before: str) -> str:
        """Return ∂L/∂h, which is one name if it is declared, or a division in brackets."""
        top, bottom = self._argument(), self._argument()
        if not (top.strip() and bottom.strip()):
            raise FormulaTypedError("A part of the fraction is empty: type both, a/b.", True)
        whole = re.search(r"(?<![\w.,])\d+\s*$", before)
        if whole and top.strip().isdigit() and bottom.strip().isdigit():
            fraction, whole_ = f"{top.strip()}/{bottom.strip()}", whole[0].strip()
            raise FormulaTypedError(
                f"'{whole_} {fraction}' can be read in two ways: type {whole_}*({fraction})"
                f" or ({whole_}+{fraction})."
            )
        if _TOP.fullmatch(top) and _BOTTOM.fullmatch(bottom):
            return f" {top.strip()}/{bottom.strip()} "
        return f"(({top})/({bottom}))"

    def _delimiter(self) -> str:
        """Return the bracket after a command such as ``left``, as a round one."""
        match = re.compile(r"\s*(\\[A-Za-z]+|\\?.)").match(self.text, self.place)
        if match is None:
            raise FormulaTypedError("A bracket is missing after \\left or \\right.", True)
        bracket = match[1].removeprefix("\\")
        found = _DELIMITERS.get(bracket, _SIGNS.get(bracket))
        if found not in ("(", ")", ""):
            raise FormulaTypedError(f"Type round parentheses instead of '{shown(match[1])}'.")
        self.place = match.end()
        return found


def _bracketed(inner: str) -> str:
    """Return what stood in braces in round brackets, unless it is one name, number or sign."""
    one = r"[\w\u0300-\u036f.]*(?:_\{[^{}]*\})?|\s*[-+*/·⊙,=]?\s*"
    return inner if re.fullmatch(one, inner) else f"({inner})"
