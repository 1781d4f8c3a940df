"""What every kind of prediction does: ask, read a guess, compare it with what was measured.

A guess is kept as text, as the browser sends it; `read` gives the value, or None where there is
none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Closeness = Literal["right", "near", "far"]

RIGHT, NEAR = 0.05, 0.2
"""Shares of the whole scale: so far from what was measured a guess is called right, or near."""


@dataclass(frozen=True)
class Comparison:
    """A guess and a measurement in words, how close they are, and how far apart."""

    closeness: Closeness
    guess: str
    measured: str
    difference: str


@dataclass(frozen=True)
class Prediction(ABC):
    """Something to predict.

    Attributes
    ----------
    name
        By which it is revealed; unique within its lecture, a Python identifier.
    question
        One sentence of plain text.
    """

    name: str
    question: str

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"A prediction's name must be an identifier, and is {self.name!r}.")
        if not self.question.strip():
            raise ValueError(f"The prediction {self.name!r} needs a question.")

    @abstractmethod
    def spec(self) -> Mapping[str, Any]:
        """Return what the browser needs to ask."""

    @abstractmethod
    def read(self, typed: str) -> Any:
        """Return the guess that was typed or drawn; None if it is none."""

    @abstractmethod
    def checked(self, measured: Any) -> Any:
        """Return a measurement in the form in which it is compared.

        Raises
        ------
        ValueError
            If it is not what was to be predicted.
        """

    @abstractmethod
    def say(self, measured: Any) -> str:
        """Return a checked measurement in words."""

    @abstractmethod
    def told(self, guess: Any) -> str:
        """Return a guess that was read in words."""

    @abstractmethod
    def compare(self, guess: Any, measured: Any) -> Comparison:
        """Return how a guess that was read compares with a checked measurement."""


def closeness(distance: float) -> Closeness:
    """Return what a guess is called that lies a share `distance` of the scale away."""
    return "right" if distance <= RIGHT else "near" if distance <= NEAR else "far"


def names(predictions: Sequence[Prediction]) -> str:
    """Return the predictions' names, for messages."""
    return ", ".join(repr(each.name) for each in predictions) or "none"
