"""Points on the figure: dragged, moved by keys, added, removed, given a class."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_utils import style
from course_utils.explorers.controls.point import OnPlane

_COLOURS = (style.DATA, style.PREDICTION, style.GRADIENT, style.RIGHT)
_MARKERS = ("o", "s", "^", "D")
_MOST = 60  # more cannot be told apart, nor walked through by keyboard


@dataclass(frozen=True)
class Points(OnPlane):
    """Points on axes of the figure; its value is a tuple of ``(x, y)`` or ``(x, y, class)``.

    Samples to drag, add and remove, with their class::

        SAMPLES = Points("samples", value=((2, 2, "no"), (8, 6, "yes")), x=(0, 10), y=(0, 10),
                         classes=("no", "yes"), least=2, most=20, noun="sample", on="plane",
                         label="samples", help="Where they are decides whether a line parts them.")

        def draw(figure):
            axes = figure.subplots(subplot_kw={"label": "plane", "xlim": (0, 10), "ylim": (0, 10)})
            show_samples = SAMPLES.artists(axes)  # then, in update: show_samples(data.samples)

    Parameters
    ----------
    name, value, label, help
        As for every control.
    x, y, step, units, on
        As for a :class:`Point`.
    classes
        Names of the classes, up to four, with colours of the course or, as a dictionary, your own;
        none unless given.
    noun
        What one point is called: 'sample 3, class yes, at 0.4, 1.2'.
    least, most
        How many there may be; as many as there are at the start unless given.
    """

    classes: Sequence[str] | Mapping[str, str] = field(default=(), kw_only=True)
    noun: str = field(default="point", kw_only=True)
    least: int | None = field(default=None, kw_only=True)
    most: int | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.classes) > len(_COLOURS):
            raise ValueError(f"{self.who}: at most {len(_COLOURS)} classes can be told apart.")
        coloured = (
            dict(self.classes)
            if isinstance(self.classes, Mapping)
            else dict(zip(self.classes, _COLOURS, strict=False))
        )
        object.__setattr__(self, "classes", coloured)
        for name in ("least", "most"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, len(self.value))
        if not 0 <= self._least <= self._most <= _MOST:
            raise ValueError(f"{self.who}: least and most must be in order, up to {_MOST}.")
        object.__setattr__(self, "value", self.exact(self.value))

    @property
    def _least(self) -> int:
        assert self.least is not None
        return self.least

    @property
    def _most(self) -> int:
        assert self.most is not None
        return self.most

    def exact(self, value: Any) -> tuple[tuple[Any, ...], ...]:
        """Return `value` if all points can be there; raise ``ValueError`` otherwise."""
        return self._points(value, exact=True)

    def nearest(self, value: Any) -> tuple[tuple[Any, ...], ...]:
        """Return the places nearest to the points; raise ``ValueError`` if one is out of bounds."""
        return self._points(value, exact=False)

    def _points(self, value: Any, *, exact: bool) -> tuple[tuple[Any, ...], ...]:
        return self.from_browser(self._places(value, exact=exact))

    def _places(self, value: Any, *, exact: bool) -> list[list[int]]:
        try:
            points = list(value) if not isinstance(value, str | bytes) else None
        except TypeError:
            points = None
        if points is None:
            raise ValueError(f"{self.who} takes a list of {self.noun}s, not {value!r}.")
        if not self._least <= len(points) <= self._most:
            raise ValueError(
                f"{self.who} has {self._least} to {self._most} points, not {len(points)}."
            )
        return [
            self._one(point, f"{self.who}, {self.noun} {number},", exact=exact)
            for number, point in enumerate(points, start=1)
        ]

    def _one(self, point: Any, who: str, *, exact: bool) -> list[int]:
        if not self.classes:
            return [*self.place_of(point, who, exact=exact), 0]
        names = list(self.classes)
        try:
            *place, name = point
        except TypeError:
            place, name = [], None
        if len(place) != 2 or name not in names:
            known = " or ".join(map(repr, names))
            raise ValueError(f"{who} is (x, y, class) with class {known}, not {point!r}.")
        return [*self.place_of(place, who, exact=exact), names.index(name)]

    @property
    def samples(self) -> tuple[Any, ...]:
        """The start; as few and as many as can be; all in one corner, all along the diagonals."""
        x, y = (len(stops) - 1 for stops in self.stops)
        kinds = max(len(self.classes), 1)
        counts = sorted({self._least, len(self.value), self._most})
        found = [self.value]
        for count in counts:
            share = np.linspace(0, 1, count)
            rising = [[round(x * s), round(y * s), k % kinds] for k, s in enumerate(share)]
            falling = [[i, y - j, k] for i, j, k in rising]
            corner = [[x, 0, k] for _, _, k in rising]
            found += [self.from_browser(each) for each in (rising, falling, corner)]
        return tuple(dict.fromkeys(found))

    def say(self, value: Any) -> str:
        """Return how many points there are of each class; of few, where they are."""
        if self.classes:
            kinds = [point[2] for point in value]
            return ", ".join(f"{kinds.count(name)} {name}" for name in self.classes)
        if len(value) > 3:
            return f"{len(value)} {self.noun}s"
        return " | ".join(map(self.say_place, value)) or "none"

    @property
    def range_in_words(self) -> str:
        """The bounds, and how many points there may be."""
        counts = f"{self._least} to {self._most}" if self._least < self._most else f"{self._most}"
        classes = f", class {' | '.join(self.classes)}" if self.classes else ""
        return f"{counts} {self.noun}s, {self.area_in_words()}{classes}"

    def to_browser(self, value: Any) -> list[list[int]]:
        """Return the number of the stop in x and in y and of the class, for each point."""
        return self._places(value, exact=False)

    def from_browser(self, content: Any) -> tuple[tuple[Any, ...], ...]:
        """Return the points."""
        names = list(self.classes)
        return tuple(
            (*self.at(place), names[place[2]]) if names else self.at(place) for place in content
        )

    def face(self) -> dict[str, Any]:
        """Return what handles and tools need."""
        assert isinstance(self.classes, Mapping)
        return super().face() | {
            "noun": self.noun,
            "classes": [{"name": name, "colour": colour} for name, colour in self.classes.items()],
            "least": self.least,
            "most": self.most,
            "single": False,
        }

    def artists(self, axes: Axes) -> Callable[[Any], None]:
        """Make the points' marks on `axes` and return ``update(points)``.

        Each class has its colour and its shape, the same as its handles.
        """
        assert isinstance(self.classes, Mapping)
        looks = list(zip(self.classes.items(), _MARKERS, strict=False))
        marks = {
            name: axes.plot([], [], marker, color=colour, ms=9, mec="white", label=name)[0]
            for (name, colour), marker in looks or [(("", _COLOURS[0]), _MARKERS[0])]
        }

        def update(points: Any) -> None:
            for name, line in marks.items():
                own = [point[:2] for point in points if not name or point[2] == name]
                line.set_data(*np.reshape(own, (-1, 2)).T)

        return update
