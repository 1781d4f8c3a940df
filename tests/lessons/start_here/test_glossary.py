"""Every term of the glossary is defined in its lecture, and quoted whole."""

from functools import cache
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


@cache
def said() -> dict[str, str]:
    return {one.term: one.says for one in glossary().entries}


def test_what_leans_on_the_sentence_before_comes_with_it():
    assert said()["semantic segmentation"].startswith("The **mask**: for each pixel, whether")
    assert said()["object detection"].startswith("The **boxes**: for each person")
    assert said()["hinge"].startswith("Here $D$ is a score, not a probability")
    assert said()["stride"].startswith("A *kernel* is a small array of weights")
    assert said()["heat map"].startswith("The segmenter has one output")
    assert said()["state"].startswith("An agent that walks")
    assert said()["im2col"].startswith("Flatten every window into a column")
    assert said()["non-maximum suppression"].startswith("Around each head many pixels are warm")


def test_what_says_more_of_the_subject_follows():
    assert "*bias* $b$. It adds up what comes in" in said()["perceptron"]
    assert "It adds up" not in said()["weight"]


def test_a_sentence_begins_without_what_joins_it_and_ends_with_a_full_stop():
    for term, says in said().items():
        assert not says.startswith(("So ", "And ", "Right, ", "The first explanation")), term
        assert says.endswith((".", ".)", "$$")), term
    assert said()["dropout"].startswith("*Dropout*: in each step")
    assert said()["learning curve"].startswith("The *learning curve*: ten networks")
    assert said()["internal covariate shift"].startswith("While the lower layers learn")
