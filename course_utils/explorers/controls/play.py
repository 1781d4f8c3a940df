"""Steps that are played like a film."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from course_utils.explorers.controls.hand import Hand, HandWidget, script
from course_utils.explorers.controls.stops import Stops, ascending
from course_utils.explorers.words import Number

_SPEEDS = (0.5, 1, 2, 5, 10, 20)  # steps a second


class PlayWidget(HandWidget):
    """Buttons, a slider over the steps, and a choice of speeds."""

    _esm = script("play")


@dataclass(frozen=True)
class Play(Stops, Hand):
    """A number that steps through a sequence, by hand or by itself.

    Playing waits for each picture before it takes the next step. It ends at the last step, when
    another control is touched, when the explorer is out of sight, and on an error. It never begins
    by itself. Where the system asks for reduced motion nothing moves unless a key or button says
    so, step by step: Play is then not offered.

    The updates of the learning rule, one by one::

        Play("updates", range(31), unit="updates",
             label="learning rule", help="How many updates were made.")

    Backward through time, from the last step of a sequence of eight::

        Play("back", range(8), unit="steps back",
             label="backward through time", help="How far the error has come.")

    An episode, 8 moves a second; a training's checkpoints, wherever they were kept::

        Play("move", range(200), unit="moves", per_second=10, label=…, help=…)
        Play("checkpoint", (0, 50, 100, 200, 500, 1000), unit="training steps", label=…, help=…)

    Parameters
    ----------
    name, value, label, help
        As for every control; it starts at the first step unless told otherwise.
    steps
        The numbers that it goes through, each higher than the one before.
    unit
        Unit of the readout; ``""`` only for what has none by nature.
    per_second
        How many steps a second at most, until the reader chooses another speed: one of 0.5, 1, 2,
        5, 10, 20.
    """

    steps: Sequence[Number]
    value: Number | None = field(default=None, kw_only=True)  # type: ignore[assignment]
    per_second: float = field(default=2, kw_only=True)

    front = PlayWidget

    def __post_init__(self) -> None:
        super().__post_init__()
        stops = ascending(self.who, self.steps)
        if self.per_second not in _SPEEDS:
            raise ValueError(f"{self.who}: per_second is one of {', '.join(map(str, _SPEEDS))}.")
        object.__setattr__(self, "steps", stops)
        object.__setattr__(self, "stops", stops)
        value = stops[0] if self.value is None else self.exact(self.value)
        object.__setattr__(self, "value", value)

    def to_browser(self, value: Any) -> int:
        """Return which step it is."""
        return self.stops.index(value)

    def from_browser(self, content: Any) -> Number:
        """Return the step of that number."""
        return self.stops[content]

    def face(self) -> dict[str, Any]:
        """Return the steps in words, and the speeds."""
        words = [self.say(stop) for stop in self.stops]
        return {"words": words, "speeds": _SPEEDS, "speed": self.per_second}
