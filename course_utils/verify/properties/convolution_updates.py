"""Conv: initialization, updates, and calls one after another."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import Fault, compare, require
from course_utils.verify.probes import Initializer
from course_utils.verify.properties.common import (
    can_be_called_again,
    leaves_arrays_alone,
    normal,
    run,
)
from course_utils.verify.properties.convolution_cases import (
    KERNELS,
    PLAIN,
    STRIDED,
    Case,
)
from course_utils.verify.properties.dense import fans_are
from course_utils.verify.properties.updating import (
    error_is_from_before_the_update,
    keeps_state_apart,
    updates_in_backward,
)
from course_utils.verify.requirement import requirement


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
