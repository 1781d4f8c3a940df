"""A figure in a notebook that follows its controls."""

import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from course_utils import plain_words
from course_utils.explorers import contact_sheet
from course_utils.explorers.newest import Newest
from course_utils.explorers.panel import Panel
from course_utils.explorers.projector import Projector
from course_utils.explorers.specification import Settings, Shown, Specification
from course_utils.runtime import one_thread, strict
from course_utils.style import Theme


class Timing(NamedTuple):
    """What one answer to a moved control took, in milliseconds."""

    compute: float
    paint: float
    send: float
    whole: bool
    """Whether the complete figure had to be drawn."""


class Explorer:
    """Shows a specification at settings that follow its controls.

    Shown as the last expression of a cell it is a widget; its stored output also carries a picture
    of the snapshots and a summary in words, for wherever no kernel runs.

    Parameters
    ----------
    specification
        What the figure is.
    settings
        Where the controls start; those left out stand at their first value.

    Raises
    ------
    ValueError
        If there is no such control, or a value is out of its bounds.

    Attributes
    ----------
    specification
        The same.
    widget
        The ipywidgets box that a notebook shows.
    widgets
        The control widgets by parameter name.
    timings
        The last 200 :class:`Timing` records.
    """

    def __init__(
        self, specification: Specification, settings: Mapping[str, Any] | None = None
    ) -> None:
        self.specification = specification
        self._begin = specification.complete(settings or {})
        self.timings: deque[Timing] = deque(maxlen=200)
        self._lock = threading.RLock()  # callbacks and cells run in different threads
        self._computed: tuple[Settings, Shown] | None = None
        self._failure: Exception | None = None
        self._newest = Newest[Settings](self._answer)
        self._held = False
        self._bundle: tuple[dict[str, Any], dict[str, Any]] | None = None

        panel = Panel(specification)
        self.widget = panel.box
        self.widgets = panel.widgets
        for name, widget in panel.widgets.items():
            widget.value = self._begin[name]
            widget.observe(self._on_change, "value")
        panel.reset.on_click(lambda _: self.reset())
        for button, preset in panel.presets:
            button.on_click(lambda _, preset=preset: self.set(**preset))
        self._copy = panel.copy
        self._copy.call = self.call
        self._canvas = panel.canvas
        self._canvas.on_msg(self._on_message)
        self._projector = Projector(self._canvas, specification)
        if strict():  # whatever is wrong is then an error of the cell that made the explorer
            self._projector.look("light", 1)  # as if a browser were there
            self._bundle = contact_sheet.bundle(specification, self.widget.model_id)

    # --- for cells and tests -----------------------------------------------------------------

    @property
    def parameters(self) -> dict[str, Any]:
        """The controls' present values by name."""
        return {name: widget.value for name, widget in self.widgets.items()}

    def set(self, **parameters: Any) -> None:
        """Move controls; a slider goes to the stop nearest to the value given."""
        wanted = self.specification.complete(parameters)
        with self._lock, self._one_answer():
            for name in parameters:
                self.widgets[name].value = wanted[name]

    def reset(self) -> None:
        """Put all controls back to where they started."""
        self.set(**self._begin)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the present settings are computed; False if `timeout` seconds pass first."""
        return self._newest.wait(timeout)

    @property
    def data(self) -> Any:
        """What ``compute`` returned for the present settings; waits for it if need be."""
        return self._result().data

    @property
    def description(self) -> str:
        """What ``describe`` says about the present settings."""
        return self._result().description

    @property
    def numbers(self) -> dict[str, str]:
        """The key numbers for the present settings."""
        return self._result().numbers

    @property
    def note(self) -> str:
        """Why the student's own function is not shown for the present settings; empty if it is."""
        return self._result().note

    @property
    def call(self) -> str:
        """The line of code that shows the explorer at the present settings."""
        return self.specification.call(self.parameters)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.parameters.items())
        return f"<Explorer {self.specification.name!r}: {settings}>"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = self._bundle or contact_sheet.bundle(self.specification, self.widget.model_id)
        if "image/png" in bundle[0]:  # a failure may be over by the next time
            self._bundle = bundle
        return bundle

    # --- answering ---------------------------------------------------------------------------

    def _result(self) -> Shown:
        self.wait()
        with self._lock:
            if self._failure is None and (
                self._computed is None or self._computed[0] != self.parameters
            ):
                self._answer(self.parameters)
            if self._failure is not None:
                raise self._failure
            assert self._computed is not None
            return self._computed[1]

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
        settings = self.parameters
        if self.specification.slow:
            with self._lock:  # not between the check of an older result and its picture
                self._canvas.computing()
                self._newest.ask(settings)
        else:
            with self._lock:
                self._answer(self.parameters)
        self._copy.call = self.call
        if not self.specification.slow and self._failure is not None and strict():
            raise self._failure

    def _answer(self, settings: Settings) -> None:
        """Compute and show `settings`; an error is kept and shown, never raised."""
        try:
            start = time.perf_counter()
            with one_thread():
                shown = self.specification.evaluate(settings)
                with self._lock:
                    if self.specification.slow and self._newest.outdated:
                        return
                    self._computed = (settings, shown)
                    self._failure = None
                    self._paint(time.perf_counter() - start)
        except Exception as error:
            self._fail(error)

    def _paint(
        self, seconds: float = 0, what: Literal["moved", "rested", "whole"] = "moved"
    ) -> None:
        if self._computed is not None:
            painted = self._projector.paint(*self._computed, what)
            if painted is not None and what != "rested":
                self.timings.append(Timing(1e3 * seconds, *painted))

    def _fail(self, error: Exception) -> None:
        with self._lock:
            self._failure = error
            self._canvas.fail(str(plain_words.explain(error)))

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Send everything: a browser has appeared, or its theme or resolution has changed.

        Or send what is still coarse, if nothing moves any more.
        """
        if content.get("kind") == "rest":
            with self._lock:
                if self._failure is None and not self._newest.busy:
                    self._paint(what="rested")
        if content.get("kind") != "look":
            return
        theme: Theme = "dark" if content.get("theme") == "dark" else "light"
        with self._lock:
            self._projector.look(theme, float(content.get("ratio", 1)))
            if self._computed is None and self._failure is None:
                self._on_change(None)
                return
            try:
                self._paint(what="whole")
            except Exception as error:
                self._failure = error
            if self._failure is not None:
                self._fail(self._failure)
