"""Exam item 3.4: whether one layer is enough for four samples."""

import random
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from course_utils.data import ENZYMES
from course_utils.exam import draw_until
from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.perceptron.model import certificate, learn, separation
from course_utils.typography import number

_PLACES = range(2, 19)  # both features of a fresh sample, in their units
_BALANCED = 0.25  # the smallest share of a sample in the crossing, as part of the largest
_GAP = 0.2  # the smallest margin of fresh samples that a line separates, normalized


class Scene(NamedTuple):
    """What was measured, and what the classes are called."""

    story: str
    features: tuple[str, str]
    heading: str
    yes: str
    no: str


_EXAM_SCENE = Scene(
    "Look again at the four patients on whose blood the perceptron was trained.",
    (f"{ENZYMES.features[0]} (µl)", f"{ENZYMES.features[1]} (µl)"),
    "Turned into a zombie",
    "yes",
    "no",
)
_SCENES = (
    Scene(
        "Four seedlings were kept under different conditions.",
        ("Light (h)", "Water (ml)"),
        "Flowered",
        "yes",
        "no",
    ),
    Scene(
        "Four songs were played at a party.",
        ("Length (min)", "Bass (dB)"),
        "Danced to",
        "yes",
        "no",
    ),
    Scene("Four birds were caught and ringed.", ("Wing (cm)", "Beak (mm)"), "Kind", "owl", "hawk"),
    Scene("Four coins were tested.", ("Mass (g)", "Width (mm)"), "Found to be", "forged", "real"),
    Scene("Four loaves were baked.", ("Salt (g)", "Time (min)"), "Sold", "yes", "no"),
    Scene("Four letters were read by a filter.", ("Links", "Capitals"), "Kind", "spam", "mail"),
)


@dataclass(frozen=True)
class Four:
    """The facts: four samples (4, 2) and their labels −1 and 1, (4,)."""

    scene: Scene
    x: np.ndarray
    y: np.ndarray


class OneLayer(TextItem[Four]):
    """Item 3.4: samples across from each other, one among three others, or separable ones."""

    id = "3.4"
    title = "Is one layer enough?"

    def exam(self) -> Four:
        """Return the exam's patients."""
        return Four(_EXAM_SCENE, ENZYMES.x, np.where(ENZYMES.zombie, 1.0, -1.0))

    def draw(self, rng: random.Random) -> Four:
        """Return four other samples, of one of three sorts."""
        sort = rng.choice(("across", "among", "apart"))
        labelled = draw_until(lambda: _labelled(sort, rng), lambda drawn: drawn is not None)
        assert labelled is not None
        x, y = labelled
        return Four(rng.choice(_SCENES), x, y if rng.random() < 0.5 else -y)

    def solve(self, facts: Four) -> Case:
        """Return the rubric that fits the samples, with what a search for a line shows."""
        rubric, full, partial = (_for_apart if separation(facts.x, facts.y) else _for_no_line)(
            facts
        )
        return Case(
            scenario=(
                f"{facts.scene.story}\n\n{_table(facts)}\n\n"
                "Is a single-layer perceptron a good choice for these samples? Decide, and explain"
                " briefly. A small drawing may help."
            ),
            rubric=rubric,
            full=full,
            partial=partial,
            derivation=(
                "Whether a line exists was decided by looking for the line of largest margin."
            ),
            lines=4,
        )


def _labelled(sort: str, rng: random.Random) -> tuple[np.ndarray, np.ndarray] | None:
    """Return four places (4, 2) with labels (4,) of a sort, or None if these are not clearly so.

    Four points have one affine dependence, Σ λ x = 0 with Σ λ = 0, and no line separates just the
    labels that are the signs of λ, or their opposite (Radon 1921).
    """
    x = np.array([rng.sample(_PLACES, 4) for _ in range(2)], dtype=np.float64).T
    dependence = np.linalg.svd(np.vstack([x.T, np.ones(4)]))[2][-1]
    signs = np.sign(dependence * dependence[0])
    if sort != "apart":
        clear = np.abs(dependence).min() >= _BALANCED * np.abs(dependence).max()
        return (x, signs) if clear and (signs.sum() == 0) == (sort == "across") else None
    y = np.array(rng.sample((1.0, 1.0, -1.0, -1.0), 4))
    found = separation(_normalized(x), y)
    return (x, y) if found is not None and found.margin >= _GAP else None


def _normalized(x: np.ndarray) -> np.ndarray:
    return (x - x.mean(axis=0)) / x.std(axis=0)


def _table(facts: Four) -> str:
    lines = [["Sample", *facts.scene.features, facts.scene.heading], ["---"] * 4]
    for n, (row, label) in enumerate(zip(facts.x.tolist(), facts.y, strict=True), start=1):
        lines.append([str(n), *map(number, row), _class(facts, label)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _class(facts: Four, label: float) -> str:
    return facts.scene.yes if label > 0 else facts.scene.no


def _numbers(facts: Four, label: float) -> str:
    """Return the numbers of a class's samples, as in '1 and 4'."""
    *most, last = (str(n) for n in np.flatnonzero(facts.y == label) + 1)
    return f"{', '.join(most)} and {last}" if most else last


_Marking = tuple[tuple[Criterion, ...], Sample, Sample]
_ONE_LINE = "A single layer draws one straight line"


def _for_no_line(facts: Four) -> _Marking:
    proof = certificate(facts.x, facts.y)
    assert proof is not None
    point = ", ".join(number(round(float(value), 1)) for value in proof.point)
    counts = [int((facts.y == label).sum()) for label in (1, -1)]
    across = counts == [2, 2]
    if across:
        one, other = _numbers(facts, 1), _numbers(facts, -1)
        says = (
            "No: it is an XOR problem. The samples of either class lie across from each other, with"
            " the other class between them."
        )
        why = f"The line from {_joined(one)} and that from {_joined(other)} cross at ({point})."
        words = (
            f"samples {one} lie across from each other, and so do {other}: that is the XOR problem"
        )
        short = "The samples look like XOR"
    else:
        alone = 1.0 if counts[0] == 1 else -1.0
        one, others = _numbers(facts, alone), _numbers(facts, -alone)
        says = f"No: sample {one} lies within the triangle of the three samples of the other class."
        why = (
            f"Samples {others}, averaged with the right weights, give ({point}), which is sample"
            f" {one}."
        )
        words = f"sample {one} lies among {others}, in the middle of the other class"
        short = f"Sample {one} lies in the middle of the others"
    rubric = (
        Criterion(says, 1, why),
        Criterion(
            f"{_ONE_LINE}, and no straight line separates these classes.",
            1,
            "A linear programme found shares with which both classes have the same average, so no"
            f" line exists; {_best_of_a_line(facts)} of 4 samples are the most that a line gets"
            " right.",
        ),
    )
    full = Sample(
        f"No. <1>In a drawing, {words}.</1> <2>A single-layer perceptron has one straight line as"
        " its boundary, and whichever way it lies, at least one sample is on the wrong"
        " side.</2> A hidden"
        " layer is needed."
    )
    partial = Sample(
        f"No. <1>{short}.</1> It should be trained longer, with a smaller learning rate.",
        lacks={
            2: "It does not say that one layer is one straight line; longer training cannot help."
        },
    )
    return rubric, full, partial


def _joined(numbers: str) -> str:
    return numbers.replace(" and ", " to ")


def _for_apart(facts: Four) -> _Marking:
    z = _normalized(facts.x)
    found = separation(z, facts.y)
    assert found is not None
    count = learn(z, facts.y).mistakes
    mistakes = f"{count} mistake{'' if count == 1 else 's'}"
    sides = f"{_numbers(facts, 1)} on one side, {_numbers(facts, -1)} on the other"
    rubric = (
        Criterion(
            f"Yes: a straight line separates the classes, {sides}.",
            1,
            f"The best line has a margin of {found.margin:.2f} on standardized samples.",
        ),
        Criterion(
            f"{_ONE_LINE}, and that is enough here.",
            1,
            f"On standardized samples the learning rule ended after {mistakes}, and the"
            f" bound is {found.bound:.0f}.",
        ),
    )
    full = Sample(
        f"Yes. <1>One can draw a straight line with samples {sides}.</1> <2>One straight line is"
        " what a single-layer perceptron has, so it suffices, and the learning rule ends.</2>"
    )
    partial = Sample(
        "Yes, <1>because a straight line can be drawn between the classes</1>. It will be right"
        " for all other samples too.",
        lacks={2: "It does not say that the boundary of a single layer is one straight line."},
    )
    return rubric, full, partial


def _best_of_a_line(facts: Four) -> int:
    """Return how many of the samples a line gets right at most."""
    z = _normalized(facts.x)
    return next(
        count
        for count in range(4, 0, -1)
        for kept in map(list, combinations(range(4), count))
        if separation(z[kept], facts.y[kept])
    )
