"""Figures with sliders: a pure computation, a drawing, a description, and controls."""

import html
import inspect
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import ipywidgets
import numpy as np

from course_utils import plain_words
from course_utils.explorers import sheet
from course_utils.explorers.canvas import Canvas
from course_utils.explorers.controls import Control, Slider
from course_utils.explorers.frames import FrameWriter
from course_utils.explorers.newest import Newest
from course_utils.explorers.stage import Draw, Stage
from course_utils.runtime import under_test
from course_utils.style import Theme

Settings = dict[str, Any]

DPI = 100
_LEAST_RATIO, _MOST_RATIO = 0.4, 2.0  # pixels per pixel at 100 dpi
_FRAME = 34  # pixels: the box's border and padding on both sides, as in canvas.css


class Timing(NamedTuple):
    """What one answer to a moved control took, in milliseconds."""

    compute: float
    paint: float
    send: float
    whole: bool
    """Whether the complete figure had to be drawn."""


class Explorer:
    """A figure that follows its controls.

    Shown as the last expression of a cell it is a widget; its stored output also carries a picture
    of the snapshots and a summary in words, for wherever no kernel runs.

    Parameters
    ----------
    name
        Short name, unique within the lecture.
    title
        What it is about.
    compute
        ``compute(**parameters) -> data``: pure, so that equal parameters give equal data. Its
        parameters are the controls' names.
    draw
        ``draw(figure)`` makes the artists, once, and returns ``update(data)``, which changes them.
        It is called again for another theme or screen resolution.
    describe
        ``describe(data) -> str``: one or two sentences with today's numbers.
    controls
        :class:`Slider`, :class:`Choice` and :class:`Switch`, in the order shown.
    snapshots
        Two to six settings for the contact sheet; a setting may leave out controls, which then
        stand at their first value.
    size
        Width and height of the figure in inches at 100 dots per inch.
    slow
        Whether ``compute`` takes longer than about 100 ms. It then runs in a thread, says that it
        is working, and only the newest setting counts.

    Raises
    ------
    TypeError
        If `compute` does not take exactly the controls' names.
    ValueError
        If controls or snapshots do not fit together.

    Attributes
    ----------
    widget
        The ipywidgets box that a notebook shows.
    widgets
        The control widgets by parameter name.
    timings
        The last 200 :class:`Timing` records.
    """

    def __init__(
        self,
        *,
        name: str,
        title: str,
        compute: Callable[..., Any],
        draw: Draw,
        describe: Callable[[Any], str],
        controls: Sequence[Control],
        snapshots: Sequence[Mapping[str, Any]],
        size: tuple[float, float] = (9.0, 4.0),
        slow: bool = False,
    ) -> None:
        self.name = name
        self.title = title
        self.controls = {control.name: control for control in controls}
        self.size = size
        self.slow = slow
        self.compute = compute
        self.draw = draw
        self.describe = describe
        self.snapshots = _checked(self, controls, snapshots)

        self.timings: deque[Timing] = deque(maxlen=200)
        self._lock = threading.RLock()  # callbacks and cells run in different threads
        self._computed: tuple[Settings, Any, str] | None = None
        self._failure: Exception | None = None
        self._stage: Stage | None = None  # None until a browser has told its look
        self._writer = FrameWriter()
        self._newest = Newest[Settings](self._answer)
        self._held = False

        self.widgets: dict[str, ipywidgets.Widget] = {}
        self._canvas = Canvas()
        self.widget = self._build_widget()
        self._sheet: bytes | None = None
        self._snapshot_data: list[Any] | None = None
        if under_test():  # whatever is wrong is then an error of the cell that made the explorer
            self._sheet = sheet.picture(self)

    # --- for cells and tests -----------------------------------------------------------------

    @property
    def parameters(self) -> Settings:
        """The controls' present values by name."""
        return {name: widget.value for name, widget in self.widgets.items()}

    def set(self, **parameters: Any) -> None:
        """Move controls; a slider goes to the stop nearest to the value given."""
        wanted = self.complete(parameters)
        with self._lock, self._one_answer():
            for name in parameters:
                self.widgets[name].value = wanted[name]

    def reset(self) -> None:
        """Put all controls back to where they started."""
        self.set(**{name: control.value for name, control in self.controls.items()})

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the present settings are computed; False if `timeout` seconds pass first."""
        return self._newest.wait(timeout)

    @property
    def data(self) -> Any:
        """What ``compute`` returned for the present settings; waits for it if need be."""
        return self._result()[0]

    @property
    def description(self) -> str:
        """What ``describe`` says about the present settings."""
        return self._result()[1]

    def frame(self, theme: Theme = "light", **parameters: Any) -> np.ndarray:
        """Return the picture for `parameters`, drawn afresh, whatever the controls show.

        Returns
        -------
        numpy.ndarray
            uint8, shape (height, width, 4), at 100 dots per inch.
        """
        data = self.compute(**self.complete(parameters))
        return Stage(self.draw, self.size, DPI, theme).show(data, whole=True).copy()

    def snapshot_data(self) -> list[Any]:
        """Return the data of all snapshots, computed once."""
        if self._snapshot_data is None:
            self._snapshot_data = [self.compute(**settings) for settings in self.snapshots]
        return self._snapshot_data

    def complete(self, parameters: Mapping[str, Any]) -> Settings:
        """Return settings of all controls, those not given at their first value or as they are."""
        unknown = [name for name in parameters if name not in self.controls]
        if unknown:
            raise ValueError(
                f"Explorer {self.name!r} has no control {unknown[0]!r};"
                f" it has {', '.join(self.controls)}."
            )
        return {
            name: control.nearest(parameters.get(name, control.value))
            for name, control in self.controls.items()
        }

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.parameters.items())
        return f"<Explorer {self.name!r}: {settings}>"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        return sheet.bundle(self)

    # --- answering ---------------------------------------------------------------------------

    def _result(self) -> tuple[Any, str]:
        self.wait()
        with self._lock:
            if self._failure is None and (
                self._computed is None or self._computed[0] != self.parameters
            ):
                self._answer(self.parameters)
            if self._failure is not None:
                raise self._failure
            assert self._computed is not None
            return self._computed[1:]

    @contextmanager
    def _one_answer(self) -> Iterator[None]:
        """Answer once after all changes made inside the block."""
        before = self.parameters
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self.parameters != before:
            self._on_change(None)

    def _on_change(self, _: Any) -> None:
        if self._held:
            return
        if self.slow:
            self._canvas.computing()
            self._newest.ask(self.parameters)
            return
        with self._lock:
            self._answer(self.parameters)
        if self._failure is not None and under_test():
            raise self._failure

    def _answer(self, settings: Settings) -> None:
        """Compute and show `settings`; an error is kept and shown, never raised."""
        try:
            start = time.perf_counter()
            data = self.compute(**settings)
            description = self.describe(data)
            if self.slow and self._newest.outdated:
                return
            with self._lock:
                self._computed = (settings, data, description)
                self._failure = None
                self._paint(time.perf_counter() - start)
        except Exception as error:
            with self._lock:
                self._failure = error
                self._canvas.fail(str(plain_words.explain(error)))

    def _paint(self, computing: float = 0, *, everything: bool = False) -> None:
        if self._stage is None or self._computed is None:
            return
        _, data, description = self._computed
        start, draws = time.perf_counter(), self._stage.whole_draws
        frame = self._stage.show(data)
        painted = time.perf_counter()
        self._canvas.paint(self._writer.write(frame, whole=everything), description)
        sent = time.perf_counter()
        self.timings.append(
            Timing(
                1e3 * computing,
                1e3 * (painted - start),
                1e3 * (sent - painted),
                self._stage.whole_draws > draws,
            )
        )

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Send everything: a browser has appeared, or its theme or resolution has changed."""
        if content.get("kind") != "look":
            return
        theme: Theme = "dark" if content.get("theme") == "dark" else "light"
        dpi = DPI * float(np.clip(content.get("ratio", 1), _LEAST_RATIO, _MOST_RATIO))
        with self._lock:
            try:
                if self._stage is None or (self._stage.theme, self._stage.dpi) != (theme, dpi):
                    self._stage = Stage(self.draw, self.size, dpi, theme)
                    if self._snapshot_data is not None:
                        self._stage.rehearse(*self._snapshot_data)
                if self._computed is not None:
                    self._paint(everything=True)
                elif self._failure is None:
                    self._on_change(None)
                if self._failure is not None:
                    self._canvas.fail(str(plain_words.explain(self._failure)))
            except Exception as error:
                self._failure = error
                self._canvas.fail(str(plain_words.explain(error)))

    # --- the widget --------------------------------------------------------------------------

    def _build_widget(self) -> ipywidgets.Widget:
        sliders = [control for control in self.controls.values() if isinstance(control, Slider)]
        longest = [max(map(slider.say, slider.stops), key=len) for slider in sliders]
        width, height = (round(DPI * inches) for inches in self.size)
        self._canvas.set_trait("title", self.title)
        self._canvas.set_trait("width", width)
        self._canvas.set_trait("height", height)
        self._canvas.set_trait("readout", longest)
        self._canvas.on_msg(self._on_message)

        for name, control in self.controls.items():
            self.widgets[name] = control.widget()
            self.widgets[name].observe(self._on_change, "value")
        reset = ipywidgets.Button(description="Reset", tooltip="Put all controls back")
        reset.on_click(lambda _: self.reset())

        heading = ipywidgets.HTML(
            f'<div role="heading" aria-level="4">{html.escape(self.title)}</div>'
        )
        legend = ipywidgets.HTML(_legend(self.controls.values()))
        parts = {
            "header": ipywidgets.HBox([heading, reset]),
            "controls": ipywidgets.VBox(list(self.widgets.values())),
            "picture": self._canvas,
            "legend": legend,
        }
        for part, widget in parts.items():
            widget.add_class(f"course-explorer-{part}")
        box = ipywidgets.VBox(list(parts.values()))
        box.layout.max_width = f"{width + _FRAME}px"
        return box.add_class("course-explorer")


def _legend(controls: Any) -> str:
    lines = "".join(
        f"<dt>{html.escape(control.label)}</dt><dd>{html.escape(control.help)}</dd>"
        for control in controls
    )
    return f"<details><summary>What the controls do</summary><dl>{lines}</dl></details>"


def _checked(
    explorer: Explorer, controls: Sequence[Control], snapshots: Sequence[Mapping[str, Any]]
) -> list[Settings]:
    """Return the complete snapshots, or say what does not fit together."""
    who = f"Explorer {explorer.name!r}"
    names = [control.name for control in controls]
    if not names:
        raise ValueError(f"{who} has no controls.")
    if len(set(names)) < len(names):
        raise ValueError(f"{who}: two controls have the same name.")
    try:
        inspect.signature(explorer.compute).bind(**dict.fromkeys(names))
    except TypeError as error:
        raise TypeError(
            f"{who}: `compute` must take the controls' names {', '.join(names)} ({error})."
        ) from None
    if not 2 <= len(snapshots) <= 6:
        raise ValueError(f"{who} has {len(snapshots)} snapshots; there must be two to six.")
    for number, snapshot in enumerate(snapshots, start=1):
        try:
            explorer.complete(snapshot)
            for name, value in snapshot.items():
                explorer.controls[name].exact(value)
        except ValueError as error:
            raise ValueError(f"{who}, snapshot {number}: {error}") from None
    return [explorer.complete(snapshot) for snapshot in snapshots]
