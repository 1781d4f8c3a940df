"""What every control has in common."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

import ipywidgets


@dataclass(frozen=True)
class Control(ABC):
    """One parameter of an explorer's ``compute``, and how a reader sets it.

    A control knows its possible values, says one in words and units, and makes its own widget. Its
    values are immutable and hashable (numbers, words, tuples of them), so that settings can be
    compared, copied as a line of code and remembered.

    Parameters
    ----------
    name
        The parameter of ``compute`` that it sets.
    value
        The value it starts at.
    label
        What it is, in a few words.
    help
        One sentence: what moving it does. Shown in the explorer's legend.

    Raises
    ------
    ValueError
        If the name is none, or label or help are missing.
    """

    name: str
    value: Any = field(kw_only=True)
    label: str = field(kw_only=True)
    help: str = field(kw_only=True)

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"{self.who}: the name must be that of a parameter of `compute`.")
        for what in ("label", "help"):
            words = getattr(self, what)
            if not isinstance(words, str) or not words.strip():
                raise ValueError(f"{self.who} has no {what}: say in plain words what it does.")

    @property
    def who(self) -> str:
        """What error messages call it."""
        return f"{type(self).__name__} {self.name!r}"

    @property
    @abstractmethod
    def samples(self) -> tuple[Any, ...]:
        """Values that stand for all: what tests set it to, the extreme ones among them."""

    @abstractmethod
    def exact(self, value: Any) -> Any:
        """Return the possible value that equals `value`; raise ``ValueError`` if there is none."""

    @abstractmethod
    def nearest(self, value: Any) -> Any:
        """Return the possible value nearest to `value`; raise ``ValueError`` if none is near."""

    @abstractmethod
    def say(self, value: Any) -> str:
        """Return `value` in words, with its unit."""

    def code(self, value: Any) -> str:
        """Return `value` as Python code that a cell can run."""
        return repr(value)

    @property
    @abstractmethod
    def range_in_words(self) -> str:
        """All possible values, in words."""

    @abstractmethod
    def widget(self) -> ipywidgets.Widget:
        """Return a new widget whose trait ``value`` is the value."""
