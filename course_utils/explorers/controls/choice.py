"""One of a few named possibilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ipywidgets

from course_utils.explorers.controls.base import Control

_MOST_RADIO_BUTTONS = 6


@dataclass(frozen=True)
class Choice(Control):
    """One of a few named possibilities.

    Parameters
    ----------
    name
        The parameter of ``compute`` that it sets.
    options
        The possibilities: a list of words, or a dictionary from words to values.
    value
        The value it starts at; the first unless given.
    label, help
        As for a slider.
    """

    options: Mapping[str, Any] | Sequence[str]
    value: Any = field(default=None, kw_only=True)
    stops: tuple[Any, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        named = self.options if isinstance(self.options, Mapping) else {o: o for o in self.options}
        if len(named) < 2 or len(named) < len(self.options):
            raise ValueError(f"Choice {self.name!r} needs at least two different options.")
        object.__setattr__(self, "options", {str(word): value for word, value in named.items()})
        object.__setattr__(self, "stops", tuple(named.values()))
        object.__setattr__(
            self, "value", self.stops[0] if self.value is None else self.exact(self.value)
        )

    def exact(self, value: Any) -> Any:
        """Return the option that equals `value`; raise ``ValueError`` if there is none.

        The option itself: one that equals it may be NumPy's, which Copy could not write as code.
        """
        try:
            return self.stops[self.stops.index(value)]
        except ValueError:  # also NumPy's, where an array is compared
            known = ", ".join(map(repr, self.stops))
            raise ValueError(
                f"Choice {self.name!r} has no option {value!r}; it has {known}."
            ) from None

    nearest = exact

    @property
    def samples(self) -> tuple[Any, ...]:
        """All options' values."""
        return self.stops

    def say(self, value: Any) -> str:
        """Return the words that stand for `value`."""
        return next(word for word, stop in self._named() if stop == value)

    def _named(self) -> list[tuple[str, Any]]:
        assert isinstance(self.options, Mapping)
        return list(self.options.items())

    @property
    def range_in_words(self) -> str:
        """All options."""
        return " | ".join(word for word, _ in self._named())

    def widget(self) -> ipywidgets.Widget:
        """Return a new widget whose ``value`` is the chosen option's value."""
        few = len(self.stops) <= _MOST_RADIO_BUTTONS
        kind = ipywidgets.RadioButtons if few else ipywidgets.Dropdown
        return kind(
            options=self._named(), value=self.value, description=self.label, tooltip=self.help
        )
