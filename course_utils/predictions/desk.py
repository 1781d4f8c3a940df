"""A lecture's predictions: asked, kept with the answers, revealed, summed up."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from typing import Any

from course_utils.exam.answers import Answers
from course_utils.predictions.outcome import Outcome, Outcomes, Summary
from course_utils.predictions.prediction import Comparison, Prediction, names
from course_utils.predictions.widget import PredictionWidget
from course_utils.runtime import strict


class Predictions:
    """The predictions of one lecture.

    Guesses are kept with the answers to its questions, and are there again after a restart.

    Parameters
    ----------
    lecture
        The name of the lecture's room.
    """

    def __init__(self, lecture: str) -> None:
        self._answers = Answers(lecture)
        self._asked: dict[str, Prediction] = {}
        # Of this kernel; as in the file, a guess belongs to a question and a scale, not to a name.
        self._typed: dict[str, str] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._shown: dict[str, PredictionWidget] = {}

    def __call__(self, *predictions: Prediction) -> PredictionWidget:
        """Return a widget that asks `predictions`; put it last in a cell.

        Raises
        ------
        ValueError
            If nothing is asked, or another prediction of this lecture has the same name.
        """
        if not predictions or not all(isinstance(each, Prediction) for each in predictions):
            raise ValueError("Give at least one prediction: a Number, a Choice or a Curve.")
        if len({each.name for each in predictions}) < len(predictions):
            raise ValueError(f"Two of these predictions have one name: {names(predictions)}.")
        for each in predictions:
            if self._asked.setdefault(each.name, each) != each and strict():
                raise ValueError(f"This lecture has two predictions named {each.name!r}.")
            self._asked[each.name] = each
        kept = [self._answers.read(_entry(each)) for each in predictions]
        for each, fields in zip(predictions, kept, strict=True):
            guess = fields.get("guess", "")
            readable = each.read(guess) is not None  # the file may have been edited
            self._typed.setdefault(_entry(each), guess if readable else "")
        locked = all(fields.get("locked") for fields in kept)
        widget = PredictionWidget(
            predictions, {each.name: self._typed[_entry(each)] for each in predictions}, locked
        )
        widget.on_change(self._keep)
        widget.tell(self._answers.notice)
        self._shown |= {each.name: widget for each in predictions}
        return widget

    def reveal(self, **measured: Any) -> Outcomes:
        """Return what was predicted beside what was `measured`, by the predictions' names.

        A guess that was made and not locked in counts as it stands: it was made before this.

        Raises
        ------
        ValueError
            If a measurement is not what was to be predicted, or nothing is revealed.
        """
        if not measured:
            raise ValueError("Reveal at least one prediction, by its name.")
        return Outcomes(tuple(self._outcome(name, value) for name, value in measured.items()))

    def summary(self) -> Summary:
        """Return where the predictions of this lecture were right, near and far."""
        found = []
        for each in self._asked.values():
            outcome = self._outcomes.get(_entry(each))
            if outcome is None:
                kept = self._answers.read(_entry(each)).get("outcome", "")
                outcome = Outcome(each, comparison=_comparison(kept), measured=None)
            found.append(outcome)
        return Summary(tuple(found))

    def _outcome(self, name: str, value: Any) -> Outcome:
        if name not in self._asked:
            if strict():
                known = names(list(self._asked.values()))
                raise ValueError(f"There is no prediction {name!r}; asked were {known}.")
            return Outcome(None, None, None, missing=name)
        asked = self._asked[name]
        measured = asked.checked(value)
        guess = asked.read(self._typed[_entry(asked)])
        comparison = None if guess is None else asked.compare(guess, measured)
        if comparison is not None:
            self._shown[name].lock()
            self._answers.write(_entry(asked), "outcome", json.dumps(asdict(comparison)))
        outcome = Outcome(asked, comparison, measured, guess=guess)
        self._outcomes[_entry(asked)] = outcome
        return outcome

    def _keep(self, prediction: Prediction, field: str, typed: str) -> None:
        if field == "guess":
            self._typed[_entry(prediction)] = typed
        self._answers.write(_entry(prediction), field, typed)
        self._shown[prediction.name].tell(self._answers.notice)


def _entry(prediction: Prediction) -> str:
    """Return the prediction's name in the file; with another question or scale it is another."""
    asked = json.dumps(prediction.spec(), sort_keys=True)
    return f"prediction {prediction.name}/{zlib.crc32(asked.encode()):08x}"


def _comparison(kept: str) -> Comparison | None:
    try:
        return Comparison(**json.loads(kept))
    except (ValueError, TypeError):
        return None
