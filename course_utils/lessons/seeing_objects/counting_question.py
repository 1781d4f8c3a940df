"""Exam item 2.3: whether a task calls for segmentation or for detection."""

import random
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.seeing_objects.model import regions
from course_utils.lessons.seeing_objects.rooms import room
from course_utils.lessons.seeing_objects.shapes import COLUMNS, ROWS


class Task(NamedTuple):
    """What a system is to do.

    Attributes
    ----------
    aim
        After 'You are to build a system that'; a number may stand in it.
    things
        What is to be seen, in the plural.
    one
        The same, one of them.
    of
        What they cover, if a share of its area is asked for; empty if they are to be counted.
    """

    aim: str
    things: str
    one: str
    of: str = ""

    @property
    def counts(self) -> bool:
        """Whether things are to be counted."""
        return not self.of


_EXAM = Task(
    "uses a camera to check whether the number of people in a room is below the number that the"
    " room is made for",
    "people",
    "person",
)
_TASKS = (
    Task("warns if more than {} cars stand on a car park, from a camera above it", "cars", "car"),
    Task("checks that a tray holds {} eggs before it is closed", "eggs", "egg"),
    Task("tells whether all {} sheep of a herd are in the pasture", "sheep", "sheep"),
    Task("warns if more than {} bicycles stand in a cellar", "bicycles", "bicycle"),
    Task("tells whether weeds cover more than {} % of a field", "weeds", "weed", of="field"),
    Task("warns if puddles cover more than {} % of a road", "puddles", "puddle", of="road"),
    Task("tells whether snow covers more than {} % of a roof", "snow", "snow patch", of="roof"),
    Task("warns if leaves cover more than {} % of a pond", "leaves", "leaf", of="pond"),
)
_NUMBERS = (12, 15, 18, 20, 24, 25, 30, 35, 36, 40, 45, 48, 50, 60)
_SIZES = ("640 × 480", "800 × 600", "1024 × 768", "1280 × 720", "1920 × 1080")


@dataclass(frozen=True)
class Proposal:
    """The facts: the task, with its number, and a generated room that shows what both ways give.

    `size` is that of the camera's pictures, which decides nothing.
    """

    task: Task
    people: int
    seed: int
    number: int = 0
    size: str = ""


@dataclass(frozen=True)
class Shown:
    """What the exact mask and the exact boxes of the room give; shares are in per cent."""

    people: int
    regions: int
    masked: int
    boxed: int


@cache
def show(people: int, seed: int) -> Shown:
    """Return what is to be had from the true mask and the true boxes of a room."""
    truth = room(np.random.default_rng([people, seed]), people)
    covered = np.zeros((ROWS, COLUMNS), dtype=bool)
    y, x = np.mgrid[:ROWS, :COLUMNS] + 0.5
    for x0, y0, x1, y1 in truth.boxes:
        covered |= (x0 < x) & (x < x1) & (y0 < y) & (y < y1)
    found = regions(truth.mask)[1]
    return Shown(truth.people, found, *(round(100 * m.mean()) for m in (truth.mask, covered)))


class SegmentOrDetect(TextItem[Proposal]):
    """Item 2.3: things to be counted, or an area to be measured."""

    id = "2.3"
    title = "Segmentation or detection?"

    def exam(self) -> Proposal:
        """Return the exam's task, people in a room."""
        return Proposal(_EXAM, 9, 0)

    def draw(self, rng: random.Random) -> Proposal:
        """Return another task; two in three are about counting."""
        counts = rng.random() < 2 / 3
        task = rng.choice([task for task in _TASKS if task.counts == counts])
        number, size = rng.choice(_NUMBERS), rng.choice(_SIZES)
        return Proposal(task, rng.randint(8, 11), rng.randrange(20), number, size)

    def solve(self, facts: Proposal) -> Case:
        """Return the rubric that fits the task, with what a generated room shows."""
        rubric, full, partial = (_counted if facts.task.counts else _measured)(facts)
        camera = f" Its pictures have {facts.size} pixels." if facts.size else ""
        return Case(
            scenario=(
                f"You are to build a system that {facts.task.aim.format(facts.number)}.{camera}"
                " Would you use semantic segmentation or object detection? Decide, and give the"
                " reasons."
            ),
            rubric=rubric,
            full=full,
            partial=partial,
            derivation=(
                "The numbers come from one generated room with people, of which the exact mask and"
                " the exact boxes are known: even without any error of a network, the two answer"
                " different questions."
            ),
            lines=4,
        )


_Marking = tuple[tuple[Criterion, ...], Sample, Sample]


def _counted(facts: Proposal) -> _Marking:
    shown, (_, things, one, _) = show(facts.people, facts.seed), facts.task
    rubric = (
        Criterion(
            f"Object detection: it finds each {one} by itself, with a box of its own, and so the"
            f" {things} can be counted.",
            1,
            f"A room with {shown.people} people has {shown.people} true boxes.",
        ),
        Criterion(
            f"Semantic segmentation says of each pixel whether it shows {things}; where"
            " some touch or hide others, they are one region, and the mask has no number of them.",
            1,
            f"The exact mask of that room falls into {shown.regions}"
            f" {'region' if shown.regions == 1 else 'regions'}.",
        ),
    )
    full = Sample(
        f"I would use object detection. <1>A detector gives a box for every single {one}, and"
        f" counting the boxes gives the number of {things}.</1> <2>Segmentation only labels pixels:"
        f" {things} that touch or overlap melt into one region, which does not say how many they"
        " are.</2>"
    )
    partial = Sample(
        f"Object detection, because <1>every {one} gets its own box and the boxes can be"
        " counted</1>. Segmentation would work as well, but it is slower.",
        lacks={
            2: f"Speed is not the reason: a semantic mask does not tell {things} apart that touch."
        },
    )
    return rubric, full, partial


def _measured(facts: Proposal) -> _Marking:
    shown = show(facts.people, facts.seed)
    things, of = facts.task.things, facts.task.of
    rubric = (
        Criterion(
            f"Semantic segmentation: it says of each pixel whether it shows {things}, and the share"
            f" of these among the pixels of the {of} is what is asked for.",
            1,
            f"In a room with people, {shown.masked} % of the pixels are theirs, counted in the"
            " exact mask.",
        ),
        Criterion(
            "Object detection gives boxes, which cover more than the things in them and overlap"
            " each other; and nobody asks how many there are.",
            1,
            f"The exact boxes of the same people cover {shown.boxed} %.",
        ),
    )
    full = Sample(
        "Semantic segmentation. <1>What is asked for is an area: every pixel is labelled, and I"
        f" divide the number of pixels that show {things} by the number of all pixels of the {of},"
        " covered or not.</1>"
        " <2>Boxes would be too rough, since they contain much that lies around the objects, and"
        " their number does not matter here.</2>"
    )
    partial = Sample(
        f"Segmentation, since <1>the pixels that show {things} can be counted and compared with all"
        f" pixels of the {of}</1>. Detection cannot find such things at all.",
        lacks={
            2: "It could find them; but boxes cover more than what is in them, so their area is"
            " not the one asked for."
        },
    )
    return rubric, full, partial
