"""CrossEntropyLoss."""

from typing import Any

import numpy as np

from course_utils.verify.outcome import (
    Fault,
    compare,
    reals,
    require,
)
from course_utils.verify.properties.activations import softmax
from course_utils.verify.properties.common import normal
from course_utils.verify.requirement import requirement

EPSILON = float(np.finfo(np.float64).eps)
Y_HAT = softmax(normal(4, 3))
Y = np.eye(3)[[0, 2, 1, 1]]


@requirement("CrossEntropyLoss")
def forward(loss_class: type) -> None:
    """Forward is the sum over the batch of −ln(ŷ + ε) at the label, a single number."""
    loss: Any = loss_class()
    each = -np.log(Y_HAT[Y == 1])
    everywhere = -np.log(Y_HAT)
    faults = [
        Fault("the loss is averaged over the batch instead of summed", lambda: each.mean()),
        Fault("the loss is averaged over batch and classes", lambda: each.sum() / Y.size),
        Fault("the sum over the batch is missing", lambda: each),
        Fault("the sign is the wrong way round", lambda: -each.sum()),
        Fault("the label is not used: all classes are summed", lambda: everywhere.sum()),
        Fault("the binary logarithm is taken", lambda: each.sum() / np.log(2)),
        Fault("the decimal logarithm is taken", lambda: each.sum() / np.log(10)),
        Fault(
            "this is the binary cross-entropy", lambda: each.sum() - np.log(1 - Y_HAT[Y == 0]).sum()
        ),
    ]
    got = loss.forward(Y_HAT.copy(), Y.copy())
    compare("loss", got, each.sum(), faults)


@requirement("CrossEntropyLoss", after=("forward", "backward"))
def epsilon(loss_class: type) -> None:
    """ε is the machine epsilon of float64, inside the logarithm and in the quotient."""
    prediction, label = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    loss: Any = loss_class()
    value = float(loss.forward(prediction.copy(), label.copy()))
    require(
        np.isfinite(value),
        "loss for ŷ = 0",
        f"it is {value}",
        "ε is left out",
        "add `np.finfo(float).eps` to ŷ inside the logarithm",
    )
    own = np.exp(-value)
    hint = "ε = `np.finfo(float).eps`, about 2.2e-16"
    compare(
        "loss for ŷ = 0",
        value,
        -np.log(EPSILON),
        [Fault(f"ε is {own:.2g} and not the machine epsilon", lambda: True)],
        hint,
    )
    slope = reals("error", loss.backward(label.copy()))
    require(
        slope.shape == label.shape, "error", f"its shape is {slope.shape}, expected {label.shape}"
    )
    require(
        np.all(np.isfinite(slope)),
        "error for ŷ = 0",
        f"error[0, 0] is {slope[0, 0]}",
        "ε is left out",
        "divide by ŷ + ε",
    )
    compare(
        "error for ŷ = 0, times ε",
        slope * EPSILON,
        np.array([[-1.0, 0.0]]),
        [Fault("ε is another one than in the loss", lambda: True, vague=True)],
        hint,
    )


@requirement("CrossEntropyLoss", after=("forward",))
def backward(loss_class: type) -> None:
    """Backward is −y / (ŷ + ε)."""
    loss: Any = loss_class()
    loss.forward(softmax(normal(2, 3, seed=5)), np.eye(3)[[0, 1]])
    loss.forward(Y_HAT.copy(), Y.copy())
    right = -Y / Y_HAT
    faults = [
        Fault("the sign is the wrong way round", lambda: -right),
        Fault("it is averaged over the batch", lambda: right / len(Y)),
        Fault(
            "this is ŷ − y: right only together with SoftMax, which is a layer of its own here",
            lambda: Y_HAT - Y,
        ),
        Fault("the label is not used: other classes have an error too", lambda: -1 / Y_HAT),
        Fault("the binary cross-entropy is differentiated", lambda: right + (1 - Y) / (1 - Y_HAT)),
    ]
    compare(
        "error",
        loss.backward(Y.copy()),
        right,
        faults,
        "keep the prediction of the last forward pass",
    )


@requirement("CrossEntropyLoss", after=("forward", "backward"))
def pure(loss_class: type) -> None:
    """Predictions and labels are never changed."""
    loss: Any = loss_class()
    prediction, label = Y_HAT.copy(), Y.copy()
    loss.forward(prediction, label)
    loss.backward(label)
    for name, now, before in (("prediction", prediction, Y_HAT), ("label", label, Y)):
        require(
            np.array_equal(now, before),
            name,
            f"the {name} is changed",
            "an operation in place, such as `prediction += ε`",
            "make a new array",
        )
