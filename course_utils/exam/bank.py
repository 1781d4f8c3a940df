"""Questions as programs, and the bank that holds a course's questions.

A room's ``questions.py`` defines one subclass of `Item` for each exam item and one instance of it,
``item_1_1 = …``. The bank finds the instances; nothing is registered anywhere else.
"""

import importlib
import importlib.util
import pkgutil
import random
from abc import ABC, abstractmethod
from collections.abc import Iterable
from types import ModuleType
from typing import Generic, TypeVar

from course_utils.exam import blueprint
from course_utils.exam.model import Question

Facts = TypeVar("Facts")
"""What one form of an item is about: its numbers, names, statements."""
Key = TypeVar("Key")
"""What `Item.solve` finds for them."""


class Item(ABC, Generic[Facts, Key]):
    """An exam item: draws facts, computes their key by running code, and words the question.

    Class attributes
    ----------------
    id
        The item's id in `blueprint.ITEMS`, which also knows its points and lecture.
    """

    id: str

    @property
    def entry(self) -> blueprint.Entry:
        """The item's line in the blueprint."""
        return blueprint.ITEMS[self.id]

    @abstractmethod
    def exam(self) -> Facts:
        """Return the facts of the exam's own form."""

    @abstractmethod
    def draw(self, rng: random.Random) -> Facts:
        """Return fresh facts; the same state of `rng` gives the same ones."""

    @abstractmethod
    def solve(self, facts: Facts) -> Key:
        """Return the key of `facts`, computed and never looked up."""

    @abstractmethod
    def word(self, facts: Facts, key: Key, seed: int | None) -> Question:
        """Return the question about `facts`."""

    def canonical(self) -> Question:
        """Return the question with the exam's own facts."""
        facts = self.exam()
        return self.word(facts, self.solve(facts), None)

    def variant(self, seed: int) -> Question:
        """Return the question with fresh facts; the same seed gives the same question."""
        facts = self.draw(random.Random(f"{self.id}:{seed}"))
        return self.word(facts, self.solve(facts), seed)

    def question(self, seed: int | None) -> Question:
        """Return the canonical question if `seed` is None, and that variant otherwise."""
        return self.canonical() if seed is None else self.variant(seed)


def rooms(package: ModuleType) -> list[ModuleType]:
    """Return the ``questions`` module of every room in `package` that has one, by room name."""
    found = []
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        name = f"{package.__name__}.{info.name}"
        if info.ispkg and importlib.util.find_spec(f"{name}.questions"):
            found.append(importlib.import_module(f"{name}.questions"))
    return found


def load(modules: Iterable[ModuleType]) -> dict[str, Item]:
    """Return the items that `modules` define, by id, in the exam's order.

    Raises
    ------
    ValueError
        If two items have one id, or an id is not in the blueprint.
    """
    found: dict[str, Item] = {}
    for module in modules:
        for item in vars(module).values():
            if not isinstance(item, Item):
                continue
            if item.id not in blueprint.ITEMS:
                raise ValueError(f"{module.__name__}: the exam has no item {item.id}")
            if found.setdefault(item.id, item) is not item:
                raise ValueError(f"{module.__name__}: item {item.id} exists twice")
    return {id_: found[id_] for id_ in blueprint.ITEMS if id_ in found}


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
