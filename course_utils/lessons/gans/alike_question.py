"""Exam item 5.4: samples that all look alike."""

import random
from dataclasses import dataclass

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.gans.measurements import Cures, cures


@dataclass(frozen=True)
class Alike:
    """The facts: what is seen, and which remedy is asked for."""

    seen: str
    remedy: str = "any"


_THINGS = (
    ("pictures of {} kinds of fruit", "kind"),
    ("pictures of {} breeds of dog", "breed"),
    ("textures of {} materials", "material"),
    ("portraits of {} actors", "actor"),
    ("pictures of {} kinds of shoes", "kind"),
    ("tunes of {} composers", "composer"),
    ("letters of {} alphabets", "alphabet"),
)
_KINDS = ("six", "eight", "nine", "ten", "twelve", "twenty")
_SHOWN = (
    "In the end its samples are all of one {}, well made, whatever noise it gets",
    "In the end its samples are all of two {}s, whatever noise it gets",
    "At one checkpoint its samples are of three {}s only, and a few hundred steps later of three"
    " others",
)


_BATCH = (
    "Mini-batch discrimination: the discriminator compares the samples of a batch with each other,"
    " and sees when generated ones are too much alike.",
    "The discriminator is shown whole batches: it gets features that say how near a sample is to"
    " the others of its batch, so that copies are found out.",
)
_AHEAD = (
    "An unrolled GAN: the generator is trained against the discriminator as it will be some steps"
    " later, so that it does not pay to move all samples to one place.",
    "Unrolling: one lets the discriminator take a few steps in thought and trains the generator"
    " against the result, which would have noticed the pile of equal samples.",
)


class AlikeSamples(TextItem[Alike]):
    """Item 5.4: several sights of mode collapse; any remedy, or a particular one."""

    id = "5.4"
    title = "Samples that look alike"

    def exam(self) -> Alike:
        """Return the exam's case."""
        return Alike("After training, a GAN generates pictures that all look much the same")

    def draw(self, rng: random.Random) -> Alike:
        """Return another sight, and which remedy is asked for."""
        things, kind = rng.choice(_THINGS)
        learned, shown = things.format(rng.choice(_KINDS)), rng.choice(_SHOWN).format(kind)
        seen = f"A GAN is trained on {learned}. {shown}"
        return Alike(seen, rng.choice(("any", "batch", "ahead")))

    def solve(self, facts: Alike) -> Case:
        """Return the rubric, with what the remedies brought in the lecture."""
        asks = {
            "any": "Name one remedy and say how it works.",
            "batch": "Name the remedy that lets the discriminator compare samples with each other,"
            " and say how it works.",
            "ahead": "Name the remedy that lets the generator look ahead, and say how it works.",
        }[facts.remedy]
        says, sample = _AHEAD if facts.remedy == "ahead" else _BATCH
        if facts.remedy == "any":
            says = (
                "One of: mini-batch discrimination, where the discriminator compares the samples of"
                " a batch with each other; or an unrolled GAN, where the generator is trained"
                " against a discriminator some steps ahead; or another remedy, if it is said why it"
                " helps."
            )
        found = cures()
        return Case(
            scenario=(f"{facts.seen}. What is this called, and what has happened? {asks}"),
            rubric=(
                Criterion(
                    "Mode collapse: the generator covers only one or a few modes of the data.",
                    1,
                    "Measured on the ring, after 600 steps with a slow discriminator (bands that"
                    f" wander, most of whose samples are at no mode): {found.slow:.1f} of 8 modes"
                    " on average over five seeds.",
                ),
                Criterion(says, 1, _evidence(facts.remedy, found)),
            ),
            full=Sample(
                "<1>This is mode collapse: the generator makes at any time only a few kinds of"
                f" samples that pass, and leaves out the rest of the data.</1> <2>{sample}</2>"
            ),
            partial=Sample(
                "<1>That is mode collapse, the generator makes only a few kinds of what is in the"
                " data.</1> One should take more training data, and more noise at the input.",
                lacks={
                    2: "Neither more data nor more noise shows the discriminator that samples are"
                    " alike."
                },
            ),
        )


def _evidence(remedy: str, found: Cures) -> str:
    parts = {
        "batch": f"{found.mini_batch:.1f} with mini-batch discrimination",
        "ahead": f"{found.unrolled:.1f} with unrolling",
    }
    says = " and ".join(parts.values()) if remedy == "any" else parts[remedy]
    more = f" A discriminator that learns faster helped, too: {found.fast:.1f}."
    return f"Measured: modes covered on average: {says}.{more if remedy == 'any' else ''}"
