"""The widget that asks for predictions."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_utils.predictions.kinds import Prediction

Keep = Callable[[Prediction, str, str], None]
"""Called with a prediction, the field that changed (``guess`` or ``locked``), and what it is."""


class PredictionWidget(anywidget.AnyWidget):
    """Asks predictions, and locks them in together.

    Attributes
    ----------
    guesses
        What was typed or drawn, by name; empty where there is nothing yet.
    locked
        Whether the guesses can no longer be changed.
    """

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")
    asked = traitlets.Dict().tag(sync=True)
    guesses = traitlets.Dict().tag(sync=True)
    locked = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self, predictions: Sequence[Prediction], guesses: Mapping[str, str], locked: bool
    ) -> None:
        self._predictions = {each.name: each for each in predictions}
        self._keep: Keep = lambda *_: None
        asked = {name: dict(each.spec()) for name, each in self._predictions.items()}
        super().__init__(asked=asked, guesses=dict(guesses), locked=locked)
        self.observe(self._on_guess, "guesses")
        self.observe(self._on_lock, "locked")

    def on_change(self, keep: Keep) -> None:
        """Have every change reported to `keep`."""
        self._keep = keep

    def lock(self) -> None:
        """Let the guesses be changed no more."""
        self.locked = True

    def _on_guess(self, change: Mapping[str, Any]) -> None:
        for name, typed in change["new"].items():
            if typed != change["old"].get(name) and name in self._predictions:
                self._keep(self._predictions[name], "guess", str(typed))

    def _on_lock(self, change: Mapping[str, Any]) -> None:
        for each in self._predictions.values():
            self._keep(each, "locked", "yes" if change["new"] else "")

    def __repr__(self) -> str:
        return "\n".join(f"Predict: {each.question}" for each in self._predictions.values())

    def _repr_mimebundle_(self, **options: object) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data = dict(bundle[0] if isinstance(bundle, tuple) else bundle or {})
        return {**data, "text/plain": repr(self)}
