"""Figures with sliders: a pure computation, a drawing, a description, and controls."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from course_utils import plain_words
from course_utils.explorers import sheet
from course_utils.explorers.controls import Control
from course_utils.explorers.newest import Newest
from course_utils.explorers.panel import Panel
from course_utils.explorers.projector import Projector
from course_utils.explorers.settings import Settings, checked_snapshots, complete
from course_utils.explorers.stage import DPI, Draw, Stage
from course_utils.runtime import strict
from course_utils.style import Theme


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
        self.snapshots = checked_snapshots(name, compute, controls, snapshots)

        self.timings: deque[Timing] = deque(maxlen=200)
        self._lock = threading.RLock()  # callbacks and cells run in different threads
        self._computed: tuple[Settings, Any, str] | None = None
        self._failure: Exception | None = None
        self._snapshot_data: list[Any] | None = None
        self._newest = Newest[Settings](self._answer)
        self._held = False
        self._bundle: tuple[dict[str, Any], dict[str, Any]] | None = None

        panel = Panel(title, list(controls), size)
        self.widget = panel.box
        self.widgets = panel.widgets
        for widget in panel.widgets.values():
            widget.observe(self._on_change, "value")
        panel.reset.on_click(lambda _: self.reset())
        self._canvas = panel.canvas
        self._canvas.on_msg(self._on_message)
        self._projector = Projector(self._canvas, draw, size, list(controls))
        if strict():  # whatever is wrong is then an error of the cell that made the explorer
            self._projector.look("light", 1)  # as if a browser were there
            self._bundle = sheet.bundle(self)

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
        """Return settings of all controls; those not given are at their first value."""
        return complete(self.name, self.controls, parameters)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.parameters.items())
        return f"<Explorer {self.name!r}: {settings}>"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self._bundle or sheet.bundle(self)
        if "image/png" in bundle[0]:  # a failure may be over by the next time
            self._bundle = bundle
        return bundle

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
        if self._failure is not None and strict():
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
            self._fail(error)

    def _paint(self, seconds: float = 0, *, everything: bool = False) -> None:
        if self._computed is not None:
            examples = self._snapshot_data or [self._computed[1]]
            painted = self._projector.paint(*self._computed, examples, everything=everything)
            if painted is not None:
                self.timings.append(Timing(1e3 * seconds, *painted))

    def _fail(self, error: Exception) -> None:
        with self._lock:
            self._failure = error
            self._canvas.fail(str(plain_words.explain(error)))

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Send everything: a browser has appeared, or its theme or resolution has changed."""
        if content.get("kind") != "look":
            return
        theme: Theme = "dark" if content.get("theme") == "dark" else "light"
        with self._lock:
            self._projector.look(theme, float(content.get("ratio", 1)))
            if self._computed is None and self._failure is None:
                self._on_change(None)
                return
            try:
                self._paint(everything=True)
            except Exception as error:
                self._failure = error
            if self._failure is not None:
                self._fail(self._failure)
