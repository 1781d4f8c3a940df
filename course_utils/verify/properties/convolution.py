"""Conv."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.verify import reference
from course_utils.verify.numeric import gradient, linear_gradient
from course_utils.verify.outcome import Fault, choose, compare, matches, require
from course_utils.verify.probes import Initializer
from course_utils.verify.properties.common import (
    can_be_called_again,
    error_is_from_before_the_update,
    gradient_matches,
    keeps_state_apart,
    leaves_arrays_alone,
    normal,
    run,
    starts_as,
    updates_in_backward,
)
from course_utils.verify.properties.dense import fans_are
from course_utils.verify.requirement import requirement

KERNELS = 3


@dataclass(frozen=True)
class Case:
    """One convolution: stride along each axis, (channels, *kernel), and the input's shape."""

    stride: tuple[int, ...]
    kernel: tuple[int, ...]
    shape: tuple[int, ...]

    @property
    def x(self) -> np.ndarray:
        """The input."""
        return normal(*self.shape)

    @property
    def weights(self) -> np.ndarray:
        """The weights, (kernels, channels, *kernel)."""
        return normal(KERNELS, *self.kernel, seed=1)

    @property
    def bias(self) -> np.ndarray:
        """The bias, (kernels,)."""
        return normal(KERNELS, seed=2)

    @property
    def error(self) -> np.ndarray:
        """An error from above."""
        size = [-(-n // s) for n, s in zip(self.shape[2:], self.stride, strict=True)]
        return normal(self.shape[0], KERNELS, *size, seed=3)

    def layer(self, layer_class: type, stride: Any = None) -> Any:
        """Return the student's layer with these weights."""
        layer = layer_class(self.stride if stride is None else stride, self.kernel, KERNELS)
        layer.weights = self.weights
        layer.bias = self.bias
        return layer

    def fronts(self) -> dict[str, tuple[int, ...]]:
        """Return the right alignments: name → zeros in front along each axis."""
        axes = [
            reference.alignments(*sizes).items()
            for sizes in zip(self.shape[2:], self.kernel[1:], self.stride, strict=True)
        ]
        named = {}
        for ways in itertools.product(*axes):
            names, front = zip(*ways, strict=True)
            named[" and ".join(dict.fromkeys(names))] = front
        return named

    def output(self, front: Sequence[int]) -> np.ndarray:
        """Return the right output for one alignment."""
        return reference.correlate(self.x, self.weights, self.bias, self.stride, front)


PLAIN = Case((1, 1), (2, 3, 3), (2, 2, 4, 5))
OBLONG = Case((1, 1), (2, 5, 3), (2, 2, 5, 4))
STRIDED = Case((2, 3), (2, 3, 5), (2, 2, 5, 7))
EVEN = Case((1, 1), (2, 2, 4), (2, 2, 4, 5))
EVEN_STRIDED = Case((2, 2), (2, 4, 2), (2, 2, 5, 6))
ONE_DIMENSION = Case((2,), (2, 3), (2, 2, 7))
EVEN_ONE_DIMENSION = Case((2,), (2, 4), (2, 2, 7))


def _forward(layer_class: type, case: Case) -> str:
    """Check the output and return the name of the alignment."""
    got = case.layer(layer_class).forward(case.x)
    fronts = case.fronts()
    choices = {name: case.output(front) for name, front in fronts.items()}
    faults = [
        fault
        for name, front in fronts.items()
        for fault in _forward_faults(case, front, choices[name])
    ]
    return choose("output", got, choices, faults)


def _sliced(images: np.ndarray, space: list[slice]) -> np.ndarray:
    """Return images (batch, channels, …) cut along the spatial axes."""
    return images[(slice(None), slice(None), *space)]


def _forward_faults(case: Case, front: Sequence[int], right: np.ndarray) -> list[Fault]:
    space = tuple(range(2, case.weights.ndim))
    bias = case.bias.reshape(KERNELS, *[1] * len(space))
    no_stride = [1] * len(space)

    def with_weights(weights: np.ndarray) -> np.ndarray:
        return reference.correlate(case.x, weights, case.bias, case.stride, front)

    def valid() -> np.ndarray:
        whole = reference.correlate(case.x, case.weights, case.bias, no_stride, [0] * len(space))
        sizes = zip(case.shape[2:], case.kernel[1:], strict=True)
        inner = _sliced(whole, [slice(0, n - k + 1) for n, k in sizes])
        return _sliced(inner, [slice(None, None, s) for s in case.stride])

    return [
        Fault(
            "the kernel is flipped: this is a convolution, not a cross-correlation",
            lambda: with_weights(np.flip(case.weights, space)),
            "use `scipy.signal.correlate`, or do not flip the kernel",
        ),
        Fault(
            "the channels are flipped too",
            lambda: with_weights(np.flip(case.weights, (1, *space))),
            "a convolution along the channel axis flips it: use a correlation, or sum the channels",
        ),
        Fault("the channels are in the wrong order", lambda: with_weights(case.weights[:, ::-1])),
        Fault("the bias is left out", lambda: right - bias, "add one bias to each output channel"),
        Fault(
            "the bias is added once per input channel",
            lambda: right + (case.kernel[0] - 1) * bias,
            "add the bias after summing the channels",
        ),
        Fault(
            "only the first channel is used",
            lambda: reference.correlate(
                case.x[:, :1], case.weights[:, :1], case.bias, case.stride, front
            ),
        ),
        Fault(
            "the channels are averaged instead of summed",
            lambda: reference.correlate(
                case.x, case.weights / case.kernel[0], case.bias, case.stride, front
            ),
        ),
        Fault(
            "the stride is ignored",
            lambda: reference.correlate(case.x, case.weights, case.bias, no_stride, front),
        ),
        Fault(
            "the two strides are exchanged",
            lambda: reference.correlate(case.x, case.weights, case.bias, case.stride[::-1], front),
            "stride_shape is (along y, along x)",
        ),
        Fault(
            "the first stride is used for both axes",
            lambda: reference.correlate(
                case.x, case.weights, case.bias, case.stride[:1] * len(space), front
            ),
            "stride_shape is (along y, along x)",
        ),
        Fault(
            "nothing is padded: this is the 'valid' part",
            valid,
            "pad with zeros so that the size stays",
        ),
        Fault(
            "the stride starts one element late",
            lambda: _sliced(
                reference.correlate(case.x, case.weights, case.bias, no_stride, front),
                [slice(1, None, s) for s in case.stride],
            ),
        ),
    ]


@requirement("Conv")
def starts(layer_class: type) -> None:
    """Starts trainable, with weights (kernels, channels, …) and one bias per kernel."""
    for case in (PLAIN, ONE_DIMENSION):
        layer: Any = layer_class(case.stride, case.kernel, KERNELS)
        starts_as(layer, trainable=True)
        for name, shape in (("weights", (KERNELS, *case.kernel)), ("bias", (KERNELS,))):
            got = np.shape(getattr(layer, name))
            require(got == shape, name, f"{name} has shape {got}, expected {shape}")


@requirement("Conv")
def forward(layer_class: type) -> None:
    """Forward is the zero-padded 'same' cross-correlation plus bias."""
    for case in (PLAIN, OBLONG):
        _forward(layer_class, case)


@requirement("Conv")
def forward_strided(layer_class: type) -> str | None:
    """With a stride the output is ceil(size / stride), each axis by its own stride."""
    way = _forward(layer_class, STRIDED)
    return None if way == "after" else f"windows are placed {way}"


@requirement("Conv")
def forward_one_dimension(layer_class: type) -> None:
    """Works in one dimension, on (batch, channels, y)."""
    _forward(layer_class, ONE_DIMENSION)


@requirement("Conv")
def forward_even(layer_class: type) -> str:
    """Even kernels keep the size; the side of the extra zero is free."""
    ways = [_forward(layer_class, case) for case in (EVEN, EVEN_STRIDED, EVEN_ONE_DIMENSION)]
    return f"even kernels: the extra zero is put {' or '.join(dict.fromkeys(ways))}"


@requirement(
    "Conv",
    hint="accept a single number as well: turn it into one stride per axis in the constructor",
)
def stride_forms(layer_class: type) -> None:
    """The stride may be a number, a tuple or a list."""
    for case, forms in (
        (Case((2, 2), (2, 3, 3), (2, 2, 5, 6)), (2, (2, 2), [2, 2])),
        (ONE_DIMENSION, (2, (2,), [2])),
    ):
        expected = case.layer(layer_class, case.stride)
        output = expected.forward(case.x)
        below = np.array(expected.backward(case.error))
        for form in forms:
            layer = case.layer(layer_class, form)
            hint = "turn `stride_shape` into one stride per axis in the constructor"
            compare(f"output with stride {form}", layer.forward(case.x), output, hint=hint)
            compare(f"error with stride {form}", layer.backward(case.error), below, hint=hint)


def _backward(layer_class: type, case: Case) -> None:
    """Check all three gradients against differences of the layer's own forward pass."""
    x, weights, bias, error = case.x, case.weights, case.bias, case.error
    layer = case.layer(layer_class)
    output = layer.forward(x)
    got = layer.backward(error.copy())
    fronts = list(case.fronts().values())
    front = next((f for f in fronts if matches(output, case.output(f))), None)
    # Where the output is wrong, which is said elsewhere, gradients of any right one will do.
    unsure = fronts if front is None else []

    def output_for(new_weights: np.ndarray, new_bias: np.ndarray) -> Any:
        twin = case.layer(layer_class)
        twin.weights, twin.bias = new_weights, new_bias
        return twin.forward(x)

    own = fronts[0] if front is None else front
    others = [f for f in fronts if f != own]
    numerical = linear_gradient(case.layer(layer_class).forward, x.shape, error)
    gradient_matches(
        "error for the layer below",
        got,
        numerical,
        [reference.correlate_error(x.shape, weights, error, case.stride, f) for f in unsure],
        _error_faults(case, own, others),
    )
    gradient_matches(
        "gradient_weights",
        layer.gradient_weights,
        gradient(lambda at: output_for(at, bias), weights, error, step=0.5),
        [reference.correlate_gradient(x, case.kernel[1:], error, case.stride, f) for f in unsure],
        _gradient_faults(case, own, others),
    )
    axes = (0, *range(2, error.ndim))
    gradient_matches(
        "gradient_bias",
        layer.gradient_bias,
        gradient(lambda at: output_for(weights, at), bias, error, step=0.5),
        [error.sum(axis=axes)],
        [
            Fault("the sum over the batch is missing", lambda: error.sum(axis=axes[1:])),
            Fault("the sum over the positions is missing", lambda: error.sum(axis=0)),
            Fault("it is averaged over the positions", lambda: error.mean(axis=axes[1:]).sum(0)),
            Fault(
                "all kernels get the sum over all kernels", lambda: np.full(KERNELS, error.sum())
            ),
        ],
    )


_WRONG_SIDE = "the error is padded as if the extra zero of an even kernel were on the other side"


def _error_faults(case: Case, own: Sequence[int], others: list) -> list[Fault]:
    space = tuple(range(2, case.weights.ndim))

    def error_for(weights: np.ndarray, front: Sequence[int]) -> np.ndarray:
        return reference.correlate_error(case.shape, weights, case.error, case.stride, front)

    return [
        Fault(
            "the kernel is not flipped: backward needs a convolution where forward correlates",
            lambda: error_for(np.flip(case.weights, space), own),
            "swap correlation and convolution between the two passes",
        ),
        Fault(
            "the kernel is not flipped: backward needs a convolution where forward correlates",
            lambda: error_for(
                np.flip(case.weights, space),
                [k - 1 - f for k, f in zip(case.kernel[1:], own, strict=True)],
            ),
            "swap correlation and convolution between the two passes",
        ),
        Fault(
            "the channels are in the wrong order",
            lambda: error_for(case.weights[:, ::-1], own),
            "a convolution along the kernel axis flips it",
        ),
        Fault(
            "the kernels are in the wrong order",
            lambda: error_for(case.weights[::-1], own),
            "a convolution along the kernel axis flips it",
        ),
        *[
            Fault(
                _WRONG_SIDE,
                lambda f=f: error_for(case.weights, f),
                "the padding of backward mirrors that of forward",
            )
            for f in others
        ],
        Fault(
            "the error is repeated between the strides instead of set to 0 there",
            lambda: reference.correlate_error(
                case.shape, case.weights, _repeated(case), [1] * len(space), own
            ),
            "put the error into zeros, at every stride-th place",
        ),
    ]


def _repeated(case: Case) -> np.ndarray:
    error = case.error
    for axis, (step, size) in enumerate(zip(case.stride, case.shape[2:], strict=True), start=2):
        error = np.take(np.repeat(error, step, axis=axis), range(size), axis=axis)
    return error


def _gradient_faults(case: Case, own: Sequence[int], others: list) -> list[Fault]:
    space = tuple(range(2, case.weights.ndim))

    def gradient_for(front: Sequence[int]) -> np.ndarray:
        return reference.correlate_gradient(case.x, case.kernel[1:], case.error, case.stride, front)

    return [
        Fault(
            "the gradient is flipped: it is a correlation of input and error",
            lambda: np.flip(gradient_for(own), space),
            "use a correlation and not a convolution",
        ),
        *[
            Fault(
                "the input is padded as if the extra zero of an even kernel were on the other side",
                lambda f=f: gradient_for(f),
                "pad the input in backward exactly as in forward",
            )
            for f in others
        ],
        Fault("the channels are in the wrong order", lambda: gradient_for(own)[:, ::-1]),
        Fault(
            "only the first sample of the batch is used",
            lambda: reference.correlate_gradient(
                case.x[:1], case.kernel[1:], case.error[:1], case.stride, own
            ),
        ),
        Fault(
            "only the last sample of the batch is used",
            lambda: reference.correlate_gradient(
                case.x[-1:], case.kernel[1:], case.error[-1:], case.stride, own
            ),
        ),
    ]


@requirement("Conv")
def backward(layer_class: type) -> None:
    """Error and gradients are right for odd kernels without stride."""
    for case in (PLAIN, OBLONG):
        _backward(layer_class, case)


@requirement("Conv")
def backward_strided(layer_class: type) -> None:
    """Error and gradients are right with a stride."""
    _backward(layer_class, STRIDED)


@requirement("Conv")
def backward_one_dimension(layer_class: type) -> None:
    """Error and gradients are right in one dimension."""
    _backward(layer_class, ONE_DIMENSION)


@requirement("Conv")
def backward_even(layer_class: type) -> None:
    """Error and gradients are right for even kernels."""
    _backward(layer_class, EVEN)


@requirement("Conv")
def backward_even_strided(layer_class: type) -> None:
    """Error and gradients are right for even kernels with a stride."""
    for case in (EVEN_STRIDED, EVEN_ONE_DIMENSION):
        _backward(layer_class, case)


@requirement("Conv")
def initializes(layer_class: type) -> None:
    """`initialize` draws weights and bias each from its own initializer, with fan in and out."""
    for case in (Case((1, 1), (2, 3, 5), (1, 2, 5, 5)), Case((1,), (2, 5), (1, 2, 5))):
        layer: Any = case.layer(layer_class)
        for_weights, for_bias = Initializer(2, 3), Initializer(-3, -2)
        layer.initialize(for_weights, for_bias)
        for name, initializer in (("weights", for_weights), ("bias", for_bias)):
            got, shape = np.asarray(getattr(layer, name)), np.shape(getattr(case, name))
            require(
                got.shape == shape,
                f"{name} after initialize",
                f"{name} has shape {got.shape}, expected {shape}",
            )
            owner = "weights" if name == "weights" else "bias"
            require(
                initializer.made(got),
                f"{name} after initialize",
                f"{name}{[0] * got.ndim} is {got.flat[0]:.6g}, which the {owner} initializer did "
                "not give",
                f"the {owner} initializer is ignored",
            )
        area = int(np.prod(case.kernel[1:]))
        channels = case.kernel[0]
        _, fan_in, fan_out, _ = for_weights.journal[0]
        fans_are(
            fan_in,
            fan_out,
            channels * area,
            KERNELS * area,
            {
                (channels * area, KERNELS): "fan_out leaves out the kernel's size",
                (channels, KERNELS): "the fans leave out the kernel's size",
                (area, area): "the fans leave out the numbers of channels and kernels",
            },
        )


@requirement("Conv")
def updates(layer_class: type) -> None:
    """Weights and bias are updated in backward only, and only when an optimizer is set."""
    updates_in_backward(PLAIN.layer(layer_class), PLAIN.x, PLAIN.error)


@requirement("Conv")
def error_before_update(layer_class: type) -> None:
    """The returned error uses the weights before the update."""
    error_is_from_before_the_update(
        PLAIN.layer(layer_class), PLAIN.x, PLAIN.error, ("gradient_weights", "gradient_bias")
    )


@requirement("Conv", hint="give weights and bias one `copy.deepcopy(optimizer)` each")
def optimizer_state(layer_class: type) -> None:
    """Weights and bias have one copy of the optimizer each."""
    keeps_state_apart(PLAIN.layer(layer_class), PLAIN.x, PLAIN.error)


@requirement("Conv")
def replaced_weights(layer_class: type) -> None:
    """Weights and bias replaced from outside count at once."""
    used, fresh = PLAIN.layer(layer_class), PLAIN.layer(layer_class)
    run(used, PLAIN.x, PLAIN.error)
    for layer in (used, fresh):
        layer.weights, layer.bias = 3 * PLAIN.weights, 3 * PLAIN.bias
    stale = [Fault("something derived from the former weights is kept", lambda: True)]
    name = "after replacing weights and bias"
    right = np.array(fresh.forward(PLAIN.x))
    compare(f"output {name}", used.forward(PLAIN.x), right, stale)
    right = np.array(fresh.backward(PLAIN.error))
    compare(f"error {name}", used.backward(PLAIN.error), right, stale)


@requirement("Conv")
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(STRIDED.layer(layer_class), STRIDED.x, STRIDED.error)


@requirement("Conv")
def repeatable(layer_class: type) -> None:
    """Forward may be called again, also with another batch and image size."""
    other = normal(3, 2, 6, 4, seed=9)
    can_be_called_again(STRIDED.layer(layer_class), other, STRIDED.x, STRIDED.error)
