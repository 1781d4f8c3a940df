"""Numbers as people write them."""

import re
from typing import TypeAlias

from course_utils.typography import minus, raised

Number: TypeAlias = int | float

_PLURAL = re.compile("[a-z]{3,}[a-rt-z]s")  # "samples", "steps"; not "ms", not "loss"
_CLOSE_UNITS = ("×", "°", "′", "″")  # units that stand next to the number, without a space


def in_words(number: Number, unit: str = "") -> str:
    """Return `number` with at most four significant digits and its unit, as in '1.26 cm'."""
    text = f"{number:d}" if isinstance(number, int) else f"{number:.4g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        power = f"10{raised(int(exponent))}"
        text = power if mantissa == "1" else f"{mantissa}·{power}"
    text = minus(text)
    if not unit:
        return text
    if number == 1 and _PLURAL.fullmatch(unit):
        unit = unit.removesuffix("s")
    return f"{text}{unit}" if unit.startswith(_CLOSE_UNITS) else f"{text} {unit}"
