"""Questions as programs, and the bank that holds a course's questions.

A room's ``questions.py`` defines one subclass of `Item` for each question and one instance of it,
``item_1_1 = …``. The bank finds the instances; nothing is registered anywhere else.
"""

import itertools
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import ModuleType
from typing import Any, Generic, TypeVar

from course_utils import runtime
from course_utils.exam import blueprint
from course_utils.exam.model import Question, Wording

Facts = TypeVar("Facts")
"""What one form of an item is about: its numbers, names, statements."""
Key = TypeVar("Key")
"""What `Item.solve` finds for them."""
Report = Callable[[int, int], object]
"""Called with the number of a question that is begun, from 1 on, and how many there will be."""


class Item(ABC, Generic[Facts, Key]):
    """A question as a program: draws facts, computes their key by running code, and words both.

    An item of the exam says its `id`, under which the exam has its points and its lecture. Any
    other, for practice, says all of it::

        class Scales(Item[…]):
            entry = blueprint.Entry("01.scales", points=2, lecture="normalization", topic="…")

    Class attributes
    ----------------
    id
        As printed.
    forms
        How many different forms 1000 seeds give at least.
    """

    id: str
    forms: int = 200

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if isinstance(own := vars(cls).get("entry"), blueprint.Entry):
            cls.id = own.id

    @cached_property
    def entry(self) -> blueprint.Entry:
        """The item's points, lecture and topic.

        Raises
        ------
        ValueError
            If the exam has no such item, and the item does not say them itself.
        """
        if self.id not in blueprint.ITEMS:
            raise ValueError(
                f"the exam has no item {self.id}: a question for practice says its points and its"
                " lecture itself, as entry = blueprint.Entry(…)"
            )
        return blueprint.ITEMS[self.id]

    @property
    def points(self) -> float:
        """What the parts of every form are worth together."""
        return self.entry.points

    @abstractmethod
    def exam(self) -> Facts:
        """Return the facts of the exam's own form, or of the form that a lecture asks first."""

    @abstractmethod
    def draw(self, rng: random.Random) -> Facts:
        """Return fresh facts; the same state of `rng` gives the same ones."""

    @abstractmethod
    def solve(self, facts: Facts) -> Key:
        """Return the key of `facts`, computed and never looked up."""

    @abstractmethod
    def word(self, facts: Facts, key: Key) -> Wording:
        """Return the question about `facts` in words."""

    def canonical(self) -> Question:
        """Return the question with the exam's own facts."""
        return self.ask(self.exam(), None)

    def variant(self, seed: int) -> Question:
        """Return the question with fresh facts; the same seed gives the same question."""
        return self.ask(self.facts(seed), seed)

    def question(self, seed: int | None) -> Question:
        """Return the canonical question if `seed` is None, and that variant otherwise."""
        return self.canonical() if seed is None else self.variant(seed)

    def facts(self, seed: int | None) -> Facts:
        """Return what the question of that seed is about; None: the exam's own facts."""
        if seed is None:
            return self.exam()
        return self.draw(random.Random(f"{self.id}:{seed}"))

    def ask(self, facts: Facts, seed: int | None = None) -> Question:
        """Return the question about `facts`."""
        with runtime.one_thread():  # keys and evidence may come from trained networks
            worded = self.word(facts, self.solve(facts))
        return Question(
            id=self.id,
            lecture=self.entry.lecture,
            points=self.points,
            seed=seed,
            topic=self.entry.topic,
            **vars(worded),
        )


def draw_until(
    draw: Callable[[], Facts], fits: Callable[[Facts], bool], tries: int = 10_000
) -> Facts:
    """Return the first draw that fits.

    Raises
    ------
    RuntimeError
        If none of so many does: the condition is too strict for what is drawn.
    """
    for _ in range(tries):
        if fits(drawn := draw()):
            return drawn
    raise RuntimeError(f"none of {tries} draws fits: widen what is drawn, or ask for less of it")


def load(modules: Iterable[ModuleType]) -> dict[str, Item]:
    """Return the items that `modules` define, by id: the exam's in its order, then the others.

    Raises
    ------
    ValueError
        If two items have one id, or one has an id that is not the exam's and no entry of its own.
    """
    found: dict[str, Item] = {}
    for module in modules:
        for item in vars(module).values():
            if not isinstance(item, Item):
                continue
            try:
                id_ = item.entry.id
            except ValueError as error:
                raise ValueError(f"{module.__name__}: {error}") from None
            if found.setdefault(id_, item) is not item:
                raise ValueError(f"{module.__name__}: item {id_} exists twice")
    order = [id_ for id_ in blueprint.ITEMS if id_ in found]
    return {id_: found[id_] for id_ in (*order, *sorted(set(found) - set(order)))}


def seeds_of(seed: int | None, count: int) -> list[int | None]:
    """Return `count` seeds from `seed` on; None, of which there is one, is the exam's own form.

    Raises
    ------
    ValueError
        If `count` or `seed` makes no sense.
    """
    if count < 1:
        raise ValueError("The count is how many to make: a whole number from 1 on.")
    if seed is None and count > 1:
        raise ValueError(
            "Without --seed there is only the exam's own form: add --seed N to make several."
        )
    if seed is not None and seed < 0:
        raise ValueError("A seed is a whole number from 0 on.")
    return [None] if seed is None else [seed + i for i in range(count)]


def asked(
    items: Mapping[str, Item],
    exam: blueprint.Blueprint,
    seeds: Iterable[int | None],
    report: Report = lambda _, __: None,
) -> tuple[Question, ...]:
    """Return what `exam` asks of the items that there are, in its order and for its points.

    Parameters
    ----------
    items
        The bank's items by id.
    exam
        What is asked.
    seeds
        Each item gives one question for each of them; None is the exam's own form.
    report
        Called before each question is made.
    """
    entries = [entry for entry in exam.items.values() if entry.id in items]
    return tuple(
        items[entry.id].question(seed).worth(entry.points)
        for entry, seed in reported(list(itertools.product(entries, seeds)), report)
    )


def reported(wanted: Sequence[Any], report: Report) -> Iterator[Any]:
    """Yield what questions are made of, and call `report` before each."""
    for number, one in enumerate(wanted, start=1):
        report(number, len(wanted))
        yield one
