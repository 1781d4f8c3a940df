"""Exam item 2.4: whether to flatten images or to convolve them."""

import random

from course_utils.exam.kinds.short_text import Criterion, Sample
from course_utils.exam.text_item import Case, TextItem
from course_utils.lessons.cnns.dense import Compared, Proposals, compare

_Marking = tuple[tuple[Criterion, ...], Sample, Sample]


class DenseOrConvolution(TextItem[Proposals]):
    """Item 2.4: kernels as large as the images, or smaller ones."""

    id = "2.4"
    title = "Two proposals for a layer"

    def exam(self) -> Proposals:
        """Return the exam's images, 10 × 10 × 3, and five outputs."""
        return Proposals(10, 10, 3, 5, 10, 10)

    def draw(self, rng: random.Random) -> Proposals:
        """Return other images; the kernels cover them, or are 3 × 3 or 5 × 5."""
        rows, columns = (rng.choice((7, 8, 9, 10, 12, 14)) for _ in "rc")
        kernel = rng.choice(((rows, columns), (rows, columns), (3, 3), (5, 5)))
        return Proposals(rows, columns, rng.choice((1, 2, 3, 4)), rng.randint(2, 9), *kernel)

    def solve(self, facts: Proposals) -> Case:
        """Return the rubric that fits the kernels, with what running both layers shows."""
        found = compare(facts)
        rubric, full, partial = (_same if facts.whole else _different)(facts, found)
        aim = "" if facts.whole else ", which is to find small features wherever they are,"
        return Case(
            scenario=(
                f"Images have the size {_size(facts)}, of which the last number counts channels."
                f" For the first layer of a network{aim} there are two proposals:\n\n"
                f"- Flatten each image to {facts.rows * facts.columns * facts.channels} numbers,"
                f" and put a fully connected layer with {facts.outputs} outputs behind.\n"
                f"- Take a convolution with {facts.outputs} kernels of {facts.kernel_rows} ×"
                f" {facts.kernel_columns} and no padding ('valid').\n\n"
                "How do the two differ in what they compute and in the number of their parameters?"
                " Which would you take, and why?"
            ),
            rubric=rubric,
            full=full,
            partial=partial,
            derivation=(
                f"Run on random images: the fully connected layer has {found.dense_parameters}"
                f" parameters and {found.dense_outputs} outputs, the convolution"
                f" {found.convolution_parameters} parameters and"
                f" {' × '.join(map(str, found.convolution_outputs))} outputs (channels × rows ×"
                " columns)."
            ),
        )


def _size(facts: Proposals) -> str:
    return f"({facts.rows}, {facts.columns}, {facts.channels})"


def _count(facts: Proposals) -> str:
    return f"({facts.rows} · {facts.columns} · {facts.channels} + 1) · {facts.outputs}"


def _same(facts: Proposals, found: Compared) -> _Marking:
    number = found.dense_parameters
    return (
        (
            Criterion(
                "They compute the same: a kernel as large as the image has one place only, and is"
                " there a weighted sum of all inputs plus a bias, as an output of the fully"
                " connected layer is.",
                1,
                "With equal weights their outputs on random images differed by"
                f" {'less than 1e-9' if found.difference < 1e-9 else f'{found.difference:.1g}'}.",
            ),
            Criterion(
                f"They have equally many parameters, {number} each.",
                0.5,
                f"{_count(facts)} = {number}; counted: {number} and"
                f" {found.convolution_parameters}.",
            ),
            Criterion(
                "So either will do; for the convolution: images need no flattening (or: it takes"
                " larger images as well and then gives a map).",
                0.5,
                f"The kernels took the images of {_size(facts)} as they are.",
            ),
        ),
        Sample(
            "<1>Both are the same function: each kernel fits on the image in one place only, where"
            " it multiplies every input by a weight, adds everything and a bias.</1> <2>Both have"
            f" {_count(facts)} = {number} parameters.</2> <3>I would take the convolution, which"
            " needs no flattening.</3>"
        ),
        Sample(
            "<1>The results are equal, since every kernel covers all of the image and so is just"
            " one neuron that is connected to everything.</1> I would take the convolution, because"
            " it shares weights and has far fewer parameters.",
            lacks={
                2: f"It has not fewer: {number} each. With one place there is nothing to share.",
                3: "The reason given for the choice is wrong, and no other one is named.",
            },
        ),
    )


def _different(facts: Proposals, found: Compared) -> _Marking:
    dense, kernels = found.dense_parameters, found.convolution_parameters
    _, rows, columns = found.convolution_outputs
    one = f"({facts.kernel_rows} · {facts.kernel_columns} · {facts.channels} + 1)"
    outputs = facts.outputs
    return (
        (
            Criterion(
                "They compute different things: the fully connected layer gives one number for each"
                f" output, from the whole image; the convolution a map of {rows} × {columns}"
                " numbers, each from one window.",
                1,
                f"Run: {found.dense_outputs} outputs against {outputs} × {rows} × {columns}.",
            ),
            Criterion(
                f"The fully connected layer has {dense} parameters, the convolution {kernels}.",
                0.5,
                f"{_count(facts)} = {dense} and {one} · {outputs} = {kernels}, as counted.",
            ),
            Criterion(
                "Preferred: the convolution, which uses the same weights everywhere, keeps what is"
                " where, and takes images of any size (one of these reasons).",
                0.5,
                f"Its {kernels} parameters serve {rows * columns} places.",
            ),
        ),
        Sample(
            "<1>They are not the same. Fully connected, each output is a weighted sum of the whole"
            f" image; each kernel gives {rows} × {columns} numbers, one for every window.</1>"
            f" <2>The first has {_count(facts)} = {dense} parameters, the second {one} · {outputs}"
            f" = {kernels}.</2> <3>I would take the convolution: it finds a feature wherever it"
            " is, with the same few weights.</3>"
        ),
        Sample(
            "Both compute the same, because a convolution is a matrix product too, but"
            f" <2>the dense layer needs {dense} parameters and the kernels only {kernels}</2>."
            " <3>So I prefer the convolution, which shares its weights between all places.</3>",
            lacks={1: "They do not: one gives a number for each output, the other a map."},
        ),
    )
