"""What NumPy's warnings say of a value that is not finite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

_WARNINGS = (
    ("invalid value encountered in sqrt", "the root of a negative number is taken"),
    ("invalid value encountered in log", "the logarithm of a negative number is taken"),
    ("divide by zero encountered in log", "the logarithm of 0 is taken"),
    ("invalid value encountered in power", "a root of a negative number is taken"),
    ("invalid value encountered in scalar power", "a root of a negative number is taken"),
    ("divide by zero", "something is divided by zero"),
    ("overflow encountered in exp", "the exponential overflows"),
    ("overflow", "a number became too large"),
    ("Mean of empty slice", "the mean of no values is taken"),
    ("invalid value encountered in divide", "zero is divided by zero"),
    ("invalid value encountered in scalar divide", "zero is divided by zero"),
)
"""Beginnings of NumPy's warnings, and what they say about a value that is not finite."""


def not_finite(got: Any, right: Any, warned: Iterable[str]) -> str:
    """Return what NumPy said when a value became nan or infinite; empty if it said nothing."""
    try:
        became_nan = np.isnan(got) & ~np.isnan(right)
        if not np.any(became_nan | (np.isinf(got) & np.isfinite(right))):
            return ""
    except Exception:  # no numbers, another shape, or a tensor that cannot become an array
        return ""
    found = (says for text in warned for begin, says in _WARNINGS if text.startswith(begin))
    return next(found, "")


def said(warned: Iterable[str]) -> set[str]:
    """Return what warnings mean; an overflow may be harmless, and counts only by itself."""
    found = {next((b for b, _ in _WARNINGS if text.startswith(b)), "") for text in warned} - {""}
    return {begin for begin in found if not begin.startswith("overflow")} or found
