"""The pool that the statements about normalization join, and how their numbers are worded."""

from course_utils.exam.statements import Pool

POOL = Pool()


def percent(share: float) -> str:
    """Return a share as whole percents."""
    return f"{100 * share:.0f} %"


def rough(count: int) -> str:
    """Return a count with at most two significant digits, which are the same on every machine."""
    return f"{float(f'{count:.2g}'):,.0f}".replace(",", " ")
