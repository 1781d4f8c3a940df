"""Every term of the glossary is defined in its lecture, and quoted whole."""

from itertools import chain

import pytest

from course_utils.lessons.room import room, written
from course_utils.lessons.start_here.glossary import entry, glossary

LECTURES = [name for name in written() if room(name).items or room(name).terms]


@pytest.mark.parametrize("name", LECTURES)
def test_a_lecture_defines_its_terms(name):
    assert room(name).terms
    for term in room(name).terms:
        one = entry(name, written()[name], term)
        assert f"*{term}*".lower() in one.says.lower()
        assert one.section
        assert one.says[0].isupper() or one.says[0] in "*$(`"
        assert one.says.count("$") % 2 == 0


def test_no_term_is_defined_twice():
    terms = [*chain.from_iterable(room(name).terms for name in LECTURES)]
    assert len({term.lower() for term in terms}) == len(terms)


def test_a_term_that_is_not_in_the_lecture_is_told():
    with pytest.raises(ValueError, match=r"has no .no such thing.: define it there"):
        entry("normalization", written()["normalization"], "no such thing")


def test_the_glossary_is_in_order_and_links_to_the_sections():
    terms = [one.term.lower() for one in glossary().entries]
    assert terms == sorted(terms)
    shown = glossary()._repr_markdown_().splitlines()
    assert len(shown) == len(terms)  # a formula does not break its line
    assert any(
        "**double descent** ([05 Generalization, " in line and "05-generalization.ipynb#" in line
        for line in shown
    )
