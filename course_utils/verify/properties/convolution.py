"""Conv."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

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
from course_utils.verify.properties.convolution_cases import (
    EVEN,
    EVEN_STRIDED,
    KERNELS,
    OBLONG,
    PLAIN,
    SQUARE,
    STRIDED,
    Case,
    error_faults,
    forward_faults,
    gradient_faults,
)
from course_utils.verify.properties.dense import fans_are
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
        got = np.shape(getattr(layer, name))
        require(got == shape, name, f"{name} has shape {got}, expected {shape}")


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


@requirement("Conv", after=("starts",))
def initializes(layer_class: type) -> None:
    """`initialize` draws weights and bias each from its own initializer, with fan in and out."""
    check_initialize(layer_class, STRIDED)


def check_initialize(layer_class: type, case: Case) -> None:
    """Raise `NotMet` unless weights and bias come from their initializers."""
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


@requirement("Conv", after=("backward", "forward", "starts"))
def updates(layer_class: type) -> None:
    """Weights and bias are updated in backward only, and only when an optimizer is set."""
    updates_in_backward(PLAIN.layer(layer_class), PLAIN.x, PLAIN.error)


@requirement("Conv", after=("updates", "backward", "forward", "starts"))
def error_before_update(layer_class: type) -> None:
    """The returned error uses the weights before the update."""
    error_is_from_before_the_update(
        PLAIN.layer(layer_class), PLAIN.x, PLAIN.error, ("gradient_weights", "gradient_bias")
    )


@requirement(
    "Conv",
    hint="give weights and bias one `copy.deepcopy(optimizer)` each",
    after=("updates", "backward", "forward", "starts"),
)
def optimizer_state(layer_class: type) -> None:
    """Weights and bias have one copy of the optimizer each."""
    keeps_state_apart(PLAIN.layer(layer_class), PLAIN.x, PLAIN.error)


@requirement("Conv", after=("forward", "backward", "starts"))
def replaced_weights(layer_class: type) -> None:
    """Weights and bias replaced from outside count at once."""
    used, fresh = PLAIN.layer(layer_class), PLAIN.layer(layer_class)
    run(used, PLAIN.x, PLAIN.error)
    for layer in (used, fresh):
        layer.weights, layer.bias = 3 * PLAIN.weights, 3 * PLAIN.bias
    stale = [Fault("something derived from the former weights is kept", lambda: True, vague=True)]
    name = "after replacing weights and bias"
    right = np.array(fresh.forward(PLAIN.x))
    compare(f"output {name}", used.forward(PLAIN.x), right, stale)
    right = np.array(fresh.backward(PLAIN.error))
    compare(f"error {name}", used.backward(PLAIN.error), right, stale)


@requirement("Conv", after=("forward_strided", "backward_strided", "forward", "backward", "starts"))
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(STRIDED.layer(layer_class), STRIDED.x, STRIDED.error)


@requirement(
    "Conv", after=("pure", "forward_strided", "backward_strided", "forward", "backward", "starts")
)
def repeatable(layer_class: type) -> None:
    """Forward may be called again, also with another batch and image size."""
    other = normal(3, 2, 6, 4, seed=9)
    can_be_called_again(STRIDED.layer(layer_class), other, STRIDED.x, STRIDED.error)
