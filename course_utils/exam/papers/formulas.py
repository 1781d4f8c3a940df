"""The lectures' key formulas.

A room that has some defines, in its module ``formulas.py``, a tuple ``FORMULAS`` of `Formula`. The
modules are handed to `collect`; nothing is registered anywhere else.
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import NamedTuple


class Formula(NamedTuple):
    """A formula worth taking into the exam.

    Attributes
    ----------
    topic
        What it belongs to, as a student would look for it: 'normalization'. Formulas of one topic
        are chosen together.
    name
        What it is called, in a few words.
    latex
        The formula in LaTeX, without dollar signs.
    note
        One line of Markdown: what the letters mean, or when it holds; may be empty.
    """

    topic: str
    name: str
    latex: str
    note: str = ""


def collect(modules: Iterable[ModuleType]) -> Mapping[str, tuple[Formula, ...]]:
    """Return the formulas of `modules` by topic, in the order of the modules.

    Raises
    ------
    ValueError
        If a topic has two formulas of one name.
    """
    found: dict[str, tuple[Formula, ...]] = {}
    for module in modules:
        for formula in module.FORMULAS:
            held = found.get(formula.topic, ())
            if any(formula.name == other.name for other in held):
                raise ValueError(
                    f"{module.__name__}: topic '{formula.topic}' has two formulas named"
                    f" '{formula.name}'"
                )
            found[formula.topic] = (*held, formula)
    return found
