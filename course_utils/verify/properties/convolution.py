"""Conv."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify import reference
from course_utils.verify.numeric import gradient, linear_gradient
from course_utils.verify.outcome import Fault, choose, compare, matches
from course_utils.verify.properties.common import (
    gradient_matches,
    has_shape,
    starts_as,
)
from course_utils.verify.properties.convolution_cases import (
    EVEN,
    EVEN_STRIDED,
    KERNELS,
    OBLONG,
    PLAIN,
    SQUARE,
    STRIDED,
    Case,
)
from course_utils.verify.properties.convolution_faults import (
    error_faults,
    forward_faults,
    gradient_faults,
)
from course_utils.verify.requirement import requirement


def check_forward(layer_class: type, case: Case) -> str:
    """Check the output and return the name of the alignment."""
    got = case.layer(layer_class).forward(case.x)
    fronts = case.fronts()
    choices = {name: case.output(front) for name, front in fronts.items()}
    faults = [
        fault
        for name, front in fronts.items()
        for fault in forward_faults(case, front, choices[name])
    ]
    return choose("output", got, choices, faults)


@requirement("Conv")
def starts(layer_class: type) -> None:
    """Starts trainable, with weights (kernels, channels, …) and one bias per kernel."""
    layer: Any = layer_class(PLAIN.stride, PLAIN.kernel, KERNELS)
    starts_as(layer, trainable=True)
    for name, shape in (("weights", (KERNELS, *PLAIN.kernel)), ("bias", (KERNELS,))):
        has_shape(layer, name, shape)


@requirement("Conv", after=("starts",))
def forward(layer_class: type) -> None:
    """Forward is the zero-padded 'same' cross-correlation plus bias."""
    for case in (PLAIN, OBLONG):
        check_forward(layer_class, case)


@requirement("Conv", after=("forward", "starts"))
def forward_strided(layer_class: type) -> str | None:
    """With a stride the output is ceil(size / stride), each axis by its own stride."""
    way = check_forward(layer_class, STRIDED)
    return None if way == "after" else f"windows are placed {way}"


@requirement("Conv", after=("forward", "forward_strided", "starts"))
def forward_even(layer_class: type) -> str:
    """Even kernels keep the size; the side of the extra zero is free."""
    ways = [check_forward(layer_class, case) for case in (EVEN, EVEN_STRIDED)]
    return f"even kernels: the extra zero is put {' or '.join(dict.fromkeys(ways))}"


@requirement(
    "Conv",
    hint="accept a single number as well: turn it into one stride per axis in the constructor",
    after=("forward", "forward_strided", "backward", "backward_strided", "starts"),
)
def stride_forms(layer_class: type) -> None:
    """The stride may be a number, a tuple or a list."""
    forms_of_stride(layer_class, SQUARE)


def forms_of_stride(layer_class: type, case: Case) -> None:
    """Raise `NotMet` unless the stride may be given in every form."""
    expected = case.layer(layer_class, case.stride)
    output = expected.forward(case.x)
    below = np.array(expected.backward(case.error))
    for form in (case.stride[0], case.stride, list(case.stride)):
        layer = case.layer(layer_class, form)
        hint = "turn `stride_shape` into one stride per axis in the constructor"
        compare(f"output with stride {form}", layer.forward(case.x), output, hint=hint)
        compare(f"error with stride {form}", layer.backward(case.error), below, hint=hint)


def check_backward(layer_class: type, case: Case) -> None:
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
        error_faults(case, own, others),
    )
    gradient_matches(
        "gradient_weights",
        layer.gradient_weights,
        gradient(lambda at: output_for(at, bias), weights, error, step=0.5),
        [reference.correlate_gradient(x, case.kernel[1:], error, case.stride, f) for f in unsure],
        gradient_faults(case, own, others),
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


@requirement("Conv", after=("forward", "starts"))
def backward(layer_class: type) -> None:
    """Error and gradients are right for odd kernels without stride."""
    for case in (PLAIN, OBLONG):
        check_backward(layer_class, case)


@requirement("Conv", after=("forward_strided", "forward", "backward", "starts"))
def backward_strided(layer_class: type) -> None:
    """Error and gradients are right with a stride."""
    check_backward(layer_class, STRIDED)


@requirement("Conv", after=("forward_even", "backward", "forward", "starts"))
def backward_even(layer_class: type) -> None:
    """Error and gradients are right for even kernels."""
    check_backward(layer_class, EVEN)


@requirement(
    "Conv",
    after=(
        "backward_even",
        "forward_even",
        "backward_strided",
        "forward_strided",
        "backward",
        "forward",
        "starts",
    ),
)
def backward_even_strided(layer_class: type) -> None:
    """Error and gradients are right for even kernels with a stride."""
    check_backward(layer_class, EVEN_STRIDED)
