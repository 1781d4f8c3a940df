"""Exam item 5.2: a GAN that draws a chosen class."""

import random
from dataclasses import dataclass, replace

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.gans.landscapes.measurements import measured
from course_utils.seeds import seeds


@dataclass(frozen=True)
class Choice:
    """The facts: what is drawn, and the classes to choose from."""

    things: str
    kind: str
    classes: tuple[str, ...]


_CHOICES = (
    Choice("garments", "kind", ("shirt", "dress", "coat", "shoe", "bag")),
    Choice("animals", "species", ("cat", "dog", "horse", "sheep")),
    Choice("traffic signs", "meaning", ("stop", "give way", "no entry", "one way", "parking")),
    Choice("clouds", "type", ("cirrus", "cumulus", "stratus", "nimbus")),
    Choice("buildings", "style", ("Gothic", "Baroque", "Bauhaus", "Brutalist")),
    Choice("blood cells", "type", ("red cell", "lymphocyte", "monocyte", "platelet")),
)


class ChosenClass(TextItem[Choice]):
    """Item 5.2: the exam's environments, or other classes."""

    id = "5.2"
    title = "Draw what was chosen"

    def exam(self) -> Choice:
        """Return the exam's environments."""
        classes = ("forest", "lake", "seaside", "mountains", "grassland")
        return Choice("natural environments", "environment", classes)

    def draw(self, rng: random.Random) -> Choice:
        """Return other classes to choose from."""
        choice = rng.choice(_CHOICES)
        return replace(choice, classes=tuple(rng.sample(choice.classes, 4)))

    def solve(self, facts: Choice) -> Case:
        """Return the rubric, with what the lecture's conditional GAN shows."""
        found = measured(seeds(1)[0])
        kept = sum(found.label_changed) / len(found.label_changed)
        classes = f"{', '.join(facts.classes[:-1])} and {facts.classes[-1]}"
        return Case(
            scenario=(
                f"Pictures of {facts.things} are to be generated. A user chooses the {facts.kind}"
                f" out of {classes}, and gets new pictures of that {facts.kind}. Which type of GAN"
                " does this need, and how does it work? What must the training data contain?"
            ),
            rubric=(
                Criterion(
                    "A conditional GAN, which draws what a given condition asks for.",
                    1,
                    "Measured with the lecture's five landscapes: from the same noise, a strict"
                    f" judge says, {100 * kept:.0f} % of the pictures show what was asked for.",
                ),
                Criterion(
                    f"The {facts.kind}, as one-hot code or embedding, is an additional input of"
                    " both networks, generator and discriminator.",
                    1,
                    "A discriminator that is not told it could not refuse a good picture of another"
                    f" {facts.kind}, and the generator could ignore its input.",
                ),
                Criterion(
                    f"Pictures of every {facts.kind}, each with its label.",
                    1,
                    "Every real picture goes into the discriminator together with its label.",
                ),
            ),
            full=Sample(
                f"<1>One needs a conditional GAN.</1> <2>The chosen {facts.kind} is encoded, for"
                " instance one-hot, and given to the generator beside the noise and to the"
                " discriminator beside the picture.</2> <3>The training set has to hold pictures of"
                f" all of {classes}, and say of each which it is.</3>"
            ),
            partial=Sample(
                f"<1>A conditional GAN.</1> The generator gets the {facts.kind} together with its"
                " noise; the discriminator remains as it is and says whether a picture is real."
                f" <3>The pictures must be labelled with their {facts.kind}, and there must be some"
                " of each.</3>",
                lacks={2: f"The discriminator needs the {facts.kind} as well."},
            ),
            lines=7,
        )
