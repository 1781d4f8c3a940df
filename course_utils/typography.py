"""Numbers as the course writes them in its sentences and tables, and lines as they are pasted."""

from unicodedata import category

_NOTHING = 1e-12
"""What is smaller is what rounding left of a zero."""

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The raised digits, in order."""

_MARKS = dict.fromkeys(
    map(ord, "\ufeff\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u202a\u202b\u202c\ufe0e\ufe0f")
)
_MARKS |= dict.fromkeys(range(0x2066, 0x206A))

_RAISED = str.maketrans("-.0123456789", f"⁻·{SUPERSCRIPTS}")
_LOWERED = str.maketrans(f"⁻⁺{SUPERSCRIPTS}", "-+0123456789")


def number(value: float, spec: str = ".4g") -> str:
    """Return a number in the given format, with a true minus sign, and none at a zero."""
    value = 0.0 if abs(value) < _NOTHING else value
    return minus(f"{value:z{spec}}")


def minus(text: str) -> str:
    """Return a text of numbers with true minus signs."""
    return text.replace("-", "−")


def power_of_ten(value: float, digits: int = 2) -> str:
    """Return a number with a power of ten: 2e8 is ``"2 · 10⁸"``, 0.1 ``"10⁻¹"``, 0 ``"0"``."""
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    lead = "" if float(mantissa) == 1 else f"{float(mantissa):g} · "
    return minus(f"{lead}10{raised(int(exponent))}")


def raised(exponent: float, spec: str = ".0f") -> str:
    """Return a number in superscript digits: -3 is ``"⁻³"``, 1.5 to one digit ``"¹·⁵"``."""
    return f"{exponent:{spec}}".translate(_RAISED)


def lowered(digits: str) -> int:
    """Return the whole number that superscript digits say: ``"⁻³"`` is -3."""
    return int(digits.translate(_LOWERED))


def printable(text: str) -> str:
    """Return `text` without control characters, which XML forbids; they have no look either."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or category(c) == "Zs")


def without_marks(text: str) -> str:
    """Return `text` without the marks that nobody sees or types, which pasting brings along.

    They say where a file begins, where a line may break and in which direction it is written. Those
    that change in which order its letters are shown are left.
    """
    return text.translate(_MARKS)
