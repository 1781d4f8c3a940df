"""Parts that are answered by ticks, as other programs mark them.

These add up one number for each tick and cut the sum off at 0. That is our balanced rule, and the
rule for faulty lines; where no statement is right, or only one is, it is also all or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from html import escape

from course_utils.exam.conversion import html_line, tex_marks
from course_utils.exam.kinds.faulty_lines import FaultyLines
from course_utils.exam.kinds.mark_all import NONE, NONE_TEXT, MarkAll, all_or_nothing, balanced
from course_utils.exam.markup import Math
from course_utils.exam.model import Part

_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Ticks:
    """What can be ticked, by field.

    Attributes
    ----------
    texts
        As HTML.
    weights
        What each tick adds to the share of the points that is earned.
    why
        What is said about it afterwards, as HTML.
    differs
        In which case adding up the weights is not the part's rule; empty if it always is.
    all_or_nothing
        Whether exactly the key's ticks earn everything and all others nothing.
    """

    texts: Mapping[str, str]
    weights: Mapping[str, Fraction]
    why: Mapping[str, str]
    differs: str
    all_or_nothing: bool = False


@singledispatch
def ticks(part: Part, math: Math = tex_marks) -> Ticks | None:
    """Return the part's ticks, with mathematics as `math` writes it; None if it has none."""
    del part, math
    return None


@ticks.register
def _mark_all(part: MarkAll, math: Math = tex_marks) -> Ticks:
    right = sum(option.correct for option in part.options)
    wrong = len(part.options) - right
    whole = part.rule is all_or_nothing or (part.rule is balanced and 0 in (right, wrong))
    if right == 0 or (right == 1 and whole):
        gain, loss, differs = Fraction(1), Fraction(1), ""
    else:
        gain, loss = Fraction(1, right), Fraction(1, max(wrong, 1))
        exact = part.rule is balanced and wrong > 0
        differs = "" if exact else "some ticks earn some points, which our rule counts otherwise"
    texts = {field: html_line(option.text, math) for field, option in part.fields.items()}
    weights = {field: gain if o.correct else -loss for field, o in part.fields.items()}
    why = {field: html_line(option.why, math) for field, option in part.fields.items()}
    if part.none_of_the_above:
        texts[NONE], why[NONE] = NONE_TEXT, ""
        weights[NONE] = Fraction(1 if right == 0 else -1)
    return Ticks(texts, weights, why, differs, all_or_nothing=whole)


@ticks.register
def _faulty_lines(part: FaultyLines, math: Math = tex_marks) -> Ticks:
    share = Fraction(1, len(part.faults))
    by_line = {str(line): fault for fault in part.faults for line in fault.lines}
    width = len(str(len(part.lines)))
    texts = {
        field: f"<code>{escape(f'{field:>{width}}  {line}').replace(' ', _NO_BREAK)}</code>"
        for field, line in part.fields.items()
    }
    weights = {field: share if field in by_line else -share for field in part.fields}
    why = {
        field: html_line(by_line[field].told_at(int(field)), math) if field in by_line else ""
        for field in part.fields
    }
    twice = any(fault.also for fault in part.faults)
    differs = "a fault that can be put right in several lines earns points for each of them"
    return Ticks(texts, weights, why, differs if twice else "")
