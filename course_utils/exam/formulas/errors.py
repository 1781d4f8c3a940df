"""What is said of a line that is no formula."""

import unicodedata


class FormulaTypedError(ValueError):
    """What was typed is no formula that can be marked; the message says what to type instead.

    Attributes
    ----------
    unfinished
        Whether more typing may put it right, so that nobody should be interrupted.
    """

    def __init__(self, message: str, unfinished: bool = False) -> None:
        super().__init__(message)
        self.unfinished = unfinished


def shown(text: str) -> str:
    """Return `text` on one line, shortened, with what cannot be seen made visible."""
    text = text if len(text) <= 24 else text[:23] + "…"
    text = unicodedata.normalize("NFC", text)
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)
