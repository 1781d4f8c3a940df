"""Exercises 07.3, 07.4 and 07.5: output size, number of parameters, receptive field."""

from collections.abc import Sequence
from functools import reduce
from itertools import accumulate

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.cnns.convolution import (
    count_parameters,
    output_size,
    receptive_field,
)
from course_utils.lessons.cnns.exercises.common import LECTURE

Sizes = tuple[int, int, int, int, int]
Layers = Sequence[tuple[int, int]]


def _plain(rng: np.random.Generator) -> Sizes:
    return int(rng.integers(8, 40)), int(rng.integers(2, 8)), 1, 0, 1


def _padded(rng: np.random.Generator) -> Sizes:
    return int(rng.integers(8, 40)), int(rng.integers(3, 8)), 1, int(rng.integers(1, 4)), 1


def _strided(rng: np.random.Generator) -> Sizes:
    kernel, stride = int(rng.integers(3, 8)), int(rng.integers(3, 6))
    left_over = int(rng.integers(1, stride - 1))  # a rest, but not the largest one
    return kernel + 6 * stride + left_over, kernel, stride, 0, 1


def _all(rng: np.random.Generator) -> Sizes:
    size, kernel, _, padding, _ = _padded(rng)
    return size + 30, kernel, int(rng.integers(2, 5)), padding, int(rng.integers(2, 4))


check_output_size = Exercise(
    item="07.3",
    lecture=LECTURE,
    name="output_size",
    title="How many places a kernel has",
    reference=output_size,
    results=("the output size",),
    rounds={
        "without stride, padding and dilation": _plain,
        "with padding on both sides": _padded,
        "with a stride that leaves a rest": _strided,
        "with everything": _all,
    },
    faults=(
        Fault("the + 1 is inside the division; add it afterwards",
              lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s),
        Fault("the + 1 is missing: the first place counts too",
              lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s),
        Fault("the kernel spans d · (k − 1) + 1 inputs, not (d − 1) · (k − 1) + 1",
              lambda n, k, s, p, d: (n + 2 * p - (d - 1) * (k - 1) - 1) // s + 1),
        Fault("the kernel spans d · (k − 1) + 1 inputs, not d · k + 1",
              lambda n, k, s, p, d: (n + 2 * p - d * k - 1) // s + 1),
        Fault("that is the size with a padding that keeps it; take the padding that is given",
              lambda n, k, s, p, d: n // s),
        Fault("the kernel is forgotten: only places where it fits inside count",
              lambda n, k, s, p, d: (n + 2 * p - 1) // s + 1),
        Fault("the padding counts once; it is on both sides",
              lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1),
        Fault("the padding counts four times; it is on both sides, so it counts twice",
              lambda n, k, s, p, d: (n + 4 * p - d * (k - 1) - 1) // s + 1),
        Fault("the padding is left out",
              lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1),
        Fault("the padding is subtracted; it makes the input larger",
              lambda n, k, s, p, d: (n - 2 * p - d * (k - 1) - 1) // s + 1),
        Fault("it is rounded up: a window that does not fit does not count, use `//`",
              lambda n, k, s, p, d: -(-(n + 2 * p - d * (k - 1) - 1) // s) + 1),
        Fault("the division is not rounded down; use `//`",
              lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1),
        Fault("the stride is ignored",
              lambda n, k, s, p, d: n + 2 * p - d * (k - 1)),
        Fault("the dilation is ignored",
              lambda n, k, s, p, d: (n + 2 * p - k) // s + 1),
        Fault("the kernel is taken to span k + d − 1 inputs; there is a gap between every two of"
              " its entries", lambda n, k, s, p, d: (n + 2 * p - k - d + 1) // s + 1),
        Fault("it is rounded to the nearest; a window that does not fit does not count, use `//`",
              lambda n, k, s, p, d: round((n + 2 * p - d * (k - 1) - 1) / s) + 1),
        Fault("there is one place too many: the kernel spans d · (k − 1) + 1 inputs, with the + 1",
              lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s + 1),
        Fault("`//` binds more closely than `-`: put brackets around the sum",
              lambda n, k, s, p, d: n + 2 * p - d * (k - 1) - 1 // s + 1),
        Fault("the kernel spans d · (k − 1) + 1 inputs, not d · k",
              lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1),
    ),
    hints=(
        "Without padding, stride and dilation: how many places has a kernel of 3 on 8 inputs?",
        "A kernel of k entries with dilation d spans d·(k − 1) + 1 inputs. Subtract that from the"
        " padded size, divide by the stride, round down, and count the first place.",
        """
        def output_size(size, kernel, stride, padding, dilation):
            extent = dilation * ... + 1
            return (size + ... - extent) // ... + ...
        """,
    ),
)  # fmt: skip


def _first(rng: np.random.Generator) -> tuple[int, int, int, int]:
    outputs, rows, columns = rng.permutation(np.arange(3, 12))[:3]
    return 1, int(outputs), int(rows), int(columns)


def _second(rng: np.random.Generator) -> tuple[int, int, int, int]:
    inputs, outputs, rows, columns = rng.permutation(np.arange(3, 30))[:4]
    return int(inputs), int(outputs), int(rows), int(columns)


check_count_parameters = Exercise(
    item="07.4",
    lecture=LECTURE,
    name="count_parameters",
    title="Weights and biases of a convolution",
    reference=count_parameters,
    results=("the number of parameters",),
    rounds={
        "a second convolution, of many channels": _second,
        "a first convolution, of grey images": _first,
    },
    faults=(
        Fault("the biases are missing: one for each output channel",
              lambda i, o, m, n: m * n * i * o),
        Fault("the bias is counted once altogether; each output channel has one",
              lambda i, o, m, n: m * n * i * o + 1),
        Fault("the bias is counted for each input channel; each output channel has one",
              lambda i, o, m, n: (m * n + 1) * i * o),
        Fault("the bias is counted for each weight of a kernel; each output channel has one",
              lambda i, o, m, n: (m * n * i + m * n) * o),
        Fault("the input channels are forgotten: a kernel is as deep as its input",
              lambda i, o, m, n: (m * n + 1) * o),
        Fault("the output channels are forgotten: that is one kernel only",
              lambda i, o, m, n: m * n * i + 1),
        Fault("one kernel's weights are counted, but all biases; there are as many kernels as"
              " output channels", lambda i, o, m, n: m * n * i + o),
        Fault("input and output channels are exchanged: biases belong to the outputs",
              lambda i, o, m, n: (m * n * o + 1) * i),
        Fault("rows and columns of a kernel are added; multiply them",
              lambda i, o, m, n: ((m + n) * i + 1) * o),
        Fault("input channels and biases are forgotten: a kernel is as deep as its input, with one"
              " bias", lambda i, o, m, n: m * n * o),
        Fault("the kernel's entries are forgotten: there is more than one weight from channel to"
              " channel", lambda i, o, m, n: i * o),
        Fault("the channels are added; multiply them",
              lambda i, o, m, n: m * n * (i + o) + o),
        Fault("the kernel is taken as a square; it has rows · columns entries",
              lambda i, o, m, n: (m * m * i + 1) * o),
        Fault("a bias is counted for every weight; each output channel has one",
              lambda i, o, m, n: 2 * m * n * i * o),
        Fault("input channels get a bias as well; each output channel has one, and no other has",
              lambda i, o, m, n: m * n * i * o + i + o),
    ),
    hints=(
        "How many numbers does one kernel hold, if its input has three channels?",
        "One kernel is rows × columns × input channels, with one bias. There are as many kernels as"
        " output channels.",
        """
        def count_parameters(inputs, outputs, rows, columns):
            one_kernel = ...
            return (one_kernel + ...) * ...
        """,
    ),
)  # fmt: skip


def _one_layer(rng: np.random.Generator) -> tuple[Layers]:
    return ([(int(rng.integers(3, 8)), int(rng.integers(2, 4)))],)


def _without_stride(rng: np.random.Generator) -> tuple[Layers]:
    return ([(int(kernel), 1) for kernel in rng.permutation(np.arange(2, 8))[:3]],)


def _with_strides(rng: np.random.Generator) -> tuple[Layers]:
    kernels, strides = rng.permutation(np.arange(2, 8))[:4], rng.permutation([2, 3, 4, 1])
    return ([(int(k), int(s)) for k, s in zip(kernels, strides, strict=True)],)


def _steps(layers: Layers) -> list[tuple[int, int, int]]:
    """Return kernel and stride of each layer, and how far its inputs are apart in the image."""
    apart = accumulate((stride for _, stride in layers), lambda a, b: a * b, initial=1)
    return [(kernel, stride, step) for (kernel, stride), step in zip(layers, apart, strict=False)]


check_receptive_field = Exercise(
    item="07.5",
    lecture=LECTURE,
    name="receptive_field",
    title="How much of the image one output sees",
    reference=receptive_field,
    results=("the receptive field",),
    rounds={
        "one layer": _one_layer,
        "three layers without stride": _without_stride,
        "four layers with strides": _with_strides,
    },
    faults=(
        Fault("it adds whole kernels; a further layer adds kernel − 1, the middle is there already",
              lambda layers: 1 + sum(k * step for k, _, step in _steps(layers))),
        Fault("it is the sum of the kernels; the first adds all of it to 0, a further layer adds"
              " kernel − 1", lambda layers: sum(k for k, _ in layers)),
        Fault("that is the number of inputs in a square; count along one axis",
              lambda layers: receptive_field(layers) ** 2),
        Fault("it begins at 0; without a layer an output sees 1 input",
              lambda layers: sum((k - 1) * step for k, _, step in _steps(layers))),
        Fault("the kernels are multiplied; each adds to the field",
              lambda layers: int(np.prod([k for k, _ in layers]))),
        Fault("it is the largest kernel; the layers' fields add up",
              lambda layers: max(k for k, _ in layers)),
        Fault("it is the last kernel; the layers' fields add up",
              lambda layers: layers[-1][0]),
        Fault("the strides are ignored: behind a stride, one step is worth several inputs",
              lambda layers: 1 + sum(k - 1 for k, _ in layers)),
        Fault("a layer's own stride is counted before its kernel; it matters to later layers only",
              lambda layers: 1 + sum((k - 1) * s * step for k, s, step in _steps(layers))),
        Fault("only the stride of the layer before counts; multiply all strides so far",
              lambda layers: 1 + sum((k - 1) * s for (k, _), (_, s)
                                     in zip(layers, [(1, 1), *layers[:-1]], strict=True))),
        Fault("the strides are added up; multiply them",
              lambda layers: 1 + sum((k - 1) * ((i and sum(s for _, s in layers[:i])) or 1)
                                     for i, (k, _) in enumerate(layers))),
        Fault("each kernel is multiplied by the strides of the layers behind it instead of those"
              " before it; with a running product of strides go from the first layer on, with"
              " (field − 1) · stride + kernel from the last one back",
              lambda layers: receptive_field(layers[::-1])),
        Fault("kernel and stride are exchanged: each layer is (kernel, stride)",
              lambda layers: receptive_field([(s, k) for k, s in layers])),
        Fault("the field is multiplied by the stride, from the first layer on; that is right only"
              " from the last one back, with (field − 1) · stride + kernel",
              lambda layers: reduce(lambda r, layer: r * layer[1] + layer[0] - 1, layers, 1)),
        Fault("the first layer is left out", lambda layers: receptive_field(layers[1:])),
    ),
    hints=(
        "Two 3 × 3 convolutions on top of each other: how many inputs does one output see along a"
        " row?",
        "Keep two numbers: the field so far, and how many inputs one step of the present layer is"
        " worth. A kernel adds kernel − 1 steps; then its stride multiplies the worth of a step.",
        """
        def receptive_field(layers):
            field, step = 1, 1
            for kernel, stride in layers:
                field += ... * step
                step *= ...
            return field
        """,
    ),
)  # fmt: skip
