"""Why a line is no number: one sentence for the student, with what to type instead."""

import re

EXAMPLES = "1.5, -0.5 or 1/2"
"""What a number may look like, for messages."""

DECIMAL = r"(?:[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:[.,][0-9]*)?|[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)"
"""Digits with a decimal point or comma, thousands apart by apostrophes."""

_NUMBER = rf"[+-]? ?{DECIMAL}(?:[eE][+-]?[0-9]+)?"
_WITH_UNIT = re.compile(
    rf"(?P<number>{_NUMBER}(?: ?/ ?{_NUMBER})?) ?(?![eE]$)"
    r"(?P<unit>(?:[^\W\d_]|[°€$£¥])(?:[^\W\d_]|[²³/]|\^-?[0-9])*\.?)"
)
_MULTIPLES = re.compile(r"[kKMGT]|(?i:mio|mrd|mill?ion(en)?|billion|thousand|tsd|hundred|dozen)\.?")
_SEVERAL = "can be read in several ways: type"
_TWO = rf"{_NUMBER} ?(?:;|\||, | (?:or|and|to|oder|und|bis) |±|\+-) ?{_NUMBER}"
_TO_COMPUTE = (
    r"[0-9)½] ?(?:[+*·×^-]|\*\*) ?[0-9(½]|[1-9] ?x ?[0-9(]|[0-9)][⁰¹²³⁴-⁹⁻]|[√∛π]"
    r"|sqrt|\b(?:pi|exp|ln|lo?g|sin|cos|tanh?|root)\b|\be\^"
)
# What a line shows, and what is said of it behind the line itself; the first that fits.
_RULES = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (r"[+.,/() -]*$", f"has no digit: type a number such as {EXAMPLES}."),
        (r".*(?:%|(?i:percent|per cent|prozent))",
         "is in percent: type it as a plain number, 0.5 for 50 %."),
        (r".*‰", "has a sign for thousandths: type it as a plain number, 0.005 for 5 ‰."),
        (r"[+-]* ?(?i:nan|inf|infinity|∞)$",
         f"is not a finite number: type one such as {EXAMPLES}."),
        (r"'|.*[\"“”„«»]", "has quotation marks: type the number without them."),
        (r"[+-]? ?[0-9.,']+ [0-9']+ ?/ ?[0-9']+(?:[eE][+-]?[0-9]+)?$"
         r"|[+-]? ?[0-9.,']*'[0-9.,']* ?[¼-¾⅐-⅞↉]$",
         f"{_SEVERAL} one fraction, such as 3/2."),
        (r"[+-]? ?[0-9.,']*(?:[.,][0-9.,]*'|'[0-9]*[.,][0-9]*[.,'])[0-9.,']*$",
         f"{_SEVERAL} one decimal point or comma and no separators between thousands, such as"
         " 1234.5."),
        (r"[+-]? ?[0-9]+(?:[.,][0-9]+ ?| )[.,]$", "ends in a dot or a comma: take it away."),
        (r".*[0-9]_+[0-9]", "has an underscore between its digits: type it without, such as 1000."),
        (r"[+-]? ?[0-9.,]+ +[eE] ?[+-]?[0-9]+$|[+-]? ?[0-9.,]+[eE] +[+-]?[0-9]+$",
         "has a space beside its exponent: type it without, such as 1e3."),
        (r".*(?:[0-9]'|'[0-9])", "has an apostrophe that does not part thousands: take it away."),
        (r".*(?:[0-9](?:\.{2,}|…|\u0305+)|[.,][0-9]*\([0-9]+\))$",
         "leaves digits open: type a fraction, such as 1/3."),
        (r"[0-9/+,. -]*/[0-9+,. -]*/[0-9/+,. -]*$",
         "has more than one division: type one fraction, such as 1/2."),
        (rf"[(\[]?{_TWO}", f"can be read as several numbers: type one, such as {EXAMPLES}."),
        (r"[+-]? ?[0-9.,]*[.,][0-9]*[.,][0-9.,]*$",
         f"{_SEVERAL} one decimal point or comma and no separators between thousands, such as"
         " 1234.5."),
        (r"[+-]? ?[0-9]*[.,][0-9]+ [0-9., ]*$",
         f"can be read as several numbers: type one, such as {EXAMPLES}."),
        (r"[+-]?[0-9., ]+$", "has a space between its digits: type it without, such as 1234.5."),
        (r"[+±∓-] ?[+±∓-]|[±∓]", "has more than one sign: type one, or none."),
        (r".*[0-9)] ?:", "has a colon: type / for a division."),
        (rf".*(?:{_TO_COMPUTE})", f"is still to be computed: type its value, such as {EXAMPLES}."),
        (r".*[¼-¾⅐-⅞↉]", f"{_SEVERAL} one fraction, such as 3/2."),
        (r"[^0-9]*[=≈~]",
         "is more than the number: type what stands on the right of the sign only."),
        (r".*[+*/^·×-]$", "ends in a sign: take it away, or type what belongs behind it."),
        (r"[*/^·×]", "begins with a sign: take it away, or type what belongs before it."),
    )
)  # fmt: skip


def why_not(plain: str, text: str) -> str:
    """Return why a line is no number.

    Parameters
    ----------
    plain
        The line with its characters in ASCII as far as they can be.
    text
        The line as it was typed.
    """
    typed = shown(text)
    if plain.count("(") != plain.count(")"):
        return f"'{typed}' has a bracket without its other half: take it away."
    for pattern, says in _RULES:
        if pattern.match(plain):
            return f"'{typed}' {says}"
    if with_unit := _WITH_UNIT.fullmatch(plain):
        return f"'{typed}' {_of_unit(with_unit['number'], with_unit['unit'])}"
    if re.search(r"[0-9]", plain) and re.search(r"[^\W\d_]{3}", plain):
        return f"'{typed}' has a word in it: type digits and signs only, such as {EXAMPLES}."
    return f"'{typed}' is not a number: type one such as {EXAMPLES}."


def _of_unit(number: str, unit: str) -> str:
    if _MULTIPLES.fullmatch(unit):
        return f"ends in '{unit}', a unit or a multiple: type the number in full and without it."
    return f"ends in '{shown(unit)}': type it without the unit, {number}."


def shown(text: str) -> str:
    """Return `text` on one line, shortened, with what cannot be seen made visible."""
    text = text.strip()
    text = text if len(text) <= 20 else text[:19] + "…"
    text = re.sub(r"\s", " ", text)
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
