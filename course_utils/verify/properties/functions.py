"""What is right for the layers ReLU, Sigmoid and TanH, and their typical faults."""

import numpy as np

from course_utils.checks import Fault
from course_utils.verify.properties.elementwise import Elementwise


def relu(x: np.ndarray) -> np.ndarray:
    """Return max(0, x)."""
    return np.maximum(x, 0)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e^−x), by the tangent so that nothing overflows."""
    return (1 + np.tanh(x / 2)) / 2


RELU = Elementwise(
    relu,
    kinks=lambda: (0.0,),
    forward_faults=(
        Fault("the absolute value is taken", np.abs),
        Fault("negative inputs are kept and positive ones dropped", lambda x: np.minimum(x, 0)),
        Fault("the derivative is returned instead of the value", lambda x: (x > 0) * 1.0),
    ),
    backward_faults=(
        Fault(
            "the mask is taken from the error and not from the input: keep the input in forward",
            lambda x, error: relu(error),
        ),
        Fault("the input is multiplied in instead of its mask", lambda x, error: error * relu(x)),
    ),
)
SIGMOID = Elementwise(
    sigmoid,
    forward_faults=(
        Fault("the sign in the exponent is the wrong way round", lambda x: sigmoid(-x)),
        Fault("this is the hyperbolic tangent", np.tanh),
        Fault("this is the derivative", lambda x: sigmoid(x) * sigmoid(-x)),
    ),
    backward_faults=(
        Fault(
            "the derivative's formula is applied to the input instead of the output: keep the"
            " output in forward, the derivative is y·(1 − y)",
            lambda x, error: error * x * (1 - x),
        ),
        Fault(
            "a factor is missing: this is y times the error", lambda x, error: error * sigmoid(x)
        ),
        Fault(
            "a factor is missing: this is (1 − y) times the error",
            lambda x, error: error * sigmoid(-x),
        ),
        Fault("this is the derivative of tanh", lambda x, error: error * (1 - sigmoid(x) ** 2)),
    ),
)
TANH = Elementwise(
    np.tanh,
    forward_faults=(
        Fault("this is the sigmoid", sigmoid),
        Fault("the argument is halved", lambda x: np.tanh(x / 2)),
        Fault("the argument is doubled", lambda x: np.tanh(2 * x)),
    ),
    backward_faults=(
        Fault(
            "the derivative's formula is applied to the input instead of the output: keep the"
            " output in forward, the derivative is 1 − y²",
            lambda x, error: error * (1 - x**2),
        ),
        Fault("the square is missing: this is 1 − y", lambda x, error: error * (1 - np.tanh(x))),
        Fault(
            "this is the sigmoid's derivative",
            lambda x, error: error * np.tanh(x) * (1 - np.tanh(x)),
        ),
    ),
)
