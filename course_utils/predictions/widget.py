"""The widget that asks for predictions."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_utils.exam.markup import escaped
from course_utils.lab import KeptBox
from course_utils.predictions.prediction import Prediction

Keep = Callable[[Prediction, str, str], None]
"""Called with a prediction, the field that changed (``guess`` or ``locked``), and what it is."""


class Fields(anywidget.AnyWidget):
    """What is typed into and drawn on.

    Attributes
    ----------
    asked
        What the browser needs of each prediction, by name.
    guesses
        What was typed or drawn, by name; empty where there is nothing yet.
    locked
        Whether the guesses can no longer be changed.
    notice
        Where the guesses are kept, or that they are not, if that is not as usual.
    """

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")
    asked = traitlets.Dict().tag(sync=True)
    guesses = traitlets.Dict().tag(sync=True)
    locked = traitlets.Bool(False).tag(sync=True)
    notice = traitlets.Unicode("").tag(sync=True)


class PredictionWidget(KeptBox):
    """Asks predictions, and locks them in together.

    Without a kernel the cell's output shows the questions and what was predicted, never what was
    measured.

    Attributes
    ----------
    fields
        What the browser shows.
    """

    def __init__(
        self, predictions: Sequence[Prediction], guesses: Mapping[str, str], locked: bool
    ) -> None:
        self._predictions = {each.name: each for each in predictions}
        self._keep: Keep = lambda *_: None
        asked = {name: dict(each.spec()) for name, each in self._predictions.items()}
        self.fields = Fields(asked=asked, guesses=dict(guesses), locked=locked)
        super().__init__([self.fields])
        self.fields.observe(self._on_guess, "guesses")
        self.fields.observe(self._on_lock, "locked")
        self._store()

    def on_change(self, keep: Keep) -> None:
        """Have every change reported to `keep`."""
        self._keep = keep

    def tell(self, notice: str) -> None:
        """Show where the guesses are kept, if that is not as usual."""
        self.fields.notice = notice

    def lock(self) -> None:
        """Let the guesses be changed no more."""
        self.fields.locked = True

    def _on_guess(self, change: Mapping[str, Any]) -> None:
        for name, typed in change["new"].items():
            if typed != change["old"].get(name) and name in self._predictions:
                self._keep(self._predictions[name], "guess", str(typed))
        self._store()

    def _on_lock(self, change: Mapping[str, Any]) -> None:
        for each in self._predictions.values():
            self._keep(each, "locked", "yes" if change["new"] else "")
        self._store()

    def _store(self) -> None:
        """Have the notebook keep the questions with what is predicted now."""
        rows = [(each.question, self._told(each)) for each in self._predictions.values()]
        self.keep(
            "\n".join(f"- Predict: **{escaped(asked)}** {escaped(told)}" for asked, told in rows),
            "\n".join(f"Predict: {asked} {told}".rstrip() for asked, told in rows),
        )

    def _told(self, prediction: Prediction) -> str:
        guess = prediction.read(self.fields.guesses[prediction.name])
        if guess is None:
            return ""
        locked = ", locked in" if self.fields.locked else ""
        return f"Your prediction: {prediction.told(guess)}{locked}."

    def __repr__(self) -> str:
        asked = ", ".join(self._predictions)
        return f"<prediction of {asked}>"
