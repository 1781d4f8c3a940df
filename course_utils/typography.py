"""Numbers as the course writes them in its sentences and tables."""

_NOTHING = 1e-12
"""What is smaller is what rounding left of a zero."""


def number(value: float, spec: str = ".4g") -> str:
    """Return a number in the given format, with a true minus sign, and none at a zero."""
    value = 0.0 if abs(value) < _NOTHING else value
    return f"{value:z{spec}}".replace("-", "−")
