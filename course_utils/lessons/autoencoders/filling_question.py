"""Exam item 5.5: fill in erased regions without a GAN."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.data.holes import filled, mean_inside
from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.autoencoders import digits
from course_utils.lessons.autoencoders.repainting import (
    COPIES_THE_DAMAGE,
    NEVER_SAW_A_HOLE,
    SHORT_STEPS,
    SQUARE,
    Training,
    briefly,
)
from course_utils.seeds import seeds
from course_utils.typography import number


class Scene(NamedTuple):
    """Whose pictures they are, and what is missing in them."""

    story: str
    pictures: str
    missing: str


_EXAM_SCENE = Scene(
    "An app draws new landscapes. Its users also want to mend pictures that they have: they erase a"
    " region, and a neural network paints it anew.",
    "photographs of landscapes",
    "erased regions",
)
_SCENES = (
    Scene(
        "A museum photographs its paintings. Where paint has flaked off, a program is to suggest"
        " what was there.",
        "photographs of undamaged paintings",
        "flaked regions",
    ),
    Scene(
        "An archive scans postcards. Stamps cover a part of most of them, and a program is to draw"
        " what lies below.",
        "scans of postcards without a stamp",
        "covered regions",
    ),
    Scene(
        "A weather service looks at fields from above. Clouds hide a part of most images, and a"
        " program is to fill the gaps.",
        "images of a clear day",
        "hidden regions",
    ),
    Scene(
        "A publisher translates comics. The speech balloons are taken out, and a program is to"
        " paint what is behind them.",
        "panels without a balloon",
        "empty regions",
    ),
    Scene(
        "Many of a hospital's X-ray images carry markers of metal. A program is to remove them and"
        " to restore the image below.",
        "images without a marker",
        "covered regions",
    ),
    Scene(
        "A shop sells prints of old photographs. Torn corners and stains are cut out, and a program"
        " is to repaint them.",
        "clean photographs",
        "cut regions",
    ),
)
_EXAM, _COPIED, _WRONG_TARGET = "how", "copied", "target"


@dataclass(frozen=True)
class Filling:
    """The facts.

    Attributes
    ----------
    scene, sort
        The story, and whether a colleague has made a mistake.
    pictures, size, sides
        How many there are, their height and width, and the shortest and longest side of a hole.
    hole
        Top, left, height and width of the hole that repairs of 8 × 8 digits are measured in.
    """

    scene: Scene
    sort: str
    pictures: int
    size: int
    sides: tuple[int, int]
    hole: tuple[int, int, int, int]

    @property
    def examples(self) -> int:
        """How many different damaged copies the pictures give."""
        low, high = self.sides
        return self.pictures * sum(self.size - side + 1 for side in range(low, high + 1)) ** 2


class FillingIn(TextItem[Filling]):
    """Item 5.5: name the denoising autoencoder and its training, or what a colleague did wrong."""

    id = "5.5"
    title = "Filling in what is missing"

    def exam(self) -> Filling:
        """Return the exam's own facts."""
        return Filling(_EXAM_SCENE, _EXAM, 2000, 64, (8, 24), (2, 2, 4, 4))

    def draw(self, rng: random.Random) -> Filling:
        """Return another story, other sizes, and perhaps a colleague's mistake."""
        low = rng.randint(4, 12)
        height, width = rng.randint(3, 5), rng.randint(3, 5)
        return Filling(
            rng.choice(_SCENES),
            rng.choice((_EXAM, _COPIED, _WRONG_TARGET)),
            rng.choice((500, 800, 1500, 3000, 6000)),
            rng.choice((48, 64, 96)),
            (low, low + rng.randint(4, 16)),
            (rng.randint(1, 7 - height), rng.randint(1, 7 - width), height, width),
        )

    def solve(self, facts: Filling) -> Case:
        """Return the rubric of the sort, with what repairing digits shows."""
        found = measured(facts.hole)
        rubric, full, partial = _marking(facts, found)
        low, high = facts.sides
        height, width = facts.hole[2:]
        return Case(
            scenario=(
                f"{facts.scene.story} There are {number(facts.pictures)}"
                f" {facts.scene.pictures}, {facts.size} × {facts.size} pixels each, without labels;"
                f" what is missing is {low} to {high} pixels high and wide.\n\n{_ASKED[facts.sort]}"
            ),
            rubric=rubric,
            full=full,
            partial=partial,
            derivation=(
                f"Measured on scikit-learn's digits, 8 × 8 pixels: a hole of {height} × {width}"
                " pixels, the same in all of them, is repaired by the lecture's network, trained"
                f" for {SHORT_STEPS} steps on {number(found.training)} digits. Its mean squared"
                f" error on {number(found.held_out)} held-out digits is {found.trained:.3f};"
                f" painting the mean digit has {found.mean:.3f}, and leaving 0 there"
                f" {found.blank:.3f}. Trained on clean digits only, and told of no hole, the same"
                f" network has {found.copied:.3f}, and with the damaged digit as its target"
                f" {found.target:.3f}."
            ),
        )


_ASKED = {
    _EXAM: (
        "A GAN is one way. Name another one, which makes efficient use of the pictures that are"
        " there, and explain briefly how the network is trained: what it reads, what it is to give,"
        " and by which loss."
    ),
    _COPIED: (
        "Instead of a GAN, a colleague trained a network to give back each clean picture that it"
        " reads. The loss became tiny, but what is missing is not repaired. Name the approach that"
        " suits, say what went wrong, and explain how to train instead, with which loss."
    ),
    _WRONG_TARGET: (
        "Instead of a GAN, a colleague erased random regions of the pictures, gave these to a"
        " network, and compared its output with the erased picture that it had read. The loss"
        " became tiny, but the regions stay empty. Name the approach that was meant, say what went"
        " wrong, and explain how to train instead, with which loss."
    ),
}

_APPROACH = {
    _EXAM: "(denoising) autoencoder",
    _COPIED: "*denoising* autoencoder",  # the colleague's network is an autoencoder, too
    _WRONG_TARGET: "*denoising* autoencoder",
}

_Marking = tuple[tuple[Criterion, ...], Sample, Sample]


class Measured(NamedTuple):
    """Mean squared errors in a hole of held-out digits, and how many digits there are."""

    trained: float  # a denoising autoencoder
    copied: float  # the same network, trained on clean pictures only, its flags 0 as in training
    target: float  # and with the damaged picture as its target
    mean: float  # the mean digit
    blank: float  # 0 in the hole
    training: int
    held_out: int


@cache
def measured(hole: tuple[int, int, int, int]) -> Measured:
    """Repair one hole by three networks, by the mean digit, and not at all."""
    top, left, height, width = hole
    seed = seeds(1)[0]
    parts = digits.load(seed)
    missing = np.zeros(parts.x_test.shape, dtype=bool)
    missing[:, top : top + height, left : left + width] = True

    def error(painted: np.ndarray) -> float:
        return float(mean_inside((painted - parts.x_test) ** 2, missing))

    def by(training: Training) -> float:
        told = missing & (training != NEVER_SAW_A_HOLE)  # the weights of its flags are untrained
        return error(briefly(training, seed)(filled(parts.x_test, missing, 0), told))

    return Measured(
        by(SQUARE),
        by(NEVER_SAW_A_HOLE),
        by(COPIES_THE_DAMAGE),
        error(parts.x_train.mean(axis=0)),
        error(np.zeros_like(parts.x_test)),
        len(parts.x_train),
        len(parts.x_test),
    )


def _marking(facts: Filling, found: Measured) -> _Marking:
    examples = f"{facts.examples:.1e}".split("e")
    count = rf"${examples[0]} \cdot 10^{{{int(examples[1])}}}$"
    name = Criterion(
        f"The approach is a {_APPROACH[facts.sort]}.",
        0.5,
        "It needs no second network: on digits, one that was trained so repairs with a squared"
        f" error of {found.trained:.3f}, where the mean digit has {found.mean:.3f}.",
    )
    reads = Criterion(
        "Random regions of the pictures at hand are erased, and the network reads these damaged"
        " copies.",
        0.5,
        f"Every place and size of a rectangle gives another example: {count} from"
        f" {number(facts.pictures)} pictures, none of them labelled.",
    )
    gives = Criterion(
        "Its target is the original, undamaged picture.",
        0.5,
        "With the damaged one as its target the network leaves the hole nearly blank: on digits its"
        f" error is {found.target:.3f}, that of leaving 0 there {found.blank:.3f}.",
    )
    both = Criterion(
        "The network is to read copies with random regions erased, and its target is the original.",
        0.5,
        f"So {number(facts.pictures)} pictures give {count} different examples, without a label.",
    )
    loss = Criterion(
        "The loss is the mean squared error or the L1 loss (over the hole or the whole picture).",
        0.5,
        "On digits, training with the squared error in the hole brings it from"
        f" {found.blank:.3f}, blank, to {found.trained:.3f}.",
    )
    if facts.sort == _EXAM:
        return (name, reads, gives, loss), _FULL, _partial(facts)
    fault = _FAULTS[facts.sort]
    wrong = Criterion(
        fault.says,
        0.5,
        f"On digits, a network trained so has the error {fault.error(found):.3f} in the hole; with"
        f" holes in its input and clean targets it has {found.trained:.3f}.",
    )
    return (name, wrong, both, loss), fault.full, fault.partial


_FULL = Sample(
    "<1>A denoising autoencoder.</1> <2>Random parts of the training pictures are blanked out, anew"
    " each time a picture is used, and the encoder gets the blanked picture.</2> <3>The decoder has"
    " to give the picture as it was before.</3> <4>Both are compared by the mean squared error, or"
    " by L1.</4>"
)


def _partial(facts: Filling) -> Sample:
    return Sample(
        "<1>One can use an autoencoder</1>, which squeezes each picture through a small code."
        f" <4>It is trained with the MSE.</4> Then the {facts.scene.missing} are filled in, too.",
        lacks={
            2: "It is trained on whole pictures; nothing is erased while it learns.",
            3: "What the output is compared with is not said.",
        },
    )


class _Fault(NamedTuple):
    says: str
    error: Callable[[Measured], float]
    full: Sample
    partial: Sample


_FAULTS = {
    _COPIED: _Fault(
        "What went wrong: the network never read a damaged picture, and copying was enough.",
        lambda found: found.copied,
        Sample(
            "<1>A denoising autoencoder is needed.</1> <2>So far the input was always complete, so"
            " the network has learned to pass it on.</2> <3>Erase random parts of the input at each"
            " step, and compare with the complete picture</3>, <4>with a squared or L1 error.</4>"
        ),
        Sample(
            "<1>It should be a denoising autoencoder.</1> The network was too large, so that it"
            " could learn the pictures by heart; a smaller one, trained <4>with an L1 loss</4>,"
            " would be better.",
            lacks={
                2: "The size is not the matter: no input had anything missing.",
                3: "It does not say that parts of the input are erased.",
            },
        ),
    ),
    _WRONG_TARGET: _Fault(
        "What went wrong: the target was the damaged picture, so an empty region was right.",
        lambda found: found.target,
        Sample(
            "<1>That was to be a denoising autoencoder.</1> <2>Since the output is compared with"
            " the erased picture, the network is rewarded for leaving the region empty.</2>"
            " <3>Keep the erased picture as the input and take the original as the target</3>,"
            " <4>with the mean squared error.</4>"
        ),
        Sample(
            "<1>A denoising autoencoder was meant.</1> <2>The loss compared with the wrong picture:"
            " the holes were in the target, too.</2> More pictures would have helped as well.",
            lacks={
                3: "How to train instead is not said: what is read, and what is compared.",
                4: "No loss is named.",
            },
        ),
    ),
}
