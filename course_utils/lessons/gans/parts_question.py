"""Exam item 5.1: the parts of a GAN and how they are trained."""

import random
from dataclasses import dataclass

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.gans.measurements import one_round


@dataclass(frozen=True)
class Wanted:
    """The facts: what is to be generated, its shape in words, and the length of the noise."""

    things: str
    shape: str
    noise: int


_WANTED = (
    ("pictures of faces", 3),
    ("pictures of handwritten digits", 1),
    ("spectrograms of bird song", 1),
    ("pictures of cells under a microscope", 1),
    ("textures for a game", 3),
    ("chest radiographs", 1),
)
_SIDES = (28, 32, 48, 64, 96, 128, 256)
_NOISE = (32, 50, 64, 100, 128, 200, 256)


class PartsOfAGan(TextItem[Wanted | None]):
    """Item 5.1, in general as in the exam, or for something that is to be generated."""

    id = "5.1"
    title = "The parts of a GAN"

    def exam(self) -> None:
        """Return no particular task: the exam asks in general."""
        return

    def draw(self, rng: random.Random) -> Wanted:
        """Return something to be generated."""
        things, channels = rng.choice(_WANTED)
        side = rng.choice(_SIDES)
        return Wanted(things, f"{channels} × {side} × {side}", rng.choice(_NOISE))

    def solve(self, facts: Wanted | None) -> Case:
        """Return the rubric, with what training one network at a time shows."""
        found = one_round()
        made = (
            f"{facts.things}, of the shape {facts.shape}, out of {facts.noise} random numbers"
            if facts
            else "samples of the data's shape out of random noise"
        )
        one = f"a sample of the shape {facts.shape}" if facts else "a sample of the data's shape"
        noise = f"random noise ({facts.noise} numbers)" if facts else "random noise"
        setup = "Explain how a generative adversarial network (GAN) is set up and trained"
        if facts:
            setup = (
                f"A GAN is to generate {facts.things}, each of the shape {facts.shape}, from"
                f" {facts.noise} random numbers. Explain how it is set up and trained"
            )
        return Case(
            scenario=(
                f"{setup}: its two networks, what goes into each and what comes out, and what"
                " each of them is trained for."
            ),
            rubric=(
                Criterion(
                    f"Generator: it takes {noise} and gives {one}.",
                    1,
                    "In the lecture 16 random numbers give a point of the plane.",
                ),
                Criterion(
                    "Discriminator: it takes a real sample of the training set or a generated one,"
                    " and gives the probability (or a logit) that it is real.",
                    1,
                    "In the lecture a point of the plane gives one logit.",
                ),
                Criterion(
                    "The discriminator is trained to tell the two kinds apart: it maximizes"
                    " $\\log D(x) + \\log(1 - D(G(z)))$, a classification.",
                    1,
                    f"Measured: in 50 steps of its own its loss fell from {found.loss_before:.2f}"
                    f" to {found.loss_after_d:.2f}.",
                ),
                Criterion(
                    "The generator is trained against it, to make its samples pass for real: a"
                    " min-max game, in alternating steps.",
                    1,
                    "Measured: in 50 steps of the generator the probability that its samples were"
                    f" given rose from {found.fooled_before:.2f} to {found.fooled_after_g:.2f}.",
                ),
            ),
            full=Sample(
                f"<1>A generator makes {made}.</1> <2>A discriminator is shown"
                " real examples and generated ones and says how probable it is that what it sees is"
                " real.</2> They play a min-max game: <3>the discriminator is trained as a"
                " classifier, to be right as often as possible,</3> <4>and the generator, in turns"
                " with it, to make the discriminator wrong.</4>"
            ),
            partial=Sample(
                f"<1>The generator makes {made}.</1> <2>The discriminator gets"
                " either a real or a generated one and decides which it is.</2> Both minimize the"
                " same loss together until the samples look good.",
                lacks={
                    3: "It does not say that the discriminator learns to classify.",
                    4: "They do not minimize the same: what one makes large the other makes small.",
                },
            ),
            lines=8,
        )
