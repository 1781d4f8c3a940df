"""Numbers as people write them."""

import re
from typing import TypeAlias

Number: TypeAlias = int | float

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLURAL = re.compile("[a-z]{3,}[a-rt-z]s")  # "samples", "steps"; not "ms", not "loss"
_CLOSE_UNITS = ("×", "°", "′", "″")  # units that stand next to the number, without a space


def in_words(number: Number, unit: str = "") -> str:
    """Return `number` with at most four significant digits and its unit, as in '1.26 cm'."""
    text = f"{number:d}" if isinstance(number, int) else f"{number:.4g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        power = "10" + str(int(exponent)).translate(_SUPERSCRIPT)
        text = power if mantissa == "1" else f"{mantissa}·{power}"
    text = text.replace("-", "−")
    if not unit:
        return text
    if number == 1 and _PLURAL.fullmatch(unit):
        unit = unit.removesuffix("s")
    return f"{text}{unit}" if unit.startswith(_CLOSE_UNITS) else f"{text} {unit}"
