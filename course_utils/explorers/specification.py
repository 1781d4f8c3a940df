"""What a figure is, whether it is shown in a notebook, stored as a picture or held to a test."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from course_utils.explorers.controls import Control
from course_utils.explorers.stage import DPI, Draw, Stage
from course_utils.explorers.yours import Accept, Own
from course_utils.style import Theme

Settings: TypeAlias = Mapping[str, Any]
"""One value for each control, by name."""


class Shown(NamedTuple):
    """All that is shown for one setting."""

    data: Any
    description: str
    numbers: dict[str, str]
    note: str
    """What keeps the student's own function out of the figure; empty if nothing does."""


@dataclass(frozen=True, kw_only=True)
class Specification:
    """What an author writes of an explorer, and nothing of how it is shown.

    Parameters
    ----------
    name
        Its name among the lecture's explorers, by which a cell calls it.
    title
        What it is about.
    compute
        ``compute(**parameters) -> data``: pure, so that equal parameters give equal data. Its
        parameters are the controls' names.
    draw
        ``draw(figure)`` makes the artists, once, and returns ``update(data)``, which changes them.
        It is called again for another theme or screen resolution. A line given to
        :func:`~course_utils.explorers.ghost.ghost` there also stays in grey as it was at the start.
    describe
        ``describe(data) -> str``: one or two sentences with today's numbers.
    numbers
        ``numbers(data)``: the one to four numbers that matter most, label → value with its unit,
        such as ``{"condition number κ": "12.3"}``. They stand large beside the controls.
    controls
        In the order shown.
    snapshots
        Two to six settings for the contact sheet; a setting may leave out controls, which then
        stand at their first value.
    presets
        What to try: a few words for a button → the settings that it makes, as for `snapshots`.
    yours
        Whether a cell may pass a function of the student's own, and what it must return:
        ``accept(result, *inputs)``, such as :func:`~course_utils.explorers.yours.same_shape`.
        ``compute`` then gets it as the parameter ``yours`` and calls it; it returns None where
        there is nothing to show.
    use
        How the student's is called where it is no function of what is shown, as a class is not:
        ``use(theirs, *inputs)``. It may raise :class:`~course_utils.checks.NotRight`.
    own
        The student's function; set by the call.
    size
        Width and height of the figure in inches at 100 dots per inch.
    slow
        Whether moves may come faster than pictures: ``compute`` takes longer than about 100 ms, or
        there is very much to draw. Both then happen in a thread, which says that it is working, and
        only the newest setting counts.

    Raises
    ------
    TypeError
        If `compute` does not take exactly the controls' names.
    ValueError
        If controls, snapshots or presets do not fit together.
    """

    name: str
    title: str
    compute: Callable[..., Any]
    draw: Draw
    describe: Callable[[Any], str]
    numbers: Callable[[Any], Mapping[str, str]] | None = None
    controls: Sequence[Control]
    snapshots: Sequence[Mapping[str, Any]]
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    yours: Accept | None = None
    use: Callable[..., Any] | None = None
    own: Own | None = None
    size: tuple[float, float] = (9.0, 4.0)
    slow: bool = False

    def __post_init__(self) -> None:
        if not self.controls:
            raise ValueError(f"{self.who} has no controls.")
        if len(self.by_name) < len(self.controls):
            raise ValueError(f"{self.who}: two controls have the same name.")
        try:
            wanted = [*self.by_name, *(["yours"] if self.yours else [])]
            inspect.signature(self.compute).bind(**dict.fromkeys(wanted))
        except TypeError as error:
            names = ", ".join(wanted)
            raise TypeError(
                f"{self.who}: `compute` must take the controls' names {names} ({error})."
            ) from None
        if not 2 <= len(self.snapshots) <= 6:
            raise ValueError(
                f"{self.who} has {len(self.snapshots)} snapshots; there must be two to six."
            )
        snapshots = [self._exact(f"snapshot {n}", s) for n, s in enumerate(self.snapshots, start=1)]
        presets = {words: self._exact(f"preset {words!r}", s) for words, s in self.presets.items()}
        if self.yours is not None and self.own is None:
            object.__setattr__(self, "own", Own(None, self.yours, self.use))
        object.__setattr__(self, "controls", tuple(self.controls))
        object.__setattr__(self, "snapshots", tuple(snapshots))
        object.__setattr__(self, "presets", presets)

    def _exact(self, what: str, settings: Settings) -> Settings:
        try:
            completed = self.complete(settings)
            return completed | {key: self.by_name[key].exact(v) for key, v in settings.items()}
        except ValueError as error:
            raise ValueError(f"{self.who}, {what}: {error}") from None

    @property
    def who(self) -> str:
        """What error messages call it."""
        return f"Explorer {self.name!r}"

    @cached_property
    def by_name(self) -> dict[str, Control]:
        """The controls by name."""
        return {control.name: control for control in self.controls}

    @cached_property
    def start(self) -> dict[str, Any]:
        """Every control's first value."""
        return {name: control.value for name, control in self.by_name.items()}

    def complete(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return settings of all controls: the values nearest to those given, else the first.

        Raises
        ------
        ValueError
            If there is no such control, or a value is out of its bounds.
        """
        for unknown in parameters.keys() - self.by_name.keys():
            known = ", ".join(self.by_name)
            raise ValueError(f"{self.who} has no control {unknown!r}; it has {known}.")
        return self.start | {key: self.by_name[key].nearest(v) for key, v in parameters.items()}

    def data(self, settings: Settings) -> Any:
        """Return what ``compute`` gives for `settings` of all controls."""
        if self.own is None:
            return self.compute(**settings)
        return self.compute(**settings, yours=self.own)

    def evaluate(self, settings: Settings) -> Shown:
        """Return all that is shown for `settings` of all controls."""
        if self.own is not None:
            self.own.listen()
        data = self.data(settings)
        numbers = dict(self.numbers(data)) if self.numbers else {}
        return Shown(data, self.describe(data), numbers, self.own.note if self.own else "")

    @cached_property
    def start_data(self) -> Any:
        """The data of the first values, computed once."""
        return self.data(self.start)

    @cached_property
    def snapshot_data(self) -> list[Any]:
        """The data of the snapshots, computed once."""
        return [self.data(settings) for settings in self.snapshots]

    def stage(self, dpi: float = DPI, theme: Theme = "light") -> Stage:
        """Return a new stage for the figure, its ghosts in their places."""
        return Stage(self.draw, self.size, dpi, theme, start=lambda: self.start_data)

    def frame(self, theme: Theme = "light", **parameters: Any) -> np.ndarray:
        """Return the picture for `parameters`, drawn afresh.

        Returns
        -------
        numpy.ndarray
            uint8, shape (height, width, 4), at 100 dots per inch.
        """
        data = self.data(self.complete(parameters))
        return self.stage(theme=theme).show(data, whole=True).copy()

    def caption(self, settings: Settings) -> str:
        """Return `settings` in words, as in 'scale of feature 2: 10×, method: none'."""
        return ", ".join(f"{c.label}: {c.say(settings[c.name])}" for c in self.controls)

    def call(self, settings: Settings) -> str:
        """Return the line of code that shows the explorer at `settings`.

        Only what differs from the start is named. The student's function goes by its own name.
        """
        moved = [
            f"{name}={self.by_name[name].code(value)}"
            for name, value in settings.items()
            if value != self.start[name]
        ]
        own = getattr(self.own and self.own.function, "__name__", "")
        arguments = [own, *moved] if own.isidentifier() else moved
        return f"explorers.{self.name}({', '.join(arguments)})"
