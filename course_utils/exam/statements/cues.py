"""What gives a pool away to those who know how statements are worded and not what they say."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.exam.statements.statement import Statement

_WORDS = (
    ("can", "could", "may", "might"),
    ("always", "every", "each", "all", "any"),
    ("never", "no", "none", "nothing", "without"),
    ("not", "cannot"),
    ("only", "just", "alone"),
    ("must", "should", "needs", "need"),
    ("sometimes", "often", "usually", "common", "some"),
    ("if", "unless", "when"),
    ("because", "so"),
)
"""Words that hedge, generalize, forbid or reason, in families of which each tells the same."""

_FEWEST = 4
"""With fewer statements that hold a word, what they have in common may be chance."""
_MOST = 0.75
"""The largest share of one truth among those that hold a word."""
_LENGTH = 0.3
"""The largest correlation of a statement's length with its truth."""
_SEEN = 0.05
"""Mean lengths that differ by a smaller share look alike, however well they correlate."""


def cues(statements: Sequence[Statement[Any]]) -> list[str]:
    """Return a sentence for each cue by which truth can be guessed from the wording.

    Parameters
    ----------
    statements
        The statements of a pool, with the truth that their author expects.
    """
    found = []
    for family in _WORDS:
        word = re.compile(rf"\b({'|'.join(family)})\b", re.IGNORECASE)
        truths = [one.expected for one in statements if word.search(one.text)]
        true = sum(truths)
        if len(truths) >= _FEWEST and max(true, len(truths) - true) > _MOST * len(truths):
            found.append(
                f"of {len(truths)} statements with {' or '.join(map(repr, family))}, {true} are"
                " true: balance them"
            )
    correlation = length_and_truth(statements)
    of_true, of_false = (_mean_length(statements, truth) for truth in (True, False))
    differ = abs(of_true - of_false) > _SEEN * max(of_true, of_false)
    if abs(correlation) > _LENGTH and differ:
        longer = "true" if correlation > 0 else "false"
        found.append(
            f"{longer} statements are longer (true ones have {of_true:.0f} letters on average,"
            f" false ones {of_false:.0f}): balance them"
        )
    return found


def _mean_length(statements: Sequence[Statement[Any]], truth: bool) -> float:
    lengths = [len(one.text) for one in statements if one.expected is truth]
    return float(np.mean(lengths)) if lengths else 0.0


def length_and_truth(statements: Sequence[Statement[Any]]) -> float:
    """Return the correlation of a statement's length with its truth; 0 if either is constant."""
    lengths = np.array([len(one.text) for one in statements], dtype=float)
    truths = np.array([one.expected for one in statements], dtype=float)
    if np.ptp(lengths) == 0 or np.ptp(truths) == 0:
        return 0.0
    return float(np.corrcoef(lengths, truths)[0, 1])
