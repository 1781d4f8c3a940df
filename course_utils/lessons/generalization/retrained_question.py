"""Exam item 1.8: bias and variance, read off what several trainings of a model predict."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from course_utils.exam import Item, MarkAll, Option, Wording, draw_until
from course_utils.lessons.generalization.model import GRID, decompose, trained, truth
from course_utils.typography import number

HIGH = 5.0
"""From this root mean square on, bias and spread of a table count as high."""
_CLEAR = 1.5  # how far from `HIGH` they are at least
_TRAININGS, _TOLD, _PLACES = 5, 40, 4  # rows of a table; trainings behind the exam's words; inputs
_MODELS = {
    (True, True): ((2, 5, 0.8), (3, 6, 0.8)),
    (True, False): ((2, 60, 0.3), (3, 40, 0.4)),
    (False, True): ((20, 20, 0.4), (16, 18, 0.6), (12, 14, 0.6)),
    (False, False): ((7, 60, 0.3), (8, 40, 0.3), (10, 50, 0.2)),
}
"""Coefficients, samples and noise of models that tend to high or low bias and variance."""
_UNIT = 15  # what a 1 of the truth becomes, before it is rounded to a whole number
_ABOUT = (
    ("a model predicts the temperature (°C)", "hour", 15),
    ("a model predicts the price (in 1000 euros)", "house", 90),
    ("a model predicts the yield (tons)", "field", 60),
    ("a model predicts the speed (km/h)", "car", 80),
    ("a model predicts the weight (kg)", "person", 70),
)


@dataclass(frozen=True)
class Trainings:
    """The facts: what trainings of one model predict, and what is true, in whole units.

    `about` names model and inputs; it is None where the table is not shown and only told of.
    """

    predictions: tuple[tuple[int, ...], ...]
    truth: tuple[int, ...]
    about: tuple[str, str] | None


@dataclass(frozen=True)
class Found:
    """The key: root mean squares of the average's error and of the spread about it."""

    bias: float
    spread: float

    @property
    def high_bias(self) -> bool:
        """Whether the average is far off."""
        return self.bias > HIGH

    @property
    def high_variance(self) -> bool:
        """Whether the trainings differ much."""
        return self.spread > HIGH


class Retrained(Item[Trainings, Found]):
    """Item 1.8; the exam's form tells in words what the table of a variant shows."""

    id = "1.8"

    def exam(self) -> Trainings:
        """Return trainings that differ widely and are right on average, told in words."""
        return self._drawn(random.Random("the exam's own"), (False, True), None)

    def draw(self, rng: random.Random) -> Trainings:
        """Return a table of trainings whose bias and variance are clearly high or low."""
        high = rng.random() < 0.5, rng.random() < 0.5
        return self._drawn(rng, high, rng.choice(_ABOUT))

    def _drawn(
        self, rng: random.Random, high: tuple[bool, bool], about: tuple[str, str, int] | None
    ) -> Trainings:
        return draw_until(
            lambda: _measured(rng, rng.choice(_MODELS[high]), about),
            lambda facts: self._clear(facts) and self._high(facts) == high,
        )

    def _high(self, facts: Trainings) -> tuple[bool, bool]:
        key = self.solve(facts)
        return key.high_bias, key.high_variance

    def _clear(self, facts: Trainings) -> bool:
        """Tell whether the key is beyond doubt.

        Both are far from the limit, and on the same side of it as the mean and the median of the
        distances, so that no single number decides; and the bias is none that chance explains.
        """
        key = self.solve(facts)
        far = min(abs(key.bias - HIGH), abs(key.spread - HIGH)) > _CLEAR
        chance = key.high_variance and key.spread / 2 < key.bias < key.spread
        return far and not chance and typical(facts) == ({key.high_bias}, {key.high_variance})

    def solve(self, facts: Trainings) -> Found:
        """Return the roots of squared bias and variance, by the lecture's model."""
        predictions = np.array(facts.predictions, dtype=np.float64)
        bias2, variance = decompose(predictions, np.array(facts.truth, dtype=np.float64))
        return Found(bias2**0.5, variance**0.5)

    def word(self, facts: Trainings, key: Found) -> Wording:
        """Return the four combinations as options."""
        options = []
        for bias in ("high", "low"):
            for variance in ("high", "low"):
                right = (bias == "high", variance == "high") == (key.high_bias, key.high_variance)
                why = _why(key) if facts.about else _in_words(key)
                options.append(Option(f"{bias} bias, {variance} variance.", right, why))
        return Wording(
            title="Bias and variance of a model",
            prompt=_told(key) if facts.about is None else _shown(facts),
            parts=(MarkAll(tuple(options), self.points),),
            derivation=_derivation(facts, key),
        )


def typical(facts: Trainings) -> tuple[set[bool], set[bool]]:
    """Return whether bias and spread are high, by the mean and by the median of the distances."""
    predictions = np.array(facts.predictions, dtype=np.float64)
    average = predictions.mean(axis=0)
    off, apart = np.abs(average - np.array(facts.truth)), np.abs(predictions - average)
    bias, spread = ({bool(by(each) > HIGH) for by in (np.mean, np.median)} for each in (off, apart))
    return bias, spread


def _measured(
    rng: random.Random, model: tuple[int, int, float], about: tuple[str, str, int] | None
) -> Trainings:
    coefficients, samples, noise = model
    words, inputs, middle = about or ("", "", 0)
    generator = np.random.default_rng(rng.getrandbits(32))
    places = generator.choice(len(GRID), _PLACES, replace=False)
    trainings = _TRAININGS if about else _TOLD
    found = trained(trainings, generator, coefficients, samples, noise)[:, places]
    whole = np.rint(middle + _UNIT * found).astype(int)
    right = np.rint(middle + _UNIT * truth(GRID)[places]).astype(int)
    rows = tuple(map(tuple, whole.tolist()))
    return Trainings(rows, tuple(right.tolist()), (words, inputs) if about else None)


def _told(key: Found) -> str:
    differ = "differ widely" if key.high_variance else "hardly differ"
    average = "far off" if key.high_bias else "close to the right value"
    return (
        "One and the same deep model is trained several times, each time from scratch. For the same"
        f" inputs, the predictions of the trainings {differ} from each other; what they predict on"
        f" average is {average}. So the model has"
    )


def _shown(facts: Trainings) -> str:
    assert facts.about is not None
    words, inputs = facts.about
    heads = " | ".join(f"{inputs} {i}" for i in range(1, _PLACES + 1))
    rows = [
        f"| training {i} | " + " | ".join(map(_whole, row)) + " |"
        for i, row in enumerate(facts.predictions, start=1)
    ]
    table = "\n".join(
        [
            f"| | {heads} |",
            "|---|" + "---|" * _PLACES,
            *rows,
            "| **right value** | " + " | ".join(f"**{_whole(v)}**" for v in facts.truth) + " |",
        ]
    )
    return (
        f"Trained five times, each time on fresh samples, {words}:\n\n{table}\n\nCount the bias as"
        f" high if the average of the trainings is typically more than {HIGH:g} away from the right"
        " value, and the variance as high if single trainings are typically more than"
        f" {HIGH:g} away from their average. A rough look is enough. The model has"
    )


def _whole(value: int) -> str:
    return number(value)


def _why(key: Found) -> str:
    return (
        f"The average is off by {key.bias:.1f} (root mean square), which is"
        f" {'high' if key.high_bias else 'low'}; single trainings are {key.spread:.1f} away from"
        f" it, which is {'high' if key.high_variance else 'low'}."
    )


def _in_words(key: Found) -> str:
    average = "Far from" if key.high_bias else "Close to"
    differ = "differ widely" if key.high_variance else "hardly differ"
    return (
        f"{average} the right value on average: {'high' if key.high_bias else 'low'} bias. The"
        f" trainings {differ}: {'high' if key.high_variance else 'low'} variance."
    )


def _derivation(facts: Trainings, key: Found) -> str:
    predictions = np.array(facts.predictions, dtype=np.float64)
    average, spread = predictions.mean(axis=0), predictions.std(axis=0)
    at_each = "; ".join(
        f"average {number(a, '.1f')} for {_whole(t)}, deviation {number(s, '.1f')}"
        for a, t, s in zip(average, facts.truth, spread, strict=True)
    )
    example = f" (in a made-up example of {_TOLD} trainings, where more than {HIGH:g} is high)"
    shown = "" if facts.about else example
    return (
        f"Input by input{shown}: {at_each}. Bias is how far the average is from the right value,"
        f" variance how far the trainings are from their average: {key.bias:.1f} and"
        f" {key.spread:.1f}, as root mean squares over the inputs."
    )
