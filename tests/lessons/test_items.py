"""Every item of the bank over 1000 variants; what is particular to one is tested in its room."""

from dataclasses import replace

import pytest

from course_utils.exam import Entry, MarkAll, NumericTable, Option, Wording
from course_utils.exam.testing import assert_sound
from tests.exam.examples import AddItem, Sum
from tests.lessons import rooms

pytestmark = pytest.mark.slow  # a thousand forms of each item

ITEMS = rooms.items()


@pytest.mark.parametrize("id_", ITEMS, ids=lambda id_: f"{ITEMS[id_].entry.lecture}, {id_}")
def test_an_item_is_sound(id_: str) -> None:
    assert_sound(ITEMS[id_], seeds=rooms.forms())


def _table(value: float, cell: str = "") -> NumericTable:
    return NumericTable(("", "Given", "Sum"), ("Row",), ((cell, Entry(value, 3, "counted")),))


def _options(*texts: str, right: int = 1) -> MarkAll:
    return MarkAll(tuple(Option(t, i < right, "Counted out.") for i, t in enumerate(texts)), 3)


class _Wrong(NumericTable):
    """A table whose key does not earn its points."""

    def key(self) -> dict[str, str]:
        return {"0.1": "12345"}


class _Guessed(NumericTable):
    """A table whose number is one of two."""

    def expected_guess(self) -> float:
        return self.points / 2


FAULTS = {
    "unreadable": lambda good, facts: replace(good, prompt=f"Add {0.1 + 0.2} to ${facts.a}$."),
    "a dollar sign is alone": lambda good, facts: replace(good, prompt=good.prompt + " $"),
    "a brace is open": lambda good, facts: replace(good, prompt=good.prompt + " $x_{1$"),
    "left is open": lambda good, facts: replace(good, prompt=good.prompt + r" $\left( x$"),
    "its key earns 0": lambda good, facts: replace(
        good, parts=(_Wrong(*vars(_table(3)).values()),)
    ),
    "its key is shown": lambda good, facts: replace(
        good, prompt=good.prompt + "\n\n" + good.parts[0].key_text()
    ),
    "the derivation is shown": lambda good, facts: replace(
        good, prompt=good.prompt + " " + good.derivation
    ),
    "it has no title": lambda good, facts: replace(good, title=""),
    "an option is there twice": lambda good, facts: replace(
        good, parts=(_options(f"It is {facts.a}!", f"it is *{facts.a}*", "Neither"),)
    ),
    "ticking everything earns": lambda good, facts: replace(
        good, prompt=good.prompt, parts=(replace(_options("A"), none_of_the_above=False),)
    ),
    "guessing earns": lambda good, facts: replace(
        good, parts=(_Guessed(*vars(_table(facts.a + facts.b)).values()),)
    ),
    "forms only": lambda good, facts: replace(good, prompt="Add.", parts=(_table(3),)),
}


@pytest.mark.parametrize("says", FAULTS)
def test_an_item_with_a_fault_is_refused(says: str) -> None:
    class Faulty(AddItem):
        def word(self, facts: Sum, key: int) -> Wording:
            return FAULTS[says](super().word(facts, key), facts)

    with pytest.raises(AssertionError, match=says):
        assert_sound(Faulty(), seeds=40)
    assert_sound(AddItem(), seeds=40)


def test_an_arrow_to_the_left_is_no_open_bracket() -> None:
    class Assigns(AddItem):
        def word(self, facts: Sum, key: int) -> Wording:
            good = super().word(facts, key)
            return replace(good, prompt=good.prompt + r" $x \leftarrow \left(1\right) \rightarrow$")

    assert_sound(Assigns(), seeds=40)


def test_an_item_that_draws_anew_each_time_is_refused() -> None:
    class Forgetful(AddItem):
        count = 0

        def word(self, facts: Sum, key: int) -> Wording:
            Forgetful.count += 1
            return replace(super().word(facts, key), title=f"Adding, for the {self.count} th time")

    with pytest.raises(AssertionError, match="seed None: drawn twice, it differs"):
        assert_sound(Forgetful(), seeds=5)
