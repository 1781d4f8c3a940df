"""Exam item 5.3: what the losses of a GAN say, and what they do not."""

import random
from dataclasses import dataclass
from typing import Literal

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.gans.measurements import (
    cures,
    fast,
    generators_loss_fell,
    slopes,
)

_Marking = tuple[str, tuple[Criterion, ...], Sample, Sample]
_THINGS = ("faces", "digits", "landscapes", "cells", "shoes", "birds", "maps", "letters")
_EPOCHS = (20, 40, 50, 80, 150, 200)
_SURE = (0.001, 0.002, 0.005, 0.01)


@dataclass(frozen=True)
class Curves:
    """The facts: what is generated, for how many epochs, and how the losses went."""

    things: str
    epochs: int
    went: Literal["flat", "caught", "falls"]
    probability: float = 0.0  # where the discriminator wins, what it gives generated samples


class FlatLosses(TextItem[Curves]):
    """Item 5.3: losses as at the start, a discriminator that wins, or a generator's that falls."""

    id = "5.3"
    title = "What the losses say"

    def exam(self) -> Curves:
        """Return the exam's case."""
        return Curves("pictures", 100, "flat")

    def draw(self, rng: random.Random) -> Curves:
        """Return one of three courses that losses can take."""
        return Curves(
            f"pictures of {rng.choice(_THINGS)}",
            rng.choice(_EPOCHS),
            rng.choice(("flat", "caught", "falls")),
            rng.choice(_SURE),
        )

    def solve(self, facts: Curves) -> Case:
        """Return the rubric that fits the course of the losses."""
        mark = {"flat": _flat, "caught": _caught, "falls": _falls}[facts.went]
        asks, rubric, full, partial = mark(facts)
        return Case(
            scenario=f"A GAN for {facts.things} has been trained for {facts.epochs} epochs. {asks}",
            rubric=rubric,
            full=full,
            partial=partial,
        )


def _flat(facts: Curves) -> _Marking:
    found, slow = fast(), cures()
    return (
        "The losses of generator and discriminator are about what they were at the beginning. Does"
        " that mean that neither network has learned anything and that the generated pictures are"
        " as they were? Give the reason.",
        (
            Criterion(
                "No: that cannot be concluded from the losses.",
                0.5,
                f"Measured on the ring: the losses changed by {100 * found.change_d:.0f} % and"
                f" {100 * found.change_g:.0f} %, up or down, the samples came"
                f" {found.nearer:.0f} times nearer to the data (means of five seeds).",
            ),
            Criterion(
                "Each loss is measured against the other network: if both improve equally, both"
                " losses stay.",
                1.5,
                "And they can stay without success: with a slow discriminator its loss changed by"
                f" {100 * slow.change_d:.0f} % only, and {slow.slow:.1f} of 8 modes were"
                " covered.",
            ),
        ),
        Sample(
            "<1>No, one cannot say that.</1> <2>Each network is judged by the other one: the"
            " generator may make much better pictures now while the discriminator has become just"
            " as much better at finding them, and then the losses are where they were.</2>"
        ),
        Sample(
            "<1>No, the pictures may well have improved,</1> because a loss says little about"
            f" pictures, and {facts.epochs} epochs are a long time.",
            lacks={2: "The reason is missing: both networks have improved, against each other."},
        ),
    )


def _caught(facts: Curves) -> _Marking:
    found = slopes(facts.probability)
    return (
        f"The discriminator gives every generated picture a probability of {facts.probability:g} of"
        " being real, and its own loss is near 0. Who is ahead, what does it mean for a generator"
        " that is trained with the min-max loss $\\log(1 - D(G(z)))$, and what helps?",
        (
            Criterion(
                "The discriminator is ahead: it tells generated from real pictures.",
                0.5,
                "A loss near 0 means that nearly every sample is classified right.",
            ),
            Criterion(
                "The generator hardly learns any more: where $D(G(z))$ is near 0, the slope of"
                " $\\log(1 - D)$ is nearly 0.",
                1,
                f"Computed: by the logit it is {found.minmax:.3g} there.",
            ),
            Criterion(
                "Remedy: the non-saturating loss $-\\log D(G(z))$ (or a discriminator that learns"
                " less fast).",
                0.5,
                f"Computed: its slope there is {found.non_saturating:.3g}.",
            ),
        ),
        Sample(
            "<1>The discriminator wins, it recognizes all generated pictures.</1> <2>Then the"
            " generator's min-max loss is flat: its gradient is almost zero, and the generator gets"
            " no better.</2> <3>One should minimize −log D(G(z)) instead, which is steep there.</3>"
        ),
        Sample(
            "<1>The discriminator is better than the generator.</1> That is good: the gradient for"
            " the generator is largest when its pictures are bad, so it will soon catch up.",
            lacks={
                2: "With the min-max loss the gradient is smallest there, not largest.",
                3: "No other loss is named.",
            },
        ),
    )


def _falls(_: Curves) -> _Marking:
    found = generators_loss_fell()
    return (
        "For some epochs the loss of the generator has been falling and that of the discriminator"
        " rising. Does that show that the pictures are getting better? Give the reason, and say"
        " what one should look at instead.",
        (
            Criterion(
                "No: the losses do not show it.",
                0.5,
                f"Measured on the ring: of {found.cases} times that the generator's loss fell, the"
                f" samples moved away from the data in {100 * found.farther:.0f} %.",
            ),
            Criterion(
                "The generator's loss is measured against the present discriminator, and falls also"
                " where that has become worse.",
                1,
                "Losses of different epochs are against different opponents.",
            ),
            Criterion(
                "Look at samples, or at a measure that needs no discriminator: a distance to real"
                " data, the modes that are covered, a classifier's opinion.",
                0.5,
                "In the lecture: modes covered and the sliced Wasserstein distance.",
            ),
        ),
        Sample(
            "<1>Not necessarily.</1> <2>The loss only says how well the generator fools the"
            " discriminator of the moment, which may have become worse itself.</2> <3>Look at the"
            " pictures, or measure their distance to real ones.</3>"
        ),
        Sample(
            "<1>No, a GAN's loss is not a measure of quality.</1> <3>One should look at some of the"
            " generated pictures.</3>",
            lacks={2: "It does not say why: the loss is relative to the discriminator."},
        ),
    )
