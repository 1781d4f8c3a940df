"""ReLU, Sigmoid, TanH, SoftMax and Flatten."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.numeric import gradient
from course_utils.verify.outcome import (
    Fault,
    compare,
    reals,
    require,
)
from course_utils.verify.properties.common import (
    can_be_called_again,
    gradient_matches,
    leaves_arrays_alone,
    normal,
    starts_as,
    stays_silent,
)
from course_utils.verify.properties.functions import RELU, SIGMOID, TANH
from course_utils.verify.requirement import requirement

ELEMENTWISE = ("ReLU", "Sigmoid", "TanH")
_FORWARD = ("relu_forward", "sigmoid_forward", "tanh_forward", "softmax_forward")
_BACKWARD = ("relu_backward", "sigmoid_backward", "tanh_backward", "softmax_backward")


def _away_from_zero(*shape: int, seed: int = 0) -> np.ndarray:
    """Return numbers at least 0.1 from 0, where ReLU has no derivative."""
    x = 2 * normal(*shape, seed=seed)
    return x + 0.1 * np.sign(x)


def softmax(x: np.ndarray) -> np.ndarray:
    """Return the softmax of each row."""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@requirement(*ELEMENTWISE, "SoftMax", "Flatten")
def starts_untrainable(layer_class: type) -> None:
    """`trainable` and `testing_phase` are False at first."""
    starts_as(layer_class(), trainable=False)


@requirement("ReLU", values="forward")
def relu_forward(layer_class: type) -> None:
    """Forward gives max(0, x)."""
    RELU.forward(layer_class)


@requirement("Sigmoid", values="forward")
def sigmoid_forward(layer_class: type) -> None:
    """Forward gives 1 / (1 + e^−x)."""
    SIGMOID.forward(layer_class)


@requirement("TanH", values="forward")
def tanh_forward(layer_class: type) -> None:
    """Forward gives tanh(x)."""
    TANH.forward(layer_class)


@requirement("ReLU", after=("relu_forward",), values="backward")
def relu_backward(layer_class: type) -> str:
    """Backward passes the error on where the input was positive."""
    RELU.backward(layer_class)
    layer: Any = layer_class()
    layer.forward(np.zeros((1, 1)))
    slope = float(np.asarray(layer.backward(np.ones((1, 1)))).item())
    return f"derivative at 0 taken as {slope:g}"


@requirement("Sigmoid", after=("sigmoid_forward",), values="backward")
def sigmoid_backward(layer_class: type) -> None:
    """Backward multiplies the error by y·(1 − y)."""
    SIGMOID.backward(layer_class)


@requirement("TanH", after=("tanh_forward",), values="backward")
def tanh_backward(layer_class: type) -> None:
    """Backward multiplies the error by 1 − y²."""
    TANH.backward(layer_class)


@requirement("SoftMax")
def softmax_forward(layer_class: type) -> None:
    """Forward gives each row's softmax, so that rows sum to 1."""
    x = normal(3, 4)

    def along(axis: int | None) -> np.ndarray:
        e = np.exp(x - x.max())
        return e / e.sum(axis=axis, keepdims=True)

    faults = [
        Fault("the sum runs over the batch instead of each row", lambda: along(0), "use `axis=1`"),
        Fault("the sum runs over the whole batch", lambda: along(None), "use `axis=1`"),
        Fault(
            "the exponentials are not divided by their sum",
            lambda: np.exp(x - x.max(axis=1, keepdims=True)),
        ),
        Fault("the exponentials are not divided by their sum", lambda: np.exp(x)),
        Fault("the sign in the exponent is the wrong way round", lambda: softmax(-x)),
    ]
    compare("output", layer_class().forward(x.copy()), softmax(x), faults)


@requirement("SoftMax", after=("softmax_forward",))
def softmax_backward(layer_class: type) -> None:
    """Backward gives y·(error − Σ error·y), the sum over each row."""
    x, error = normal(3, 4), normal(3, 4, seed=1)
    y = softmax(x)
    faults = [
        Fault(
            "only the diagonal of the Jacobian is used: the other classes' share is missing",
            lambda: error * y * (1 - y),
            "every output of a row depends on every input of that row",
        ),
        Fault("the sum over the row is missing", lambda: y * error),
        Fault("the sum is not weighted with y", lambda: y * (error - error.sum(1, keepdims=True))),
        Fault(
            "the sum runs over the batch instead of each row",
            lambda: y * (error - (error * y).sum(axis=0)),
            "use `axis=1`",
        ),
        Fault(
            "the factor y in front is missing", lambda: error - (error * y).sum(1, keepdims=True)
        ),
        Fault("this is y − error, right only together with cross-entropy", lambda: y - error),
    ]
    layer: Any = layer_class()
    layer.forward(x.copy())
    got = layer.backward(error.copy())
    own = gradient(lambda at: layer_class().forward(at), x, error)
    right = gradient(softmax, x, error)
    gradient_matches("error for the layer below", got, own, [right], faults)


@requirement("SoftMax", after=("softmax_forward",))
def softmax_shift(layer_class: type) -> None:
    """SoftMax shifts each row by its own maximum, so that nothing overflows."""
    x = np.array([[1000.0, 1001.0], [-1000.0, -1001.0], [0.0, 1.0]])
    hint = "subtract each row's own maximum (`axis=1`) before the exponential"
    one_by_one = [np.asarray(layer_class().forward(row[None].copy())) for row in x]
    if all(np.all(np.isfinite(row)) for row in one_by_one):
        got = reals("output", layer_class().forward(x.copy()))
        require(
            np.all(np.isfinite(got)),
            "output",
            f"output holds {got[~np.isfinite(got)][:1]} for rows of very different size, though"
            " each row alone is right",
            "all rows are shifted by the maximum of the whole batch, so that small ones become"
            " 0 / 0",
            hint,
            vague=True,
        )
    got = stays_silent("output", lambda: layer_class().forward(x.copy()), hint)
    compare("output", got, softmax(x), hint=hint)


@requirement("Sigmoid", "TanH", after=("sigmoid_forward", "tanh_forward"))
def large_inputs(layer_class: type) -> None:
    """Inputs of any size neither overflow nor warn."""
    x = np.array([[-1000.0, -50.0, 0.0, 50.0, 1000.0]])
    hint = (
        "use a form whose exponent is never positive, such as (1 + tanh(x/2))/2 or, for the"
        " hyperbolic tangent, `np.tanh`"
    )
    layer = layer_class()
    output = stays_silent("output", lambda: layer.forward(x.copy()), hint)
    stays_silent("error", lambda: layer.backward(np.ones_like(x)), hint)
    ends = (output[0, 0], output[0, -1])
    require(
        abs(ends[1] - 1) < 1e-9 and min(abs(ends[0]), abs(ends[0] + 1)) < 1e-9,
        "output",
        f"the outputs for −1000 and 1000 are {ends[0]:.6g} and {ends[1]:.6g}",
        "the exponential overflows",
        hint,
    )


@requirement(*ELEMENTWISE, after=(*_FORWARD, *_BACKWARD))
def any_shape(layer_class: type) -> None:
    """Forward and backward keep the shape, images included."""
    for shape in ((3, 4), (2, 3, 4, 5), (2, 3, 4)):
        layer, x = layer_class(), _away_from_zero(*shape)
        compare("output", layer.forward(x.copy()), _same_values(layer_class, x))
        got = np.shape(layer.backward(np.ones(shape)))
        require(got == shape, "error", f"its shape is {got}, expected {shape}")


def _same_values(layer_class: type, x: np.ndarray) -> np.ndarray:
    """Return the forward pass of the flattened input in the input's shape."""
    return np.asarray(layer_class().forward(x.reshape(1, -1))).reshape(x.shape)


@requirement(*ELEMENTWISE, "SoftMax", after=(*_FORWARD, *_BACKWARD))
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(layer_class(), _away_from_zero(3, 4), normal(3, 4, seed=1))


@requirement(*ELEMENTWISE, "SoftMax", after=("pure", *_FORWARD, *_BACKWARD), values="backward")
def repeatable(layer_class: type) -> None:
    """Forward may be called again; backward belongs to the last call."""
    layer: Any = layer_class()
    can_be_called_again(
        layer, _away_from_zero(5, 4, seed=2), _away_from_zero(3, 4), normal(3, 4, seed=1)
    )


@requirement("Flatten")
def flatten_forward(layer_class: type) -> None:
    """Forward makes each sample one row, in C order."""
    for shape in ((2, 3, 4, 5), (3, 2, 4)):
        x = normal(*shape)
        faults = [
            Fault(
                "the elements are in Fortran order",
                lambda x=x: np.stack([sample.ravel(order="F") for sample in x]),
                "use the default order of `reshape`",
            ),
            Fault("the batch axis is flattened as well", lambda x=x: x.reshape(-1)),
            Fault("samples became columns", lambda x=x: x.reshape(len(x), -1).T),
            Fault("batch and features are mixed", lambda x=x: x.reshape(-1, len(x))),
        ]
        compare("output", layer_class().forward(x.copy()), x.reshape(len(x), -1), faults)


@requirement("Flatten", after=("flatten_forward",))
def flatten_backward(layer_class: type) -> None:
    """Backward gives the error the shape of the input, whatever the batch size."""
    layer: Any = layer_class()
    for shape in ((2, 3, 4, 5), (4, 3, 4, 5), (3, 2, 4)):
        error = normal(*shape, seed=1)
        layer.forward(normal(*shape))
        compare(
            "error for the layer below",
            layer.backward(error.reshape(len(error), -1).copy()),
            error,
            [
                Fault(
                    "the error is passed on flat",
                    lambda error=error: error.reshape(len(error), -1),
                    "remember the input's shape in forward",
                )
            ],
        )


@requirement("Flatten", after=("flatten_forward", "flatten_backward"))
def flatten_pure(layer_class: type) -> None:
    """Inputs and errors are never changed, their shapes included."""
    layer, x = layer_class(), normal(2, 3, 4)
    error = normal(2, 12)
    leaves_arrays_alone(layer, x, error)
    given = x.copy()
    layer.forward(given)
    require(
        given.shape == x.shape,
        "input_tensor",
        f"forward changes the shape of its input to {given.shape}",
        "the shape is assigned in place",
        "use `reshape`, which gives a new array",
    )
